"""A file of rows with raw drivers: decoded, keyed, sealed and inserted, one commit for each part; no network."""

import hmac
import json
import os
import time
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def measure(engine: str, folder: str, database: str, rows: int, part: int) -> float:
    """Rows per second of ``rows`` new rows."""
    connection = _connection(engine, folder, database)
    mark, blob = ("?", "BLOB") if engine == "sqlcipher" else ("%s", "BYTEA")
    cursor = connection.cursor()
    cursor.execute(f"CREATE TABLE floor_replica (person {blob} PRIMARY KEY, content {blob})")
    connection.commit()
    key, cipher = os.urandom(32), AESGCM(os.urandom(32))
    lines = [json.dumps([f"{number:015}", "value", number, 1, 4000, 2]) for number in range(rows)]
    begin = time.perf_counter()
    for start in range(0, rows, part):
        made = []
        for line in lines[start : start + part]:
            values = json.loads(line)
            person = hmac.digest(key, values[0].encode(), "sha256")[:16]
            nonce = os.urandom(12)
            made.append((person, nonce + cipher.encrypt(nonce, json.dumps(values).encode(), person)))
        cursor.executemany(f"INSERT INTO floor_replica VALUES ({mark}, {mark})", sorted(made))
        connection.commit()
    seconds = time.perf_counter() - begin
    connection.close()
    return rows / seconds


def _connection(engine: str, folder: str, database: str) -> Any:  # noqa: ANN401 -- the drivers have no common type
    if engine == "postgresql":
        import psycopg

        return psycopg.connect(database)
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(f"{folder}/floor.db")
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    for line in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {line}")
    return connection
