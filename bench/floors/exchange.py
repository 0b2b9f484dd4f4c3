"""The stages of an enquiry with raw drivers: signatures, sealing, durable rows in lists; no network."""

import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LIST = 32
HOP_COMMITS, WHOLE_COMMITS = 1, 8
"""Durable transactions for each list: at the provider, and in all slices together."""
HOP_VERIFIES, HOP_SIGNS = 3, 2
WHOLE_VERIFIES, WHOLE_SIGNS = 6, 3
"""Signatures for each enquiry that no list shares."""


Execute = Callable[[Sequence[tuple[Any, ...]]], None]
Driver = tuple[Execute, Callable[[], None], Callable[[], None]]
"""Writes rows, commits, closes."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Enquiries per second on one thread."""

    provider_hop_rate: float
    whole_rate: float


def measure(engine: str, folder: str, database: str, count: int) -> Floor:
    """Do the work of ``count`` enquiries twice: the provider's part, then everything."""
    execute, commit, close = _sqlcipher(folder) if engine == "sqlcipher" else _postgres(database)
    try:
        hop = _rate(count, (HOP_COMMITS, HOP_VERIFIES, HOP_SIGNS), execute, commit)
        whole = _rate(count, (WHOLE_COMMITS, WHOLE_VERIFIES, WHOLE_SIGNS), execute, commit)
    finally:
        close()
    return Floor(hop, whole)


def _rate(
    count: int,
    work: tuple[int, int, int],
    execute: Execute,
    commit: Callable[[], None],
) -> float:
    commits, verifies, signs = work
    key, box, cipher = Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), AESGCM(os.urandom(32))
    public, other = key.public_key(), X25519PrivateKey.generate().public_key()
    body = json.dumps({"items": {"total_income": 3_456_789}, "purpose": "x" * 700}).encode()
    signature, stored = key.sign(body), cipher.encrypt(bytes(12), body, b"place")
    begin = time.perf_counter()
    for start in range(0, count, LIST):
        for _ in range(commits):
            rows = []
            for number in range(start, min(count, start + LIST)):
                json.loads(body)
                nonce = os.urandom(12)
                cipher.decrypt(bytes(12), stored, b"place")
                leaf = hashlib.sha256(os.urandom(32) + body).digest()
                rows.append((os.urandom(16), number, nonce + cipher.encrypt(nonce, body, leaf), leaf))
            execute(rows)
            commit()
        for _ in range(start, min(count, start + LIST)):
            for _ in range(verifies):
                public.verify(signature, body)
            for _ in range(signs):
                key.sign(body)
            hmac.digest(signature[:32], body, "sha256")
            box.exchange(other)
    return count / (time.perf_counter() - begin)


def _sqlcipher(
    folder: str,
) -> Driver:
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(f"{folder}/floor.db")
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE item (id BLOB PRIMARY KEY, number INTEGER, content BLOB, leaf BLOB)")

    def execute(rows: Sequence[tuple[Any, ...]]) -> None:
        connection.executemany("INSERT INTO item VALUES (?, ?, ?, ?)", rows)

    return execute, connection.commit, connection.close


def _postgres(url: str) -> Driver:
    import psycopg

    connection = psycopg.connect(url)
    connection.execute("CREATE TABLE floor_item (id bytea PRIMARY KEY, number integer, content bytea, leaf bytea)")
    connection.commit()

    def execute(rows: Sequence[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO floor_item VALUES (%s, %s, %s, %s)", rows)

    return execute, connection.commit, connection.close
