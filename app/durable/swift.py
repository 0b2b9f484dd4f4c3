"""Statements that are asked at every request, run past the SQL builder: a third of its time, measured."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.durable.engine import Database
from app.durable.straight import ran

Row = tuple[Any, ...]


def fetched(connection: Connection, words: str, values: Sequence[object]) -> list[Row]:
    """All rows of a statement of one's own, in this transaction. ``words``: with ``?`` for each value, else none.

    Values and rows are as the driver has them: a Boolean may be 0 or 1, an instant is its number.
    """
    return ran(connection, _driver_words(connection, words), values)


def fetched_in_one(
    connection: Connection, words: str, values: Sequence[object], columns: Mapping[str, bool]
) -> list[Row]:
    """As ``fetched``, all rows in one step. ``columns``: those that ``words`` gives, and whether bytes stand there.

    SQLite's driver lets other threads go on at each row, and waits for its turn again after each: of fifty rows a list
    waits fifty times when others compute (measured: 25 ms). So each column comes as one text.
    """
    if connection.dialect.name == "postgresql":
        return fetched(connection, words, values)
    told = (f"iif({name} IS NULL, NULL, hex({name}))" if is_bytes else name for name, is_bytes in columns.items())
    given = ", ".join(f"json_group_array({one})" for one in told)
    (texts,) = fetched(connection, f"SELECT {given} FROM ({words})", values)  # noqa: S608 -- own columns
    listed = (_column(text, is_bytes=is_bytes) for text, is_bytes in zip(texts, columns.values(), strict=True))
    return list(zip(*listed, strict=True))


def _column(text: str, *, is_bytes: bool) -> list[Any]:
    """All values of one column."""
    found: list[Any] = msgspec.json.decode(text)
    return [None if digits is None else bytes.fromhex(digits) for digits in found] if is_bytes else found


def done(connection: Connection, words: str, values: Sequence[object]) -> None:
    """Run a statement that gives no rows; otherwise as ``fetched``."""
    ran(connection, _driver_words(connection, words), values)


def any_of(connection: Connection, values: Sequence[object]) -> tuple[str, list[object]]:
    """How a statement asks for one of ``values``, and the values that go with it.

    PostgreSQL gets one array: it plans such a statement once for any number of them.
    """
    if connection.dialect.name == "postgresql":
        return "= ANY(?)", [list(values)]
    return f"IN ({places(values)})", list(values)


def places(values: Sequence[object]) -> str:
    """As many ``?`` as there are values, for IN."""
    return ", ".join("?" * len(values))


def glance(database: Database, words: str, values: Sequence[object]) -> Row | None:
    """The first row of one statement outside any transaction; None for no row. Otherwise as ``fetched``.

    0.03 ms, where a transaction of one query takes 0.18 (SQLCipher, measured). A connection that fails is given up and
    the statement is asked again in a transaction. Errors: those of ``Database.read``.
    """
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")  # else it begins one, and ends it
        try:
            cursor = connection.connection.cursor()
            cursor.execute(_driver_words(connection, words), tuple(values))
            row: Row | None = cursor.fetchone()
            cursor.close()
        except connection.dialect.loaded_dbapi.Error as error:
            connection.invalidate(error)
        else:
            return row
    rows = database.read(lambda again: fetched(again, words, values))
    return rows[0] if rows else None


def _driver_words(connection: Connection, words: str) -> str:
    return words.replace("?", "%s") if connection.dialect.name == "postgresql" else words
