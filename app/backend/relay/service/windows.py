"""When each side takes something: shipped hours, stops of the file, and those that somebody announced here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.domain.clock import Clock
from app.domain.exchange_rules import Hours
from app.domain.exchange_sides import Pace, Sides
from app.domain.network_calendar import NetworkCalendar, Span

NETWORK, CITY = "network", "city"
SIDES = (NETWORK, CITY)
SIDE_OF = {"nws": NETWORK, "link": CITY}
"""Path of an enquiry → the side that answers it."""
FRESH = timedelta(seconds=5)
"""How long stops that another process announced may be unknown here. Assumed."""


@dataclass(frozen=True, slots=True)
class Stop:
    """運用停止 announced here. ``by``: who did."""

    municipality: str
    stop_id: str
    side: str
    since: datetime
    until: datetime | None
    reason: str
    by: str
    version: int = 1


class StopReader(Protocol):
    """What the windows need of the store."""

    def stops(self, after: datetime) -> tuple[Stop, ...]:
        """All that are not over at ``after``."""
        ...


class Windows:
    """Calendars by municipality and side. ``hours``: the platform's, as usual."""

    def __init__(self, stops: StopReader, hours: Hours, sides: Sides, clock: Clock) -> None:
        self._stops = stops
        self._hours = hours
        self._sides = sides
        self._clock = clock
        self._known: tuple[Stop, ...] | None = None
        self._read_at = clock.now()
        self._pace = Pace(self._read_at, sides.per_minute)

    def calendar(self, municipality: str, side: str) -> NetworkCalendar:
        """The calendar of one side."""
        mine = tuple(
            Span(one.since, one.until)
            for one in self._announced()
            if (one.municipality, one.side) == (municipality, side)
        )
        if side == NETWORK:
            return self._sides.network(self._hours, mine)
        city = self._sides.city
        return NetworkCalendar(city.hours, (*city.stops, *mine), city.extras)

    def latest(self, now: datetime) -> datetime:
        """The last opening that anything can be waiting for; ``now`` where all is open."""
        places = {(one.municipality, one.side) for one in self._announced()} | {("", side) for side in SIDES}
        opens = [self.calendar(*place).next_opening(now) for place in places]
        return max((one for one in opens if one is not None), default=now)

    def granted(self, wanted: int) -> tuple[int, datetime]:
        """How many of ``wanted`` may be sent to the platform now, and when more may. For the one thread that sends."""
        self._pace, granted = self._pace.taken(self._clock.now(), wanted, self._sides.per_minute)
        return granted, self._pace.renews_at

    def forget(self) -> None:
        """A stop was announced or ended here: read them anew."""
        self._known = None

    def _announced(self) -> tuple[Stop, ...]:
        now, known = self._clock.now(), self._known
        if known is None or not self._read_at <= now < self._read_at + FRESH:
            known = self._known = self._stops.stops(now)
            self._read_at = now
        return known
