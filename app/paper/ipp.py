"""IPP, as much of it as is needed to look at printers and jobs: requests and answers, over a socket or TCP."""

import http.client
import itertools
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import PrintServiceGone

GET_JOB, GET_PRINTERS = 0x0009, 0x4002
"""Get-Job-Attributes (RFC 8011, published) and CUPS-Get-Printers (CUPS Implementation of IPP, published)."""
NOT_FOUND = 0x0406
"""client-error-not-found (RFC 8011, published); CUPS says so too when it has no printer at all."""
_WORST_GOOD = 0x00FF
_VERSION = b"\x02\x00"
_OPERATION, _PRINTER, _END = 0x01, 0x04, 0x03
_LAST_DELIMITER = 0x0F
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_TEXTS = range(0x40, 0x4A)
_WITH_LANGUAGE = (0x35, 0x36)
_PORT = 631
_LONGEST_ANSWER = 4_000_000

Value = str | int | bool
Group = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """``status``: an IPP status code; ``groups``: attributes of each object, the operation's own left out."""

    status: int
    groups: tuple[Group, ...]

    @property
    def is_good(self) -> bool:
        return self.status <= _WORST_GOOD


class PrintService:
    """A CUPS server. ``server``: a socket's path or ``host[:port]``, as CUPS_SERVER says it. Times out after some s."""

    def __init__(self, server: str, timeout_s: float = 5.0) -> None:
        self._server, self._timeout_s = server, timeout_s

    def ask(self, operation: int, wanted: Sequence[str], **about: str) -> Answer:
        """``about``: attributes of the request by name, "_" for "-". Errors: PrintServiceGone."""
        attributes = [
            (_URI if name.endswith("uri") else _NAME, name.replace("_", "-"), one) for name, one in about.items()
        ]
        body = encode_request(operation, attributes, wanted)
        line = _connection(self._server, self._timeout_s)
        try:
            line.request("POST", "/", body, {"Content-Type": "application/ipp", "Host": "localhost"})
            answer = line.getresponse()
            content = answer.read(_LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise PrintServiceGone from error
        finally:
            line.close()
        if answer.status != http.client.OK:
            raise PrintServiceGone
        return decode_answer(content)


if sys.platform != "win32":

    class _SocketConnection(http.client.HTTPConnection):
        """HTTP over a Unix socket."""

        def __init__(self, path: str, timeout_s: float) -> None:
            super().__init__("localhost", timeout=timeout_s)
            self._path, self._timeout_s = path, timeout_s

        def connect(self) -> None:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.settimeout(self._timeout_s)
            self.sock.connect(self._path)


def _connection(server: str, timeout_s: float) -> http.client.HTTPConnection:
    if sys.platform != "win32" and server.startswith("/"):
        return _SocketConnection(server, timeout_s)
    host, _, port = server.partition(":")
    return http.client.HTTPConnection(host, int(port) if port.isdecimal() else _PORT, timeout=timeout_s)


def encode_request(operation: int, attributes: Sequence[tuple[int, str, str]], wanted: Sequence[str]) -> bytes:
    """One request. Source: RFC 8010 section 3, published."""
    head = _VERSION + operation.to_bytes(2, "big") + (1).to_bytes(4, "big") + bytes([_OPERATION])
    fixed = [(_CHARSET, "attributes-charset", "utf-8"), (_LANGUAGE, "attributes-natural-language", "en")]
    names = [(_KEYWORD, "" if at else "requested-attributes", one) for at, one in enumerate(wanted)]
    return head + b"".join(itertools.starmap(_attribute, (*fixed, *attributes, *names))) + bytes([_END])


def _attribute(tag: int, name: str, value: str) -> bytes:
    parts = (text.encode() for text in (name, value))
    return bytes([tag]) + b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def decode_answer(content: bytes) -> Answer:
    """An answer's status and objects. Errors: PrintServiceGone for bytes that are no IPP."""
    try:
        status = int.from_bytes(content[2:4], "big")
        groups = tuple(_groups(content[8:])) if len(content) >= len(_VERSION) + 6 else None
    except (IndexError, UnicodeDecodeError) as error:
        raise PrintServiceGone from error
    if groups is None:
        raise PrintServiceGone
    return Answer(status, groups)


def _groups(content: bytes) -> Iterator[Group]:
    """Each object's attributes; IndexError where it breaks off."""
    at, kind, group, last = 0, 0, dict[str, tuple[Value, ...]](), ""
    while True:
        tag = content[at]
        at += 1
        if tag <= _LAST_DELIMITER:
            if kind > _OPERATION:
                yield group
            if tag == _END:
                return
            kind, group, last = tag, {}, ""
            continue
        name, at = _piece(content, at)
        value, at = _piece(content, at)
        last = name.decode() or last
        group[last] = (*group.get(last, ()), *_value(tag, value))


def _piece(content: bytes, at: int) -> tuple[bytes, int]:
    size = int.from_bytes(content[at : at + 2], "big")
    end = at + 2 + size
    if end > len(content):
        raise IndexError
    return content[at + 2 : end], end


def _value(tag: int, value: bytes) -> tuple[Value, ...]:
    """What it says; () for types that nobody here asks for."""
    if tag in {_INTEGER, _ENUM}:
        return (int.from_bytes(value, "big", signed=True),)
    if tag == _BOOLEAN:
        return (value != b"\x00",)
    if tag in _TEXTS:
        return (value.decode(),)
    if tag in _WITH_LANGUAGE:
        return (_piece(value, 2 + int.from_bytes(value[:2], "big"))[0].decode(),)
    return ()
