"""S08-1, B2-1, B2-2: a 転居 over mutual TLS: entered here, refused to who entered it, approved there, seen."""

from datetime import timedelta

import pytest

from app.client.counter import Counter
from app.client.register_wing import shipped_register_rules
from app.domain.clock import SystemClock, SystemRandom, business_date, new_id
from app.domain.register_forms import parse_register_forms
from app.errors import NotAllowed, Refused
from app.services.find_person import Opened
from app.services.ports.seat import Session, Visit
from app.shipped import read_toml
from app.standin.city.values import CityResident
from app.ui.flows.register_filing import filing_of, form_of
from app.wire.register import Record
from app.wire.register_change import EntryRow, ProposeEntry
from tests.support.city import EVERYTHING, HERE
from tests.support.world import GENERAL_CLERK, World

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

MOVE = "change_of_address"
ENTERS, DECIDES = "r3002", "r5002"
NEW_HOME = "見本市中央区北二十条西30丁目40番50号"


def somebody(world: World) -> CityResident:
    """A resident whom no other test meets: in a household of nobody's persona."""
    town, known = world.cities.city.municipality(HERE), world.cities.city.personas.values()
    met = {one.business_number for one in known}
    homes = {one.household_number for one in town.residents if one.business_number in met}
    return next(one for one in town.residents if one.is_resident and one.household_number not in homes)


def record_of(world: World, counter: Counter, session: Session, number: str) -> Record:
    visit = Visit("", "", world.press().at, "ex_officio")
    opened: Opened = counter.cases.find_person.open(world.press(), session, visit, number)
    return opened.record


def entered(world: World, counter: Counter, session: Session, record: Record) -> EntryRow:
    """What the form makes of the record, tried and entered."""
    rules, today = shipped_register_rules(), business_date(SystemClock().now())
    form = parse_register_forms(read_toml("tables", "register_forms.toml"), rules).forms[MOVE]
    day = (today - timedelta(days=3)).isoformat()
    typed = {"reason": "moved", "event_day": day, "address": NEW_HOME}
    draft = form_of(form, record, today)
    filing = filing_of(form, draft.changed(values={**draft.values, **typed}), "", today)
    trial = counter.cases.change_register.try_out(world.press(), session, filing, "")
    assert NEW_HOME in {item.after for one in trial.changes for item in one.items}
    asked = ProposeEntry(entry_id=new_id(SystemClock(), SystemRandom()), filing=filing)
    return counter.cases.change_register.propose(world.press(), session, asked)


def test_a_move_counts_only_after_another_person_has_approved_it(world: World) -> None:
    number = somebody(world).business_number
    both = world.at_front(EVERYTHING)
    before = record_of(world, world.front, both, number)
    row = entered(world, world.front, both, before)
    (own,) = world.front.cases.decide_register.approve(world.press(), both, (row,), ()).rows
    assert (own.outcome, row.may) == ("same_person", ("correct", "withdraw"))
    with pytest.raises(Refused, match="same_person"):
        world.front.cases.decide_register.refuse(world.press(), both, row, "自分の入力")
    assert record_of(world, world.front, both, number).hit.address == before.hit.address
    world.leave(world.front, both)
    decider = world.at_back(DECIDES)
    (seen,) = [
        one
        for one in world.back.cases.decide_register.waiting(world.press(), decider, decided=False).rows
        if one.entry_id == row.entry_id
    ]
    view = world.back.cases.decide_register.open(world.press(), decider, row.entry_id)
    assert (seen.entered_by, view.row.people) == (EVERYTHING, (before.hit.name,))
    checks = tuple(one.check for one in seen.findings)
    (done,) = world.back.cases.decide_register.approve(world.press(), decider, (seen,), checks).rows
    assert (done.outcome, bool(done.proof)) == ("approved", True)
    assert record_of(world, world.back, decider, number).hit.address == NEW_HOME
    visit = Visit("", "", world.press().at, "ex_officio")
    history = world.back.cases.look_back.person(world.press(), decider, visit, number)
    assert (history.lines[0].kind, history.lines[0].decided_by) == (MOVE, DECIDES)
    world.leave(world.back, decider)


def test_who_may_only_receive_learns_of_nothing_that_waits(world: World) -> None:
    clerk = world.at_front(GENERAL_CLERK)
    for ask in (world.front.cases.change_register.own, world.front.cases.decide_register.waiting):
        with pytest.raises(NotAllowed):
            ask(world.press(), clerk, decided=False)
    world.leave(world.front, clerk)
    examiner = world.at_front(ENTERS)
    assert world.front.cases.change_register.own(world.press(), examiner, decided=False).rows == ()
    world.leave(world.front, examiner)
