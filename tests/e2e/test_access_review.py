"""A supervisor reviews what clerks looked at over the real line: visits and reasons explain it, the rest stands out.

C-12, R-032, R-052, R-077.
"""

from dataclasses import replace

import pytest

from app.errors import NotAllowed
from app.services.find_person import Opened
from app.services.ports.seat import Session, Visit
from app.wire.access_review import ProposeExtract
from tests.support.visits import begin
from tests.support.world import SUPERVISOR, World

pytestmark = [pytest.mark.timeout(120), pytest.mark.card, pytest.mark.keyring]


def test_a_look_without_visit_and_reason_reaches_the_supervisor_and_its_outcome_is_kept(
    world: World, clerk: Session
) -> None:
    find, resident = world.front.cases.find_person, world.cities.city.resident_of("local_claimant")
    visit = begin(world, clerk)
    for given in (visit, Visit("", "", visit.opened_at, "phone"), Visit("", "", visit.opened_at)):
        assert isinstance(find.open(world.press(), clerk, given, resident.business_number), Opened)
    world.delivered(world.front)
    chief = world.at_back(SUPERVISOR)
    review = world.back.cases.review_accesses
    seen = review.queue(world.press(), chief)
    mine = [row for row in seen.rows if row.person == resident.business_number and row.outcome == ""]
    assert seen.why["errand"] >= 1
    assert seen.why["reason"] >= 1
    assert seen.why["no_case"] >= 1
    row = next(row for row in mine if "no_case" in {one.fact for one in row.reasons})
    assert row.staff_name == clerk.actor.name
    view = review.finding(world.press(), chief, row.finding_id)
    assert "no_case" in {look.why for look in view.looks if look.is_part}
    settled = review.settle(world.press(), chief, view.row, "to_be_asked", "本人に理由を聞く。")
    assert settled.version == view.row.version + 1
    assert world.back.cases.check_receipt(settled.proof)
    with pytest.raises(NotAllowed):
        world.front.cases.review_accesses.queue(world.press(), replace(clerk))
    world.leave(world.back, chief)


def test_the_other_things_of_the_room_are_asked_over_the_line_by_who_has_their_rights(
    world: World, clerk: Session
) -> None:
    chief, cases = world.at_back(SUPERVISOR), world.back.cases
    assert cases.tend_stopped.shown(world.press(), chief).rows == ()
    today = world.press().at.date()
    asked = ProposeExtract(person="none such", since=today, until=today, reason="開示 第1号")
    cases.extracts.propose(world.press(), chief, asked)
    (mine,) = [one for one in cases.extracts.shown(world.press(), chief).rows if one.person == "none such"]
    for refused in (cases.extracts.approve, cases.extracts.file):
        with pytest.raises(NotAllowed):
            refused(world.press(), chief, mine)
    for refused in (world.front.cases.tend_stopped.shown, world.front.cases.extracts.shown):
        with pytest.raises(NotAllowed):
            refused(world.press(), clerk)
    world.leave(world.back, chief)
