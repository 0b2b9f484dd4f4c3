"""Retention at work: every log of this process loses, day by day, the contents that are past their time."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.clock import Clock, business_date
from app.domain.retention import RetentionRule, parse_retention
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import LogBook
from app.durable.pen import Pen
from app.durable.purge import Purger, forget_keys, purge, scrub
from app.errors import AppError
from app.shipped import read_toml

log = logging.getLogger(__name__)

IDLE_S = 3600.0
"""How often it is looked whether a new day has begun. Assumed."""


class Writes(Protocol):
    """What is needed of a slice: ``SliceParts``."""

    @property
    def database(self) -> Database: ...
    @property
    def book(self) -> LogBook: ...
    @property
    def pen(self) -> Pen: ...
    @property
    def cells(self) -> Cells: ...


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was deleted in one slice. ``keys``: months whose data key is gone; ``clean``: nothing is left in files."""

    log: str
    records: int
    keys: int
    clean: bool


def retention_rules() -> tuple[RetentionRule, ...]:
    """The shipped rules. Errors: DataFault."""
    return parse_retention(read_toml("tables", "retention.toml"))


def clear(own: Writes, rules: Sequence[RetentionRule], clock: Clock) -> Cleared:
    """Delete what is past its time in all logs of one slice, then what it left behind in the store's files."""
    purger = Purger(own.book, own.pen, rules, clock)
    places = own.database.read(own.book.municipalities)
    records = sum(purge(own.database, purger, place) for place in places)
    keys = forget_keys(own.database, own.book, own.cells, clock.now())
    clean = scrub(own.database, (own.book.tables.leaf.name, "data_key")) if records or keys else True
    return Cleared(own.book.log, records, keys, clean)


class Retention:
    """Clears all slices once on each business day. A slice out of order does not stop the others."""

    def __init__(self, slices: Sequence[Writes], rules: Sequence[RetentionRule], clock: Clock) -> None:
        self._slices = slices
        self._rules = rules
        self._clock = clock
        self._done: date | None = None

    def turn(self) -> bool:
        """Clear if a day has begun since; never more to do at once."""
        today = business_date(self._clock.now())
        if self._done != today:
            self._done = today
            for own in self._slices:
                self._clear(own)
        return False

    def _clear(self, own: Writes) -> None:
        try:
            cleared = clear(own, self._rules, self._clock)
        except AppError as error:
            self._done = None
            log.warning("a slice's records could not be deleted", extra={"slice": own.book.log, "code": error.code})
            return
        if cleared.records:
            log.info("records past their time were deleted", extra={"slice": cleared.log, "count": cleared.records})
