"""What a font's character map (cmap) says: which characters it has, and which variants (IVS) of them. Bytes in."""

import struct
import sys
from array import array
from bisect import bisect_right
from mmap import mmap

_UNICODE, _WINDOWS, _VARIATIONS = 0, 3, 5
_FULL = {(_WINDOWS, 10), (_UNICODE, 4), (_UNICODE, 6)}
_BASIC = {(_WINDOWS, 1), (_UNICODE, 3)}
_SEGMENTED, _SEGMENTED_FULL = 4, 12
DEFAULT = -1
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def is_selector(character: str) -> bool:
    """Whether ``character`` is a variation selector."""
    return any(first <= ord(character) <= last for first, last in _SELECTORS)


def clusters(text: str) -> list[str]:
    """``text`` cut into characters, each with its selector if it has one."""
    found: list[str] = []
    for character in text:
        if found and is_selector(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def codes(text: str) -> str:
    """The code points of ``text`` as a register writes them: "U+8FBB U+E0101"."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


class Variations:
    """The format 14 subtable of a font, looked up in place (IPAmj has 11,474 sequences; nothing is unpacked).

    ``cmap``: the table's bytes. Source: OpenType 1.9, cmap, published.
    """

    def __init__(self, cmap: bytes) -> None:
        self._at: dict[int, tuple[int, int]] = {}
        self._table = b""
        for kind, offset in _subtables(cmap):
            if kind == (_UNICODE, _VARIATIONS):
                self._open(cmap[offset:])

    def _open(self, table: bytes) -> None:
        self._table = table
        for place in range(10, 10 + 11 * int.from_bytes(table[6:10], "big"), 11):
            defaults, others = struct.unpack_from(">II", table, place + 3)
            self._at[int.from_bytes(table[place : place + 3], "big")] = (defaults, others)

    def glyph(self, base: int, selector: int) -> int | None:
        """The glyph's number, ``DEFAULT`` for the plain glyph, None if the font does not know the sequence."""
        defaults, others = self._at.get(selector, (0, 0))
        if others and (place := self._row(others, 5, base)) is not None and self._code(place) == base:
            return int.from_bytes(self._table[place + 3 : place + 5], "big")
        if defaults and (place := self._row(defaults, 4, base)) is not None:
            return DEFAULT if base <= self._code(place) + self._table[place + 3] else None
        return None

    def _row(self, start: int, width: int, base: int) -> int | None:
        """The last row (sorted by code) that begins at or before ``base``."""
        count = int.from_bytes(self._table[start : start + 4], "big")
        rows = range(start + 4, start + 4 + width * count, width)
        index = bisect_right(rows, base, key=self._code) - 1
        return rows[index] if index >= 0 else None

    def _code(self, place: int) -> int:
        return int.from_bytes(self._table[place : place + 3], "big")


class CharacterMap:
    """Which characters a font has. ``cmap``: the table's bytes; formats 4 and 12 (OpenType 1.9, published)."""

    def __init__(self, cmap: bytes) -> None:
        self._first, self._last = array("I"), array("I")
        tables = dict(_subtables(cmap))
        full = next((tables[kind] for kind in _FULL if kind in tables), None)
        basic = next((tables[kind] for kind in _BASIC if kind in tables), None)
        if full is not None and int.from_bytes(cmap[full : full + 2], "big") == _SEGMENTED_FULL:
            self._read_full(cmap[full:])
        elif basic is not None and int.from_bytes(cmap[basic : basic + 2], "big") == _SEGMENTED:
            self._read_basic(cmap[basic:])

    def has(self, character: str) -> bool:
        """Whether there is a glyph for this one character."""
        at = bisect_right(self._first, ord(character)) - 1
        return at >= 0 and ord(character) <= self._last[at]

    def _read_full(self, table: bytes) -> None:
        numbers = _big(table[16 : 16 + 12 * int.from_bytes(table[12:16], "big")], "I")
        self._first, self._last = numbers[0::3], numbers[1::3]

    def _read_basic(self, table: bytes) -> None:
        """Segments; codes in them whose glyph is 0 are none."""
        count = int.from_bytes(table[6:8], "big") // 2
        lasts = _big(table[14 : 14 + 2 * count], "H")
        firsts, deltas, offsets = (_big(table[16 + 2 * count * n : 16 + 2 * count * (n + 1)], "H") for n in (1, 2, 3))
        for at in range(count):
            for code in range(firsts[at], min(lasts[at], 0xFFFE) + 1):
                glyph = code
                if offsets[at]:
                    place = 16 + 6 * count + 2 * at + offsets[at] + 2 * (code - firsts[at])
                    glyph = int.from_bytes(table[place : place + 2], "big")
                if glyph and (glyph + deltas[at]) & 0xFFFF:
                    self._first.append(code)
                    self._last.append(code)


def cmap_of(font: bytes | mmap, index: int = 0) -> bytes:
    """The cmap table of a font file, the ``index``-th of a collection; b"" where there is none."""
    start = struct.unpack_from(">I", font, 12 + 4 * index)[0] if font[:4] == b"ttcf" else 0
    count = int.from_bytes(font[start + 4 : start + 6], "big")
    for place in range(start + 12, start + 12 + 16 * count, 16):
        if font[place : place + 4] == b"cmap":
            offset, size = struct.unpack_from(">II", font, place + 8)
            return bytes(font[offset : offset + size])
    return b""


def _subtables(cmap: bytes) -> list[tuple[tuple[int, int], int]]:
    """Platform and encoding → where it begins."""
    count = int.from_bytes(cmap[2:4], "big") if cmap else 0
    rows = (struct.unpack_from(">HHI", cmap, place) for place in range(4, 4 + 8 * count, 8))
    return [((platform, encoding), offset) for platform, encoding, offset in rows]


def _big(content: bytes, width: str) -> "array[int]":
    """Numbers as fonts write them, largest byte first."""
    numbers = array(width, content)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
