"""Windows: Print Screen as a hot key of this program while it is in front.

Source: RegisterHotKey of the Windows API, published. Windows+Shift+S belongs to Windows and is not given to programs;
what its tool photographs is without our windows (``exclude_from_capture``).
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.desktop.print_key import KeyHeld
from app.desktop.windows_messages import Messages, Told

_PRINT, _S = 0x2C, 0x53
"""VK_SNAPSHOT and the letter."""
_ALT, _CONTROL, _SHIFT, _WINDOWS = 0x1, 0x2, 0x4, 0x8
KEYS = (
    *((modifiers, _PRINT) for modifiers in (0, _ALT, _SHIFT, _CONTROL, _WINDOWS, _ALT | _SHIFT, _CONTROL | _SHIFT)),
    (_WINDOWS | _SHIFT, _S),
)
"""Modifiers and key, in the order of their numbers as hot keys (from 1)."""


class HotKeyTable(Protocol):
    """RegisterHotKey and UnregisterHotKey without a window."""

    def register(self, number: int, modifiers: int, key: int) -> bool: ...
    def unregister(self, number: int) -> None: ...


class HotKeys:
    """See ``PrintKey``."""

    def __init__(self, application: QCoreApplication, table: HotKeyTable) -> None:
        self._application, self._table = application, table
        self._pressed: Callable[[], None] = _nothing
        self._messages = Messages(self._on_told)
        self._held: tuple[int, ...] = ()

    def take(self, pressed: Callable[[], None]) -> KeyHeld:
        """Each by itself: Windows keeps some for itself, and another program may have one."""
        self.give_back()
        self._pressed = pressed
        self._held = tuple(
            number for number, (modifiers, key) in enumerate(KEYS, 1) if self._table.register(number, modifiers, key)
        )
        if self._held:
            self._application.installNativeEventFilter(self._messages)
        if 1 not in self._held:
            return KeyHeld.PARTLY if self._held else KeyHeld.BY_OTHERS
        return KeyHeld.TAKEN if len(self._held) == len(KEYS) else KeyHeld.PARTLY

    def give_back(self) -> None:
        for number in self._held:
            self._table.unregister(number)
        if self._held:
            self._application.removeNativeEventFilter(self._messages)
        self._held = ()

    def _on_told(self, what: Told) -> None:
        if what is Told.KEY:
            self._pressed()


def _nothing() -> None:
    """Nobody listens yet."""
