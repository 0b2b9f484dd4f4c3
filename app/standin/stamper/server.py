"""The stamper over HTTP on the loopback address. Source: RFC 3161 section 3.4 (published)."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self

from app.durable.worker import Pool

LOOPBACK, PATH = "127.0.0.1", "/tsa"
MOST_QUESTION = 4096
_POLL_S = 0.05


class Answers(Protocol):
    """What is answered to a question that was posted."""

    def answer(self, question: bytes) -> bytes: ...


class StampServer:
    """The service while it runs, at any free port. ``answers`` is called when the first question comes.

    ``is_down``: for tests, it answers 503.
    """

    def __init__(self, answers: Callable[[], Answers]) -> None:
        self._make = answers
        self._answers: Answers | None = None
        self.is_down = False
        self._server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self))
        self._server.daemon_threads = True
        self._pool = Pool("stamper", 1)
        self._pool.submit(lambda: self._server.serve_forever(_POLL_S))

    @property
    def url(self) -> str:
        """Where stamps are asked for."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}{PATH}"

    @property
    def answers(self) -> Answers:
        if self._answers is None:
            self._answers = self._make()
        return self._answers

    def close(self) -> None:
        """End after the answers that are on their way."""
        self._server.shutdown()
        self._pool.close()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _handler(server: StampServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "training"
        timeout = 10.0

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(min(length, MOST_QUESTION + 1))
            is_known = self.path == PATH and not server.is_down
            self._say(200 if is_known else 503, server.answers.answer(body) if is_known else b"")

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 -- the library's name
            """Nothing."""

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
