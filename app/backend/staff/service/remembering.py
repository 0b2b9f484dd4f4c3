"""What was read of sessions and terminals is kept until anything is recorded: the next act makes it read again."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from app.backend.staff.ports import StaffBook, StaffUnit
from app.domain.clock import business_date
from app.domain.rights import Actor
from app.errors import SessionEnded

V = TypeVar("V")

MOST_KEPT = 10_000
"""Sessions, or terminals, of which something is kept in memory. Assumed: more than a city has."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whom a session stood for on ``day``. What depends on the time is asked again at each request."""

    actor: Actor
    started_at: datetime
    expires_at: datetime
    day: date

    def at(self, since: datetime, at: datetime) -> Actor | None:
        """Who it is at ``at``; None on another business date. ``since``: a session must have begun after it.

        Errors: SessionEnded ``time``.
        """
        demand_time(self.started_at, self.expires_at, since, at)
        return self.actor if business_date(at) == self.day else None


def demand_time(started_at: datetime, expires_at: datetime, since: datetime, at: datetime) -> None:
    """Errors: SessionEnded ``time`` for a session that is over at ``at``, or did not begin after ``since``."""
    if at >= expires_at or started_at <= since:
        raise SessionEnded(why="time")


class Marks:
    """The ends of the logs, each by one probe of a primary key; inside ``held`` once for all that is asked there."""

    def __init__(self, book: StaffBook) -> None:
        self._book = book
        self._held: ContextVar[dict[str, bytes] | None] = ContextVar("marks", default=None)

    def of(self, municipality: str) -> bytes:
        """The end of this moment, or of the moment in which this thread asked first inside ``held``."""
        held = self._held.get()
        if held is None:
            return self._book.mark(municipality)
        if municipality not in held:
            held[municipality] = self._book.mark(municipality)
        return held[municipality]

    @contextmanager
    def held(self) -> Iterator[None]:
        """For this thread; one inside another belongs to the outer one."""
        if self._held.get() is not None:
            yield
            return
        before = self._held.set({})
        try:
            yield
        finally:
            self._held.reset(before)


class Remembered(Generic[V]):
    """Values read from the book, each good while its municipality's log of acts has not grown.

    Whatever changes a session, a right, a post or a terminal is an act, written in the same transaction, by whichever
    process: a log with the same end is the same state. ``marks`` reads the end at each request.
    """

    def __init__(self, book: StaffBook, marks: "Marks") -> None:
        self._book, self._marks = book, marks
        self._kept: dict[Hashable, tuple[bytes, V]] = {}

    def get(self, municipality: str, key: Hashable) -> V | None:
        """What was read under ``key``; None where nothing was, or something was recorded since."""
        found = self._kept.get(key)
        if found is None or found[0] != self._marks.of(municipality):
            return None
        return found[1]

    def read(self, municipality: str, key: Hashable, work: Callable[[StaffUnit], tuple[V, bool]]) -> V:
        """Read now; what ``work`` says may be kept is kept. ``work`` sees the state of the mark it is kept under."""

        def marked(unit: StaffUnit) -> tuple[bytes, tuple[V, bool]]:
            return unit.mark(municipality), work(unit)

        mark, (value, is_lasting) = self._book.read(marked)
        if is_lasting and mark:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = (mark, value)
        return value
