"""The review's tables: gathered pages (sealed), outcomes and extracts; nobody settles what is about themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    func,
    select,
    update,
)

from app.backend.review.ports import Extract, Page, ReviewUnit, Settled
from app.domain.act import Act
from app.domain.call import Call
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.errors import Conflict, NotAllowed
from app.wire.message import Message, decode, encode

T = TypeVar("T")
A = TypeVar("A", bound=Message)

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.review.migrations"

page_table = Table(
    "access_page",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("end", BigInteger, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
settled_table = Table(
    "access_outcome",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("finding_id", String(32), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("staff_id", String(32), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("reviewer", String(32), nullable=False),
    Column("reviewer_name", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    CheckConstraint("reviewer <> staff_id", name="ck_access_outcome_own"),
)
"""Each outcome for good; that nobody settles what they did themselves is a constraint."""
extract_table = Table(
    "access_extract",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("extract_id", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("proposed_by", String(32), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("approved_by", String(32), nullable=False),
    Column("approved_at", Instant),
    Column("file", LargeBinary),
    CheckConstraint("approved_by <> proposed_by", name="ck_access_extract_second_person"),
)


class ReviewStore:
    """The review's book."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._database = database
        self._parts = (cells, answers, pen)

    def write(self, work: Callable[[ReviewUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, *self._parts)))

    def read(self, work: Callable[[ReviewUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, *self._parts)))


class _Extracts:
    """The part of a unit about extracts."""

    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen) -> None:
        self._connection, self._cells, self._answers, self._pen = connection, cells, answers, pen

    def extract(self, municipality: str, extract_id: str) -> Extract | None:
        columns = extract_table.c
        row = self._connection.execute(
            select(extract_table).where(columns.municipality == municipality, columns.extract_id == extract_id)
        ).one_or_none()
        return None if row is None else self._opened(row)

    def extracts(self, municipality: str, most: int) -> tuple[Extract, ...]:
        columns = extract_table.c
        query = select(extract_table).where(columns.municipality == municipality)
        rows = self._connection.execute(query.order_by(columns.proposed_at.desc()).limit(most)).all()
        return tuple(map(self._opened, rows))

    def _opened(self, row: Row[Any]) -> Extract:
        """What was proposed, with who approved it, which is kept beside it."""
        cell = _extract_cell(row.municipality, row.extract_id)
        one = decode(self._cells.open(self._connection, cell, row.sealed), Extract)
        return replace(one, approved_by=row.approved_by, approved_at=row.approved_at)

    def propose(self, one: Extract) -> bool:
        cell = _extract_cell(one.municipality, one.extract_id)
        row = {
            "municipality": one.municipality,
            "extract_id": one.extract_id,
            "proposed_by": one.proposed_by,
            "proposed_at": one.proposed_at,
            "approved_by": "",
            "sealed": self._cells.seal(self._connection, cell, encode(one)),
        }
        return insert_if_absent(self._connection, extract_table, row)

    def keep_file(self, one: Extract, file: str) -> None:
        columns, cell = extract_table.c, _file_cell(one.municipality, one.extract_id)
        mine = (columns.municipality == one.municipality, columns.extract_id == one.extract_id)
        sealed = self._cells.seal(self._connection, cell, file.encode())
        self._connection.execute(update(extract_table).where(*mine).values(file=sealed))

    def file(self, one: Extract) -> str:
        columns, cell = extract_table.c, _file_cell(one.municipality, one.extract_id)
        mine = (columns.municipality == one.municipality, columns.extract_id == one.extract_id)
        sealed = self._connection.execute(select(columns.file).where(*mine)).scalar_one_or_none()
        return "" if sealed is None else self._cells.open(self._connection, cell, sealed).decode()

    def approve(self, one: Extract) -> None:
        if one.approved_by == one.proposed_by:
            raise NotAllowed
        columns = extract_table.c
        mine = (columns.municipality == one.municipality, columns.extract_id == one.extract_id)
        moving = update(extract_table).where(*mine, columns.approved_by == "")
        moving = moving.values(approved_by=one.approved_by, approved_at=one.approved_at)
        if self._connection.execute(moving).rowcount != 1:
            raise Conflict(version=1)


class _Unit(_Extracts):
    def gathered(self, municipality: str, log: str) -> int:
        columns = page_table.c
        query = select(func.max(columns.end)).where(columns.municipality == municipality, columns.log == log)
        return self._connection.execute(query).scalar_one() or 0

    def add_page(self, municipality: str, page: Page) -> bool:
        row = {"municipality": municipality, "log": page.log, "first": page.first, "end": page.end}
        sealed = self._cells.seal(self._connection, _page_cell(municipality, page.log, page.first), encode(page))
        return insert_if_absent(self._connection, page_table, {**row, "last_at": page.last_at, "sealed": sealed})

    def pages(self, municipality: str, since: datetime) -> tuple[Page, ...]:
        columns = page_table.c
        rows = self._connection.execute(
            select(page_table)
            .where(columns.municipality == municipality, columns.last_at >= since)
            .order_by(columns.log, columns.first)
        )
        return tuple(
            decode(self._cells.open(self._connection, _page_cell(municipality, row.log, row.first), row.sealed), Page)
            for row in rows
        )

    def mark(self, municipality: str) -> int:
        columns = page_table.c
        query = select(func.sum(columns.end - columns.first)).where(columns.municipality == municipality)
        return int(self._connection.execute(query).scalar_one() or 0)

    def settled(self, municipality: str) -> tuple[Settled, ...]:
        columns = settled_table.c
        rows = self._connection.execute(
            select(settled_table).where(columns.municipality == municipality).order_by(columns.version)
        )
        newest: dict[str, Settled] = {}
        for row in rows:
            cell = _outcome_cell(municipality, row.finding_id, row.version)
            newest[row.finding_id] = decode(self._cells.open(self._connection, cell, row.sealed), Settled)
        return tuple(newest.values())

    def settle(self, one: Settled) -> None:
        if one.reviewer == one.staff_id:
            raise NotAllowed
        names = ("municipality", "finding_id", "version", "staff_id", "outcome", "reviewer", "reviewer_name", "at")
        cell = _outcome_cell(one.municipality, one.finding_id, one.version)
        row = {name: getattr(one, name) for name in names}
        if not insert_if_absent(
            self._connection, settled_table, {**row, "sealed": self._cells.seal(self._connection, cell, encode(one))}
        ):
            raise Conflict(version=one.version)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def record(self, act: Act) -> str:
        return self._pen.write(self._connection, act).to_bytes().decode()


def _page_cell(municipality: str, log: str, first: int) -> Cell:
    return Cell(municipality, page_table.name, "sealed", f"{log}/{first}", 1)


def _outcome_cell(municipality: str, finding_id: str, version: int) -> Cell:
    return Cell(municipality, settled_table.name, "sealed", finding_id, version)


def _extract_cell(municipality: str, extract_id: str) -> Cell:
    return Cell(municipality, extract_table.name, "sealed", extract_id, 1)


def _file_cell(municipality: str, extract_id: str) -> Cell:
    return Cell(municipality, extract_table.name, "file", extract_id, 1)
