"""Bars of a spread: for each row what half stay below and what nine of ten stay below, or one plain count."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import Kit

_MOST = 7
"""Rows that are drawn; all of them stand in the table beside."""
_LABEL = 232
_LOW, _HIGH, _EDGE = "primary", "information_soft", "line_field"


@dataclass(frozen=True, slots=True)
class SpreadBar:
    """One row. ``low`` and ``high``: p50 and p90, or twice the count; ``value``: them in words beside the bar."""

    label: str
    value: str
    low: int
    high: int


class SpreadBars(QWidget):
    """It only shows: it takes no focus, and says every bar in words. The table beside it has the same numbers."""

    def __init__(self, kit: Kit, name: str, *, empty: str) -> None:
        super().__init__()
        self._kit, self._empty = kit, empty
        self._bars: tuple[SpreadBar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(())

    def show_bars(self, bars: Sequence[SpreadBar]) -> None:
        """Show the first of these rows."""
        self._bars = tuple(bars[:_MOST])
        said = "。".join(f"{bar.label} {bar.value}" for bar in self._bars)
        self.setAccessibleDescription(said or self._empty)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, self._kit.look.px(8 + 28 * max(2, len(self._bars))))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._kit.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(14))
        if not self._bars:
            painter.setPen(look.colour("text_support"))
            painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self._empty)
        most = max((bar.high for bar in self._bars), default=0)
        for place, bar in enumerate(self._bars):
            self._draw(painter, place, bar, most)
        painter.end()

    def _draw(self, painter: QPainter, place: int, bar: SpreadBar, most: int) -> None:
        look, height = self._kit.look, self._kit.look.px(28)
        top, label, said = 4 + place * height, look.px(_LABEL), look.px(200)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(look.colour("text"))
        name = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, label - 12)
        painter.drawText(QRectF(0, top, label - 12, height), middle | int(Qt.AlignmentFlag.AlignRight), name)
        room = max(40.0, self.width() - label - said)
        for role, value, inset in ((_HIGH, bar.high, 6), (_LOW, bar.low, 10)):
            width = room * value / most if most else 0.0
            box = QRectF(label, top + inset, max(width, 2.0 if value else 0.0), height - 2 * inset)
            painter.fillRect(box, look.colour(role))
            if role == _HIGH and value:
                painter.setPen(look.colour(_EDGE))
                painter.drawRect(box)
        painter.setPen(look.colour("text"))
        at = label + room * bar.high / most + 10 if most else label
        painter.drawText(QRectF(at, top, said, height), middle | int(Qt.AlignmentFlag.AlignLeft), bar.value)
