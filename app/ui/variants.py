"""Characters with variation selectors (IVS) as glyphs; Qt's own text drawing takes no notice of the selector.

Qt 6.11 draws the plain character for most sequences without any sign (measured on IPAmj明朝), so a wrong 辻 or 邉 would
be shown. Here the font's own table (cmap format 14, OpenType 1.9, published) is read and glyphs are drawn one by one.
"""

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont

from app.ui.style import NAMES, Look

_UNICODE, _VARIATIONS = 0, 5
_DEFAULT = -1
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


class _Variations:
    """The format 14 subtable of a font, looked up in place (IPAmj has 11,474 sequences; nothing is unpacked)."""

    def __init__(self, cmap: bytes) -> None:
        self._at: dict[int, tuple[int, int]] = {}
        self._table = b""
        count = int.from_bytes(cmap[2:4], "big") if cmap else 0
        for place in range(4, 4 + 8 * count, 8):
            platform, encoding, offset = struct.unpack_from(">HHI", cmap, place)
            if (platform, encoding) == (_UNICODE, _VARIATIONS):
                self._open(cmap[offset:])

    def _open(self, table: bytes) -> None:
        self._table = table
        for place in range(10, 10 + 11 * int.from_bytes(table[6:10], "big"), 11):
            defaults, others = struct.unpack_from(">II", table, place + 3)
            self._at[int.from_bytes(table[place : place + 3], "big")] = (defaults, others)

    def glyph(self, base: int, selector: int) -> int | None:
        """The glyph's number, ``_DEFAULT`` for the plain glyph, None if the font does not know the sequence."""
        defaults, others = self._at.get(selector, (0, 0))
        if others and (place := self._row(others, 5, base)) is not None and self._code(place) == base:
            return int.from_bytes(self._table[place + 3 : place + 5], "big")
        if defaults and (place := self._row(defaults, 4, base)) is not None:
            return _DEFAULT if base <= self._code(place) + self._table[place + 3] else None
        return None

    def _row(self, start: int, width: int, base: int) -> int | None:
        """The last row (sorted by code) that begins at or before ``base``."""
        count = int.from_bytes(self._table[start : start + 4], "big")
        rows = range(start + 4, start + 4 + width * count, width)
        index = bisect_right(rows, base, key=self._code) - 1
        return rows[index] if index >= 0 else None

    def _code(self, place: int) -> int:
        return int.from_bytes(self._table[place : place + 3], "big")


class Face:
    """One font at one size, with its variations."""

    def __init__(self, family: str, size_px: int) -> None:
        font = QFont(family)
        font.setPixelSize(size_px)
        self.raw = QRawFont.fromFont(font)
        self.ascent, self.descent = self.raw.ascent(), self.raw.descent()
        self._variations = _Variations(bytes(self.raw.fontTable("cmap").data()))

    def glyph(self, cluster: str) -> tuple[int, bool] | None:
        """Glyph number and whether it is exactly the variant asked for; None without even the plain character."""
        plain = self.raw.glyphIndexesForString(cluster[0])[0]
        if len(cluster) == 1:
            return (plain, True) if plain else None
        match self._variations.glyph(ord(cluster[0]), ord(cluster[1])):
            case None:
                return (plain, False) if plain else None
            case -1:
                return (plain, True)
            case exact:
                return (exact, True)


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs in place. ``missing``: characters whose exact shape no font here has, shown as the plain one or a box."""

    runs: tuple[QGlyphRun, ...]
    width: float
    ascent: float
    descent: float
    missing: tuple[str, ...]

    def draw(self, painter: QPainter, left: float, baseline: float) -> None:
        """Draw it in the painter's pen."""
        for run in self.runs:
            painter.drawGlyphRun(QPointF(left, baseline), run)


def compose(text: str, faces: Sequence[Face]) -> Line:
    """``text`` on one line, each character from the first face with its exact shape, else from the first with any."""
    runs, missing, x = [], [], 0.0
    for cluster in clusters(text):
        face, glyph, exact = _best(cluster, faces)
        if not exact:
            missing.append(cluster)
        run = QGlyphRun()
        run.setRawFont(face.raw)
        run.setGlyphIndexes([glyph])
        run.setPositions([QPointF(x, 0.0)])
        runs.append(run)
        x += face.raw.advancesForGlyphIndexes([glyph])[0].x()
    first = faces[0]
    return Line(tuple(runs), x, first.ascent, first.descent, tuple(missing))


def _best(cluster: str, faces: Sequence[Face]) -> tuple[Face, int, bool]:
    found = [(face, *glyph) for face in faces if (glyph := face.glyph(cluster)) is not None]
    exact = next((one for one in found if one[2]), None)
    return exact or (found[0] if found else (faces[0], 0, False))


class NameFaces:
    """The fonts for names, opened once per size for the whole program: IPAmj takes some milliseconds and 0.3 MB."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._by_size: dict[int, tuple[Face, ...]] = {}

    def line(self, text: str, size: int) -> Line:
        """``text`` composed at ``size`` pixels (at 100 %)."""
        px = self._look.px(size)
        if px not in self._by_size:
            self._by_size[px] = _faces(px)
        return compose(text, self._by_size[px])


def _faces(px: int) -> tuple[Face, ...]:
    """The fonts of ``NAMES`` that this PC has, each once: Qt answers for an absent family with another one."""
    found: dict[str, Face] = {}
    for family in NAMES:
        face = Face(family, px)
        found.setdefault(face.raw.familyName(), face)
    return tuple(found.values())
