"""Fills a store with a great many rows at once: all of them come to stay, or the store is as it was before."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, text

from app.durable.address import SqlcipherFile, StoreAddress
from app.durable.engine import Database, open_database
from app.durable.files import disk_error, sync_folder
from app.durable.many import Row, insert_many, insert_pairs, settle
from app.errors import StoreBusy

T = TypeVar("T")

_BESIDE = ".filling"
"""What the name of a copy that is being filled ends with."""
_QUICK = ("journal_mode = DELETE", "journal_mode = MEMORY", "synchronous = OFF", "cache_size = -{kib}")
_DURABLE = ("journal_mode = WAL", "synchronous = FULL")
_CACHE_KIB = 262_144
"""Of SQLCipher's pages and of what PostgreSQL sorts at a time."""
_SORTING = ("maintenance_work_mem = '{kib}kB'", "max_parallel_maintenance_workers = 2")
_OWN_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
_BOUND = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype IN ('f', 'p', 'u') AND (conrelid = ANY(:ids) OR confrelid = ANY(:ids))"
    " ORDER BY contype = 'f', conname"
)
_FREE_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index one WHERE indrelid = ANY(:ids)"
    " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = one.indexrelid) ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class Filling:
    """The transaction of a load. ``is_first``: the tables were empty before."""

    connection: Connection
    is_first: bool

    def put(self, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert ``rows``, the values of the columns ``names`` as they are kept. Keys are checked when all are in."""
        insert_many(self.connection, table, names, rows, frozen=self.is_first)

    def put_pairs(self, table: Table, first: str, pairs: bytes) -> int:
        """Insert rows of ``first`` and two numbers, see ``insert_pairs``; how many there are."""
        return insert_pairs(self.connection, table, first, pairs, frozen=self.is_first)


def fill(database: Database, address: StoreAddress, tables: Sequence[Table], work: Callable[[Filling], T]) -> T:
    """Run ``work``, which puts rows into ``tables``, while nobody else has the store at ``address`` open.

    What orders the rows besides their order of coming is made when all are there. A SQLCipher store is filled as a copy
    beside it, which takes its place at the end: a power cut on the way leaves the store as it was. On PostgreSQL the
    load is one transaction. Errors: as ``Database.write``; StoreBusy when somebody else has the file open.
    """
    if isinstance(address, SqlcipherFile):
        done = _filled_beside(database, address, tables, work)
    else:
        done = database.write(_once(lambda connection: _filled_by_copy(connection, tables, work)))
        settle(database, tables)
    return done


def _filled_beside(
    database: Database, address: SqlcipherFile, tables: Sequence[Table], work: Callable[[Filling], T]
) -> T:
    copy = _copied(database, address)
    beside = open_database(copy)
    try:
        _set(beside, _QUICK)
        done = beside.write(_once(lambda connection: _with_indexes_later(connection, tables, work)))
        _set(beside, _DURABLE)
        beside.close()
        database.close()
        _take_place(copy.path, address.path)
    finally:
        beside.close()
        _remove(copy.path)
    return done


def _copied(database: Database, address: SqlcipherFile) -> SqlcipherFile:
    """A copy of the store at rest, for its owner alone."""
    database.close()
    path = address.path.with_name(address.path.name + _BESIDE)
    _demand_rest(address.path)
    try:
        _remove(path)
        path.touch(mode=0o600)
        shutil.copyfile(address.path, path)
    except OSError as error:
        raise disk_error(error) from error
    return SqlcipherFile(path, address.key)


def _demand_rest(path: Path) -> None:
    """Errors: StoreBusy while a log stands beside the file: it lacks what is in it, or another works in it."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreBusy


def _take_place(copy: Path, path: Path) -> None:
    _demand_rest(path)
    try:
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        copy.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(error) from error


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _set(database: Database, switches: Sequence[str]) -> None:
    """Set switches of the one connection that there is; outside of a transaction, where alone they can be set."""
    with database.engine.connect() as connection:
        cursor = connection.connection.cursor()
        for switch in switches:
            cursor.execute(f"PRAGMA {switch.format(kib=_CACHE_KIB)}")
        cursor.close()


def _with_indexes_later(connection: Connection, tables: Sequence[Table], work: Callable[[Filling], T]) -> T:
    names = ", ".join(f"'{table.name}'" for table in tables)
    indexes = connection.execute(text(_OWN_INDEXES.format(names=names))).all()
    for index in indexes:
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    done = work(Filling(connection, is_first=False))
    for index in indexes:
        connection.exec_driver_sql(index.sql)
    return done


def _filled_by_copy(connection: Connection, tables: Sequence[Table], work: Callable[[Filling], T]) -> T:
    is_first = not any(connection.execute(text(f"SELECT 1 FROM {table.name} LIMIT 1")).first() for table in tables)  # noqa: S608 -- names of the house's own tables
    for switch in _SORTING:
        connection.exec_driver_sql(f"SET LOCAL {switch.format(kib=_CACHE_KIB)}")
    if is_first:  # only what was emptied in this transaction can be filled with rows that all may see at once
        connection.exec_driver_sql(f"TRUNCATE {', '.join(table.name for table in tables)}")
    with _bare(connection, tables):
        return work(Filling(connection, is_first))


@contextmanager
def _bare(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Meanwhile the tables have neither keys nor indexes; afterwards they have them again, and all rows obey them."""
    ids: dict[str, Any] = {
        "ids": [connection.scalar(text("SELECT CAST(:name AS regclass)::oid"), {"name": one.name}) for one in tables]
    }
    bound, free = connection.execute(text(_BOUND), ids).all(), connection.execute(text(_FREE_INDEXES), ids).all()
    for table, name, _ in reversed(bound):
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in free:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    keys = [one for one in bound if "FOREIGN KEY" not in one[2]]
    for table, name, said in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')
    for _, said in free:
        connection.exec_driver_sql(said)
    for table, name, said in bound[len(keys) :]:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')


def _once(work: Callable[[Connection], T]) -> Callable[[Connection], T]:
    """``work``, which uses up what it is fed with and can't be run again."""
    begun: list[bool] = []

    def run(connection: Connection) -> T:
        if begun:
            raise StoreBusy
        begun.append(True)
        return work(connection)

    return run
