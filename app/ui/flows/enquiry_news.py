"""Waiting for news of enquiries: the office answers once one of them changes; no clock of the counter asks for it."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands
from app.wire.relay import EnquiryState

REST_MS = 3000
"""How long is waited where the office answers at once though nothing is new, or not at all. Assumed."""
SOON_S = 1.0
"""An answer that is faster was not waited for. Assumed."""

Work = Callable[[], tuple[EnquiryState, ...]]
"""Asks how some stand; blocks until one of them changes, some seconds at most."""


class EnquiryNews(QObject):
    """Waits for as long as something is open. ``heard`` carries states.

    ``lane`` is its own: what waits there holds up nothing else. ``ask`` makes the work for those that are open.
    """

    heard = Signal(object)

    def __init__(
        self, lane: Lane, ask: Callable[[tuple[str, ...]], Work], open_ones: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._lane, self._ask, self._open_ones = lane, ask, open_ones
        self._errands = Errands(self)
        self._is_waiting, self._asked_at = False, 0.0
        self._before: frozenset[tuple[str, str]] = frozenset()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.wait)

    def wait(self) -> None:
        """Wait for news of what is open, if anything is; asked again while it waits nothing happens."""
        names = self._open_ones()
        if self._is_waiting or not names:
            return
        self._rest.stop()
        self._is_waiting, self._asked_at = True, monotonic()
        self._errands.run(self._lane, self._ask(names), self._on_heard, self._on_failed)

    def end(self) -> None:
        """Want no news any more."""
        self._rest.stop()
        self._errands.drop()
        self._is_waiting, self._before = False, frozenset()

    def _on_heard(self, states: Sequence[EnquiryState]) -> None:
        self._is_waiting = False
        now = frozenset((one.enquiry_id, one.state) for one in states)
        is_news, self._before = now != self._before, now
        self.heard.emit(states)
        if is_news or monotonic() - self._asked_at >= SOON_S:
            self.wait()
        elif self._open_ones():
            self._rest.start()

    def _on_failed(self, _: AppError) -> None:
        """The line is down, or the right has ended; a look says which. It is asked again after a rest."""
        self._is_waiting = False
        self._rest.start()
