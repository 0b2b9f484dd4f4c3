"""Lawful deletion: what is past its time loses salt and record, every proof stays, the deletion is a record itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, exists, func, select

from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.retention import RetentionRule, rule_for
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import DELETED, LogBook, place_of
from app.durable.pen import Pen
from app.errors import LedgerError

PORTION = 1000
"""Records deleted in one transaction. Assumed: below the longest time for which a log should be held."""
TABLE = "leaf"
Place: TypeAlias = Row[Any, Any, Any]
"""Position, kind and instant of one record."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What one portion did. ``next``: where the next one begins, None when nothing more is past its time."""

    deleted: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Purger:
    """Deletes in the logs of one slice or terminal. ``by``: who is named as the doer."""

    book: LogBook
    pen: Pen
    rules: Sequence[RetentionRule]
    clock: Clock
    by: str = "slice:retention"
    terminal: str = ""

    def portion(self, connection: Connection, municipality: str, first: int, below: int | None = None) -> Purged:
        """Delete at most a portion from position ``first`` on, and record it. ``below``: leave what stands from here.

        A log is in the order of time: the walk ends where no rule of its records can be past its time.
        """
        now = self.clock.now()
        latest = max((at for rule in self.rules if (at := rule.cutoff(now))), default=None)
        if latest is None:
            return Purged(0, None)
        rows = self._rows(connection, municipality, first, latest)
        if below is not None:
            rows = [row for row in rows if row.position < below]
        expired = [(rule.rule_id, row.position) for row in rows if (rule := self._expired(row, now))]
        deleted = {name: [place for _, place in group] for name, group in groupby(sorted(expired), lambda one: one[0])}
        self._delete(connection, municipality, [place for _, place in expired])
        acts = [self._act(municipality, name, places, now) for name, places in deleted.items()]
        if acts:
            self.pen.write_all(connection, acts)
        return Purged(len(expired), rows[-1].position + 1 if len(rows) == PORTION else None)

    def one(self, connection: Connection, municipality: str, position: int) -> None:
        """Delete a single record that is past its time. Errors: LedgerError ``no_such_index``, ``not_expired``."""
        columns = self.book.tables.leaf.c
        row = connection.execute(
            select(columns.position, columns.kind, columns.at).where(
                columns.municipality == municipality, columns.position == position, columns.sealed.is_not(None)
            )
        ).one_or_none()
        place, now = place_of(self.book.log, municipality, position), self.clock.now()
        if row is None:
            raise LedgerError(kind="no_such_index", place=place)
        rule = self._expired(row, now)
        if rule is None:
            raise LedgerError(kind="not_expired", place=place)
        self._delete(connection, municipality, [position])
        self.pen.write(connection, self._act(municipality, rule.rule_id, [position], now))

    def _rows(self, connection: Connection, municipality: str, first: int, latest: datetime) -> Sequence[Place]:
        columns = self.book.tables.leaf.c
        return connection.execute(
            select(columns.position, columns.kind, columns.at)
            .where(
                columns.municipality == municipality,
                columns.position >= first,
                columns.sealed.is_not(None),
                columns.at < latest,
            )
            .order_by(columns.position)
            .limit(PORTION)
        ).all()

    def _expired(self, row: Place, now: datetime) -> RetentionRule | None:
        rule = rule_for(self.rules, self.book.log, row.kind)
        cutoff = None if rule is None else rule.cutoff(now)
        return rule if cutoff is not None and row.at < cutoff else None

    def _delete(self, connection: Connection, municipality: str, places: Sequence[int]) -> None:
        for first, last in runs(places):
            self.book.delete(connection, municipality, first, last)

    def _act(self, municipality: str, rule: str, places: Sequence[int], now: datetime) -> Act:
        ranges = ",".join(f"{first}-{last}" for first, last in runs(places))
        what = (("count", len(places)), ("places", ranges), ("rule", rule))
        return Act(DELETED, now, municipality, self.by, self.terminal, f"{DELETED}:{places[0]}", what=what)


def purge(database: Database, purger: Purger, municipality: str, below: int | None = None) -> int:
    """Delete all that is past its time in one log, portion by portion; how many records."""
    total, first = 0, 0
    while True:
        done = database.write(partial(_portion, purger, municipality, first, below))
        total += done.deleted
        if done.next is None:
            return total
        first = done.next


def _portion(purger: Purger, municipality: str, first: int, below: int | None, connection: Connection) -> Purged:
    return purger.portion(connection, municipality, first, below)


def forget_keys(database: Database, book: LogBook, cells: Cells, now: datetime) -> int:
    """Forget the data keys of past months of which no record is left: what copies may hold stays closed for ever."""
    months = database.read(cells.months)
    mine = [(place, month) for place, table, month in months if table == TABLE]
    gone = [one for one in mine if one[1] < business_date(now).strftime("%Y%m")]

    def forget(connection: Connection) -> int:
        empty = [one for one in gone if not _is_used(connection, book, *one)]
        for municipality, month in empty:
            cells.forget(connection, (municipality, TABLE, month))
        return len(empty)

    return database.write(forget) if gone else 0


def scrub(database: Database, tables: Sequence[str]) -> bool:
    """Overwrite what deleted rows left behind in the store's files; False when readers kept part of it for now.

    SQLCipher: pages are blanked as they are freed, the WAL is written back and emptied. PostgreSQL: the tables are
    written anew, nobody reads them meanwhile; its own WAL and its archives go by the operator's rules.
    """
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM (FULL) "{table}"')
        return True
    raw = database.engine.raw_connection()
    try:
        busy, _, _ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        raw.close()
    return not busy


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as first and last, both included."""
    first = last = None
    for place in places:
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last


def _is_used(connection: Connection, book: LogBook, municipality: str, month: str) -> bool:
    """Whether a record sealed in ``month`` is left; the month stands in front of each sealed record."""
    columns = book.tables.leaf.c
    begins = func.substr(columns.sealed, 1, len(month)) == month.encode()
    return bool(connection.execute(select(exists().where(columns.municipality == municipality, begins))).scalar())
