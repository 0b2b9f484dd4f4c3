"""How much of a secret has been typed, as dots; never what."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import Kit


class Dots(QWidget):
    """Filled circles for what is typed, empty ones for what may still come. ``size``: pixels across at 100 %."""

    def __init__(self, kit: Kit, size: int) -> None:
        super().__init__()
        self._kit, self._size = kit, kit.look.px(size)
        self._typed, self._most = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_typed(0, 0)

    def show_typed(self, typed: int, most: int) -> None:
        """Show ``typed`` of ``most`` characters."""
        self._typed, self._most = typed, most
        self.setAccessibleName(self._kit.texts.pin.typed(typed, most))
        self.updateGeometry()
        self.update()

    def typed(self) -> int:
        """How many characters it shows as typed."""
        return self._typed

    def sizeHint(self) -> QSize:
        return QSize(self._most * self._step() + 4, self._size + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._size + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, radius = self._kit.look, self._size / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - self._most * self._step()) / 2
        for place in range(self._most):
            filled = place < self._typed
            painter.setPen(QPen(look.colour("text" if filled else "line_field"), 2))
            painter.setBrush(look.colour("text") if filled else Qt.BrushStyle.NoBrush)
            middle = QPointF(left + (place + 0.5) * self._step(), self.height() / 2)
            painter.drawEllipse(middle, radius - 1, radius - 1)
        painter.end()

    def _step(self) -> int:
        return round(self._size * 1.6)
