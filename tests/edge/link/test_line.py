"""A line says "unreachable" whenever no whole answer came, whatever the reason, and never takes a stranger's word."""

import gc
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.clock import SystemClock
from app.errors import Unreachable, WrongKey
from app.link.line import Headers, Line
from app.settings import TlsPlace
from app.training import certificates
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey
from app.wire.message import Nothing, encode
from tests.support.backend import PASSPHRASE

CLOCK = SystemClock()
DAY = timedelta(days=1)
HEADERS = Headers("trace", "key")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.create("t", CLOCK.now() - DAY, 3 * DAY)


@pytest.fixture(scope="module")
def terminal(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> TlsPlace:
    folder = tmp_path_factory.mktemp("terminal")
    certificates.issue_terminal(authority, folder, TerminalName("991007", "T-01"), PASSPHRASE, CLOCK)
    return TlsPlace(folder / "authority.pem", folder / "terminal.pem", folder / "terminal.key.pem")


@contextmanager
def answering(
    authority: Authority,
    folder: Path,
    answer: bytes | None,
    rung: Callable[[], object] = lambda: None,
) -> Iterator[str]:
    """A server under ``authority`` that reads a request and says ``answer``; None: it never says anything.

    ``rung``: done when somebody has connected, before anything is said to them.
    """
    import ssl

    key = TlsKey.generate()
    (folder / "s.key.pem").write_bytes(key.to_pem(None))
    (folder / "s.pem").write_bytes(authority.issue_server(key.request(), CLOCK.now() - DAY, 2 * DAY))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "s.pem", folder / "s.key.pem")
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        try:
            raw = listening.accept()[0]
            rung()
            with context.wrap_socket(raw, server_side=True) as connection:
                asked = b""
                while not asked.endswith(encode(Nothing())) and (more := connection.recv(65536)):
                    asked += more  # what is left unread would be answered by a reset
                if answer is None:
                    done.wait(10)
                else:
                    connection.sendall(answer)
        except OSError:
            return

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    done.set()
    listening.close()
    thread.join(10)


def ask(url: str, tls: TlsPlace, timeout_s: float = 5.0) -> object:
    line = Line(url, tls, PASSPHRASE, timeout_s)
    try:
        return line.ask("/x", Nothing(), Nothing, HEADERS)
    finally:
        line.close()


def test_an_answer_is_an_answer(authority: Authority, terminal: TlsPlace, tmp_path: Path) -> None:
    whole = b'HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"v":1}'
    with answering(authority, tmp_path, whole) as url:
        assert ask(url, terminal) == Nothing()


def test_a_line_closed_while_somebody_was_connecting_leaves_no_connection_behind(
    authority: Authority, terminal: TlsPlace, tmp_path: Path
) -> None:
    whole = b'HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"v":1}'
    called, welcome = threading.Event(), threading.Event()
    answers: list[Nothing] = []
    line: Line | None = None

    def rung() -> None:
        called.set()
        welcome.wait(30)

    def asks(line: Line) -> None:
        answers.append(line.ask("/x", Nothing(), Nothing, HEADERS))

    with answering(authority, tmp_path, whole, rung) as url:
        line = Line(url, terminal, PASSPHRASE, 30)
        asking = threading.Thread(target=asks, args=(line,))
        asking.start()
        assert called.wait(30)
        line.close()
        welcome.set()
        asking.join(30)
        assert answers == [Nothing()]
        with pytest.raises(Unreachable):
            line.ask("/x", Nothing(), Nothing, HEADERS)
    line = None
    gc.collect()  # an open socket that nobody holds any more is told here, and fails this test


def test_nobody_listens(terminal: TlsPlace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable):
        ask(f"https://127.0.0.1:{port}", terminal)


def test_a_server_that_our_authority_does_not_vouch_for_is_nobody(terminal: TlsPlace, tmp_path: Path) -> None:
    stranger = Authority.create("stranger", CLOCK.now() - DAY, 3 * DAY)
    with answering(stranger, tmp_path, b"") as url, pytest.raises(Unreachable):
        ask(url, terminal)


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 70\r\n\r\n{", b"garbage\r\n\r\n"], ids=["end", "half", "noise"]
)
def test_half_an_answer_is_none(authority: Authority, terminal: TlsPlace, tmp_path: Path, answer: bytes) -> None:
    with answering(authority, tmp_path, answer) as url, pytest.raises(Unreachable):
        ask(url, terminal)


def test_a_server_that_says_nothing_is_given_up(authority: Authority, terminal: TlsPlace, tmp_path: Path) -> None:
    with answering(authority, tmp_path, None) as url, pytest.raises(Unreachable):
        ask(url, terminal, timeout_s=0.3)


def test_a_terminal_s_key_opens_with_its_own_passphrase_only(terminal: TlsPlace) -> None:
    from app.domain.secret import Secret

    with pytest.raises(WrongKey):
        Line("https://127.0.0.1:1", terminal, Secret(b"another one"))
