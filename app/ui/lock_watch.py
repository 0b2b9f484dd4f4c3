"""The idle lock: 180 s without a key or a click lock the screen, 20 s before it is told."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.domain.clock import Clock

IDLE_S = 180.0
"""Assumed (published rules of offices say at most 300); an office may set it lower."""
LONGEST_S = 300.0
"""いなべ市 本人確認情報取扱要領: at most five minutes (published)."""
WARNING_S = 20.0

_ACTIVITY = frozenset({
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
})


class LockWatch(QObject):
    """Counts by the monotonic clock, so setting the PC's time neither locks nor keeps open.

    ``warned`` carries the seconds left, each second from the warning on; ``calmed``: somebody went on in time;
    ``timed_out``: lock now. It counts only between ``start`` and ``stop``.
    """

    warned = Signal(int)
    calmed = Signal()
    timed_out = Signal()

    def __init__(self, clock: Clock, application: QApplication, *, idle_s: float = IDLE_S) -> None:
        super().__init__()
        self._clock, self._application, self._idle_s = clock, application, min(idle_s, LONGEST_S)
        self._last_s = clock.monotonic()
        self._is_warning = False
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.look)

    def set_idle(self, idle_s: float) -> None:
        """Lock after this many idle seconds from now on, never later than ``LONGEST_S``."""
        self._idle_s = min(idle_s, LONGEST_S)

    def start(self) -> None:
        """Begin to count from now."""
        self._last_s = self._clock.monotonic()
        self._is_warning = False
        self._application.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Count no more: nobody is signed in, or it is locked."""
        self._application.removeEventFilter(self)
        self._timer.stop()
        self._is_warning = False

    def touch(self) -> None:
        """Somebody is there."""
        self._last_s = self._clock.monotonic()
        if self._is_warning:
            self._is_warning = False
            self.calmed.emit()

    def look(self) -> None:
        """Compare with the clock; the timer does this each second."""
        if not self._timer.isActive():
            return
        left = self._idle_s - (self._clock.monotonic() - self._last_s)
        if left <= 0:
            self.stop()
            self.timed_out.emit()
        elif left <= WARNING_S:
            self._is_warning = True
            self.warned.emit(round(left))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.touch()
        return False
