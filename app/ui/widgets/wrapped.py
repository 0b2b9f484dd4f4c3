"""Texts that are longer than their cell is wide: how high they stand over several lines, and drawn so; none is cut."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from app.domain.font_map import clusters
from app.ui.variants import NameFaces
from app.ui.widgets.resident_name import draw_name

_NARROWEST = 0.8
"""Part of its width down to which a name is narrowed before it goes on in a second line. Assumed."""
_LINE = 1.4
"""Height of a line in the size of its letters."""


def parts_of(font: QFont, text: str, width: float) -> Sequence[str]:
    """``text`` in lines: broken between words, Japanese also between characters, a digest anywhere."""
    if QFontMetrics(font).horizontalAdvance(text) <= width:
        return (text,)
    layout, option, found = QTextLayout(text, font), QTextOption(), []
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        found.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return found


def name_parts(names: NameFaces, text: str, size: int, width: float) -> Sequence[str]:
    """``text`` in lines of its exact shapes, each narrowed a little at most."""
    room, found, line = width / _NARROWEST, [""], 0.0
    if names.line(text, size).width <= room:
        return (text,)
    for one in clusters(text):
        wide = names.line(one, size).width
        if found[-1] and line + wide > room:
            found.append("")
            line = 0.0
        found[-1] += one
        line += wide
    return found


def height_of(parts: Sequence[str], size: int) -> int:
    """Pixels that lines of letters of ``size`` stand high."""
    return round(len(parts) * size * _LINE)


def draw_parts(painter: QPainter, font: QFont, what: tuple[str, Qt.AlignmentFlag], place: QRectF) -> None:
    """A text and at which side it stands, in ``place``, over as many lines as it needs."""
    text, side = what
    parts = parts_of(font, text, place.width())
    painter.setFont(font)
    for part, line in zip(parts, _lines(place, len(parts), font.pixelSize()), strict=True):
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | side), part)


def draw_names(painter: QPainter, names: NameFaces, what: tuple[str, int], place: QRectF) -> None:
    """A name (``what``: text and size) in ``place``, over as many lines as it needs."""
    text, size = what
    parts = name_parts(names, text, size, place.width())
    for part, line in zip(parts, _lines(place, len(parts), size), strict=True):
        draw_name(painter, names.line(part, size), line)


def _lines(place: QRectF, count: int, size: int) -> Sequence[QRectF]:
    """The lines' places, in the middle of the height; one line has it all."""
    if count == 1:
        return (place,)
    step = size * _LINE
    top = place.center().y() - step * count / 2
    return [QRectF(place.left(), top + at * step, place.width(), step) for at in range(count)]
