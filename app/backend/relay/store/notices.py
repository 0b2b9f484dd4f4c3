"""The relay's table of notices to residents, sealed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Row, String, Table, insert, select, update

from app.backend.relay.service.notices import Notice, NoticeUnit
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

notice_table = Table(
    "notice",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("notice_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=True),
    Column("content", LargeBinary, nullable=False),
)
"""``next_at``: when it is looked at again, or till when somebody has it; None: it is closed."""
Index("ix_notice_due", notice_table.c.next_at)


class NoticeStore:
    """See ``NoticeBook``."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen

    def write(self, work: Callable[[NoticeUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[NoticeUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> NoticeUnit:
        return _Unit(connection, self._cells, self._answers, self._pen)


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._connection = connection
        self._cells = cells
        self._answers = answers
        self._pen = pen

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def notices(self, municipality: str, notice_ids: Sequence[str]) -> tuple[Notice, ...]:
        columns = notice_table.c
        query = select(notice_table).where(columns.municipality == municipality, columns.notice_id.in_(notice_ids))
        rows = self._connection.execute(query.order_by(columns.accepted_at.desc()).with_for_update())
        return tuple(self._opened(row) for row in rows.all())

    def newest(self, municipality: str, procedure: str, limit: int) -> tuple[Notice, ...]:
        columns = notice_table.c
        query = select(notice_table).where(columns.municipality == municipality, columns.procedure == procedure)
        rows = self._connection.execute(query.order_by(columns.accepted_at.desc()).limit(limit))
        return tuple(self._opened(row) for row in rows.all())

    def put(self, notice: Notice) -> None:
        columns = notice_table.c
        cell = _cell(notice.municipality, notice.notice_id, notice.version)
        values = {
            "version": notice.version,
            "state": notice.state,
            "next_at": notice.next_at,
            "content": self._cells.seal(self._connection, cell, encode(replace(notice, is_taken=False))),
        }
        if notice.version == 1:
            of = {"municipality": notice.municipality, "notice_id": notice.notice_id, "procedure": notice.procedure}
            self._connection.execute(insert(notice_table).values(**of, **values, accepted_at=notice.accepted_at))
            return
        here = (columns.municipality == notice.municipality, columns.notice_id == notice.notice_id)
        changed = self._connection.execute(
            update(notice_table).where(*here, columns.version == notice.version - 1).values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=notice.version)

    def due(self, now: datetime, lease: timedelta, limit: int) -> tuple[Notice, ...]:
        columns = notice_table.c
        query = select(notice_table).where(columns.next_at <= now).order_by(columns.next_at).limit(limit)
        rows = self._connection.execute(query.with_for_update(skip_locked=True)).all()
        mine = [row for row in rows if row.municipality == rows[0].municipality]
        for row in mine:
            here = (columns.municipality == row.municipality, columns.notice_id == row.notice_id)
            self._connection.execute(update(notice_table).where(*here).values(next_at=now + lease))
        return tuple(self._opened(row) for row in mine)

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        if not acts:
            return ()
        return tuple(receipt.to_bytes().decode() for receipt in self._pen.write_all(self._connection, acts))

    def _opened(self, row: Row[Any]) -> Notice:
        cell = _cell(row.municipality, row.notice_id, row.version)
        notice = decode(self._cells.open(self._connection, cell, row.content), Notice)
        return replace(notice, is_taken=row.next_at != notice.next_at)


def _cell(municipality: str, notice_id: str, version: int) -> Cell:
    return Cell(municipality, notice_table.name, "content", notice_id, version)
