"""Papers of the desk at the moment of printing (R-040, S08-6): a restraint stops others' papers, not one's own."""

from collections.abc import Iterator

import pytest

from app.errors import NotUnderstood, Refused
from app.wire.register_restraint import CheckPaper, ConfirmRelease, GrantRelease, PaperLeave
from tests.edge.backend.register.changing import BOSS, WINDOW, Office, acts, call, fresh_id, settled
from tests.support.slices import OpenSlice


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def leave(office: Office, *persons: str, addressee: str = "") -> PaperLeave:
    asked = CheckPaper(persons=persons, addressee=addressee, visit_id="v1")
    return office.changes.issue.check_paper(call(WINDOW, office.now), asked)


def test_a_restraint_set_after_the_preview_stops_a_paper_of_somebody_else(office: Office) -> None:
    """The spouse claims and the protected person stands in the claim."""
    assert not leave(office, "231", "230", addressee="231").alert
    office.protect("230")
    with pytest.raises(Refused, match="may_not_print"):
        leave(office, "231", "230", addressee="231")
    with pytest.raises(Refused, match="may_not_print"):
        leave(office, "230")
    assert [kind for kind, _ in acts(office)][-2:] == ["paper.check_refused", "paper.check_refused"]


def test_who_is_protected_gets_papers_of_their_own_and_the_clerk_is_told_to_look(office: Office) -> None:
    """The measure stops no benefit. Negative twin: a paper about nobody restrained says nothing."""
    office.protect("230")
    found = leave(office, "230", "231", addressee="230")
    assert found.alert
    assert found.proof
    assert not leave(office, "231", addressee="231").alert
    assert [detail["held"] for kind, detail in acts(office) if kind == "paper.let"] == [1, 0]


def test_a_release_by_two_people_lets_it_out_for_its_minutes(office: Office) -> None:
    office.protect("230")
    asked = GrantRelease(
        release_id=fresh_id("r"), business_number="230", act="issue", minutes=5, reason="本人の同意を確かめた"
    )
    office.changes.releases.ask(call(WINDOW, office.now), asked)
    with pytest.raises(Refused, match="may_not_print"):
        leave(office, "231", "230", addressee="231")
    office.changes.releases.confirm(call(BOSS, office.now), ConfirmRelease(release_id=asked.release_id))
    assert leave(office, "231", "230", addressee="231").alert
    office.slice.clock.move(minutes=5)
    with pytest.raises(Refused, match="may_not_print"):
        leave(office, "231", "230", addressee="231")


def test_a_paper_about_nobody_or_about_a_crowd_is_not_understood(office: Office) -> None:
    for persons in ((), tuple(str(n) for n in range(31))):
        with pytest.raises(NotUnderstood):
            leave(office, *persons)
