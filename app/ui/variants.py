"""Characters with variation selectors (IVS) as glyphs; Qt's own text drawing takes no notice of the selector.

Qt 6.11 draws the plain character for most sequences without any sign (measured on IPAmj明朝), so a wrong 辻 or 邉 would
be shown. Here the font's own table (cmap format 14, OpenType 1.9, published) is read and glyphs are drawn one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont

from app.domain.font_map import DEFAULT, Variations, clusters
from app.ui.style import NAMES, Look


class Face:
    """One font at one size, with its variations."""

    def __init__(self, family: str, size_px: int) -> None:
        font = QFont(family)
        font.setPixelSize(size_px)
        self.raw = QRawFont.fromFont(font)
        self.ascent, self.descent = self.raw.ascent(), self.raw.descent()
        self._variations = Variations(bytes(self.raw.fontTable("cmap").data()))

    def glyph(self, cluster: str) -> tuple[int, bool] | None:
        """Glyph number and whether it is exactly the variant asked for; None without even the plain character."""
        plain = self.raw.glyphIndexesForString(cluster[0])[0]
        if len(cluster) == 1:
            return (plain, True) if plain else None
        match self._variations.glyph(ord(cluster[0]), ord(cluster[1])):
            case None:
                return (plain, False) if plain else None
            case found if found == DEFAULT:
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
