"""Keys of a window: Enter moves on, Esc goes back, Ctrl+L locks, function keys act; never while the IME composes."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
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

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OWN_ENTER = (QAbstractItemView, QPlainTextEdit, QTextEdit)


class Keyboard(QObject):
    """Watches the focused widget of one window and nothing else, so that typing costs no detour.

    ``action_pressed`` carries an action of the key map. Three traps held by tests: a Return during composition would
    move on and leave unconverted text; a window-wide F4 would steal the opening of lists; auto-repeat would press
    buttons.
    """

    action_pressed = Signal(str)
    lock_pressed = Signal()
    back_pressed = Signal()

    def __init__(self, keys: KeyMap, window: QWidget, application: QApplication) -> None:
        super().__init__(window)
        self._keys, self._window = keys, window
        self._at: QWidget | None = None
        self._composing = False
        window.installEventFilter(self)
        application.focusChanged.connect(self._on_focus_changed)

    def is_composing(self) -> bool:
        """Whether unconverted text is pending; then nobody may move the focus (a card event waits)."""
        return self._composing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._composing:
                return event.key() in _ENTER
            return self._on_key(watched, event)
        return False

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
        self._window.focusPreviousChild() if back else self._window.focusNextChild()
        return True

    @staticmethod
    def _open_choices(watched: QObject) -> bool:
        if isinstance(watched, QComboBox):
            watched.showPopup()
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._at is not None and isValid(self._at):
            self._at.removeEventFilter(self)
        self._composing = False
        self._at = new if new is not None and new.window() is self._window and new is not self._window else None
        if self._at is not None:
            self._at.installEventFilter(self)
