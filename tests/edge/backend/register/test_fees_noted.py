"""S08-5: what certificates and seals cost is noted at the terminal where it was taken, for its daily closing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.backend.register.service.fee_noting import NotedFees
from app.domain.fee_closing import FeeLine
from app.wire.certificate import CorrectFee
from tests.edge.backend.register.changing import call, settled
from tests.edge.backend.register.issuing import COLLEAGUE, ISSUER, Window, asks, window_on
from tests.support.slices import OpenSlice


@pytest.fixture
def window(slice_: OpenSlice) -> Iterator[Window]:
    for _ in settled(slice_):
        yield window_on(slice_)


def noted(window: Window, who=ISSUER) -> list[FeeLine]:
    asked = call(who, window.now)
    return list(NotedFees(window._book).taken(asked, None, asked.at + timedelta(seconds=1)))


def test_each_copy_and_each_correction_is_a_line_at_its_own_terminal(window: Window) -> None:
    row = window.issue(asks()).rows[0]
    window.issue(asks(exemption="pension"))
    window.issue(asks(), COLLEAGUE)
    assert [(one.kind, one.yen, one.exemption) for one in noted(window)] == [
        ("residence_copy", 350, ""),
        ("residence_copy", 0, "pension"),
    ]
    assert [one.yen for one in noted(window, COLLEAGUE)] == [350]
    right = CorrectFee(number=row.number, version=row.version, yen=300, reason="機械の入力の誤り")
    window.desk.copies.correct_fee(call(ISSUER, window.now), right)
    assert [one.yen for one in noted(window)] == [350, 0, -50]
    assert noted(window)[-1].number == row.number


def test_a_spoiled_copy_gives_nothing_back_and_a_seal_costs_what_the_table_says(window: Window) -> None:
    row = window.whole(asks()).row
    window.spoil(row)
    window.registered()
    assert [(one.kind, one.yen) for one in noted(window)] == [("residence_copy", 350), ("seal_registration", 500)]


def test_what_came_before_the_last_closing_is_not_told_again(window: Window) -> None:
    window.issue(asks())
    asked = call(ISSUER, window.now)
    assert NotedFees(window._book).taken(asked, asked.at + timedelta(seconds=1), asked.at + timedelta(seconds=9)) == ()
