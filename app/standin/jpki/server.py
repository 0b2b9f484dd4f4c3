"""The status service on the loopback address: questions by POST or GET, lists by GET, in threads of its own."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self

from app.durable.worker import Pool

LOOPBACK = "127.0.0.1"
MOST_QUESTION = 4096
"""Bytes of a request that is read at all."""
OCSP, LISTS = "/ocsp", "/crl/"
_POLL_S = 0.05
Answer = tuple[int, str, bytes]
"""HTTP status, content type, body."""
NOT_FOUND: Answer = (404, "text/plain", b"")
Twist = Callable[[Answer], Answer]
"""What happens to an answer on its way."""


class Answers(Protocol):
    """What is answered to questions that were posted, and on which path to others."""

    def answer(self, question: bytes) -> Answer: ...
    def page(self, path: str) -> Answer: ...


class StatusServer:
    """The service while it runs, at any free port. ``twist``: for tests, changes answers on their way.

    ``answers`` is called when the first question comes: reading keys and certificates need not hold up a start.
    """

    def __init__(self, answers: Callable[[], Answers], twist: Twist | None = None) -> None:
        self.twist = twist
        self._make = answers
        self._answers: Answers | None = None
        self._server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self))
        self._server.daemon_threads = True
        self._pool = Pool("status-service", 1)
        self._pool.submit(lambda: self._server.serve_forever(_POLL_S))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    @property
    def responder(self) -> str:
        return f"{self.url}{OCSP}"

    def list_of(self, name: str) -> str:
        """Where the list of the authority of that name is found."""
        return f"{self.url}{list_path(name)}"

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


def list_path(name: str) -> str:
    """The path of the list of the authority of that name."""
    return f"{LISTS}{name}.crl"


def _handler(server: StatusServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "training"
        timeout = 10.0

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(min(length, MOST_QUESTION + 1))
            self._say(server.answers.answer(body) if self.path == OCSP else NOT_FOUND)

        def do_GET(self) -> None:
            self._say(server.answers.page(self.path))

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 -- the library's name
            """Nothing: a path may hold a certificate's number."""

        def _say(self, answer: Answer) -> None:
            status, kind, body = answer if server.twist is None else server.twist(answer)
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
