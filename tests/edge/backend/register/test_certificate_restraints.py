"""Certificates of protected persons (S08-5, B2-5, R-040): asked again when it prints, by two sessions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.errors import Refused
from app.wire.message import encode
from app.wire.register import RestraintMark
from app.wire.register_restraint import ConfirmRelease, GrantRelease, RequestMeasure
from tests.edge.backend.register.changing import BOSS, GUARD, TODAY, acts, call, filing, fresh_id, settled
from tests.edge.backend.register.issuing import (
    COLLEAGUE,
    ENTRUSTED,
    LICENCE,
    QUESTIONED,
    Window,
    asks,
    window_on,
)
from tests.support.slices import OpenSlice


@pytest.fixture
def window(slice_: OpenSlice) -> Iterator[Window]:
    for _ in settled(slice_):
        yield window_on(slice_)


def release(window: Window, business_number: str = "300", visit_id: str = "") -> None:
    asked = GrantRelease(
        release_id=fresh_id("r"), business_number=business_number, act="issue", minutes=10, reason="本人が来た",
        visit_id=visit_id,
    )  # fmt: skip
    window.changes.releases.ask(call(COLLEAGUE, window.now), asked)
    window.changes.releases.confirm(call(BOSS, window.now), ConfirmRelease(release_id=asked.release_id))


def test_a_measure_set_between_number_and_print_stops_the_print(window: Window) -> None:
    """One clerk has taken the number; somebody else sets the measure; the printer stays still, with one answer."""
    rows = window.issue(asks(capacity="third_party", copies=2)).rows
    window.print(rows[0])
    window.protect("300")
    for who in (None, COLLEAGUE):
        with pytest.raises(Refused, match="may_not_print"):
            window.print(rows[1], **({} if who is None else {"who": who}))
    assert acts(window)[-1][0] == "certificate.print_refused"
    assert window.spoil(rows[1], "may_not_print").state == "spoiled"


@pytest.mark.twin("B2-5")
def test_a_household_copy_stops_for_one_protected_member(window: Window) -> None:
    asked = asks("residence_copy", "300", "301", capacity="same_household")
    row = window.issue(asked).rows[0]
    window.protect("301")
    with pytest.raises(Refused, match="may_not_print"):
        window.print(row)
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(asked)
    assert window.draft(asks(capacity="same_household")).route == "counter"


@pytest.mark.twin("S08-5")
def test_whoever_asks_hears_the_same_as_of_somebody_who_is_not_here(window: Window) -> None:
    window.protect("300")
    said = set()
    for person, capacity in (
        ("300", "self"), ("300", "third_party"), ("300", "agent"), ("300", "public_use"), ("999", "third_party"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            window.draft(asks("residence_copy", person, capacity=capacity))
        said.add(str(refused.value))
    assert len(said) == 1


def test_the_protected_person_gets_it_in_person_under_a_release_with_a_photo_and_by_no_other_way(
    window: Window,
) -> None:
    """No agent, no stranger, no post, no other visit, no questions instead of a photo, and no number by post either."""
    window.protect("300")
    release(window, visit_id="v1")
    mine = {"visit_id": "v1"}
    assert window.whole(asks(**mine)).row.state == "printed"
    for wrong in (
        {"channel": "post"},
        {"evidence": QUESTIONED},
        {"capacity": "agent", "evidence": ENTRUSTED},
        {"capacity": "same_household", "presenter": "320", "evidence": LICENCE},
        *({"capacity": one} for one in ("same_household", "third_party", "professional", "public_use")),
        {"capacity": "same_household", "presenter": "300"},
        {"visit_id": "another"},
    ):
        with pytest.raises(Refused, match="nothing_to_issue"):
            window.draft(asks(**(mine | wrong)))
        assert acts(window)[-1][1]["code"] == "nothing_to_issue"
    row = window.issue(asks(**mine)).rows[0]
    window.slice.clock.move(minutes=11)
    with pytest.raises(Refused, match="may_not_print"):
        window.print(row)


def test_who_else_is_on_the_paper_opens_nothing_of_a_protected_person(window: Window) -> None:
    """The photo, the presence and the release are asked of each protected person, on a household copy too."""
    window.protect("300")
    release(window)
    for wrong in (
        asks("residence_copy", "300", "301", evidence=QUESTIONED),
        asks("residence_copy", "301", "300", evidence=QUESTIONED),
        asks("residence_copy", "300", "301", presenter="301"),
        asks("residence_copy", "300", capacity="same_household"),
        asks("residence_copy", "300", capacity="same_household", evidence=QUESTIONED),
        asks("residence_copy", "300", "301", capacity="same_household"),
        asks("residence_copy", "300", "301", capacity="household_head", presenter="301", evidence=LICENCE),
    ):
        with pytest.raises(Refused, match="nothing_to_issue"):
            window.draft(wrong)
    both = asks("residence_copy", "300", "301")
    assert window.whole(both).row.state == "printed"
    window.protect("301")
    release(window, "301")
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(both)


def test_a_removed_record_is_protected_too(window: Window) -> None:
    """除票."""
    window.through(filing("move_out", "320", event_day=TODAY - timedelta(days=1), filed_day=TODAY, moved_to="南市5番"))
    asked = asks("removed_copy", "320", capacity="third_party")
    row = window.issue(asked).rows[0]
    window.protect("320")
    with pytest.raises(Refused, match="may_not_print"):
        window.print(row)
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(asked)


def test_a_restraint_that_only_alerts_is_told_and_stops_nothing(window: Window) -> None:
    marks = (RestraintMark(act="issue", level="confirm"),)
    asked = RequestMeasure(measure_id=fresh_id("m"), kind="other", persons=("300",), reason="申出", acts=marks)
    window.changes.measures.request(call(GUARD, window.now), asked)
    draft = window.draft(asks())
    assert draft.findings == ("restraint_alert",)
    assert window.print(window.issue(asks(), draft=draft).rows[0]).row.state == "printed"


def test_two_windows_that_issue_at_once_leave_no_gap(window: Window) -> None:
    draft = window.draft(asks())
    clerk = [window.issue, window.issue]
    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(clerk[at % 2], asks(), draft=draft) for at in range(6)]
        numbers = [one.result(30).rows[0].number for one in made]
    assert sorted(numbers) == [f"20261120-戸籍住民-000{at}" for at in range(1, 7)]


def test_what_is_refused_is_kept_and_holds_no_name(window: Window) -> None:
    window.protect("300")
    with pytest.raises(Refused):
        window.draft(asks())
    kind, said = acts(window)[-1]
    assert (kind, said["code"], said["about"]) == ("certificate.draft_refused", "nothing_to_issue", "300")
    assert "渡邉".encode() not in encode(said)
