"""What makes training unmistakable: a frame, a band and a mark across the window that no click can reach."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit

_FRAME = 4
_TURN = -18.0
_FAINT = 6
"""Opacity of the mark, of 255: seen on every screen shot, no obstacle to reading."""
_TEXT, _PLACE = 120, (800.0, 240.0)
_FULL_WIDTH = 1366.0
"""From this width of the window on the mark has its full size; in a smaller one it is smaller."""


class TrainingMark(QWidget):
    """An overlay above everything but the focus ring; it keeps the size of its window by itself."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show} and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        painter.drawPixmap(0, 0, self._picture())
        painter.end()

    def _picture(self) -> QPixmap:
        """Drawn once for each size and look: large turned letters cost more than all that a key press changes.

        Kept by Qt, not here: what a widget has is packed away at a lock, and this took 50 ms of it (measured).
        """
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        key = f"training mark {size.width()} {size.height()} {ratio} {hash(self._kit.look.sheet)}"
        drawn = QPixmap()
        if not QPixmapCache.find(key, drawn):
            drawn = QPixmap(size)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            self._draw(QPainter(drawn))
            QPixmapCache.insert(key, drawn)
        return drawn

    def _draw(self, painter: QPainter) -> None:
        look = self._kit.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("training"), _FRAME))
        half = _FRAME / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        faint = QColor(look.colour("training_text"))
        faint.setAlpha(_FAINT)
        painter.setPen(faint)
        size = min(1.0, self.width() / _FULL_WIDTH)
        painter.setFont(look.font(round(_TEXT * size), bold=True))
        wide, high = (size * one for one in _PLACE)
        for x, y in ((0.30, 0.42), (0.62, 0.74)):
            painter.save()
            painter.translate(self.width() * x, self.height() * y)
            painter.rotate(_TURN)
            place = QRectF(-wide / 2, -high / 2, wide, high)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._kit.texts.frame.training_mark)
            painter.restore()
        painter.end()
