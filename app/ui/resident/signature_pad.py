"""The field in which a resident signs, by pen tablet, finger or mouse; and a signature as a picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from app.domain.signature import MOST_POINTS, MOST_STROKES, Point, Signature, SignMeans, is_long_enough

_MIDDLE_PRESSURE, _FULL = 128, 255
_THIN, _THICK = 2.0, 5.0
_BASELINE = 0.78
_MOST_MS = 3_600_000
_NOT_MOUSE = frozenset({QInputDevice.DeviceType.TouchScreen, QInputDevice.DeviceType.Stylus})
_DOWN = frozenset({
    QEvent.Type.TabletPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
})
_UP = frozenset({
    QEvent.Type.TabletRelease,
    QEvent.Type.TouchEnd,
    QEvent.Type.TouchCancel,
    QEvent.Type.MouseButtonRelease,
})


@dataclass(frozen=True, slots=True)
class _Touch:
    """One report of a device. ``pressure``: 0 to 255."""

    means: SignMeans
    at: QPointF
    pressure: int


class SignaturePad(QWidget):
    """``changed``: a stroke was added or all were taken away. What is drawn is kept until ``erase``.

    ``monotonic_s``: the clock that times the strokes.
    """

    changed = Signal()

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        super().__init__()
        self._monotonic_s = monotonic_s
        self._strokes: list[list[Point]] = []
        self._means = SignMeans.FINGER
        self._begun_s = 0.0
        self._is_down = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def is_long_enough(self) -> bool:
        """Whether what stands there can be a name."""
        return is_long_enough(self._strokes, self.width())

    def signature(self) -> Signature:
        """What stands there."""
        return Signature(self._means, self.width(), self.height(), tuple(map(tuple, self._strokes)))

    def show_strokes(self, strokes: Sequence[Sequence[Point]]) -> None:
        """Begin with these, as in a picture."""
        self._strokes = [list(stroke) for stroke in strokes]
        self.update()

    def erase(self) -> None:
        """Begin again."""
        self._strokes.clear()
        self._is_down = False
        self.update()
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        touch = _touch_of(event)
        if touch is None:
            return super().event(event)
        event.accept()
        kind = event.type()
        if kind in _DOWN:
            self._begin(touch)
        elif kind in _UP:
            self._add(touch)
            self._end()
        else:
            self._add(touch)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(QPen(Qt.GlobalColor.black, 3))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setPen(QPen(Qt.GlobalColor.gray, 2, Qt.PenStyle.DashLine))
        line = round(self.height() * _BASELINE)
        painter.drawLine(24, line, self.width() - 24, line)
        draw_signature(painter, self.signature(), QRectF(self.rect()))
        painter.end()

    def _begin(self, touch: _Touch) -> None:
        if not self._strokes:
            self._begun_s, self._means = self._monotonic_s(), touch.means
        if len(self._strokes) < MOST_STROKES:
            self._is_down = True
            self._strokes.append([])
            self._add(touch)

    def _add(self, touch: _Touch) -> None:
        if not self._is_down or sum(map(len, self._strokes)) >= MOST_POINTS:
            return
        x = min(max(round(touch.at.x()), 0), self.width())
        y = min(max(round(touch.at.y()), 0), self.height())
        ms = min(round((self._monotonic_s() - self._begun_s) * 1000), _MOST_MS)
        self._strokes[-1].append(Point(x, y, touch.pressure, ms))
        self.update()

    def _end(self) -> None:
        if self._is_down:
            self._is_down = False
            self.changed.emit()


class SignaturePicture(QWidget):
    """A signature as it was drawn, in whatever size there is room for."""

    def __init__(self, signature: Signature, name: str) -> None:
        super().__init__()
        self._signature = signature
        self.setAccessibleName(name)
        self.setMinimumSize(120, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        draw_signature(painter, self._signature, QRectF(self.rect()))
        painter.end()


def draw_signature(painter: QPainter, signature: Signature, place: QRectF) -> None:
    """The strokes, as large as they fit into ``place``; the pen is wider where it was pressed harder."""
    if not signature.width or not signature.height:
        return
    scale = min(place.width() / signature.width, place.height() / signature.height)
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(scale, scale)
    pen = QPen(Qt.GlobalColor.black)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    for stroke in signature.strokes:
        before = stroke[0] if stroke else None
        for point in stroke:
            pen.setWidthF(_THIN + (_THICK - _THIN) * point.pressure / _FULL)
            painter.setPen(pen)
            if before is not None:
                painter.drawLine(QPointF(before.x, before.y), QPointF(point.x, point.y))
            before = point
    painter.restore()


def _touch_of(event: QEvent) -> _Touch | None:
    """What a device says; None for anything else, and for the mouse events that touch and pen make besides."""
    if isinstance(event, QTabletEvent):
        return _Touch(SignMeans.PEN, event.position(), round(event.pressure() * _FULL))
    if isinstance(event, QTouchEvent) and event.points():
        point = event.points()[0]
        pressed = round(point.pressure() * _FULL) if 0 < point.pressure() < 1 else _MIDDLE_PRESSURE
        return _Touch(SignMeans.FINGER, point.position(), pressed)
    if isinstance(event, QMouseEvent) and event.device().type() not in _NOT_MOUSE:
        return _Touch(SignMeans.MOUSE, event.position(), _MIDDLE_PRESSURE)
    return None
