"""What makes training unmistakable: a frame, a band and a mark across the window that no click can reach."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit

_FRAME = 4
_TURN = -18.0
_FAINT = 6
"""Opacity of the mark, of 255: seen on every screen shot, no obstacle to reading."""


class TrainingMark(QWidget):
    """An overlay above everything but the focus ring."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._kit.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("training"), _FRAME))
        half = _FRAME / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        faint = QColor(look.colour("training_text"))
        faint.setAlpha(_FAINT)
        painter.setPen(faint)
        painter.setFont(look.font(120, bold=True))
        for x, y in ((0.30, 0.42), (0.62, 0.74)):
            painter.save()
            painter.translate(self.width() * x, self.height() * y)
            painter.rotate(_TURN)
            place = QRectF(-400, -120, 800, 240)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._kit.texts.frame.training_mark)
            painter.restore()
        painter.end()
