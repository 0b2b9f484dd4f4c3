"""The relay's table of replica rows on their way to the platform: sealed, one per person, information and year."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    select,
    update,
)

from app.backend.relay.service.replicas import ReplicaUnit, Waiting
from app.backend.relay.store.book import METADATA
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.trust.tokens import EXACT_SIZE, exact_token
from app.wire.message import decode, encode
from app.wire.replica import ReplicaMark

T = TypeVar("T")

replica_table = Table(
    "replica",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("token", LargeBinary(EXACT_SIZE), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("cause", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""``token``: of person, information and year."""
Index(
    "ix_replica_waiting",
    replica_table.c.next_at,
    sqlite_where=replica_table.c.is_waiting,
    postgresql_where=replica_table.c.is_waiting,
)


class ReplicaStore:
    """See ``ReplicaBook``."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._key = index_key

    def write(self, work: Callable[[ReplicaUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen, self._key)))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen
        self._key = key

    def lay(self, municipality: str, rows: Sequence[ReplicaMark], at: datetime) -> int:
        return sum(self._lay(municipality, one, at) for one in rows)

    def due(self, now: datetime, lease: timedelta, limit: int) -> tuple[Waiting, ...]:
        columns = replica_table.c
        query = select(replica_table).where(columns.is_waiting, columns.next_at <= now)
        rows = self._connection.execute(
            query.order_by(columns.next_at).limit(limit).with_for_update(skip_locked=True)
        ).all()
        mine = [row for row in rows if row.municipality == rows[0].municipality]
        for row in mine:
            here = (columns.municipality == row.municipality, columns.token == row.token)
            values = {"next_at": now + lease, "attempts": columns.attempts + 1}
            self._connection.execute(update(replica_table).where(*here).values(**values))
        return tuple(Waiting(row.municipality, self._opened(row), row.version, row.attempts) for row in mine)

    def done(self, waiting: Sequence[Waiting], at: datetime) -> None:
        for one in waiting:
            self._change(one, {"is_waiting": False, "sealed": b"", "cause": "", "next_at": at})

    def later(self, waiting: Sequence[Waiting], next_at: Sequence[datetime], cause: str) -> None:
        for one, at in zip(waiting, next_at, strict=True):
            self._change(one, {"next_at": at, "cause": cause})

    def record(self, acts: Sequence[Act]) -> None:
        if acts:
            self._pen.write_all(self._connection, acts)

    def _lay(self, municipality: str, one: ReplicaMark, at: datetime) -> bool:
        """Whether it is newer than what is there."""
        token, columns = self._token(municipality, one), replica_table.c
        here = (columns.municipality == municipality, columns.token == token)
        found = select(columns.version, columns.sequence).where(*here).with_for_update()
        known = self._connection.execute(found).one_or_none()
        if known is not None and known.sequence > one.sequence:
            return False
        version = 1 if known is None else known.version + 1
        sealed = self._cells.seal(self._connection, _cell(municipality, token, version), encode(one))
        values = {
            "version": version,
            "sequence": one.sequence,
            "is_waiting": True,
            "attempts": 0,
            "next_at": at,
            "cause": "",
            "sealed": sealed,
        }
        if known is None:
            insert_if_absent(self._connection, replica_table, {"municipality": municipality, "token": token} | values)
        else:
            self._connection.execute(update(replica_table).where(*here).values(**values))
        return True

    def _change(self, one: Waiting, values: dict[str, object]) -> None:
        """Only while no newer row has taken its place."""
        columns = replica_table.c
        mine = (columns.municipality == one.municipality, columns.token == self._token(one.municipality, one.row))
        self._connection.execute(update(replica_table).where(*mine, columns.version == one.version).values(**values))

    def _token(self, municipality: str, one: ReplicaMark) -> bytes:
        value = f"{one.business_number}/{one.information}/{one.tax_year}"
        return exact_token(self._key, municipality, "replica", value)

    def _opened(self, row: Row[Any]) -> ReplicaMark:
        cell = _cell(row.municipality, row.token, row.version)
        return decode(self._cells.open(self._connection, cell, row.sealed), ReplicaMark)


def _cell(municipality: str, token: bytes, version: int) -> Cell:
    return Cell(municipality, replica_table.name, "sealed", token.hex(), version)
