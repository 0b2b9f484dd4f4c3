"""Hands a statement to the driver itself, in the transaction of a connection; its errors look as the SQL builder's."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def ran(connection: Connection, words: str, values: Sequence[object] = ()) -> list[Any]:
    """The rows, as the driver has them, of ``words``, which are in its own form; in a third of the time.

    Errors: DBAPIError, as if the builder had run it; a lost connection is given up.
    """
    cursor: Any = connection.connection.cursor()
    for hears in connection.dispatch.before_cursor_execute:
        hears(connection, cursor, words, values, None, executemany=False)
    try:
        cursor.execute(words, tuple(values))
        rows: list[Any] = [] if cursor.description is None else cursor.fetchall()
        cursor.close()
    except connection.dialect.loaded_dbapi.Error as error:
        dialect, kind = connection.dialect, connection.dialect.loaded_dbapi.Error
        is_lost = dialect.is_disconnect(error, connection.connection, cursor)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            words, None, error, kind, hide_parameters=True, connection_invalidated=is_lost, dialect=dialect
        ) from error
    return rows
