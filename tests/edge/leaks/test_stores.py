"""What stores and lines leave behind besides their rows: error texts, idempotency rows, TLS keys."""

import hashlib
import os
import socket
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert
from sqlalchemy.exc import DBAPIError

from app.domain.clock import SystemClock
from app.domain.secret import Secret
from app.durable.address import StoreAddress
from app.durable.answers import Answers, answer_table
from app.durable.cells import Cells, key_table
from app.durable.engine import open_database
from app.errors import Conflict, Unreachable
from app.link.line import Headers, Line
from app.settings import TlsPlace
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey
from app.wire.desk import PersonMark
from app.wire.message import Nothing, encode
from tests.support.process import wait_for
from tests.support.slices import KITA, MovedClock, call, person

MARK = "標識秘子"


def test_the_error_of_a_statement_does_not_show_what_was_to_be_written(store_address: StoreAddress) -> None:
    metadata = MetaData()
    table = Table("row", metadata, Column("id", Integer, primary_key=True), Column("name", String(64)))
    database = open_database(store_address)
    try:
        database.write(metadata.create_all)
        database.write(lambda connection: connection.execute(insert(table).values(id=1, name="first")))
        with pytest.raises(DBAPIError) as failed:
            database.write(lambda connection: connection.execute(insert(table).values(id=1, name=MARK)))
    finally:
        database.close()
    assert MARK not in str(failed.value)


def test_what_was_asked_can_not_be_guessed_from_the_row_that_keeps_its_answer(store_address: StoreAddress) -> None:
    metadata = MetaData()
    table, keys = answer_table(metadata), key_table(metadata)
    answers = Answers(table, Cells(keys, Secret(os.urandom(32)), MovedClock()))
    asked, who = PersonMark(business_number="1", name=MARK), call(person("001"), key="k")
    database = open_database(store_address)
    try:
        database.write(metadata.create_all)
        for message in (asked, asked):
            database.write(lambda c, message=message: answers.once(c, who, message, Nothing, Nothing))
        with pytest.raises(Conflict):
            database.write(lambda c: answers.once(c, who, Nothing(), Nothing, Nothing))
        (row,) = database.read(lambda c: c.execute(table.select()).all())
    finally:
        database.close()
    guesses = (encode(asked), f"{who.actor.staff_id}\n".encode() + encode(asked), f"{KITA}\n".encode() + encode(asked))
    kept = b"".join(bytes(part) for part in row if isinstance(part, bytes))
    assert kept
    assert [guess for guess in guesses if hashlib.sha256(guess).digest() in kept] == []


@pytest.fixture
def tls(tmp_path: Path) -> TlsPlace:
    """A terminal's parts."""
    now = SystemClock().now()
    authority, key = Authority.create("tests", now, timedelta(days=1)), TlsKey.generate()
    name = TerminalName("991007", "T-01")
    place = TlsPlace(tmp_path / "authority.pem", tmp_path / "terminal.pem", tmp_path / "terminal.key.pem")
    place.authority.write_bytes(authority.certificate_pem)
    place.certificate.write_bytes(authority.issue_terminal(key.request(), name, now, timedelta(hours=1)))
    place.key.write_bytes(key.to_pem(None))
    server = TlsKey.generate()
    hosts = ("127.0.0.1",)
    pem = authority.issue_server(server.request(), now, timedelta(hours=1), hosts)
    (tmp_path / "server.pem").write_bytes(pem + server.to_pem(None))
    return place


@pytest.fixture
def listener(tls: TlsPlace):
    """A server of the same authority that shakes hands and hangs up; gives its context, and its port once started."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(tls.authority.with_name("server.pem")))
    context.load_verify_locations(str(tls.authority))
    context.verify_mode = ssl.CERT_REQUIRED
    with socket.create_server(("127.0.0.1", 0)) as server:
        seen: list[str] = []

        def serve() -> None:
            while True:
                try:
                    raw, _ = server.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(raw, server_side=True) as connection:
                        seen.append(connection.version() or "")
                        connection.recv(1)
                except OSError:
                    seen.append("refused")
                finally:
                    raw.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield context, server.getsockname()[1], seen
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def ask(tls: TlsPlace, url: str) -> None:
    line = Line(url, tls, None, timeout_s=5.0)
    try:
        with pytest.raises(Unreachable):
            line.ask("/x", Nothing(), Nothing, Headers("t", "k"))
    finally:
        line.close()


def answered(seen: list[str]) -> list[str]:
    """What the listener has seen, once it has seen something."""
    wait_for(lambda: seen, "a connection")
    return seen


def test_the_keys_of_a_connection_are_written_nowhere_even_when_the_environment_asks(
    tls: TlsPlace, listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, port, seen = listener
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    ask(tls, f"https://127.0.0.1:{port}")
    assert answered(seen) == ["TLSv1.3"]
    assert not (tmp_path / "keys.log").exists()


def test_an_office_that_speaks_an_older_protocol_is_not_spoken_to(tls: TlsPlace, listener) -> None:
    context, port, seen = listener
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    ask(tls, f"https://127.0.0.1:{port}")
    assert answered(seen) == ["refused"]


def test_an_office_under_another_name_is_not_spoken_to(tls: TlsPlace, listener) -> None:
    _, port, seen = listener
    ask(tls, f"https://localhost:{port}")
    assert answered(seen) == ["refused"]


def test_an_office_of_another_authority_is_not_spoken_to(tls: TlsPlace, listener, tmp_path: Path) -> None:
    _, port, seen = listener
    other = Authority.create("others", SystemClock().now(), timedelta(days=1))
    tls.authority.write_bytes(other.certificate_pem)
    ask(tls, f"https://127.0.0.1:{port}")
    assert answered(seen) == ["refused"]
