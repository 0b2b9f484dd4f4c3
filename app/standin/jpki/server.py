"""The status service on the loopback address: questions by POST or GET, lists by GET, in threads of its own."""

import base64
import binascii
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from cryptography.x509.ocsp import OCSPResponseStatus

from app.domain.clock import Clock
from app.durable.worker import Pool
from app.standin.jpki.publisher import Publisher
from app.standin.jpki.register import Register
from app.standin.jpki.responder import Responder, refusal

LOOPBACK = "127.0.0.1"
MOST_QUESTION = 4096
"""Bytes of a request that is read at all."""
ANSWER, LIST = "application/ocsp-response", "application/pkix-crl"
_POLL_S = 0.05
_OCSP, _LISTS = "/ocsp", "/crl/"
Answer = tuple[int, str, bytes]
"""HTTP status, content type, body."""
NOT_FOUND: Answer = (404, "text/plain", b"")
Twist = Callable[[Answer], Answer]
"""What happens to an answer on its way."""


class StatusAnswers:
    """What is answered on which path. ``registers``: made when the first question comes, for it may take a while."""

    def __init__(
        self, registers: Callable[[], Sequence[Register]], clock: Clock, publisher: Publisher | None = None
    ) -> None:
        self._make = registers
        self._clock = clock
        self._publisher = publisher or Publisher()
        self._registers: tuple[Register, ...] = ()
        self._responder = Responder(())

    def answer(self, question: bytes) -> Answer:
        """To a request; one that is too long is not looked at."""
        self._ready()
        if len(question) > MOST_QUESTION:
            return 200, ANSWER, refusal(OCSPResponseStatus.MALFORMED_REQUEST)
        return 200, ANSWER, self._responder.answer(question, self._clock.now())

    def page(self, path: str) -> Answer:
        """A list by the key of its authority, or the answer to a request that stands in the path (RFC 6960 A.1)."""
        self._ready()
        if path.startswith(f"{_OCSP}/"):
            try:
                return self.answer(base64.b64decode(unquote(path.removeprefix(f"{_OCSP}/")), validate=True))
            except (ValueError, binascii.Error):
                return 200, ANSWER, refusal(OCSPResponseStatus.MALFORMED_REQUEST)
        found = next((one for one in self._registers if path == list_path(one)), None)
        return NOT_FOUND if found is None else (200, LIST, self._publisher.newest(found, self._clock.now()))

    def _ready(self) -> None:
        if not self._registers:
            registers = tuple(self._make())
            self._responder, self._registers = Responder(registers), registers


class StatusServer:
    """The service while it runs. ``port`` 0: any free one; ``twist``: for tests, changes answers on their way."""

    def __init__(self, answers: StatusAnswers, port: int = 0, twist: Twist | None = None) -> None:
        self.twist = twist
        self._server = ThreadingHTTPServer((LOOPBACK, port), _handler(self, answers))
        self._server.daemon_threads = True
        self._pool = Pool("status-service", 1)
        self._pool.submit(lambda: self._server.serve_forever(_POLL_S))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    @property
    def responder(self) -> str:
        return f"{self.url}{_OCSP}"

    def list_at(self, register: Register) -> str:
        """Where the list of an authority is found."""
        return f"{self.url}{list_path(register)}"

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


def list_path(register: Register) -> str:
    """The path of an authority's list."""
    return f"{_LISTS}{register.key_id}.crl"


def _handler(server: StatusServer, answers: StatusAnswers) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "training"
        timeout = 10.0

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(min(length, MOST_QUESTION + 1))
            self._say(answers.answer(body) if self.path == _OCSP else NOT_FOUND)

        def do_GET(self) -> None:
            self._say(answers.page(self.path))

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
