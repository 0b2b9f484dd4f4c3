"""一時解除 by two people (R-040, S08-5): asked for by one, agreed to by another under an ID of their own."""

from collections.abc import Iterator

import pytest

from app.errors import Conflict, NotAllowed, Refused
from app.wire.register_restraint import AskReleases, ChangeMeasure, EndRelease
from tests.edge.backend.register.changing import BOSS, CLERK, GUARD, WINDOW, Office, acts, call, settled
from tests.edge.backend.register.test_restraints import SEES, ask, confirm, release
from tests.support.slices import OpenSlice, person


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


SECOND = person("d02", "restraint.release", "restraint.see")
MINE = {"presenter": "230", "photo": True}


def test_nothing_is_let_through_before_another_person_agreed_with_an_id_of_their_own(office: Office) -> None:
    """R-040, S08-5: the asking alone opens nothing, and who asked can't agree to it."""
    office.protect("230")
    for who in (WINDOW, BOSS):
        row = ask(office, who=who)
        assert (row.state, row.asked_by, row.granted_by) == ("asked", who.staff_id, "")
        assert office.asks("230", "self", **MINE).told == "nothing_to_issue"
    with pytest.raises(Refused, match="same_person"):
        confirm(office, row.release_id)
    done = confirm(office, row.release_id, SECOND)
    assert (done.state, done.asked_by, done.granted_by) == ("granted", BOSS.staff_id, "d02")
    assert office.asks("230", "self", **MINE).told == "issuable"
    kinds = [kind for kind, _ in acts(office)]
    assert kinds.count("restraint.release_asked") == 2
    assert kinds.count("restraint.release_confirm_refused") == 1
    (detail,) = (detail for kind, detail in acts(office) if kind == "restraint.released")
    assert (detail["asked_by"], detail["act"], detail["minutes"]) == (BOSS.staff_id, "issue", 10)


def test_who_may_only_issue_agrees_to_nothing_and_who_may_do_neither_asks_for_nothing(office: Office) -> None:
    """Negative twin: rights of both steps."""
    office.protect("230")
    row = ask(office)
    for who in (SEES, GUARD, CLERK):
        with pytest.raises(NotAllowed):
            confirm(office, row.release_id, who)
    with pytest.raises(NotAllowed):
        ask(office, who=person("w09", "register.open", "restraint.set", "restraint.see"))
    assert office.asks("230", "self", **MINE).told == "nothing_to_issue"


def test_what_the_second_person_declined_or_left_for_an_hour_is_over(office: Office) -> None:
    """And what was agreed to already is agreed to once."""
    office.protect("230")
    row = ask(office)
    confirm(office, row.release_id, agreed=False)
    late, once = ask(office), ask(office, act="view")
    confirm(office, once.release_id)
    office.slice.clock.move(minutes=60)
    for gone in (row, late, once):
        with pytest.raises(Conflict):
            confirm(office, gone.release_id, SECOND)
    assert office.changes.releases.listed(call(BOSS, office.now), AskReleases()).rows == ()
    with pytest.raises(NotAllowed):
        confirm(office, "none")
    assert office.asks("230", "self", **MINE).told == "nothing_to_issue"


def test_a_release_asked_for_in_one_visit_opens_nothing_in_another(office: Office) -> None:
    """One that names no visit, asked for away from the counter, holds in whichever the person comes."""
    office.protect("230")
    release(office, minutes=5, visit_id="v1")
    told = {one: office.asks("230", "self", visit_id=one, **MINE).told for one in ("v1", "v2", "")}
    assert told == {"v1": "issuable", "v2": "nothing_to_issue", "": "nothing_to_issue"}
    release(office)
    assert office.asks("230", "self", visit_id="v2", **MINE).told == "issuable"


def test_a_measure_that_ended_meanwhile_needs_no_release(office: Office) -> None:
    """Looked at again in the moment of the second person's word."""
    row = office.protect("230")
    asked = ask(office)
    row = office.decide(row)
    ending = ChangeMeasure(measure_id=row.measure_id, version=row.version, change="end", reason="本人の申出")
    office.decide(office.changes.measures.change(call(GUARD), ending))
    with pytest.raises(Refused, match="not_restrained"):
        confirm(office, asked.release_id)


def test_the_window_sees_how_its_own_asking_stands_and_nobody_elses(office: Office) -> None:
    office.protect("230")
    mine = ask(office)
    ask(office, "230", "view", who=SEES)
    own = office.changes.releases.own
    rows = own(call(WINDOW, office.now), AskReleases()).rows
    assert [(one.release_id, one.state, one.may) for one in rows] == [(mine.release_id, "asked", ())]
    confirm(office, mine.release_id)
    rows = own(call(WINDOW, office.now), AskReleases(person="230")).rows
    assert [(one.release_id, one.state) for one in rows] == [(mine.release_id, "granted")]


def test_who_agrees_sees_why_first_of_all(office: Office) -> None:
    office.protect("230")
    office.protect("210")
    release(office, "210")
    waiting = ask(office)
    first, second = office.changes.releases.listed(call(BOSS, office.now), AskReleases()).rows
    assert (first.release_id, first.reason, first.may) == (waiting.release_id, "本人が窓口に来た", ("confirm", "end"))
    assert (second.state, second.reason, second.may) == ("granted", "", ("end",))


def test_a_release_can_be_ended_early(office: Office) -> None:
    office.protect("230")
    row = release(office)
    office.changes.releases.end(call(BOSS), EndRelease(release_id=row.release_id))
    assert office.asks("230", "self", presenter="230", photo=True).told == "nothing_to_issue"
    with pytest.raises(NotAllowed):
        office.changes.releases.end(call(BOSS), EndRelease(release_id=row.release_id))
