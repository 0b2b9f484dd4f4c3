"""What must still reach somebody: rows written with their cause, claimed by lease, in order per subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    and_,
    func,
    literal_column,
    or_,
    select,
    update,
)

from app.durable.absent import insert_all_absent, insert_if_absent
from app.durable.among import among
from app.durable.beginning import Beginning
from app.durable.columns import Instant

WAITING, DONE, DEAD = "waiting", "done", "dead"
CAP = timedelta(minutes=15)
"""Longest wait between two tries. Source: decided in architecture.md section 5."""
_FIRST_WAIT_S = 2.0
_WAITING: ColumnElement[str] = literal_column(f"'{WAITING}'")
"""Written out: as a parameter it would keep a prepared statement of PostgreSQL from the indexes of what waits."""
_FILLED = 50
"""Percent of a page that new items of PostgreSQL fill: half of all changes find room beside the old version then, and
need no index entry; without it a transaction that stays open let the rate fall by a third (measured)."""
_DOUBLINGS = 16
_INSTANTS = ("created_at", "next_at", "lease_until")
_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing to deliver. ``body`` is sealed by whoever put it; items of one ``subject`` keep their order."""

    item_id: str
    subject: str
    kind: str
    body: bytes
    created_at: datetime
    state: str
    attempts: int
    next_at: datetime
    cause: str


def outbox_table(metadata: MetaData) -> Table:
    """The table of what waits."""
    table = Table(
        "outbox",
        metadata,
        Column("sequence", Integer, primary_key=True, autoincrement=True),
        Column("item_id", String(64), nullable=False, unique=True),
        Column("subject", String(64), nullable=False),
        Column("kind", String(64), nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("state", String(8), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_at", Instant, nullable=False),
        Column("lease_until", Instant, nullable=False),
        Column("cause", String(128), nullable=False),
        postgresql_with={"fillfactor": _FILLED},
    )
    waiting = table.c.state == _WAITING
    for name, columns in (("ix_outbox_waiting", ("sequence",)), ("ix_outbox_order", ("subject", "sequence"))):
        Index(name, *(table.c[column] for column in columns), postgresql_where=waiting, sqlite_where=waiting)
    return table


class Outbox:
    """The waiting rows of one store, and of no other. All methods work inside the caller's transaction."""

    def __init__(self, table: Table, spread: Random) -> None:
        self._table = table
        self._spread = spread
        self._beginning = Beginning()

    def put(self, connection: Connection, item_id: str, subject: str, kind: str, body: bytes, at: datetime) -> None:
        """Lay an item down, in the transaction of its cause. The same ``item_id`` twice is laid down once."""
        row = {"item_id": item_id, "subject": subject, "kind": kind, "body": body, "created_at": at, "next_at": at}
        start = {"state": WAITING, "attempts": 0, "lease_until": at, "cause": ""}
        insert_if_absent(connection, self._table, row | start)

    def claim(
        self, connection: Connection, now: datetime, lease: timedelta, limit: int, *, together: bool = False
    ) -> tuple[OutboxItem, ...]:
        """Take at most ``limit`` due items, each the oldest of its subject, for the time of ``lease``.

        ``together``: the oldest in the order in which they were laid down, several of a subject at once, but none while
        an older one of its subject is taken or waits for another time; for who takes them in that order.
        """
        columns = self._table.c
        # a lease that ends later than one taken now was taken by a clock that has been set back since
        is_free = or_(columns.lease_until <= now, columns.lease_until > now + lease)
        due = and_(columns.state == _WAITING, columns.next_at <= now, is_free)
        first = self._beginning.at(now) if connection.dialect.name == "postgresql" else 0
        heads = self._heads(connection, due, (first, limit), together=together)
        if not heads:
            return ()
        # by number alone, and judged afterwards: with its state as a condition PostgreSQL may walk over all that waited
        found = connection.execute(
            select(self._table, due.label("is_due"))
            .where(among(connection, columns.sequence, heads))
            .order_by(columns.sequence)
            .with_for_update(skip_locked=not together)
        ).all()
        rows = _leading(found) if together else [row for row in found if row.is_due]
        taken = among(connection, columns.sequence, [row.sequence for row in rows])
        values = {"lease_until": now + lease, "attempts": columns.attempts + 1}
        connection.execute(update(self._table).where(taken).values(**values))
        return tuple(_item(row, attempts=row.attempts + 1) for row in rows)

    def _heads(
        self, connection: Connection, due: ColumnElement[bool], where: tuple[int, int], *, together: bool
    ) -> list[int]:
        """The numbers of at most ``limit`` due items that are each the oldest of its subject.

        Walked in the order of their numbers, and not left to the engine: what PostgreSQL knows of how many rows wait is
        mostly outdated, and of the plans for "no older one of this subject" some are a hundred times slower; measured.
        """
        first, limit = where
        columns, heads, subjects, size = self._table.c, list[int](), set[str](), limit
        is_new = True
        query = select(columns.sequence, columns.subject, due.label("is_due")).where(columns.state == _WAITING)
        while True:
            page = query.where(columns.sequence >= first).order_by(columns.sequence).limit(size)
            rows = connection.execute(page).all()
            if rows and is_new:
                self._beginning.found(rows[0].sequence)
                is_new = False
            for row in rows:
                is_free = row.is_due and row.subject not in subjects
                if is_free:
                    heads.append(row.sequence)
                if not (together and is_free):
                    subjects.add(row.subject)
            if len(rows) < size or len(heads) >= limit:
                return heads[:limit]
            first, size = rows[-1].sequence + 1, min(4 * size, _PAGE)

    def done(self, connection: Connection, *item_ids: str) -> None:
        """They were delivered; their bodies are forgotten."""
        mine = among(connection, self._table.c.item_id, item_ids)
        connection.execute(update(self._table).where(mine).values(state=DONE, body=b"", cause=""))

    def later(self, connection: Connection, item: OutboxItem, now: datetime, cause: str) -> datetime:
        """It could not be delivered now: try again after a capped, spread wait; the instant of the next try."""
        wait_s = min(_FIRST_WAIT_S * 2 ** min(item.attempts - 1, _DOUBLINGS), CAP.total_seconds())
        next_at = now + timedelta(seconds=wait_s * self._spread.uniform(0.5, 1.0))
        self._set(connection, item.item_id, next_at=next_at, lease_until=now, cause=cause)
        return next_at

    def postpone(
        self, connection: Connection, item: OutboxItem, next_at: datetime, cause: str, *, aside: bool = False
    ) -> None:
        """It is known when it can go on: try again at ``next_at``; this was no failure.

        ``aside``: it has arrived, only its end is awaited, and it holds up no later item of its subject any more.
        """
        subject = item.item_id if aside else item.subject
        at = item.created_at
        self._set(connection, item.item_id, next_at=next_at, lease_until=at, cause=cause, subject=subject)

    def dead(self, connection: Connection, item_id: str, cause: str) -> None:
        """It can't be delivered: somebody has to look at it; the next item of its subject goes on."""
        self._set(connection, item_id, state=DEAD, cause=cause)

    def revive(self, connection: Connection, item_id: str, now: datetime) -> bool:
        """A dead item is tried again from the beginning, in its old place; False where it is not dead."""
        self._beginning.forget()
        return self._settle_dead(connection, item_id, state=WAITING, attempts=0, next_at=now, lease_until=now, cause="")

    def close_dead(self, connection: Connection, item_id: str) -> bool:
        """Nobody will send a dead item any more; its body is forgotten. False where it is not dead."""
        return self._settle_dead(connection, item_id, state=DONE, body=b"")

    def hurry(self, connection: Connection, now: datetime, after: datetime | None = None) -> None:
        """Try everything that waits at once; for the return of a connection.

        ``after``: only what waits for a later instant than this; for a clock that went ahead and was set back.
        """
        columns = self._table.c
        which = columns.state == _WAITING if after is None else and_(columns.state == _WAITING, columns.next_at > after)
        connection.execute(update(self._table).where(which).values(next_at=now))

    def open_items(self, connection: Connection, *, dead_only: bool = False) -> tuple[OutboxItem, ...]:
        """What waits or is dead, oldest first, for people to see."""
        columns = self._table.c
        which = columns.state == literal_column(f"'{DEAD}'") if dead_only else columns.state != DONE
        rows = connection.execute(select(self._table).where(which).order_by(columns.sequence)).all()
        return tuple(_item(row, attempts=row.attempts) for row in rows)

    def count_waiting(self, connection: Connection) -> int:
        """How many items wait."""
        columns = self._table.c
        return connection.execute(
            select(func.count()).select_from(self._table).where(columns.state == _WAITING)
        ).scalar_one()

    def _settle_dead(self, connection: Connection, item_id: str, **values: object) -> bool:
        here = and_(self._table.c.item_id == item_id, self._table.c.state == DEAD)
        change = update(self._table).where(here).values(**values)
        return connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount == 1

    def _set(self, connection: Connection, item_id: str, **values: object) -> None:
        connection.execute(update(self._table).where(self._table.c.item_id == item_id).values(**values))


def lay_all(connection: Connection, table: Table, items: Sequence[tuple[str, str, str, bytes, datetime]]) -> None:
    """As ``put`` for each, in order: item id, subject, kind, body, instant."""
    start = {"state": WAITING, "attempts": 0, "cause": ""}
    rows = [
        {"item_id": item_id, "subject": subject, "kind": kind, "body": body} | dict.fromkeys(_INSTANTS, at) | start
        for item_id, subject, kind, body, at in items
    ]
    insert_all_absent(connection, table, rows)


def backlog(connection: Connection, table: Table) -> tuple[int, datetime | None]:
    """How many items of an outbox wait, and when the oldest of them was laid down; None where none waits."""
    query = select(func.count(), func.min(table.c.created_at)).where(table.c.state == _WAITING)
    count, oldest = connection.execute(query).one()
    return count, oldest


def _leading(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those that are due and behind none of their subject that somebody else has taken meanwhile; in order."""
    found, held = list[Row[Any]](), set[str]()
    for row in rows:
        if row.is_due and row.subject not in held:
            found.append(row)
        else:
            held.add(row.subject)
    return found


def _item(row: Row[Any], attempts: int) -> OutboxItem:
    fields = ("item_id", "subject", "kind", "body", "created_at", "state")
    values = {name: getattr(row, name) for name in fields}
    return OutboxItem(**values, attempts=attempts, next_at=row.next_at, cause=row.cause)
