"""A command as it comes over the wire, short or extended. Source: ISO 7816-4 section 5.1, published."""

from dataclasses import dataclass

_HEAD, _EXTENDED_LENGTH = 4, 3
_SHORT, _LONG = 0x100, 0x10000


@dataclass(frozen=True, slots=True)
class Apdu:
    """``most``: how many bytes the answer may have."""

    cla: int
    ins: int
    data: bytes
    most: int


def parse(apdu: bytes) -> Apdu | None:
    """The command; None when its lengths do not add up."""
    if len(apdu) < _HEAD:
        return None
    body = apdu[_HEAD:]
    parts = _extended(body) if len(body) >= _EXTENDED_LENGTH and body[0] == 0 else _short(body)
    return None if parts is None else Apdu(apdu[0], apdu[1], *parts)


def _short(body: bytes) -> tuple[bytes, int] | None:
    if len(body) <= 1:
        return b"", (body[0] if body else 0) or _SHORT
    end = 1 + body[0]
    rest = body[end:]
    if len(body) < end or len(rest) > 1:
        return None
    return body[1:end], (rest[0] if rest else 0) or _SHORT


def _extended(body: bytes) -> tuple[bytes, int] | None:
    length = int.from_bytes(body[1:_EXTENDED_LENGTH], "big")
    if len(body) == _EXTENDED_LENGTH:
        return b"", length or _LONG
    end = _EXTENDED_LENGTH + length
    rest = body[end:]
    if len(body) < end or len(rest) not in {0, 2}:
        return None
    return body[_EXTENDED_LENGTH:end], int.from_bytes(rest, "big") or _LONG
