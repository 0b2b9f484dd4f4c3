"""As much of DER as a time stamp needs, written and read. Source: X.690 (published)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

INTEGER, OCTETS, NULL, OID, SEQUENCE, SET, BOOLEAN, TIME = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31, 0x01, 0x18
_LONG = 0x80


def tagged(tag: int, *parts: bytes) -> bytes:
    """One value: tag, length, contents."""
    content = b"".join(parts)
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG | len(length)]) + length + content


def number(value: int) -> bytes:
    """An INTEGER that is not negative."""
    return tagged(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def name(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    return tagged(OID, b"".join(map(_base128, (first * 40 + second, *rest))))


def instant(at: datetime) -> bytes:
    """A GeneralizedTime in whole seconds."""
    return tagged(TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())


def set_of(values: Sequence[bytes], tag: int = SET) -> bytes:
    """A SET OF, in the order that DER wants."""
    return tagged(tag, *sorted(values))


def read(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and contents of each value in ``data``. Errors: ValueError where it breaks off."""
    offset = 0
    while offset < len(data):
        if len(data) - offset < len(b"tl"):
            raise ValueError("no length")
        tag, size, offset = data[offset], data[offset + 1], offset + 2
        if size & _LONG:
            count = size & ~_LONG
            size, offset = int.from_bytes(data[offset : offset + count], "big"), offset + count
        if offset + size > len(data):
            raise ValueError("breaks off")
        yield tag, data[offset : offset + size]
        offset += size


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(_LONG | value & 0x7F)
    return bytes(reversed(digits))
