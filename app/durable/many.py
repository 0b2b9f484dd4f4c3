"""Inserts many rows at once, as each engine does it fastest."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.durable.engine import Database
from app.durable.straight import ran

Row = tuple[Any, ...]
_ROOM_KIB = 131_072
_PAIR = struct.Struct(">qq")
_FROZEN = ", FREEZE"
_TOGETHER = 32
"""Rows of one statement on SQLCipher: a small row costs less than half of what it does alone, measured."""


def insert_many(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row], *, frozen: bool = False
) -> None:
    """Insert ``rows``, the values of the columns ``names`` as they are kept (an instant is its number).

    They go to the driver as they are: for small rows SQLAlchemy's own work is a third of an insert, measured.
    PostgreSQL takes more than one by COPY, in its own format. ``frozen``: into a table that was emptied in the same
    transaction, so that nothing need be done with the rows later.
    """
    is_postgres = connection.dialect.name == "postgresql"
    if is_postgres and len(rows) > 1:
        _copy(connection, table, names, rows, _FROZEN * frozen)
        return
    marks = f"({', '.join(['%s' if is_postgres else '?'] * len(names))})"
    words = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "  # noqa: S608 -- names of the house's own tables
    if len(rows) == 1:
        ran(connection, words + marks, rows[0])
        return
    whole = len(rows) // _TOGETHER * _TOGETHER
    if whole:
        many = [tuple(chain.from_iterable(rows[at : at + _TOGETHER])) for at in range(0, whole, _TOGETHER)]
        connection.exec_driver_sql(words + ", ".join([marks] * _TOGETHER), many)
    size = _TOGETHER // 2
    while whole < len(rows):  # few different statements, so that each is known; and few steps, each lets others go on
        if len(rows) - whole >= size:
            ran(connection, words + ", ".join([marks] * size), tuple(chain.from_iterable(rows[whole : whole + size])))
            whole += size
        size //= 2


def insert_pairs(connection: Connection, table: Table, first: str, pairs: bytes, *, frozen: bool = False) -> int:
    """Insert rows of three columns into ``table``: ``first``, then two numbers; how many there are.

    ``pairs``: the numbers side by side, signed, 8 bytes each, big endian. ``frozen``: as ``insert_many``.
    """
    count, names = len(pairs) // _PAIR.size, [column.name for column in table.c]
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, ((first, *pair) for pair in _PAIR.iter_unpack(pairs)), _FROZEN * frozen)
        return count
    whole = count // _TOGETHER * _TOGETHER * _PAIR.size
    for size, some in ((_TOGETHER, pairs[:whole]), (1, pairs[whole:])):
        if some:
            marks = ", ".join(f"(?1, ?{2 * at + 2}, ?{2 * at + 3})" for at in range(size))
            numbers = struct.iter_unpack(f">{2 * size}q", some)
            words = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {marks}"  # noqa: S608 -- names of the house's own tables
            connection.exec_driver_sql(words, [(first, *each) for each in numbers])
    return count


@contextmanager
def room_for_many(connection: Connection) -> Iterator[None]:
    """Room for the pages that many changes at random places touch; SQLCipher else seals each of them many times."""
    if connection.dialect.name == "postgresql":
        yield
        return
    before = int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def settle(database: Database, tables: Sequence[Table]) -> None:
    """After a load: have PostgreSQL learn what is in ``tables``, and that all of it is there for everybody.

    Otherwise the first searches are planned blindly, read each row of an index once more in its table, and write to
    pages that they read. Nothing is to be done on SQLCipher.
    """
    if database.engine.dialect.name != "postgresql":
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.execute(text(f"VACUUM (ANALYZE) {table.name}"))


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Row], how: str) -> None:
    import psycopg  # noqa: PLC0415 -- 10 MB that a counter never needs

    kinds = [table.c[name].type.compile(connection.dialect).partition("(")[0].lower() for name in names]
    driver = connection.connection.cursor()
    try:
        with driver.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN (FORMAT BINARY{how})") as copy:
            copy.set_types(kinds)
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        kind = IntegrityError if isinstance(error, psycopg.IntegrityError) else DBAPIError
        raise kind(f"COPY {table.name}", None, error, hide_parameters=True) from error
    finally:
        driver.close()
