"""What Windows tells a window: its session is locked or left, the PC sleeps, the screen saver starts, a hot key.

Source: the Windows API's own reference (WM_WTSSESSION_CHANGE, WM_POWERBROADCAST, WM_SYSCOMMAND, WM_HOTKEY), published.
Nothing here calls Windows: what arrives is read, on any system.
"""

from collections.abc import Callable
from ctypes import wintypes
from enum import StrEnum

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal

_SESSION, _POWER, _COMMAND, _HOT_KEY = 0x02B1, 0x0218, 0x0112, 0x0312
_LEFT = frozenset({0x2, 0x4, 0x6, 0x7})
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK."""
_SUSPEND, _SAVER, _SAVER_MASK = 0x4, 0xF140, 0xFFF0
"""PBT_APMSUSPEND; SC_SCREENSAVE, whose four lowest bits are Windows' own."""


class Told(StrEnum):
    """What concerns us."""

    NOTHING = "nothing"
    LEAVING = "leaving"
    KEY = "key"


def told(message: int, word: int) -> Told:
    """What ``message`` with its ``wParam`` means."""
    leaving = (
        (message == _SESSION and word in _LEFT)
        or (message == _POWER and word == _SUSPEND)
        or (message == _COMMAND and word & _SAVER_MASK == _SAVER)
    )
    if leaving:
        return Told.LEAVING
    return Told.KEY if message == _HOT_KEY else Told.NOTHING


class Messages(QAbstractNativeEventFilter):
    """Hands on what concerns us; every message goes on its way to Qt."""

    def __init__(self, heard: Callable[[Told], None]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name).startswith(b"windows"):
            found = wintypes.MSG.from_address(int(message))
            meant = told(found.message, found.wParam)
            if meant is not Told.NOTHING:
                self._heard(meant)
        return False, 0


class WindowsWatch(QObject):
    """``leaving``: nobody looks at this screen any more. The same as ``app.desktop.signals`` tells on Linux.

    ``register`` has Windows tell the window of this number of its session; whether it does.
    """

    leaving = Signal()

    def __init__(self, application: QCoreApplication, window: int, register: Callable[[int], bool]) -> None:
        super().__init__()
        self._application, self._window, self._register = application, window, register
        self._messages = Messages(self._on_told)

    def start(self) -> bool:
        """Listen. False: Windows tells nothing of its session; sleep, screen saver and the idle lock remain."""
        self._application.installNativeEventFilter(self._messages)
        return self._register(self._window)

    def _on_told(self, what: Told) -> None:
        if what is Told.LEAVING:
            self.leaving.emit()
