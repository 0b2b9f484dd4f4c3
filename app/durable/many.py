"""Inserts many rows at once, as each engine does it fastest."""

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.durable.engine import Database

Row = tuple[Any, ...]


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
        _copy(connection, table, names, rows, ", FREEZE" if frozen else "")
        return
    marks = ", ".join(["%s" if is_postgres else "?"] * len(names))
    words = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 -- names of the house's own tables
    connection.exec_driver_sql(words, rows[0] if len(rows) == 1 else list(rows))


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


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row], how: str) -> None:
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
