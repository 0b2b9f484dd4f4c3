"""Keys of a window: Enter moves on, Esc goes back, Ctrl+L locks, function keys act; never while the IME composes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.ui.keys import KeyMap, pressed
from app.ui.widgets.button import FINAL
from app.ui.widgets.pin_pad import OWN_ENTER

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_PRINT = frozenset({Qt.Key.Key_Print, Qt.Key.Key_SysReq})
"""With Alt the same key is SysReq."""
_COPY = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OWN_ENTER = (QAbstractItemView, QPlainTextEdit, QTextEdit)


class Keyboard(QObject):
    """Watches the focused widget of one window and nothing else, so that typing costs no detour.

    ``action_pressed`` carries an action of the key map. Three traps held by tests: a Return during composition would
    move on and leave unconverted text; a window-wide F4 would steal the opening of lists; auto-repeat would press
    buttons. Print Screen and the keys that copy do nothing but being told: ``capture_pressed``, ``copy_pressed``.
    ``composed``: unconverted text is pending no more. ``moves_on`` is asked first where Enter goes from a field; True:
    it has seen to it.
    """

    action_pressed = Signal(str)
    lock_pressed = Signal()
    capture_pressed = Signal()
    copy_pressed = Signal()
    back_pressed = Signal()
    composed = Signal()

    def __init__(
        self, keys: KeyMap, window: QWidget, application: QApplication, moves_on: Callable[[QWidget], bool]
    ) -> None:
        super().__init__(window)
        self._keys, self._window, self._moves_on = keys, window, moves_on
        self._at: QWidget | None = None
        self._list: QWidget | None = None
        self._composing = False
        window.installEventFilter(self)
        application.focusChanged.connect(self._on_focus_changed)

    def is_composing(self) -> bool:
        """Whether unconverted text is pending; then nobody may move the focus (a card event waits)."""
        return self._composing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._compose(pending=bool(event.preeditString()))
        elif kind in _KEYS and isinstance(event, QKeyEvent):
            if self._takes_out(event):
                return True
            if kind == QEvent.Type.KeyPress and watched is not self._list:
                return event.key() in _ENTER if self._composing else self._on_key(watched, event)
        return False

    def _compose(self, *, pending: bool) -> None:
        """Tell the end of it once the line has taken what was committed."""
        before, self._composing = self._composing, pending
        if before and not pending:
            QTimer.singleShot(0, self, self.composed.emit)

    def _takes_out(self, event: QKeyEvent) -> bool:
        """Whether the key would take something out of the window. Of Print some systems tell the release only."""
        is_press = event.type() == QEvent.Type.KeyPress
        if event.key() in _PRINT:
            if not is_press and not event.isAutoRepeat():
                self.capture_pressed.emit()
            return True
        if not is_press or not any(event.matches(key) for key in _COPY):
            return False
        self.copy_pressed.emit()
        return True

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and watched is not self._window:
            return self._on_enter(watched, event)
        key = pressed(event)
        if (command := self._keys.command_at(key)) is not None:
            (self.lock_pressed if command == "lock" else self.back_pressed).emit()
            return True
        if (action := self._keys.action_at(key)) is None:
            return False
        if action == "open_choices":
            return self._open_choices(watched)
        if not event.isAutoRepeat():
            self.action_pressed.emit(action)
        return True

    def _on_enter(self, watched: QObject, event: QKeyEvent) -> bool:
        if isinstance(watched, _OWN_ENTER) or watched.property(OWN_ENTER):
            return False
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if isinstance(watched, QPushButton) and not back:
            if not event.isAutoRepeat() and not watched.property(FINAL):
                watched.click()
            return True
        if back:
            self._window.focusPreviousChild()
        elif not (isinstance(watched, QWidget) and self._moves_on(watched)):
            self._window.focusNextChild()
        return True

    @staticmethod
    def _open_choices(watched: QObject) -> bool:
        if isinstance(watched, QComboBox):
            watched.showPopup()
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for one in (self._at, self._list):
            if one is not None and isValid(one):
                one.removeEventFilter(self)
        self._compose(pending=False)
        self._at = new if new is not None and new.window() is self._window and new is not self._window else None
        if self._at is not None:
            self._at.installEventFilter(self)
        self._list = self._at.view() if isinstance(self._at, QComboBox) else None
        if self._list is not None:
            self._list.installEventFilter(self)
