"""The ledger slice's tables: witnessed checkpoints and alarms."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from app.backend.ledger.ports import Alarm, LedgerUnit, Stamp, Witnessed
from app.durable.absent import insert_if_absent
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.tables import SliceTables
from app.trust.note import NoteSignature, parse_note

T = TypeVar("T")

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.ledger.migrations"

witnessed_table = Table(
    "witnessed",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("after", BigInteger, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("municipality", "log", "after", name="uq_witnessed_after"),
)
alarm_table = Table(
    "ledger_alarm",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

stamp_table = Table(
    "stamp",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("log", String(64), primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)


class LedgerStore:
    """The ledger slice's book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, work: Callable[[LedgerUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection)))

    def read(self, work: Callable[[LedgerUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection)))


class _Unit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, municipality: str, log: str) -> Witnessed | None:
        columns = witnessed_table.c
        row = self._connection.execute(
            select(witnessed_table)
            .where(columns.municipality == municipality, columns.log == log)
            .order_by(columns.size.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at)

    def logs(self, municipality: str) -> tuple[Witnessed, ...]:
        columns = witnessed_table.c
        newest = (
            select(columns.log, func.max(columns.size).label("size"))
            .where(columns.municipality == municipality)
            .group_by(columns.log)
            .subquery()
        )
        rows = self._connection.execute(
            select(witnessed_table)
            .join(newest, (columns.log == newest.c.log) & (columns.size == newest.c.size))
            .where(columns.municipality == municipality)
            .order_by(columns.log)
        )
        return tuple(Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at) for row in rows)

    def alarms(self, municipality: str) -> tuple[Alarm, ...]:
        columns = alarm_table.c
        rows = self._connection.execute(
            select(alarm_table)
            .where(columns.municipality == municipality)
            .order_by(columns.at, columns.log, columns.kind, columns.size)
        )
        return tuple(Alarm(row.municipality, row.log, row.kind, row.size, row.note, row.at) for row in rows)

    def add(self, witnessed: Witnessed) -> bool:
        values = {name: getattr(witnessed, name) for name in Witnessed.__slots__}
        return insert_if_absent(self._connection, witnessed_table, values)

    def cosign(self, where: tuple[str, str, int], text: str, line: NoteSignature) -> Witnessed | None:
        columns = witnessed_table.c
        here = (columns.municipality == where[0], columns.log == where[1], columns.size == where[2])
        row = self._connection.execute(select(witnessed_table).where(*here).with_for_update()).one_or_none()
        note = None if row is None else parse_note(row.note)
        if row is None or note is None or note.text != text:
            return None
        made = note.with_signature(line).to_bytes()
        self._connection.execute(update(witnessed_table).where(*here).values(note=made))
        return Witnessed(row.municipality, row.log, row.size, row.after, made, row.at)

    def places(self) -> tuple[tuple[str, str], ...]:
        columns = witnessed_table.c
        rows = self._connection.execute(select(columns.municipality, columns.log).distinct().order_by(*columns[:2]))
        return tuple((row.municipality, row.log) for row in rows)

    def stamp(self, municipality: str, log: str) -> Stamp | None:
        columns = stamp_table.c
        mine = (columns.municipality == municipality, columns.log == log)
        found = self._connection.execute(select(stamp_table).where(*mine).order_by(columns.at.desc()).limit(1))
        row = found.one_or_none()
        return None if row is None else Stamp(row.municipality, row.log, row.size, row.note, row.token, row.at)

    def add_stamp(self, stamp: Stamp) -> None:
        columns = stamp_table.c
        here = (columns.municipality == stamp.municipality, columns.log == stamp.log, columns.size == stamp.size)
        self._connection.execute(delete(stamp_table).where(*here))
        values = {name: getattr(stamp, name) for name in Stamp.__slots__}
        self._connection.execute(insert(stamp_table).values(**values))

    def set_back(self, municipality: str, log: str, size: int) -> tuple[Witnessed, ...]:
        columns = witnessed_table.c
        beyond = (columns.municipality == municipality, columns.log == log, columns.size > size)
        rows = self._connection.execute(select(witnessed_table).where(*beyond).order_by(columns.size)).all()
        self._connection.execute(delete(witnessed_table).where(*beyond))
        return tuple(Witnessed(row.municipality, row.log, row.size, row.after, row.note, row.at) for row in rows)

    def raise_alarm(self, alarm: Alarm) -> None:
        insert_if_absent(self._connection, alarm_table, {name: getattr(alarm, name) for name in Alarm.__slots__})


def stamps_of(connection: Connection, municipality: str, log: str) -> tuple[tuple[bytes, bytes], ...]:
    """Every stamp of a log, oldest first: the checkpoint and the token."""
    columns = stamp_table.c
    mine = (columns.municipality == municipality, columns.log == log)
    rows = connection.execute(select(columns.note, columns.token).where(*mine).order_by(columns.at))
    return tuple((row.note, row.token) for row in rows)
