"""The network over HTTPS on the loopback address: mutual TLS, one path for each party, one change at a time."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, TypeVar

from app.durable.worker import Pool
from app.errors import AppError, NotAllowed, NotUnderstood
from app.settings import TlsPlace
from app.standin.jukinet.parties import Parties
from app.trust.authority import slices_of
from app.wire.letter import Letter
from app.wire.message import decode, encode
from app.wire.problem import problem

LOOPBACK = "127.0.0.1"
MOST = 4_194_304
"""Bytes of a request that is read at all."""
T = TypeVar("T")
_POLL_S = 0.05
_REFUSED = 422


@dataclass
class Trouble:
    """For tests: parties that are not reached, whose answers are lost, and seconds that everybody takes longer."""

    away: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    delay_s: float = 0.0


class NetworkServer:
    """The network while it runs, at any free port unless one is given.

    ``parties`` is called when the first letter comes: reading what is kept need not hold up a start.
    """

    def __init__(self, parties: Callable[[], Parties], tls: TlsPlace, port: int = 0) -> None:
        self.trouble = Trouble()
        self._make = parties
        self._parties: Parties | None = None
        self._server = _Server(self, port)
        self._server.socket = _context(tls).wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._pool, self._turns = Pool("network", 1), Pool("network-turn", 1)
        self._pool.submit(lambda: self._server.serve_forever(_POLL_S))

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"https://{LOOPBACK}:{self.port}"

    @property
    def parties(self) -> Parties:
        return self.turn(self._opened)

    def turn(self, work: Callable[[], T]) -> T:
        """Do ``work`` when nobody else changes anything."""
        return self._turns.submit(work).result()

    def answer(self, path: str, body: bytes) -> bytes:
        """The answer to a letter at ``path``, which names the party."""
        _, party, version = path.split("/") if path.count("/") == 2 else ("", "", "")  # noqa: PLR2004 -- /party/v1
        if version != "v1":
            raise NotUnderstood(what="path")
        letter = decode(body, Letter)
        return encode(self.turn(lambda: self._opened().answer(party, letter)))

    def close(self) -> None:
        """End after the answers that are on their way."""
        self._server.shutdown()
        self._pool.close()
        self._turns.close()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> Parties:
        if self._parties is None:
            self._parties = self._make()
        return self._parties


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, network: NetworkServer, port: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.network = network

    def handle_error(self, request: object, client_address: object) -> None:
        """Who is not let in, or goes away, is no error of the network."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "network"
    timeout = 30.0

    def do_POST(self) -> None:
        party, trouble = self.path.partition("/")[2].partition("/")[0], self.server.network.trouble
        self.close_connection = party in trouble.away | trouble.lost
        if party in trouble.away:
            return
        time.sleep(trouble.delay_s)
        status, answer = self._answered()
        if party not in trouble.lost:
            self._say(status, answer)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 -- the library's name
        """Nothing."""

    def _answered(self) -> tuple[int, bytes]:
        body = self.rfile.read(min(int(self.headers.get("content-length") or 0), MOST + 1))
        try:
            self._demand_slice()
            return 200, self.server.network.answer(self.path, body)
        except AppError as error:
            return _REFUSED, encode(problem(error, self.headers.get("madoguchi-trace", "")))

    def _demand_slice(self) -> None:
        """Errors: NotAllowed unless the caller's certificate is that of a communication server."""
        connection = self.connection
        der = connection.getpeercert(binary_form=True) if isinstance(connection, ssl.SSLSocket) else None
        if der is None or "jukinet" not in slices_of(der):
            raise NotAllowed

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _context(tls: TlsPlace) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(str(tls.authority))
    context.load_cert_chain(str(tls.certificate), str(tls.key))
    return context
