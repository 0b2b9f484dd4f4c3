"""When the resident network takes something: its hours, stops, and times at which it runs besides."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.exchange_rules import Hours

_MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """運用停止 or 臨時運用: from ``since`` on, before ``until``; None: until further notice."""

    since: datetime
    until: datetime | None

    def has(self, instant: datetime) -> bool:
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True)
class NetworkCalendar:
    """Hours with what was approved besides. A stop counts more than an extra run."""

    hours: Hours
    stops: tuple[Span, ...] = ()
    extras: tuple[Span, ...] = ()

    def open_at(self, instant: datetime) -> bool:
        """Whether something may be sent at ``instant``."""
        return self.why_closed(instant) == ""

    def why_closed(self, instant: datetime) -> str:
        """``stop``, ``closed`` (out of hours), or "" while it is open."""
        if any(one.has(instant) for one in self.stops):
            return "stop"
        is_open = self.hours.open_at(instant) or any(one.has(instant) for one in self.extras)
        return "" if is_open else "closed"

    def next_opening(self, instant: datetime) -> datetime | None:
        """The first instant from ``instant`` on at which something may be sent; None: nobody knows."""
        for _ in range(_MOST_STEPS):
            stop = next((one for one in self.stops if one.has(instant)), None)
            if stop is not None and stop.until is None:
                return None
            if stop is None or stop.until is None:
                if self.open_at(instant):
                    return instant
                begins = [one.since for one in self.extras if one.since > instant]
                instant = min([self.hours.next_opening(instant), *begins])
            else:
                instant = stop.until
        return None
