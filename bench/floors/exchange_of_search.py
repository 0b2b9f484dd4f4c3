"""What no search can do without: one exchange over mutual TLS, one probe of an index as large, one append with fsync.

Run as a program it serves that: ``exchange_of_search FOLDER ROWS [ADDRESS]``; without the address of a PostgreSQL
database the index lies in a SQLCipher file. It says its port on standard output. Imports nothing of ``app``.
"""

import os
import socket
import ssl
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

import psycopg
import sqlcipher3.dbapi2 as sqlcipher

HEAD = struct.Struct(">IIq")
"""Bytes of the request after this, bytes of the answer, what is probed for."""
_RECORD = bytes(600)
_STEP = 2_654_435_761
"""Spreads the keys over the index (Knuth's multiplicative hashing)."""
_SPACE = 1 << 40
_KEY = "PRAGMA key = \"x'" + "0f" * 32 + "'\""
_ASK = "SELECT person FROM floor_term WHERE token = "
_TABLE = "CREATE TABLE IF NOT EXISTS floor_term (token BIGINT PRIMARY KEY, person BIGINT NOT NULL)"
Probe = Callable[[int], object]


def token_of(number: int) -> int:
    """The key of a row, 0 to ROWS - 1."""
    return number * _STEP % _SPACE


def received(line: ssl.SSLSocket, count: int) -> bytes:
    """So many bytes; fewer when the other side is gone."""
    parts = b""
    while len(parts) < count:
        some = line.recv(count - len(parts))
        if not some:
            return b""
        parts += some
    return parts


def main(words: list[str]) -> None:
    """Serve until the process is ended."""
    folder, rows, address = Path(words[0]), int(words[1]), words[2] if len(words) > 2 else ""
    opens = _postgres(address, rows) if address else _sqlcipher(folder / "floor.db", rows)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(folder / "server.pem", folder / "server.key.pem")
    context.load_verify_locations(folder / "authority.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    turn, record = Lock(), os.open(folder / "floor_record", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    while True:
        plain, _ = listener.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Thread(target=_answer, args=(context.wrap_socket(plain, server_side=True), opens, (turn, record))).start()


def _answer(line: ssl.SSLSocket, opens: Callable[[], Probe], keeps: tuple[Lock, int]) -> None:
    probe, (turn, record) = opens(), keeps
    while head := received(line, HEAD.size):
        asks, answers, number = HEAD.unpack(head)
        received(line, asks)
        probe(token_of(number))
        with turn:
            os.write(record, _RECORD)
            os.fsync(record)
        line.sendall(bytes(answers))


def _sqlcipher(path: Path, rows: int) -> Callable[[], Probe]:
    def connected() -> sqlcipher.Connection:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
        connection.execute(_KEY)
        return connection

    made = connected()
    made.execute("PRAGMA journal_mode = WAL")
    made.execute(_TABLE)
    if made.execute("SELECT count(*) FROM floor_term").fetchone()[0] != rows:
        made.execute("DELETE FROM floor_term")
        made.execute("BEGIN")
        made.executemany("INSERT INTO floor_term VALUES (?, ?)", sorted((token_of(one), one) for one in range(rows)))
        made.execute("COMMIT")
    made.close()

    def opens() -> Probe:
        connection = connected()
        return lambda token: connection.execute(_ASK + "?", (token,)).fetchone()

    return opens


def _postgres(address: str, rows: int) -> Callable[[], Probe]:
    with psycopg.connect(address, autocommit=True) as made:
        made.execute(_TABLE)
        counted = made.execute("SELECT count(*) FROM floor_term").fetchone()
        if counted is None or counted[0] != rows:
            made.execute("TRUNCATE floor_term")
            with made.cursor() as cursor, cursor.copy("COPY floor_term FROM STDIN") as copy:
                for one in range(rows):
                    copy.write_row((token_of(one), one))

    def opens() -> Probe:
        connection = psycopg.connect(address, autocommit=True)
        return lambda token: connection.execute(_ASK + "%s", (token,)).fetchone()

    return opens


if __name__ == "__main__":
    main(sys.argv[1:])
