"""What the use cases rely on holds for the real memory and for the one their own tests stand on."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.domain.secret import secret
from app.errors import NotAllowed, PasswordChanged, Refused, WorkClosed
from app.services.ports.memory import Delivered, Kind, LockState, Outgoing, TurnedDown, Waits
from app.wire import desk
from app.wire.draft import Draft
from tests.fakes.memory import MemoryJournal, MemoryLocks, MemoryPostbox, MemoryWork
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring


@dataclass
class Parts:
    """Journal, postbox, work and lock of one PC."""

    journal: Any
    postbox: Any
    work: Any
    locks: Any


@pytest.fixture(params=["files", "fakes"])
def parts(request: pytest.FixtureRequest, pc: CounterPc) -> Parts:
    """The real parts, then the fakes, before the same office."""
    if request.param == "files":
        memory = pc.memory
        memory.postbox.start()
        return Parts(memory.journal, memory.postbox, memory.work, memory.terminal)
    work = MemoryWork()
    postbox = MemoryPostbox(pc.desk, work, pc.seat.municipality, pc.clock)
    return Parts(MemoryJournal(postbox), postbox, work, MemoryLocks())


@pytest.fixture
def working(parts: Parts, pc: CounterPc) -> Parts:
    """The parts with a clerk at work."""
    parts.work.open("c001", pc.password("c001"), None)
    parts.postbox.serve(pc.session())
    return parts


def claim(pc: CounterPc, item_id: str) -> Outgoing:
    person = desk.PersonMark(business_number="1", name="見本")
    message = desk.HandIn(
        application_id=f"a-{item_id}",
        visit_id="v1",
        procedure="p",
        roles=desk.RolesMark(presenter=person, capacity="self", applicant=person),
        facts={},
        evidence=(),
        reached_at=pc.clock.now(),
    )
    return Outgoing(item_id, "c001", "v1", Kind.HAND_IN, message)


def draft(pc: CounterPc, draft_id: str) -> Draft:
    return Draft(draft_id=draft_id, visit_id="v1", procedure="p", procedure_version=1, saved_at=pc.clock.now())


def test_acts_come_back_by_visit(working: Parts, pc: CounterPc) -> None:
    working.journal.write(pc.act("a", "v1"))
    working.journal.write(pc.act("b", "v2"))
    working.journal.write(pc.act("c", "v1"))
    assert [act.kind for act in working.journal.acts_of_visit("v1")] == ["a", "c"]


def test_the_same_item_is_delivered_once_and_answers_alike(working: Parts, pc: CounterPc) -> None:
    working.journal.write(pc.act(), claim(pc, "i1"))
    first = working.postbox.send("i1", 10)
    working.journal.write(pc.act(), claim(pc, "i1"))
    assert isinstance(first, Delivered)
    assert working.postbox.send("i1", 10) == first
    assert [key for key, _, _ in pc.desk.arrived] == ["i1"]
    assert working.postbox.waiting() == ()


def test_without_a_line_it_waits_and_is_sent_later(working: Parts, pc: CounterPc) -> None:
    pc.line.is_down = True
    working.journal.write(pc.act(), claim(pc, "i1"))
    outcome = working.postbox.send("i1", 10)
    assert isinstance(outcome, Waits)
    assert outcome.cause == "office.unreachable"
    assert [state.item_id for state in working.postbox.waiting()] == ["i1"]
    pc.line.is_down = False
    assert isinstance(working.postbox.send("i1", 10), Delivered)


def test_a_refusal_is_heard_and_closed(working: Parts, pc: CounterPc) -> None:
    pc.desk.refuses = lambda _: Refused(reason="closed")
    working.journal.write(pc.act(), claim(pc, "i1"))
    outcome = working.postbox.send("i1", 10)
    assert isinstance(outcome, TurnedDown)
    assert outcome.error.code == "office.refused"
    assert working.postbox.waiting() == ()


def test_nobody_signed_in_delivers_nothing(working: Parts, pc: CounterPc) -> None:
    working.postbox.serve(None)
    working.journal.write(pc.act(), claim(pc, "i1"))
    assert isinstance(working.postbox.send("i1", 10), Waits)
    assert pc.desk.arrived == []


def test_answers_lie_with_the_work_and_end_its_draft(working: Parts, pc: CounterPc) -> None:
    working.work.save(draft(pc, "d1"))
    working.journal.write(pc.act(), claim(pc, "i1"))
    working.work.handed_in("d1", "i1")
    assert isinstance(working.postbox.send("i1", 10), Delivered)
    (answer,) = working.work.arrived()
    assert (answer.item_id, answer.receipt.application_id) == ("i1", "a-i1")
    assert working.work.drafts() == ()


def test_drafts_are_kept_latest_first_and_dropped(working: Parts, pc: CounterPc) -> None:
    working.work.save(draft(pc, "d1"))
    pc.clock.move(seconds=1)
    working.work.save(draft(pc, "d2"))
    working.work.handed_in("d1", "i1")
    assert [(mark.draft_id, mark.handed_in) for mark in working.work.drafts()] == [("d2", False), ("d1", True)]
    working.work.save(draft(pc, "d1").changed(cursor="x"))
    assert [mark.handed_in for mark in working.work.drafts() if mark.draft_id == "d1"] == [True]
    working.work.drop("d1")
    with pytest.raises(NotAllowed):
        working.work.draft("d1")


def test_closed_work_shows_nothing_and_another_password_does_not_open_it(working: Parts, pc: CounterPc) -> None:
    working.work.save(draft(pc, "d1"))
    working.work.close()
    with pytest.raises(WorkClosed):
        working.work.drafts()
    with pytest.raises(PasswordChanged):
        working.work.open("c001", secret("other"), None)
    assert not working.work.is_open
    working.work.open("c001", secret("other"), pc.password("c001"))
    assert working.work.draft("d1").draft_id == "d1"
    working.work.open("c002", pc.password("c002"), None)
    assert working.work.drafts() == ()
    working.work.set_aside("c001")
    working.work.open("c001", secret("third"), None)
    assert working.work.drafts() == ()


def test_the_lock_is_remembered(parts: Parts, pc: CounterPc) -> None:
    assert parts.locks.lock_state() is None
    state = LockState("c001", pc.clock.now(), "v", "d")
    parts.locks.set_lock_state(state)
    assert parts.locks.lock_state() == state
    parts.locks.set_lock_state(None)
    assert parts.locks.lock_state() is None


def test_settling_sends_what_goes_at_once_and_gives_up_where_the_line_is_down(working: Parts, pc: CounterPc) -> None:
    working.journal.write(pc.act(), claim(pc, "i1"), claim(pc, "i2"))
    working.postbox.settle(10)
    assert [key for key, _, _ in pc.desk.arrived] == ["i1", "i2"]
    pc.line.is_down = True
    working.journal.write(pc.act(), claim(pc, "i3"), claim(pc, "i4"))
    working.postbox.settle(10)
    assert [state.item_id for state in working.postbox.waiting()] == ["i3", "i4"]
