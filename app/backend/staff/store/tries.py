"""The table of recent tries to sign in and unlock, which administrators look at."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, delete, insert, select

from app.backend.staff.ports import Try
from app.backend.staff.store.tables import METADATA
from app.durable.columns import Instant

MOST_TRIES = 500

try_table = Table(
    "sign_in_try",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("try_id", String(32), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", String(32), nullable=False),
    Column("terminal", String(40), nullable=False),
    Column("cause", String(32), nullable=False),
    Column("second_factor", String(16), nullable=False),
    Index("ix_sign_in_try_at", "municipality", "at"),
)


class TryTables:
    """See ``TryUnit``."""

    _connection: Connection

    def put_try(self, one: Try) -> None:
        self._connection.execute(insert(try_table).values(**{name: getattr(one, name) for name in Try.__slots__}))

    def tries(self, municipality: str, *, refused: bool) -> tuple[Try, ...]:
        columns = try_table.c
        query = select(try_table).where(columns.municipality == municipality)
        if refused:
            query = query.where(columns.cause != "")
        query = query.order_by(columns.at.desc(), columns.try_id).limit(MOST_TRIES)
        return tuple(Try(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 -- SQLAlchemy's public name

    def forget_tries(self, before: datetime) -> None:
        self._connection.execute(delete(try_table).where(try_table.c.at < before))
