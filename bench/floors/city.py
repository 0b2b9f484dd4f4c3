"""What writing as many bytes costs the driver alone: one table, one blob in each row, one transaction, synced."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlcipher3.dbapi2 as sqlcipher

_ROW = 1000


def sqlcipher_seconds(folder: Path, size: int) -> float:
    """Seconds for ``size`` bytes in an encrypted file without a journal."""
    path = folder / "floor.db"
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.set_key(f"x'{os.urandom(32).hex()}'")
    for line in ("journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {line}")
    connection.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, sealed BLOB)")
    begin = time.perf_counter()
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO kept VALUES (?, ?)", _rows(size))
    connection.execute("COMMIT")
    connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    took = time.perf_counter() - begin
    path.unlink()
    return took


def postgres_seconds(database: str, size: int) -> float:
    """Seconds for ``size`` bytes by COPY into a table without an index."""
    with psycopg.connect(database) as connection:
        begin = time.perf_counter()
        connection.execute("CREATE TABLE floor_kept (number bigint, sealed bytea)")
        with connection.cursor().copy("COPY floor_kept FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["bigint", "bytea"])
            for row in _rows(size):
                copy.write_row(row)
        connection.commit()
        took = time.perf_counter() - begin
        connection.execute("DROP TABLE floor_kept")
    return took


def _rows(size: int) -> Iterator[tuple[int, bytes]]:
    some = os.urandom(_ROW)
    return ((number, some) for number in range(size // _ROW))
