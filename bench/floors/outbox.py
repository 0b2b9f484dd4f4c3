"""The same deliveries with raw drivers: a portion read and marked in one transaction, closed in another."""

import time
from typing import Any

PORTION = 100
_TABLE = "CREATE TABLE raw_outbox (sequence INTEGER PRIMARY KEY, state INTEGER NOT NULL, body {} NOT NULL)"


def rate(engine: str, folder: str, database: str, count: int, size: int) -> float:
    """Deliveries per second of ``count`` rows of ``size`` bytes, one thread, no order, no lease, no retry."""
    connection, mark, kind = _sqlcipher(folder) if engine == "sqlcipher" else _postgres(database)
    cursor = connection.cursor()
    cursor.execute(_TABLE.format(kind))
    cursor.executemany(
        f"INSERT INTO raw_outbox VALUES ({mark}, 0, {mark})", [(n, bytes(size)) for n in range(1, count + 1)]
    )
    connection.commit()
    begun = time.perf_counter()
    for first in range(1, count + 1, PORTION):
        span = (first, first + PORTION - 1)
        where = f"WHERE sequence BETWEEN {mark} AND {mark}"
        cursor.execute(f"SELECT * FROM raw_outbox {where}", span)
        cursor.fetchall()
        cursor.execute(f"UPDATE raw_outbox SET state = 1 {where}", span)
        connection.commit()
        cursor.execute(f"UPDATE raw_outbox SET state = 2, body = '' {where}", span)
        connection.commit()
    taken = time.perf_counter() - begun
    connection.close()
    return count / taken


def _sqlcipher(folder: str) -> tuple[Any, str, str]:
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(f"{folder}/floor.db")
    for line in ("key = 'floor'", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {line}")
    return connection, "?", "BLOB"


def _postgres(database: str) -> tuple[Any, str, str]:
    import psycopg

    return psycopg.connect(database), "%s", "BYTEA"
