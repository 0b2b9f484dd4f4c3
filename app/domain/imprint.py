"""印影: the picture of a seal's imprint, read far enough to know how large the imprint is."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.errors import Refused

_HEAD = b"\x89PNG\r\n\x1a\n"
_GREY, _DEPTH = 0, 8
_PER_METRE = 1
_CHUNK_ROOM = 12
"""Bytes of a chunk besides its data: length, type, checksum."""
DARK = 160
"""Below this a point is ink, of 255. Assumed: scans of red and black ink turned to grey."""
_TENTHS_PER_METRE = 10_000
_INKED = bytes(1 if value < DARK else 0 for value in range(256))


@dataclass(frozen=True, slots=True)
class ImprintLimits:
    """What a picture may be: ``bytes_``, ``pixels`` a side, and at least ``dots`` per inch."""

    bytes_: int
    pixels: int
    dots: int


@dataclass(frozen=True, slots=True)
class Imprint:
    """Width and height of the whole picture and of the ink in it, tenths of a millimetre."""

    picture: tuple[int, int]
    ink: tuple[int, int]


def read_imprint(png: bytes, limits: ImprintLimits) -> Imprint:
    """Measure a PNG of 8 bit grey without interlace that says its scale. Source: PNG 3rd edition, published.

    Errors: Refused ``imprint_unreadable``, ``imprint_too_large``, ``imprint_scale``, ``imprint_empty``.
    """
    if len(png) > limits.bytes_:
        raise Refused("imprint_too_large")
    try:
        width, height, per_metre, packed = _chunks(png)
        if max(width, height) > limits.pixels:
            raise Refused("imprint_too_large")
        rows = list(_rows(_unpacked(packed, height * (width + 1)), width, height))
    except (struct.error, zlib.error, ValueError, IndexError):
        raise Refused("imprint_unreadable") from None
    if per_metre * 0.0254 < limits.dots:
        raise Refused("imprint_scale")
    return Imprint(_tenths((width, height), per_metre), _tenths(_ink(rows), per_metre))


def _tenths(size: tuple[int, int], per_metre: int) -> tuple[int, int]:
    return round(size[0] * _TENTHS_PER_METRE / per_metre), round(size[1] * _TENTHS_PER_METRE / per_metre)


def _chunks(png: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, points per metre (0: not said), packed rows. Errors: ValueError, struct.error."""
    if not png.startswith(_HEAD):
        raise ValueError
    at, data, size, per_metre = len(_HEAD), b"", (0, 0), 0
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + length]
        (stated,) = struct.unpack_from(">I", png, at + 8 + length)
        if stated != zlib.crc32(name + body):
            raise ValueError
        if name == b"IHDR":
            size = _head(body)
        elif name == b"pHYs":
            across, down, unit = struct.unpack(">IIB", body)
            per_metre = across if across == down and unit == _PER_METRE else 0
        elif name == b"IDAT":
            data += body
        at += length + _CHUNK_ROOM
    return *size, per_metre, data


def _head(body: bytes) -> tuple[int, int]:
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
    if (depth, colour, interlace) != (_DEPTH, _GREY, 0) or not width or not height:
        raise ValueError
    return width, height


def _unpacked(packed: bytes, size: int) -> bytes:
    """Exactly ``size`` bytes: a picture that unpacks to more is none."""
    plain = zlib.decompressobj().decompress(packed, size + 1)
    if len(plain) != size:
        raise ValueError
    return plain


def _rows(plain: bytes, width: int, height: int) -> Iterator[bytearray]:
    above = bytearray(width)
    for at in range(height):
        start = at * (width + 1)
        above = _unfiltered(plain[start], plain[start + 1 : start + 1 + width], above)
        yield above


def _unfiltered(kind: int, line: bytes, above: bytearray) -> bytearray:
    """One row without its filter, which is one of five. Errors: ValueError."""
    row = bytearray(line)
    if kind == _NO_FILTER:
        return row
    if kind == _UP:
        return bytearray((value + up) & 0xFF for value, up in zip(row, above, strict=True))
    guess = _GUESSES.get(kind)
    if guess is None:
        raise ValueError
    left = corner = 0
    for x, up in enumerate(above):
        left = row[x] = (row[x] + guess(left, up, corner)) & 0xFF
        corner = up
    return row


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


_NO_FILTER, _UP = 0, 2
_GUESSES: dict[int, Callable[[int, int, int], int]] = {
    1: lambda left, _up, _corner: left,
    3: lambda left, up, _corner: (left + up) // 2,
    4: _nearest,
}
"""How each filter guesses a point by its neighbours: left, above, above left."""


def _ink(rows: list[bytearray]) -> tuple[int, int]:
    """Width and height of the box around all ink. Errors: Refused ``imprint_empty``."""
    marked = [(y, row.translate(_INKED)) for y, row in enumerate(rows) if min(row) < DARK]
    if not marked:
        raise Refused("imprint_empty")
    first = min(row.index(1) for _, row in marked)
    last = max(row.rindex(1) for _, row in marked)
    return last - first + 1, marked[-1][0] - marked[0][0] + 1
