"""Days as the law counts them: periods, closed days, months, ages and school years."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import jpholiday

_SATURDAY = 5
_YEAR_END = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
"""Days on which an office is closed besides weekends and holidays. Source: 地方自治法4条の2第2項, published."""
_MARCH = 3


def is_closed(day: date) -> bool:
    """Whether the office is closed: Saturday, Sunday, national holiday, 29 December to 3 January."""
    return day.weekday() >= _SATURDAY or (day.month, day.day) in _YEAR_END or bool(jpholiday.is_holiday(day))


def next_open_day(day: date) -> date:
    """``day`` itself if the office is open, else the next day that it is."""
    while is_closed(day):
        day += timedelta(days=1)
    return day


def last_day(event: date, days: int, *, count_first: bool = False, extend: bool = True) -> date:
    """The last day of a period of ``days`` days.

    The day of the event is not counted unless ``count_first`` (民法140条); a period that ends on a closed day ends with
    the next open day unless ``extend`` is False (地方自治法4条の2第4項). Published.
    """
    end = event + timedelta(days=days - 1 if count_first else days)
    return next_open_day(end) if extend else end


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that ``day`` lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.plus(1).first - timedelta(days=1)

    def plus(self, months: int) -> Self:
        """The month ``months`` later, or earlier if negative."""
        count = self.year * 12 + self.month - 1 + months
        return type(self)(count // 12, count % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has none (民法143条2項, published)."""
    target = Month.of(day).plus(months)
    return date(target.year, target.month, min(day.day, target.last.day))


def age_on(birth: date, day: date) -> int:
    """Full years as people count them: one more on the birthday, for 29 February on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def day_of_age(birth: date, age: int) -> date:
    """The day at whose end an age is reached: the eve of the birthday (年齢計算ニ関する法律, published)."""
    year = birth.year + age
    birthday = date(year, 3, 1) if (birth.month, birth.day) == (2, 29) and not _leap(year) else birth.replace(year=year)
    return birthday - timedelta(days=1)


def school_year_end(birth: date, age: int) -> date:
    """The first 31 March on or after the day an age is reached: who is born on 1 April is with the year before."""
    reached = day_of_age(birth, age)
    return date(reached.year if reached.month <= _MARCH else reached.year + 1, 3, 31)


def first_of_january(day: date) -> date:
    """1 January of the year of ``day``: whose municipality taxes that year."""
    return date(day.year, 1, 1)


def _leap(year: int) -> bool:
    return Month(year, 2).last.day == 29  # noqa: PLR2004
