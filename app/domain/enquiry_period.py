"""照会する期間: from–to of an enquiry about what belongs neither to a year nor to one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.days import Month

LONGEST_YEARS = 5
"""What one enquiry may reach over. Assumed: as far back as tax can still be asked for."""
MISSING, OUT_OF_ORDER, AHEAD, TOO_LONG = "missing", "out_of_order", "ahead", "too_long"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are included."""

    since: date
    until: date

    def meets(self, since: date | None, until: date | None) -> bool:
        """Whether a day of it lies from ``since`` to ``until``; None: open at that end."""
        return (since is None or since <= self.until) and (until is None or self.since <= until)


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """What a row says: how many ``months`` back are offered, and whether days ``ahead`` may be asked about."""

    months: int
    ahead: bool = False

    def offered(self, day: date) -> Period:
        """What is offered on the day of receipt: from the first of the month so many months before."""
        return Period(Month.of(day).plus(-self.months).first, day)

    def fault(self, since: date | None, until: date | None, today: date) -> str:
        """Why these days can't be asked about, as a stable code; "" when they can."""
        if since is None or until is None:
            return MISSING
        fault = order_fault(since, until)
        return fault or (AHEAD if until > today and not self.ahead else "")


def order_fault(since: date, until: date) -> str:
    """What is wrong with a period whatever its row says; "" for nothing."""
    if until < since:
        return OUT_OF_ORDER
    last = since.year + LONGEST_YEARS
    return TOO_LONG if (until.year, until.month, until.day) > (last, since.month, since.day) else ""


def period_of(since: date | None, until: date | None, day: date | None = None) -> Period | None:
    """The period that a request names; its reference date ``day`` is a period of one day."""
    if since is not None and until is not None:
        return Period(since, until)
    return None if day is None else Period(day, day)


def kept_from_to(items: Mapping[str, object], span: tuple[str, str]) -> tuple[date | None, date | None]:
    """From when until when what is registered holds, by the names of the two items; None: open at that end."""
    first, last = (items.get(name) for name in span)
    return (
        date.fromisoformat(first) if isinstance(first, str) and first else None,
        date.fromisoformat(last) if isinstance(last, str) and last else None,
    )
