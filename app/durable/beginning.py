"""From which number on rows of a queue are looked through: beside a long transaction closed ones still cost time."""

from datetime import datetime, timedelta

_NEAR, _FAR = timedelta(seconds=2), timedelta(minutes=1)
"""How often a little further back is looked, and how often at everything. Assumed."""
_LATE = timedelta(seconds=10)
"""How much later than its number a row may become visible and is still found at a near look. Assumed."""


class Beginning:
    """Remembers where the first waiting row was.

    While somebody's transaction stays open, PostgreSQL keeps the index entries of all that was closed since: walking
    over them each time costs more and more. But a row may become visible after rows of higher numbers, and a closed one
    may wait again, so it is looked further back now and then.
    """

    def __init__(self) -> None:
        self._first = self._settled = self._mark = 0
        self._near_at: datetime | None = None
        self._far_at: datetime | None = None
        self._mark_at: datetime | None = None

    def at(self, now: datetime) -> int:
        """The number to look from at ``now``."""
        if _is_past(self._mark_at, _LATE, now):
            self._settled, self._mark, self._mark_at = self._mark, self._first, now
        if _is_past(self._far_at, _FAR, now):
            self._far_at = self._near_at = now
            return 0
        if _is_past(self._near_at, _NEAR, now):
            self._near_at = now
            return min(self._settled, self._first)
        return self._first

    def found(self, first: int) -> None:
        """The first row that waits. Where nothing waits, the old one holds: a later row may have an earlier number."""
        self._first = first

    def forget(self) -> None:
        """A closed row will wait again: look at everything now, and every time one looks a little back for a while."""
        self._settled, self._mark, self._near_at = 0, 0, None


def _is_past(at: datetime | None, wait: timedelta, now: datetime) -> bool:
    """Also after the clock was set back."""
    return at is None or abs(now - at) >= wait
