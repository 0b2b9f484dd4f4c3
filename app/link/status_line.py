"""The way to an authority's status service: bytes posted or fetched over HTTP; what comes back proves itself."""

import logging
import ssl

import httpx

from app.domain.clock import Clock
from app.errors import Unreachable

log = logging.getLogger(__name__)

OCSP, TIME_STAMP = "application/ocsp-request", "application/timestamp-query"
MOST_ANSWER = 65_536
"""Bytes of an answer to one question. Assumed; some 2,000 with the responder's certificate, measured."""
MOST_LIST = 134_217_728
"""Bytes of a list: some three million entries of 40. Assumed."""
CONNECT_S = 1.5
"""How long connecting may take. Assumed."""


class StatusLine:
    """Asks the status service. Usable from several threads. Nothing is followed elsewhere, no proxy is used."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._client = httpx.Client(
            verify=_context(), trust_env=False, follow_redirects=False, headers={"accept-encoding": "identity"}
        )

    def ask(self, url: str, question: bytes, within_s: float, kind: str = OCSP) -> bytes:
        """The answer to a request of ``kind``. Errors: Unreachable. Time: blocks, ``within_s`` once connected."""
        request = self._client.build_request(
            "POST",
            url,
            content=question,
            headers={"content-type": kind},
            timeout=_limits(within_s),
        )
        return self._whole(request, MOST_ANSWER, within_s)

    def fetch(self, url: str, within_s: float) -> bytes:
        """A list. Errors: Unreachable. Time: as ``ask``."""
        return self._whole(self._client.build_request("GET", url, timeout=_limits(within_s)), MOST_LIST, within_s)

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _whole(self, request: httpx.Request, most: int, within_s: float) -> bytes:
        """The body, as long as it comes in time and is not longer than ``most``."""
        ends = self._clock.monotonic() + within_s
        body = bytearray()
        try:
            response = self._client.send(request, stream=True)
            try:
                if response.status_code != httpx.codes.OK:
                    raise _unreachable("status", response.status_code)
                for part in response.iter_raw():
                    body += part
                    if len(body) > most or self._clock.monotonic() > ends:
                        raise _unreachable("too_long", len(body))
            finally:
                response.close()
        except (httpx.TransportError, ssl.SSLError) as error:
            raise _unreachable(type(error).__name__, 0) from error
        return bytes(body)


def _limits(within_s: float) -> httpx.Timeout:
    return httpx.Timeout(within_s, connect=min(within_s, CONNECT_S))


def _unreachable(kind: str, number: int) -> Unreachable:
    log.info("the status service did not answer", extra={"kind": kind, "number": number})
    return Unreachable()


def _context() -> ssl.SSLContext:
    """For a service under https: the system's authorities, and no file that the environment names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context
