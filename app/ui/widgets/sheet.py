"""A sheet over the right side of the window: headings, words and names; arrows scroll it, Esc or Enter puts it away."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.pin_pad import OWN_ENTER
from app.ui.widgets.words import Words

_WIDE, _MARGIN, _STEP = 440, 16, 48
_SCROLLS = {
    Qt.Key.Key_Down: _STEP,
    Qt.Key.Key_Up: -_STEP,
    Qt.Key.Key_PageDown: _STEP * 6,
    Qt.Key.Key_PageUp: -_STEP * 6,
}


class Sheet(QFrame):
    """Hidden until ``open_with``. It covers nothing the clerk must act on first and asks nothing.

    It takes the focus, so that a screen reader says all of it; ``closed``: it was put away.
    """

    closed = Signal()

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(window)
        self._kit, self._beside = kit, window
        self._above, self._below = 0, 0
        self.setProperty("role", "sheet")
        self.setProperty(OWN_ENTER, True)  # noqa: FBT003
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Words("", "heading")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 8, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)
        column.addWidget(Words(kit.texts.sheet.close, "support"))
        window.installEventFilter(self)
        self.hide()

    def stand_between(self, above: int, below: int) -> None:
        """Leave the window's strips free: ``above`` and ``below`` in pixels."""
        self._above, self._below = above, below

    def open_with(self, title: str, content: QWidget, spoken: str) -> None:
        """Show it; ``spoken``: what is read aloud of it."""
        content.setProperty("role", "clear")
        self._title.show_text(title)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setAccessibleName(f"{title}　{spoken}")
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Nothing of it is left."""
        self._title.show_text("")
        self.setAccessibleName("")
        if (content := self._scroll.takeWidget()) is not None:
            content.deleteLater()
        if not self.isHidden():
            self.closed.emit()  # the cursor goes home first: at hiding Qt would look for a place of its own
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.put_away()
        elif (step := _SCROLLS.get(Qt.Key(event.key()))) is not None:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        room = self._beside.rect()
        width = min(self._kit.look.px(_WIDE), room.width() - 2 * _MARGIN)
        height = room.height() - self._above - self._below - 2 * _MARGIN
        self.setGeometry(QRect(room.width() - width - _MARGIN, self._above + _MARGIN, width, height))
