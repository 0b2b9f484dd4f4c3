"""The office goes away in the middle: the work is kept, sent later, once, with the day of the key press."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import EnquiryNeedsOffice, PaperNeedsOffice, RegisterNeedsOffice, UnknownHere
from app.services.enquire import EnquiryCase
from app.services.entrance import Given
from app.services.hand_in import Kept, Received
from app.services.lock import Why
from app.services.ports.seat import Session
from app.wire.desk import ApplicationView
from app.wire.register import SearchByFour
from tests.support.process import wait_for
from tests.support.visits import Case, begin, by_eye, enquiries_of
from tests.support.world import CHECKER, OTHER_CLERK, World

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.card,
    pytest.mark.keyring,
    pytest.mark.fault,
]


def test_an_office_killed_during_the_hand_in_gets_it_later_once_under_the_day_of_the_key_press(
    world: World, clerk: Session
) -> None:
    case = by_eye(world, "late_claimant", clerk)
    world.delivered(world.front)
    memory, cases = world.front.memory, world.front.cases
    yesterday = world.press()
    yesterday = replace(yesterday, at=yesterday.at - timedelta(days=1))
    world.cities.here.kill()
    try:
        kept = cases.hand_in(yesterday, clerk, case.draft)
        assert isinstance(kept, Kept)
        assert kept.cause == "office.unreachable"
        assert kept.receipt_date == clerk.call(yesterday).day
        assert [mark.handed_in for mark in memory.work.drafts() if mark.draft_id == case.draft.draft_id] == [True]
        _the_clerk_goes_on(world, clerk, enquiries_of(world, case))
        _no_paper_is_made(world, case, kept)
    finally:
        world.cities.here.start()
    memory.postbox.serve(clerk)
    wait_for(lambda: not memory.postbox.waiting(), "everything to arrive")
    (arrived,) = (one for one in memory.work.arrived() if one.item_id == yesterday.key)
    assert arrived.receipt.receipt_date == kept.receipt_date
    again = cases.hand_in(yesterday, clerk, case.draft)
    assert isinstance(again, Received)
    assert again.receipt == arrived.receipt
    checker = world.at_back(CHECKER)
    queue = world.back.cases.review.queue(world.press(), checker)
    (entry,) = (one for one in queue.entries if one.application_id == arrived.receipt.application_id)
    assert entry.receipt_date == kept.receipt_date
    world.leave(world.back, checker)


def _the_clerk_goes_on(world: World, clerk: Session, asked: EnquiryCase) -> None:
    """Locked and unlocked without the office, a next visit is begun; what needs the register says so."""
    memory, cases = world.front.memory, world.front.cases
    cases.lock(world.press(), clerk, Why.ASKED)
    assert not memory.work.is_open
    cases.unlock(world.press(), clerk, Given(world.cities.password))
    assert memory.work.is_open
    visit = begin(world, clerk)
    with pytest.raises(UnknownHere):
        cases.sign_in(world.press(), OTHER_CLERK, Given(world.cities.password))
    with pytest.raises(EnquiryNeedsOffice):
        cases.enquire.states(world.press(), clerk, asked)
    with pytest.raises(RegisterNeedsOffice):
        cases.find_person.by_entry(world.press(), clerk, visit, SearchByFour(name="見本　花子"))
    states = {item.cause for item in memory.postbox.waiting()}
    assert states <= {"office.unreachable", ""}


def _no_paper_is_made(world: World, case: Case, kept: Kept) -> None:
    """Not of a case that was opened while there was a line: a restraint can't be looked at, the notice stays unmade."""
    opened = ApplicationView(
        application_id="a1",
        number="1",
        visit_id=case.visit.visit_id,
        procedure=world.procedure.id,
        state="approved",
        receipt_date=kept.receipt_date,
        roles=case.draft.roles,
        facts=case.draft.facts,
        before=None,
        evidence=case.draft.evidence,
        answers=(),
        steps=(),
        confirmed_findings=(),
        may=(),
        why_not={},
        version=1,
    )
    for kind in ("approval", "rejection", "decision_sheet"):
        paper = next(one for one in world.procedure.outputs if one.id == kind)
        with pytest.raises(PaperNeedsOffice):
            world.front.cases.show_paper(world.press(), case.session, opened, (world.procedure, paper))
