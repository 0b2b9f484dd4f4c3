"""A line to another program: mutual TLS, messages in, messages or errors out."""

import logging
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from app.domain.secret import Secret
from app.errors import Unreachable, WrongKey
from app.settings import TlsPlace
from app.wire.message import Message, decode, encode
from app.wire.problem import decode_problem

log = logging.getLogger(__name__)

A = TypeVar("A", bound=Message)
MOST = 20
"""Connections at a time: more than a counter has threads that ask. Assumed."""
IDLE_S = 55.0
"""How long a connection may rest and be used again. The other side keeps it longer: who closes in the moment of the
next request leaves the caller without an answer, and 5 s on both sides, the libraries' own, did so (measured)."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What goes with a request: trace number, the key against doing it twice, the session's token ("" for none)."""

    trace: str
    key: str
    token: Secret | None = None


class Line:
    """One other program. Usable from several threads; connections are kept open.

    ``tls`` a path: the other side's authority alone, and this end shows no certificate. ``is_down``: the last request
    got no answer. Errors: WrongKey when key and certificates can't be used with this passphrase.
    """

    def __init__(self, url: str, tls: TlsPlace | Path, passphrase: Secret | None, timeout_s: float = 10.0) -> None:
        password = None if passphrase is None else passphrase.text()
        try:
            if isinstance(tls, Path):
                context = _context(tls)
            else:
                context = _context(tls.authority)
                context.load_cert_chain(str(tls.certificate), str(tls.key), password)
        except OSError as error:
            raise WrongKey(what="tls_key") from error
        self._timeout_s = timeout_s
        self.is_down = False
        self._is_closed = False
        limits = httpx.Limits(max_connections=MOST, max_keepalive_connections=MOST, keepalive_expiry=IDLE_S)
        self._client = httpx.Client(base_url=url, verify=context, timeout=timeout_s, limits=limits, trust_env=False)

    def ask(self, path: str, message: Message, gives: type[A], headers: Headers, silence_s: float | None = None) -> A:
        """The answer to ``message``. Errors: Unreachable when no whole answer came; what the other side raised.

        Time: blocks, at most ``silence_s`` (the line's timeout) for connecting and for each silence.
        """
        if self._is_closed:
            raise Unreachable
        timeout_s = self._timeout_s if silence_s is None else silence_s
        sent = {"madoguchi-trace": headers.trace, "madoguchi-key": headers.key, "content-type": "application/json"}
        if headers.token is not None:
            sent["authorization"] = f"Bearer {headers.token.text()}"
        try:
            response = self._post(path, encode(message), sent, timeout_s)
        except (httpx.TransportError, ssl.SSLError) as error:
            self.is_down = True
            log.info("the office did not answer", extra={"kind": type(error).__name__, "trace": headers.trace})
            raise Unreachable from error
        self.is_down = False
        log.info("asked", extra={"path": path, "status": response.status_code, "trace": headers.trace})
        if response.status_code != httpx.codes.OK:
            raise decode_problem(response.content)
        return decode(response.content, gives)

    def close(self) -> None:
        """End the connections; one that somebody still waits on ends with what it waits for."""
        self._is_closed = True
        self._client.close()

    def _post(self, path: str, content: bytes, sent: dict[str, str], timeout_s: float) -> httpx.Response:
        """The client's answer, also while the line is being closed.

        The library forgets a connection that is still being made then, and leaves it open.
        """
        try:
            response = self._client.post(path, content=content, headers=sent, timeout=timeout_s)
        except RuntimeError as error:
            if self._is_closed:
                raise Unreachable from error
            raise
        if self._is_closed:
            response.extensions["network_stream"].close()
        return response


def _context(authority: Path) -> ssl.SSLContext:
    """The other side's certificate is asked for, and the host's name must be that of its certificate.

    Made by hand: the library's default would write every connection's keys to a file that the environment names.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(str(authority))
    return context
