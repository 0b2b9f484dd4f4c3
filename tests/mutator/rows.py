"""All rows of a log's tables, read and written back with raw drivers."""

from dataclasses import dataclass
from typing import Any

TABLES = {
    "leaf": ("municipality", "position", "entry", "sealed", "kind", "visit", "at"),
    "leaf_node": ("municipality", "level", "position", "hash"),
    "leaf_head": ("municipality", "size", "edge", "checkpoint"),
}
Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass
class Store:
    """A connection; ``mark``: how its driver writes a parameter."""

    connection: Any
    mark: str

    def read(self) -> Rows:
        """Every row of the three tables, in order of their keys."""
        found: Rows = {}
        for table, columns in TABLES.items():
            cursor = self.connection.cursor()
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2, 3")
            found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        self.connection.commit()
        return found

    def write(self, rows: Rows) -> None:
        """Put exactly these rows into the tables, where they differ from what is there."""
        there = self.read()
        cursor = self.connection.cursor()
        for table, columns in TABLES.items():
            key = columns[:3] if table == "leaf_node" else columns[:2] if table == "leaf" else columns[:1]
            before, after = _keyed(there[table], key), _keyed(rows[table], key)
            for place in before.keys() - after.keys() | {
                p for p in before.keys() & after.keys() if before[p] != after[p]
            }:
                where = " AND ".join(f"{name} = {self.mark}" for name in key)
                cursor.execute(f"DELETE FROM {table} WHERE {where}", place)
            for place, row in after.items():
                if before.get(place) != row:
                    marks = ", ".join([self.mark] * len(columns))
                    cursor.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(row[name] for name in columns))
        self.connection.commit()

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


def open_store(asked: dict[str, Any]) -> Store:
    """The store that was named."""
    if asked["engine"] == "sqlcipher":
        import sqlcipher3.dbapi2 as sqlcipher

        connection = sqlcipher.connect(asked["path"], timeout=10.0)
        connection.execute(f"PRAGMA key = \"x'{asked['key']}'\"")
        return Store(connection, "?")
    import psycopg

    return Store(psycopg.connect(asked["url"], options=f"-csearch_path={asked['schema']}"), "%s")


def _keyed(rows: list[Row], key: tuple[str, ...]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in key): row for row in rows}
