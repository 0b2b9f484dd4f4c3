"""What asks this program to end: the end of the person's session on the PC, or whoever administers it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Signal

if sys.platform == "win32":
    _ASKS = (signal.SIGTERM, signal.SIGINT)
else:
    _ASKS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class EndingWatch(QObject):
    """``asked``: this program is to end as if its window had been closed. POSIX signals; one at a time lives.

    Qt waits in C, where Python hears of no signal: each one is written into a pipe that Qt listens to. On Windows
    the end of a session comes as a message of its own (``app.desktop.windows_messages``), and nothing is heard here.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[int, object] = {}
        if sys.platform != "win32":
            self._heard, self._told = os.pipe()
            for end in (self._heard, self._told):
                os.set_blocking(end, False)
            self._notifier = QSocketNotifier(self._heard, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._on_told)

    def start(self) -> None:
        """Listen, from the main thread."""
        if sys.platform != "win32":
            self._woken = signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)
            self._before = {one: signal.signal(one, _nothing) for one in _ASKS}

    def close(self) -> None:
        """Let the signals do again what they did before. Safe to call twice."""
        before, self._before = self._before, {}
        if sys.platform != "win32" and before:
            for one, handler in before.items():
                signal.signal(one, handler)  # type: ignore[arg-type]
            signal.set_wakeup_fd(self._woken)
            self._notifier.setEnabled(False)
            os.close(self._heard)
            os.close(self._told)

    def _on_told(self) -> None:
        if sys.platform != "win32":
            numbers = os.read(self._heard, 64)
            if any(one in numbers for one in _ASKS):
                self.asked.emit()


@contextmanager
def ending_ends(application: QCoreApplication) -> Iterator[None]:
    """While this lasts, ``application`` leaves its loop when the system asks the program to end."""
    watch = EndingWatch()
    watch.asked.connect(application.quit)
    watch.start()
    try:
        yield
    finally:
        watch.close()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """A handler has to be there, or the system ends the program by itself."""
