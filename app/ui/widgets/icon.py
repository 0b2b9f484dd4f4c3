"""A sharp icon of any size; a word always stands beside it, so it is silent for screen readers."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.style import Look


class Icon(QWidget):
    """An icon of resources/icons in the colour of a role."""

    def __init__(self, look: Look, name: str, role: str, size: int = 20) -> None:
        super().__init__()
        self._look = look
        self._drawing = look.icon(name, role)
        self.setFixedSize(QSize(size, size))

    def show_icon(self, name: str, role: str) -> None:
        """Change the icon."""
        self._drawing = self._look.icon(name, role)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._drawing.render(painter, QRectF(self.rect()))
        painter.end()
