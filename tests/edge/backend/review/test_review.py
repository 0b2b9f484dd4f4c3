"""Who looked at whom is explained by what the slices recorded, or stands out (C-12, R-032, R-052, R-077)."""

from dataclasses import replace

import pytest

from app.errors import Conflict, NotAllowed, Refused
from app.wire.desk import CloseVisit
from app.wire.register import KeepStaffPerson, SearchByFour
from tests.edge.backend.review.acting import CHIEF, CLERK, look, queue, settle, view, visit
from tests.edge.backend.review.conftest import Office
from tests.support.slices import MINAMI, call, person


@pytest.fixture
def store_engine() -> str:
    """What is asked of both engines lies in ``test_kept``."""
    return "sqlcipher"


def test_a_visit_that_comes_to_a_hand_in_explains_its_people_and_their_household(office: Office) -> None:
    visit(office, "v1")
    office.register.search(call(CLERK, office.clock.at), SearchByFour(name="髙橋", visit_id="v1"))
    look(office, "100", visit="v1")
    look(office, "101", visit="v1")
    office.desk.receive(actor=replace(CLERK, rights=CLERK.rights))
    seen = queue(office)
    assert (seen.rows, seen.explained, seen.total) == ((), 3, 3)
    assert seen.why == {"search": 1, "named": 1, "household": 1}


def test_a_typed_reason_explains_a_call_and_is_counted_as_such(office: Office) -> None:
    look(office, "103", reason="phone")
    seen = queue(office)
    assert (seen.rows, seen.by_reason, seen.explained) == ((), 1, 1)


def test_without_visit_and_reason_it_stands_out_and_says_why(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    assert (row.staff_name, row.person, row.accesses) == ("窓口　明子", "103", 1)
    assert [(one.fact, one.count) for one in row.reasons] == [("no_case", 1)]
    (shown,) = view(office, row.finding_id).looks
    assert (shown.person, shown.why, shown.is_part) == ("103", "no_case", True)


def test_a_visit_opened_only_to_look_at_a_colleague_stands_out(office: Office) -> None:
    kept = KeepStaffPerson(staff_id="002", business_number="103")
    office.register.keep_staff_person(call(CHIEF, office.clock.at), kept)
    visit(office, "v1")
    look(office, "103", visit="v1")
    office.desk.desk.visits.close(call(CLERK, office.clock.at), CloseVisit(visit_id="v1", closed_at=office.clock.at))
    (row,) = queue(office).rows
    assert [one.fact for one in row.reasons] == ["colleague"]


def test_somebody_whom_an_open_visit_does_not_name_is_not_explained_by_it(office: Office) -> None:
    visit(office, "v1")
    for who in ("100", "102", "103", "106", "108"):
        look(office, who, visit="v1")
    office.desk.receive(actor=CLERK)
    (row,) = queue(office).rows
    assert {one.fact for one in row.reasons} == {"several", "not_named"}


def test_a_colleague_s_visit_and_one_that_is_over_explain_nothing(office: Office) -> None:
    visit(office, "v1")
    look(office, "103", visit="v1", actor=replace(CLERK, staff_id="002"))
    office.desk.desk.visits.close(call(CLERK, office.clock.at), CloseVisit(visit_id="v1", closed_at=office.clock.at))
    office.clock.move(days=1)
    look(office, "102", visit="v1")
    seen = queue(office)
    assert seen.why == {"foreign": 1, "closed": 1}


def test_what_is_to_be_asked_stays_until_it_is_settled_again(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    settle(office, row.finding_id, outcome="to_be_asked")
    (waits,) = queue(office).rows
    assert (waits.outcome, waits.version) == ("to_be_asked", 1)
    with pytest.raises(Conflict):
        settle(office, row.finding_id, version=0)
    settle(office, row.finding_id, version=1, outcome="misuse_reported")
    assert queue(office).rows == ()


def test_what_comes_to_a_settled_finding_later_opens_it_again(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    settle(office, row.finding_id)
    look(office, "103")
    (again,) = queue(office).rows
    assert (again.finding_id, again.accesses, again.outcome) == (row.finding_id, 2, "")


def test_nobody_reviews_what_they_did_themselves(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    mine = queue(office, CLERK)
    assert (mine.rows, mine.own) == ((), 1)
    for tried in (lambda: view(office, row.finding_id, CLERK), lambda: settle(office, row.finding_id, actor=CLERK)):
        with pytest.raises(NotAllowed):
            tried()


def test_who_has_no_right_or_is_elsewhere_sees_nothing(office: Office) -> None:
    look(office, "103")
    with pytest.raises(NotAllowed):
        queue(office, person("011"))
    assert queue(office, person("009", "access.review", municipality=MINAMI)).total == 0
    (row,) = queue(office).rows
    with pytest.raises(NotAllowed):
        view(office, row.finding_id, person("009", "access.review", municipality=MINAMI))


def test_a_finding_without_words_is_no_finding(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    with pytest.raises(Refused):
        settle(office, row.finding_id, note="  ")
