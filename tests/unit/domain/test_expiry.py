"""The last days of what ends by itself are counted in the office's own days."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.expiry import ENDED, TOLD, days_left

UNTIL = datetime(2028, 11, 19, 15, 30, tzinfo=UTC)
"""Half past midnight on 20 November in Tokyo."""


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(days=TOLD, minutes=31), None),
        (timedelta(days=TOLD, minutes=30), TOLD),
        (timedelta(days=7), 7),
        (timedelta(minutes=31), 1),
        (timedelta(minutes=30), 0),
        (timedelta(0), 0),
        (-timedelta(microseconds=1), ENDED),
    ],
)
def test_days_are_those_of_the_calendar_in_tokyo(before: timedelta, told: int | None) -> None:
    assert days_left(UNTIL, UNTIL - before) == told
