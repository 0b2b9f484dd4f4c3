"""A resident's name in the exact shapes of its variants, in IPAmj明朝."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.domain.font_map import codes
from app.ui.kit import Kit
from app.ui.variants import Line

_SMALLEST = 0.6
"""A name too long for its place is narrowed down to this part of its size, never cut."""


class ResidentName(QLabel):
    """Shows and says one name. The tool tip holds its code points; shapes that are missing are told there too."""

    def __init__(self, kit: Kit, size: int = 24, *, role: str = "text") -> None:
        super().__init__()
        self._kit, self._size, self._role = kit, size, role
        self._line: Line | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Show ``name`` as its exact code sequence, "" for none."""
        self.setText(name)
        self._line = self._kit.names.line(name, self._size) if name else None
        tip = codes(name)
        if self._line and self._line.missing:
            tip = f"{tip}\n{self._kit.texts.parts.variant_missing(''.join(self._line.missing))}"
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    def missing(self) -> tuple[str, ...]:
        """Characters shown in another shape than they are written."""
        return self._line.missing if self._line else ()

    def sizeHint(self) -> QSize:
        width = self._line.width if self._line else 0
        return QSize(round(width) + 2, round(self._kit.look.px(self._size) * 1.4))

    def minimumSizeHint(self) -> QSize:
        full = self.sizeHint()
        return QSize(round(full.width() * _SMALLEST), full.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._kit.look.colour(self._role))
        draw_name(painter, self._line, QRectF(self.rect()))
        painter.end()


def draw_name(painter: QPainter, line: Line, place: QRectF) -> None:
    """Draw ``line`` into ``place``: left, centred in height, narrowed when too long, never cut."""
    painter.save()
    baseline = place.center().y() + (line.ascent - line.descent) / 2
    painter.translate(place.left(), baseline)
    if line.width > place.width() > 0:
        painter.scale(place.width() / line.width, 1.0)
    line.draw(painter, 0.0, 0.0)
    painter.restore()
