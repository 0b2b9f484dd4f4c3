"""The focus ring: yellow against the control, black around it, visible on any ground."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from app.ui.kit import Kit

_YELLOW, _BLACK = 2, 3
_OUT = _YELLOW + _BLACK + 1
"""How far the ring reaches beyond its control, its soft edge included."""
WHOLE = "whole"
"""Property of a widget that fills its place and alone takes keys there: nothing is to be told apart by a ring."""
_FOLLOWED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class FocusRing(QWidget):
    """One overlay per window that follows the focus. Mouse and screen reader do not see it."""

    def __init__(self, kit: Kit, window: QWidget, application: QApplication) -> None:
        super().__init__(window)
        self._kit = kit
        self._at: QWidget | None = None
        self._followed: list[QWidget] = []
        self._shown: QRect | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        application.focusChanged.connect(self._on_focus_changed)
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            if watched is self.parentWidget():
                self._cover()
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = self._place()
        if place is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for role, width, out in (("ring_inner", _YELLOW, _YELLOW / 2), ("ring_outer", _BLACK, _YELLOW + _BLACK / 2)):
            painter.setPen(QPen(self._kit.look.colour(role), width))
            painter.drawRoundedRect(QRectF(place).adjusted(-out, -out, out, out), 8 + out, 8 + out)
        painter.end()

    def _place(self) -> QRect | None:
        """Where the focused widget can be seen, in this overlay's coordinates."""
        at, window = self._at, self.parentWidget()
        if at is None or window is None or not at.isVisible() or at.property(WHOLE):
            return None
        place = QRect(at.mapTo(window, at.rect().topLeft()), at.size())
        up = at.parentWidget()
        while up is not None and up is not window:
            if isinstance(up.parentWidget(), QAbstractScrollArea):
                place &= QRect(up.mapTo(window, up.rect().topLeft()), up.size())
            up = up.parentWidget()
        return place if place.isValid() else None

    def _cover(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.raise_()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        window = self.parentWidget()
        shown = new is not None and new.window() is window and new.focusPolicy() != Qt.FocusPolicy.NoFocus
        self._at = new if shown else None
        self._followed = []
        up = self._at
        while up is not None and up is not window:
            up.installEventFilter(self)
            self._followed.append(up)
            up = up.parentWidget()
        self.raise_()
        self._follow()

    def _follow(self) -> None:
        """Paint again where the ring was and where it is: everything under this overlay is painted along with it."""
        before, self._shown = self._shown, self._place()
        if self._shown == before:
            return
        for place in (before, self._shown):
            if place is not None:
                self.update(place.adjusted(-_OUT, -_OUT, _OUT, _OUT))
