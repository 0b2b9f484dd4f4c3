"""Insert a row unless its key is there: one statement, safe beside others doing the same."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_absent(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Whether the row was new. Beside an unfinished insert of the same key it waits for that one's end."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    insertion = insert(table).values(**values).on_conflict_do_nothing()
    # without the option the count is read from a cursor that is closed already: -1 on PostgreSQL
    return connection.execute(insertion, execution_options={"preserve_rowcount": True}).rowcount == 1


def insert_all_absent(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As ``insert_if_absent`` for each, in order; which of them were new is not told."""
    if rows:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
