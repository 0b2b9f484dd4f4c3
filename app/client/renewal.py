"""When a locked window begins anew: between two visits, once nobody has touched it for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.domain.clock import Clock

STILL_S = 10.0
"""Who locks and is back at once shall not meet a window that is just going. Assumed."""
LOOK_MS = 500
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod})


class Renewal(QObject):
    """``due``: now. It counts between ``begin`` and ``end`` only; each touch begins the count again."""

    due = Signal()

    def __init__(self, application: QApplication, clock: Clock, is_quiet: Callable[[], bool]) -> None:
        """``is_quiet``: whether nothing is under way that a new beginning would cut off."""
        super().__init__()
        self._application, self._clock, self._is_quiet = application, clock, is_quiet
        self._still_s, self._touched_s = STILL_S, 0.0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def set_still(self, still_s: float) -> None:
        """How long nobody touches it before."""
        self._still_s = still_s

    def begin(self) -> None:
        """It has been locked between two visits."""
        self._touched_s = self._clock.monotonic()
        self._application.installEventFilter(self)
        self._timer.start()

    def end(self) -> None:
        """It is locked no more, or ends."""
        self._application.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Whether it is time; the timer does this."""
        if self._timer.isActive() and self._clock.monotonic() - self._touched_s >= self._still_s and self._is_quiet():
            self.end()
            self.due.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched_s = self._clock.monotonic()
        return False
