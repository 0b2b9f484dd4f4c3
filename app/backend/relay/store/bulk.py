"""The relay's tables of bulk files and their rows, sealed row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)

from app.backend.relay.service.bulk import RUNNING, BulkFile, BulkRow, BulkUnit
from app.backend.relay.store.book import METADATA
from app.domain.act import Act
from app.domain.call import Call
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.errors import Conflict
from app.wire.message import Message, decode, encode

A = TypeVar("A", bound=Message)
T = TypeVar("T")

bulk_table = Table(
    "bulk",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("batch_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("laid_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

bulk_row_table = Table(
    "bulk_row",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("batch_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""``content`` never changes; ``state`` and ``reason`` are those of now."""


class BulkStore:
    """See ``BulkBook``."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen

    def write(self, work: Callable[[BulkUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[BulkUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> BulkUnit:
        return _Unit(connection, self._cells, self._answers, self._pen)


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._connection = connection
        self._cells = cells
        self._answers = answers
        self._pen = pen

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def file(self, municipality: str, batch_id: str) -> BulkFile | None:
        columns = bulk_table.c
        here = (columns.municipality == municipality, columns.batch_id == batch_id)
        row = self._connection.execute(select(bulk_table).where(*here)).one_or_none()
        return None if row is None else self._opened(row)

    def put(self, file: BulkFile) -> None:
        columns = bulk_table.c
        sealed = self._cells.seal(self._connection, _cell(file, file.version), encode(file))
        values = {
            "version": file.version,
            "state": file.state,
            "next_at": file.changed_at,
            "changed_at": file.changed_at,
            "content": sealed,
        }
        of = {"municipality": file.municipality, "batch_id": file.batch_id}
        if file.version == 1:
            of |= {"procedure": file.procedure}
            self._connection.execute(insert(bulk_table).values(**of, **values, laid_at=file.laid_at))
            return
        here = (columns.municipality == file.municipality, columns.batch_id == file.batch_id)
        changed = self._connection.execute(
            update(bulk_table).where(*here, columns.version == file.version - 1).values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=file.version)

    def add_rows(self, file: BulkFile, rows: Sequence[BulkRow]) -> None:
        boxes = self._cells.seal_all(self._connection, [(_row_cell(file, row.number), encode(row)) for row in rows])
        values = [
            {
                "municipality": file.municipality,
                "batch_id": file.batch_id,
                "number": row.number,
                "state": row.state,
                "reason": row.reason,
                "content": box,
            }
            for row, box in zip(rows, boxes, strict=True)
        ]
        if values:
            self._connection.execute(insert(bulk_row_table), values)

    def due(self, now: datetime, lease: timedelta) -> BulkFile | None:
        columns = bulk_table.c
        query = select(bulk_table).where(columns.state == RUNNING, columns.next_at <= now).order_by(columns.next_at)
        row = self._connection.execute(query.limit(1).with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        here = (columns.municipality == row.municipality, columns.batch_id == row.batch_id)
        self._connection.execute(update(bulk_table).where(*here).values(next_at=now + lease))
        return self._opened(row)

    def rest(self, file: BulkFile, until: datetime) -> None:
        columns = bulk_table.c
        here = (columns.municipality == file.municipality, columns.batch_id == file.batch_id)
        self._connection.execute(update(bulk_table).where(*here).values(next_at=until))

    def rows(self, file: BulkFile, state: str, limit: int) -> tuple[BulkRow, ...]:
        columns = bulk_row_table.c
        query = select(bulk_row_table).where(*_of(file), columns.state == state)
        return tuple(self._rows(file, query.order_by(columns.number).limit(limit)))

    def some_rows(self, file: BulkFile, first: int, limit: int) -> tuple[BulkRow, ...]:
        columns = bulk_row_table.c
        query = select(bulk_row_table).where(*_of(file), columns.number >= first)
        return tuple(self._rows(file, query.order_by(columns.number).limit(limit)))

    def mark(self, file: BulkFile, rows: Sequence[BulkRow]) -> None:
        if not rows:
            return
        values = [{"at": row.number, "to_state": row.state, "to_reason": row.reason} for row in rows]
        statement = update(bulk_row_table).where(*_of(file), bulk_row_table.c.number == bindparam("at"))
        self._connection.execute(statement.values(state=bindparam("to_state"), reason=bindparam("to_reason")), values)

    def counts(self, file: BulkFile) -> dict[str, int]:
        query = select(bulk_row_table.c.state, func.count()).where(*_of(file)).group_by(bulk_row_table.c.state)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._pen.write_all(self._connection, acts))

    def _rows(self, file: BulkFile, query: Any) -> Iterator[BulkRow]:  # noqa: ANN401 -- a select
        found = self._connection.execute(query).all()
        plain = self._cells.open_all(self._connection, [(_row_cell(file, row.number), row.content) for row in found])
        for row, text in zip(found, plain, strict=True):
            yield replace(decode(text, BulkRow), state=row.state, reason=row.reason)

    def _opened(self, row: Row[Any]) -> BulkFile:
        cell = Cell(row.municipality, bulk_table.name, "content", row.batch_id, row.version)
        return decode(self._cells.open(self._connection, cell, row.content), BulkFile)


def _of(file: BulkFile) -> tuple[Any, Any]:
    columns = bulk_row_table.c
    return columns.municipality == file.municipality, columns.batch_id == file.batch_id


def _cell(file: BulkFile, version: int) -> Cell:
    return Cell(file.municipality, bulk_table.name, "content", file.batch_id, version)


def _row_cell(file: BulkFile, number: int) -> Cell:
    return Cell(file.municipality, bulk_row_table.name, "content", f"{file.batch_id}/{number}", 1)
