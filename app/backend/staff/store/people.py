"""The staff slice's tables and how they are read and written."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    false,
    insert,
    select,
    update,
)

from app.backend.staff.ports import Ending, Session, StaffMember, StaffUnit, Throttle
from app.backend.staff.store.cards import KeyTables
from app.backend.staff.store.office import OfficeTables
from app.backend.staff.store.tables import METADATA, TABLES
from app.backend.staff.store.terminals import TerminalTables
from app.backend.staff.store.tries import TryTables
from app.domain.act import Act
from app.domain.rights import Right
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.leaves import read_head
from app.durable.pen import Pen
from app.durable.swift import glance

T = TypeVar("T")
_MARK = f"SELECT checkpoint FROM {TABLES.leaves.head.name} WHERE municipality = ?"  # noqa: S608 -- the house's own table

member_table = Table(
    "staff_member",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("municipality_name", String(64), nullable=False),
    Column("office", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("department", String(64), nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("must_change", Boolean, nullable=False, server_default=false()),
)
former_table = Table(
    "former_password",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("password_hash", String(256), nullable=False),
)
right_table = Table(
    "staff_right",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("act", String(64), nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("item_class", String(64), nullable=False),
    Column("since", Date),
    Column("until", Date),
)
session_table = Table(
    "session",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("token_digest", LargeBinary(32), primary_key=True),
    Column("staff_id", String(32), nullable=False, index=True),
    Column("terminal", String(40), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("waits", Boolean, nullable=False, server_default=false()),
    Column("locked_at", Instant),
    Column("ended_why", String(16), nullable=False, server_default=""),
    Column("ended_by", String(32), nullable=False, server_default=""),
    Column("ended_from", String(40), nullable=False, server_default=""),
)
throttle_table = Table(
    "throttle",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("staff_id", String(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("not_before", Instant),
)


class StaffStore:
    """The staff slice's book."""

    def __init__(self, database: Database, pen: Pen) -> None:
        self._database = database
        self._pen = pen

    def write(self, work: Callable[[StaffUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._pen)))

    def read(self, work: Callable[[StaffUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._pen)))

    def mark(self, municipality: str) -> bytes:
        row = glance(self._database, _MARK, (municipality,))
        return b"" if row is None else bytes(row[0])


class _Sessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_sessions(self, municipality: str, staff_id: str, at: datetime) -> tuple[Session, ...]:
        columns = session_table.c
        query = select(session_table).where(
            columns.municipality == municipality, columns.ended_at.is_(None), columns.expires_at > at
        )
        if staff_id:
            query = query.where(columns.staff_id == staff_id)
        rows = self._connection.execute(query.order_by(columns.started_at))
        return tuple(Session(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def session(self, municipality: str, token_digest: bytes) -> Session | None:
        columns = session_table.c
        row = self._connection.execute(
            select(session_table).where(columns.municipality == municipality, columns.token_digest == token_digest)
        ).one_or_none()
        return None if row is None else Session(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def add_session(self, session: Session) -> None:
        values = {name: getattr(session, name) for name in Session.__slots__}
        self._connection.execute(insert(session_table).values(**values))

    def end_session(self, token_digest: bytes, ending: Ending) -> None:
        columns = session_table.c
        changed = update(session_table).where(columns.token_digest == token_digest, columns.ended_at.is_(None))
        values = {"ended_at": ending.at, "ended_why": ending.why}
        self._connection.execute(changed.values(**values, ended_by=ending.by, ended_from=ending.terminal))

    def put_waiting(self, token_digest: bytes, *, waits: bool) -> None:
        mine = session_table.c.token_digest == token_digest
        self._connection.execute(update(session_table).where(mine).values(waits=waits))

    def put_locked(self, token_digest: bytes, at: datetime | None) -> None:
        mine = session_table.c.token_digest == token_digest
        self._connection.execute(update(session_table).where(mine).values(locked_at=at))

    def former_passwords(self, municipality: str, staff_id: str) -> tuple[str, ...]:
        columns = former_table.c
        mine = columns.municipality == municipality, columns.staff_id == staff_id
        query = select(columns.password_hash).where(*mine).order_by(columns.position)
        return tuple(self._connection.execute(query).scalars())

    def put_former_passwords(self, municipality: str, staff_id: str, hashes: tuple[str, ...]) -> None:
        columns = former_table.c
        key = {"municipality": municipality, "staff_id": staff_id}
        self._connection.execute(
            delete(former_table).where(columns.municipality == municipality, columns.staff_id == staff_id)
        )
        for position, one in enumerate(hashes):
            self._connection.execute(insert(former_table).values(**key, position=position, password_hash=one))


class _Unit(_Sessions, TerminalTables, OfficeTables, KeyTables, TryTables):
    def __init__(self, connection: Connection, pen: Pen) -> None:
        super().__init__(connection)
        self._pen = pen

    def record(self, act: Act) -> None:
        self._pen.write(self._connection, act)

    def mark(self, municipality: str) -> bytes:
        return read_head(self._connection, TABLES.leaves, municipality).checkpoint

    def member(self, municipality: str, staff_id: str) -> StaffMember | None:
        columns = member_table.c
        row = self._connection.execute(
            select(member_table).where(columns.municipality == municipality, columns.staff_id == staff_id)
        ).one_or_none()
        return None if row is None else _member(row)

    def members(self, municipality: str) -> tuple[StaffMember, ...]:
        columns = member_table.c
        query = select(member_table).where(columns.municipality == municipality).order_by(columns.staff_id)
        return tuple(_member(row) for row in self._connection.execute(query))

    def rights(self, municipality: str, staff_id: str) -> tuple[Right, ...]:
        columns = right_table.c
        rows = self._connection.execute(
            select(right_table)
            .where(columns.municipality == municipality, columns.staff_id == staff_id)
            .order_by(columns.position)
        )
        return tuple(Right(row.act, row.procedure, row.item_class, row.since, row.until) for row in rows)

    def all_rights(self, municipality: str) -> Mapping[str, tuple[Right, ...]]:
        columns = right_table.c
        query = select(right_table).where(columns.municipality == municipality)
        found: dict[str, list[Right]] = {}
        for row in self._connection.execute(query.order_by(columns.staff_id, columns.position)):
            right = Right(row.act, row.procedure, row.item_class, row.since, row.until)
            found.setdefault(row.staff_id, []).append(right)
        return {staff_id: tuple(rights) for staff_id, rights in found.items()}

    def throttle(self, municipality: str, staff_id: str) -> Throttle:
        columns = throttle_table.c
        row = self._connection.execute(
            select(throttle_table).where(columns.municipality == municipality, columns.staff_id == _counted(staff_id))
        ).one_or_none()
        return Throttle(0, None) if row is None else Throttle(row.failures, row.not_before)

    def set_throttle(self, municipality: str, staff_id: str, throttle: Throttle) -> None:
        columns = throttle_table.c
        key = {"municipality": municipality, "staff_id": _counted(staff_id)}
        self._connection.execute(
            delete(throttle_table).where(columns.municipality == municipality, columns.staff_id == key["staff_id"])
        )
        if throttle.failures:
            row = {"failures": throttle.failures, "not_before": throttle.not_before}
            self._connection.execute(insert(throttle_table).values(**key, **row))

    def put_member(self, member: StaffMember, at: datetime) -> None:
        key = {"municipality": member.municipality, "staff_id": member.staff_id}
        version = self._forget(member_table, key) + 1
        values = {name: getattr(member, name) for name in StaffMember.__slots__}
        self._connection.execute(insert(member_table).values(**values, version=version, changed_at=at))

    def put_rights(self, municipality: str, staff_id: str, rights: tuple[Right, ...]) -> None:
        key = {"municipality": municipality, "staff_id": staff_id}
        self._forget(right_table, key)
        for position, right in enumerate(rights):
            row = {name: getattr(right, name) for name in Right.__slots__}
            self._connection.execute(insert(right_table).values(**key, position=position, **row))

    def _forget(self, table: Table, key: dict[str, str]) -> int:
        """Delete the rows of ``key``; the version the row had, 0 if there was none or the table has none."""
        mine = [table.c[name] == value for name, value in key.items()]
        version = 0
        if "version" in table.c:
            version = self._connection.execute(select(table.c.version).where(*mine)).scalar_one_or_none() or 0
        self._connection.execute(delete(table).where(*mine))
        return version


def _member(row: Row[Any]) -> StaffMember:
    return StaffMember(**{name: getattr(row, name) for name in StaffMember.__slots__})


def _counted(typed: str) -> str:
    """Under what tries are counted: what was typed may be anything, a password in the wrong field too."""
    return hashlib.sha256(typed.encode()).hexdigest()[:32]
