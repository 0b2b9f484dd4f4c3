"""Screen capture: kept out and its keys taken over as far as this system can; what it can't is said, not hidden."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from app.desktop.print_key import KeyHeld, NoPrintKey, PrintKey

log = logging.getLogger(__name__)


class PicturesOf(StrEnum):
    """Whether other programs of this PC can photograph our windows."""

    PREVENTED = "prevented"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Protection:
    """What holds here: the key, and pictures that other programs take."""

    key: KeyHeld
    pictures: PicturesOf


Exclude = Callable[[int], bool]
"""Keeps the window of this number out of pictures; whether the system did."""


class CaptureGuard(QObject):
    """Takes the key while one of our windows is in front, and keeps each window out of pictures before it is seen.

    ``exclude`` None: this system has no such thing. ``tried``: the key was pressed, where no window hears it;
    ``changed``: ``protection`` is another one now.
    """

    tried = Signal()
    changed = Signal()

    def __init__(self, application: QGuiApplication, key: PrintKey, exclude: Exclude | None) -> None:
        super().__init__()
        self._application, self._key, self._exclude = application, key, exclude
        self._held = KeyHeld.OUT_OF_REACH
        self._open: set[int] = set()

    @property
    def protection(self) -> Protection:
        """What holds now; the key while one of our windows was last in front."""
        shut = self._exclude is not None and not self._open
        return Protection(self._held, PicturesOf.PREVENTED if shut else PicturesOf.POSSIBLE)

    def start(self) -> None:
        """Begin, before the first window is shown."""
        self._application.applicationStateChanged.connect(self._on_state)
        if self._exclude is not None:
            self._application.installEventFilter(self)
        self._on_state(self._application.applicationState())

    def stop(self) -> None:
        """Let go of everything."""
        self._application.applicationStateChanged.disconnect(self._on_state)
        self._application.removeEventFilter(self)
        self._key.give_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWindow):
            self._keep_out(watched)
        return False

    def _keep_out(self, window: QWindow) -> None:
        if self._exclude is None or window.parent() is not None:
            return
        number = int(window.winId())
        if self._exclude(number):
            self._open.discard(number)
        elif number not in self._open:
            self._open.add(number)
            log.warning("a window can be photographed on this system")

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._key.give_back()
            return
        held = self._key.take(self.tried.emit)
        if held is not self._held:
            self._held = held
            log.info("print screen", extra={"held": held.value})
            self.changed.emit()


def capture_guard(application: QGuiApplication) -> CaptureGuard:
    """For the system that this program runs on."""
    if sys.platform == "win32":
        from app.desktop import windows, windows_keys  # noqa: PLC0415 -- exists there only

        key = windows_keys.HotKeys(application, windows.WindowsHotKeys())
        return CaptureGuard(application, key, windows.exclude_from_capture)
    else:  # noqa: RET505 -- each system is typed by itself
        return CaptureGuard(application, _key_of_x11(application), None)


def _key_of_x11(application: QGuiApplication) -> PrintKey:
    if application.platformName() != "xcb":
        return NoPrintKey()
    from app.desktop.x11 import X11PrintKey  # noqa: PLC0415 -- needs libxcb, which is there with X11 only

    native: Any = application.nativeInterface()  # PySide's own types know it as object
    return X11PrintKey(native.connection())
