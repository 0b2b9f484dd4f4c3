"""保管期限切れの削除: once a day what ended long ago leaves the relay; the records of it stay in the ledger."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.wire.relay_office import RunRow

T = TypeVar("T")

EXPIRY = "expiry"
PORTION = 1000
"""Rows of each kind that are deleted in one transaction. Assumed."""


class ExpiryUnit(Protocol):
    """What can be done inside one transaction."""

    def run(self, municipality: str, run_id: str) -> RunRow | None: ...
    def put_run(self, municipality: str, run: RunRow) -> None:
        """Write it, in the place of an earlier state of it."""
        ...

    def expire(self, municipality: str, before: datetime, most: int) -> int:
        """Delete what ended before that instant, at most so many of each kind; how many rows."""
        ...

    def record(self, acts: Sequence[Act]) -> None: ...


class ExpiryBook(Protocol):
    """Opens such units."""

    def write_expiry(self, work: Callable[[ExpiryUnit], T]) -> T: ...


class Expiring:
    """The daily run. ``places``: municipalities of this process; ``kept``: how long what ended stays."""

    def __init__(self, book: ExpiryBook, places: Sequence[str], kept: timedelta, clock: Clock) -> None:
        self._book = book
        self._places = places
        self._kept = kept
        self._clock = clock

    def turn(self) -> bool:
        """Do a portion of today's run of one municipality; whether there is more to do. A killed run goes on."""
        today = business_date(self._clock.now())
        return any(self._portion(place, today) for place in self._places)

    def _portion(self, place: str, today: date) -> bool:
        now = self._clock.now()

        def work(unit: ExpiryUnit) -> bool:
            name = f"{EXPIRY}-{today.isoformat()}"
            before = unit.run(place, name)
            if before is not None and before.ended_at is not None:
                return False
            count = unit.expire(place, now - self._kept, PORTION)
            rows = count + (0 if before is None else before.rows)
            began = now if before is None else before.began_at
            run = RunRow(
                run_id=name,
                kind=EXPIRY,
                state="running" if count else "done",
                began_at=began,
                ended_at=None if count else now,
                rows=rows,
                done=rows,
                faults=0,
            )
            unit.put_run(place, run)
            if not count and rows:
                what = (("rows", rows),)
                unit.record([Act("relay.expired", now, place, "slice:relay", "", name, what=what)])
            return True

        return self._book.write_expiry(work)
