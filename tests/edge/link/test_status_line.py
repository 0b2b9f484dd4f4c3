"""The way to the status service: whatever is not a whole answer in time is "unreachable", soon."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.clock import SystemClock
from app.errors import Unreachable
from app.link.status_line import MOST_ANSWER, StatusLine

WITHIN_S = 0.4
OK = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"


@pytest.fixture
def line() -> Iterator[StatusLine]:
    made = StatusLine(SystemClock())
    yield made
    made.close()


def take_request(connection: socket.socket) -> None:
    """All of it: what is left unread when a connection closes takes the answer with it."""
    head, heard = b"", connection.recv(65536)
    while heard:
        head += heard
        asked, end, body = head.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", asked, re.IGNORECASE)
        if end and len(body) >= (int(length[1]) if length else 0):
            return
        heard = connection.recv(65536)


@contextmanager
def saying(*parts: bytes, pause_s: float = 0.0) -> Iterator[str]:
    """A server that takes one request and says these parts, with pauses between them."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            take_request(connection)
            for part in parts:
                try:
                    connection.sendall(part)
                except OSError:
                    return
                if ended.wait(pause_s):
                    return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/ocsp"
    finally:
        ended.set()
        thread.join(5)
        listening.close()


def test_a_whole_answer_is_given_as_it_came(line: StatusLine) -> None:
    with saying(OK % 5, b"wh", b"ole") as url:
        assert line.ask(url, b"?", WITHIN_S) == b"whole"


@pytest.mark.parametrize(
    "parts",
    [
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n",),
        (b"HTTP/1.1 302 There\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",),
        (OK % (MOST_ANSWER + 1), b"x" * (MOST_ANSWER + 1)),
        (OK % 9, b"half"),
        (b"what?\r\n\r\n",),
        (),
    ],
    ids=["an error", "somewhere else", "too long", "cut off", "no HTTP", "nothing"],
)
def test_anything_else_is_unreachable(line: StatusLine, parts: tuple[bytes, ...]) -> None:
    with saying(*parts) as url, pytest.raises(Unreachable):
        line.ask(url, b"?", WITHIN_S)


def test_who_answers_drop_by_drop_is_not_waited_for(line: StatusLine) -> None:
    began = time.monotonic()
    with saying(OK % 1000, *([b"x"] * 1000), pause_s=0.05) as url, pytest.raises(Unreachable):
        line.fetch(url, WITHIN_S)
    assert time.monotonic() - began < 3 * WITHIN_S


def test_where_nobody_listens_it_is_told_at_once(line: StatusLine) -> None:
    with pytest.raises(Unreachable):
        line.ask("http://127.0.0.1:9/ocsp", b"?", WITHIN_S)
