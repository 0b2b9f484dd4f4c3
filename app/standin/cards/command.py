"""A command as it reaches the chip (ISO 7816-4 cases 1 to 4, short and extended)."""

from dataclasses import dataclass

_HEAD_BYTES = 4
_WRONG_LENGTH = 0x6700


class CommandFault(Exception):
    """The chip refuses; ``status`` is its status word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Command:
    """Header, data and the number of bytes wanted (None: none)."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    @classmethod
    def parse(cls, apdu: bytes) -> "Command":
        """Errors: CommandFault 6700."""
        if len(apdu) < _HEAD_BYTES:
            raise CommandFault(_WRONG_LENGTH)
        data, le = _body(apdu[_HEAD_BYTES:])
        return cls(apdu[0], apdu[1], apdu[2], apdu[3], data, le)


def _body(body: bytes) -> tuple[bytes, int | None]:
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or 256
    width = 1 if body[0] else 3
    if width > 1 and len(body) == 3:  # noqa: PLR2004 - 00 and two bytes of length: extended, no data
        return b"", int.from_bytes(body[1:], "big") or 65536
    size = int.from_bytes(body[:width], "big")
    data, rest = body[width : width + size], body[width + size :]
    if len(data) != size or len(rest) not in {0, 1 if width == 1 else 2}:
        raise CommandFault(_WRONG_LENGTH)
    return data, (int.from_bytes(rest, "big") or 256 ** len(rest)) if rest else None
