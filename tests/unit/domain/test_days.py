"""Periods, closed days, ages: counted as the law counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import (
    Month,
    add_months,
    age_on,
    day_of_age,
    first_of_january,
    is_closed,
    last_day,
    next_open_day,
    school_year_end,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 12, 31))


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 11, 20), False),  # Friday
        (date(2026, 11, 21), True),  # Saturday
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), True),  # 勤労感謝の日
        (date(2026, 5, 6), True),  # substitute holiday
        (date(2026, 9, 22), True),  # a day between two holidays
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), False),
    ],
)
def test_the_office_is_closed_on_weekends_holidays_and_over_new_year(day: date, *, closed: bool) -> None:
    assert is_closed(day) is closed


def test_fifteen_days_from_the_day_after_the_birth() -> None:
    assert last_day(date(2026, 11, 10), 15) == date(2026, 11, 25)


def test_a_period_that_ends_on_a_closed_day_ends_on_the_next_open_one() -> None:
    assert last_day(date(2026, 11, 6), 15) == date(2026, 11, 24)  # 21 is a Saturday, 23 a holiday
    assert last_day(date(2026, 12, 15), 15) == date(2027, 1, 4)
    assert last_day(date(2026, 11, 6), 15, extend=False) == date(2026, 11, 21)


def test_a_period_that_counts_its_first_day_is_a_day_shorter() -> None:
    assert last_day(date(2026, 11, 2), 3, count_first=True) == date(2026, 11, 4)


@given(DAYS, st.integers(min_value=1, max_value=90))
def test_a_period_never_ends_early_nor_on_a_closed_day(event: date, days: int) -> None:
    end = last_day(event, days)
    assert not is_closed(end)
    assert timedelta(days=days) <= end - event <= timedelta(days=days + 12)
    assert next_open_day(end) == end


@given(DAYS, st.integers(min_value=-60, max_value=60))
def test_months_are_counted_forth_and_back(day: date, months: int) -> None:
    month = Month.of(day)
    assert month.plus(months).plus(-months) == month
    assert Month.of(add_months(day, months)) == month.plus(months)
    assert month.first <= day <= month.last


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert str(Month(2026, 11).plus(2)) == "2027-01"


@pytest.mark.parametrize(
    ("birth", "end"),
    [
        (date(2008, 4, 1), date(2026, 3, 31)),
        (date(2008, 4, 2), date(2027, 3, 31)),
        (date(2008, 3, 31), date(2026, 3, 31)),
        (date(2009, 1, 1), date(2027, 3, 31)),
        (date(2008, 2, 29), date(2026, 3, 31)),
    ],
)
def test_who_is_born_on_1_april_leaves_school_a_year_earlier(birth: date, end: date) -> None:
    assert school_year_end(birth, 18) == end


def test_an_age_is_reached_at_the_end_of_the_day_before() -> None:
    assert day_of_age(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert day_of_age(date(2024, 2, 29), 4) == date(2028, 2, 28)
    assert age_on(date(2024, 2, 29), date(2027, 2, 28)) == 2
    assert age_on(date(2024, 2, 29), date(2027, 3, 1)) == 3
    assert age_on(date(1990, 11, 20), date(2026, 11, 20)) == 36
    assert first_of_january(date(2026, 11, 20)) == date(2026, 1, 1)
