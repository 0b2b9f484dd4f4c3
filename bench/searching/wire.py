"""One connection of a clerk: prepared bytes over mutual TLS, so that who asks costs the machine next to nothing."""

import socket
import ssl
from typing import TypeVar
from urllib.parse import urlsplit

from app.link.line import Headers
from app.wire.message import Message, decode, encode
from app.wire.problem import decode_problem
from bench.searching.office import Office

A = TypeVar("A", bound=Message)
_TIMEOUT_S = 60.0
_SOME = 65_536
_LENGTH, _END = b"content-length:", b"\r\n\r\n"
_OK = b"200"


class Wire:
    """HTTP/1.1 over one socket, one request at a time: a tenth of the processor time of the product's own client.

    The clerks stand for sixteen machines; what they compute would be taken from the two cores that are measured.
    """

    def __init__(self, office: Office) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_verify_locations(office.tls.authority)
        context.load_cert_chain(office.tls.certificate, office.tls.key)
        place = urlsplit(office.url)
        host, port = place.hostname or "", place.port or 0
        plain = socket.create_connection((host, port), _TIMEOUT_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = context.wrap_socket(plain, server_hostname=host)
        self._host = f"{host}:{port}"

    def ask(self, path: str, message: Message, gives: type[A], headers: Headers) -> A:
        """The answer. Errors: what the backend raised; RuntimeError when it is gone."""
        status, body = self.exchange(self.prepared(path, message, headers))
        if status != _OK:
            raise decode_problem(body)
        return decode(body, gives)

    def prepared(self, path: str, message: Message, headers: Headers) -> bytes:
        """A request as it goes out."""
        body = encode(message)
        token = "" if headers.token is None else f"authorization: Bearer {headers.token.text()}\r\n"
        head = (
            f"POST {path} HTTP/1.1\r\nhost: {self._host}\r\ncontent-type: application/json\r\n"
            f"madoguchi-trace: {headers.trace}\r\nmadoguchi-key: {headers.key}\r\n{token}"
            f"content-length: {len(body)}\r\n\r\n"
        )
        return head.encode("ascii") + body

    def exchange(self, request: bytes) -> tuple[bytes, bytes]:
        """Status and body of the answer; blocks until it is whole."""
        self._line.sendall(request)
        came = b""
        while (end := came.find(_END)) < 0:
            came += self._more()
        head, parts = came[:end].lower(), [came[end + len(_END) :]]
        missing = _length(head) - len(parts[0])
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return head.split(b" ", 2)[1], b"".join(parts)

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _more(self) -> bytes:
        some = self._line.recv(_SOME)
        if not some:
            raise RuntimeError("the backend is gone")
        return some


def _length(head: bytes) -> int:
    return int(head[head.index(_LENGTH) + len(_LENGTH) :].split(b"\r\n", 1)[0])
