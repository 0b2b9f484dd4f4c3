"""The same bytes to the same disk with raw drivers: one act a commit, leaves in lists, deletions; and bare hashing."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LIST, DELETED = 64, 1000
ENTRY, SEALED, NODE, CHECKPOINT = 33, 420, 32, 330
SALTED = 300
"""Sizes of what is written for one act, in bytes."""

Raw = Any
"""A connection of a raw driver."""


def append_seconds(folder: Path, count: int) -> list[float]:
    """Seconds of each durable commit of one row, one node and one head, on SQLCipher."""
    connection = _sqlcipher(folder / "floor_append.db")
    seconds = []
    for number in range(count):
        begin = time.perf_counter()
        _rows(connection, "?", range(number, number + 1))
        connection.commit()
        seconds.append(time.perf_counter() - begin)
    connection.close()
    return seconds


def leaves_rate(engine: str, folder: Path, database: str, count: int) -> float:
    """Leaves per second in lists of 64 for each durable commit."""
    connection, mark = _opened(engine, folder / "floor_leaves.db", database)
    begin = time.perf_counter()
    for start in range(0, count, LIST):
        _rows(connection, mark, range(start, start + LIST))
        connection.commit()
    rate = count / (time.perf_counter() - begin)
    connection.close()
    return rate


def purge_rate(engine: str, folder: Path, database: str, count: int) -> float:
    """Rows per second whose content is blanked, a thousand for each durable commit."""
    connection, mark = _opened(engine, folder / "floor_purge.db", database)
    _rows(connection, mark, range(count))
    connection.commit()
    begin = time.perf_counter()
    for start in range(0, count, DELETED):
        words = f"UPDATE floor_leaf SET sealed = NULL WHERE position BETWEEN {mark} AND {mark}"
        connection.cursor().execute(words, (start, start + DELETED - 1))
        connection.commit()
    rate = count / (time.perf_counter() - begin)
    connection.close()
    return rate


def verify_seconds(count: int) -> float:
    """Seconds to hash ``count`` leaves, their tree, and the records beside them once."""
    entry, sealed, sha = bytes(ENTRY), bytes(SEALED), hashlib.sha256
    begin = time.perf_counter()
    level = [sha(b"\x00" + entry).digest() for _ in range(count)]
    for _ in range(count):
        sha(sealed).digest()
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha(b"\x01" + left + right).digest() for left, right in pairs]
    return time.perf_counter() - begin


def receipt_seconds(rounds: int, steps: int) -> float:
    """Seconds of one signature check and the hashes of one path."""
    key, text, sha = Ed25519PrivateKey.generate(), os.urandom(110), hashlib.sha256
    signature, public, top = key.sign(text), key.public_key(), bytes(NODE)
    begin = time.perf_counter()
    for _ in range(rounds):
        public.verify(signature, text)
        for _ in range(steps):
            top = sha(b"\x01" + top + top).digest()
    return (time.perf_counter() - begin) / rounds


def _rows(connection: Raw, mark: str, places: range) -> None:
    cursor = connection.cursor()
    leaves = [(place, os.urandom(ENTRY), os.urandom(SEALED), "visit.step", "V-1", place) for place in places]
    nodes = [(0, place, os.urandom(NODE)) for place in places]
    cursor.executemany(f"INSERT INTO floor_leaf VALUES ({', '.join([mark] * 6)})", leaves)
    cursor.executemany(f"INSERT INTO floor_node VALUES ({', '.join([mark] * 3)})", nodes)
    cursor.execute(f"UPDATE floor_head SET size = {mark}, checkpoint = {mark}", (places.stop, os.urandom(CHECKPOINT)))


def _opened(engine: str, path: Path, database: str) -> tuple[Raw, str]:
    return (_sqlcipher(path), "?") if engine == "sqlcipher" else (_postgres(database), "%s")


def _sqlcipher(path: Path) -> Raw:
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    for line in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {line}")
    _made(connection.execute, "BLOB")
    connection.commit()
    return connection


def _postgres(url: str) -> Raw:
    import psycopg

    connection = psycopg.connect(url)
    connection.execute("DROP TABLE IF EXISTS floor_leaf, floor_node, floor_head")
    _made(connection.execute, "bytea")
    connection.commit()
    return connection


def _made(execute: Callable[[str], object], blob: str) -> None:
    leaf = f"position bigint PRIMARY KEY, entry {blob}, sealed {blob}, kind varchar(64), visit varchar(64), at bigint"
    execute(f"CREATE TABLE floor_leaf ({leaf})")
    execute("CREATE INDEX floor_leaf_visit ON floor_leaf (visit, position)")
    execute(f"CREATE TABLE floor_node (level integer, position bigint, hash {blob}, PRIMARY KEY (level, position))")
    execute(f"CREATE TABLE floor_head (size bigint, checkpoint {blob})")
    execute("INSERT INTO floor_head VALUES (0, NULL)")
