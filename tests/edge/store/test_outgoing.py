"""What was given up is tried again or closed by a person, and a closed application's draft goes back to its author."""

import pytest

from app.errors import Refused
from app.services.ports.memory import Outgoing, Standing
from app.services.tend_outgoing import TendOutgoing
from app.services.work_status import work_status
from app.wire import desk
from app.wire.draft import Draft
from tests.edge.store.test_postbox import arrived, claim, drain, opening, put
from tests.edge.store.test_work import draft as draft_of
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring
"""EX-7, C-31: an item that cannot arrive stands in the open and blocks nothing."""


def tending(pc: CounterPc) -> TendOutgoing:
    return TendOutgoing(pc.memory.postbox, pc.memory.tending, pc.memory.journal)


def refused(pc: CounterPc, *items: Outgoing) -> None:
    pc.desk.refuses = lambda message: Refused("unknown_field") if isinstance(message, desk.HandIn) else None
    put(pc, *items)
    drain(pc)
    pc.desk.refuses = lambda _: None


def handed_in(pc: CounterPc, item_id: str) -> Draft:
    draft = draft_of(pc, "d1")
    pc.memory.work.save(draft)
    refused(pc, claim(pc, item_id))
    pc.memory.work.handed_in(draft.draft_id, item_id)
    return draft


def test_what_the_office_refused_once_arrives_when_it_is_sent_again(pc: CounterPc) -> None:
    session = pc.at_work()
    refused(pc, claim(pc, "i1"), opening(pc, "i2", "v2"))
    assert arrived(pc) == ["i2"]
    (state,) = pc.memory.postbox.waiting()
    assert (state.standing, state.can_act) == (Standing.DEAD, "supervisor")
    tending(pc).send_again(pc.press(), session, "i1")
    drain(pc)
    assert arrived(pc) == ["i2", "i1"]
    assert pc.memory.postbox.waiting() == ()


def test_a_refused_application_that_is_laid_aside_is_a_draft_again(pc: CounterPc) -> None:
    session = pc.at_work()
    draft = handed_in(pc, "i1")
    assert [one.handed_in for one in work_status(pc.memory.postbox, pc.memory.work).drafts] == [True]
    tending(pc).lay_aside(pc.press(), session, "i1", "handed_in_again")
    status = work_status(pc.memory.postbox, pc.memory.work)
    assert (status.waiting, [one.handed_in for one in status.drafts]) == ((), [False])
    assert pc.memory.work.draft(draft.draft_id) == draft
    drain(pc)
    assert arrived(pc) == []


def test_a_closed_item_leaves_nothing_of_its_content_on_the_pc(pc: CounterPc) -> None:
    session = pc.at_work()
    refused(pc, claim(pc, "i1"))
    tending(pc).lay_aside(pc.press(), session, "i1", "not_needed")
    rows = pc.memory.terminal.database.read(
        lambda connection: connection.exec_driver_sql("SELECT item_id, state, length(body) FROM outbox").all()
    )
    assert ("i1", "done", 0) in {tuple(row) for row in rows}


def test_what_waits_for_its_time_is_tried_at_once_when_somebody_asks(pc: CounterPc) -> None:
    pc.at_work()
    pc.line.is_down = True
    put(pc, claim(pc, "i1"))
    pc.memory.postbox.turn()
    pc.line.is_down = False
    pc.memory.postbox.turn()
    assert arrived(pc) == []
    tending(pc).hurry()
    drain(pc)
    assert arrived(pc) == ["i1"]
