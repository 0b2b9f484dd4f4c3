"""Copies of open stores, all of one moment: page by page from SQLCipher, row by row from PostgreSQL."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, MetaData, String, Table, func, insert, inspect, select, text

from app.durable.address import SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.migrate import VERSION_TABLE, migrate
from app.errors import StoreBusy

_TRIES, _WAIT_S = 50, 0.2
_PAGES = 2000
_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Copied:
    """A store and where its copy goes. ``history``: the package of its migrations."""

    database: Database
    history: str
    to: SqlcipherFile


def copy_all(stores: Sequence[Copied]) -> None:
    """Copy ``stores`` as they stand at one moment, while others go on writing.

    On SQLCipher writers wait for that moment, some milliseconds. Errors: StoreBusy when it can't be had in 10 s;
    DiskFull, WrongKey.
    """
    if stores and stores[0].database.engine.dialect.name == "postgresql":
        _copy_rows_of(stores)
        return
    with _one_moment([store.database for store in stores]) as views:
        for store, view in zip(stores, views, strict=True):
            _copy_pages(view, store.to)


def put_back(source: Database, history: str, target: Database) -> None:
    """Fill ``target``, which is new and empty, from the copy ``source``: the same schema, the same rows."""
    version = source.read(version_of)
    migrate(target, history, MetaData(), to=version)
    source.read(lambda old: target.write(lambda new: _copy_rows(old, new)))


def lay_aside(database: Database, schema: str, stamp: str) -> None:
    """Give a PostgreSQL schema another name, so that its own is free."""
    renaming = text(f'ALTER SCHEMA "{schema}" RENAME TO "{schema}_{stamp}"')
    database.write(lambda connection: connection.execute(renaming))


def copy_file(source: Database, to: SqlcipherFile) -> None:
    """A copy of a whole store as a file of its own under the key of ``to``."""
    copy_all([Copied(source, "", to)])


def version_of(connection: Connection) -> str:
    """The version of the store's schema."""
    mark = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32)))
    return str(connection.execute(select(mark)).scalar_one())


def is_whole(database: Database) -> bool:
    """Whether the file is undamaged page by page (HMACs) and row by row (indexes)."""

    def look(connection: Connection) -> bool:
        pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
        return not pages and connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"

    return database.read(look)


def demand_alone(database: Database) -> None:
    """Errors: StoreBusy while any other connection has the store open."""
    if database.engine.dialect.name == "postgresql":
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        database.engine.dispose()
        if database.read(lambda connection: connection.execute(others).scalar_one()):
            raise StoreBusy
        return
    with contextlib.ExitStack() as stack:
        connection = _raw(stack, database)
        try:
            connection.execute("PRAGMA busy_timeout = 100")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlcipher.OperationalError as error:
            raise StoreBusy from error


@contextlib.contextmanager
def _one_moment(databases: Sequence[Database]) -> Iterator[list[Any]]:
    """Connections that all see the state of one moment: for it, every store's writers are held."""
    with contextlib.ExitStack() as stack:
        holding, viewing = ([_raw(stack, database) for database in databases] for _ in range(2))
        for connection in holding:
            connection.execute("PRAGMA busy_timeout = 100")
        _hold(holding)
        try:
            for connection in viewing:
                connection.execute("BEGIN")
                stack.callback(connection.execute, "ROLLBACK")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        finally:
            _let_go(holding)
        yield viewing


def _raw(stack: contextlib.ExitStack, database: Database) -> Any:  # noqa: ANN401 -- the driver has no types
    pooled = database.engine.raw_connection()
    stack.callback(pooled.invalidate)
    return pooled.driver_connection


def _hold(connections: Sequence[Any]) -> None:
    """Begin to write on each, and on all or none: whoever waits for another meanwhile is let through."""
    for _ in range(_TRIES):
        try:
            for connection in connections:
                connection.execute("BEGIN IMMEDIATE")
        except sqlcipher.OperationalError:
            _let_go(connections)
            time.sleep(_WAIT_S)
        else:
            return
    raise StoreBusy


def _let_go(connections: Sequence[Any]) -> None:
    for connection in connections:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _copy_pages(view: Any, to: SqlcipherFile) -> None:  # noqa: ANN401 -- the driver has no types
    target = open_database(to)
    try:
        pooled = target.engine.raw_connection()
        view.backup(pooled.driver_connection, pages=_PAGES)
        pooled.close()
        target.write(lambda connection: connection.execute(text("SELECT 1")))
    finally:
        target.close()


def _copy_rows_of(stores: Sequence[Copied]) -> None:
    """All in one transaction of the server that holds them, which sees one moment."""
    first = stores[0].database.engine

    with first.connect().execution_options(isolation_level="REPEATABLE READ") as old, old.begin():
        for store in stores:
            schema = store.database.read(lambda c: str(c.execute(text("SELECT current_schema()")).scalar_one()))
            old.execute(text("SELECT set_config('search_path', :schema, true)"), {"schema": schema})
            target = open_database(store.to)
            try:
                migrate(target, store.history, MetaData(), to=version_of(old))
                target.write(lambda new: _copy_rows(old, new))
            finally:
                target.close()


def _copy_rows(old: Connection, new: Connection) -> None:
    source, target = MetaData(), MetaData()
    source.reflect(old)
    target.reflect(new)
    for table in target.sorted_tables:
        if table.name == VERSION_TABLE:
            continue
        every = select(source.tables[table.name])
        with old.execute(every, execution_options={"yield_per": _ROWS}) as rows:
            for portion in rows.mappings().partitions(_ROWS):
                new.execute(insert(table), [dict(row) for row in portion])
        _count_on(new, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Numbers that the server gives go on behind the largest one."""
    if connection.dialect.name != "postgresql":
        return
    for column in inspect(connection).get_columns(table.name):
        if "nextval" in str(column.get("default") or ""):
            largest = connection.execute(select(func.max(table.c[column["name"]]))).scalar_one()
            place = {"table": table.name, "column": column["name"], "largest": largest or 1, "used": bool(largest)}
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :largest, :used)"), place)
