"""Hard copies at one counter: the key, the clipboard and the office's rule brought together."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from app.client.counter import Counter
from app.desktop.capture import CaptureGuard, capture_guard
from app.services.keep_from_copying import Tried
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.clipboard import ClipboardGuard
from app.ui.flows.copying import CopyingActs, CopyingFlow
from app.ui.kit import Kit
from app.ui.window import Window


class CopyingWing:
    """``guard``: what this system keeps from other programs. Made before the first window is shown."""

    def __init__(
        self,
        counter: Counter,
        application: QApplication,
        face: tuple[Kit, Window],
        store: Lane,
        at: Callable[[], Press],
    ) -> None:
        self._case, self._press = counter.cases.keep_from_copying, at
        self._session: Session | None = None
        self._clipboard = ClipboardGuard(application.clipboard())
        acts = CopyingActs(self._may_take, self._refused, self._take)
        self._flow = CopyingFlow(*face, self._clipboard, store, acts)
        self.guard: CaptureGuard = capture_guard(application)
        self.guard.tried.connect(self._flow.capture_tried)
        self.guard.start()

    def begin(self, session: Session) -> None:
        """From now on it is this person who tries."""
        self._session = session

    def empty(self) -> None:
        """Nothing is left on the clipboard, and nothing is lent any more."""
        self._clipboard.empty()

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        self._flow.end()

    def close(self) -> None:
        """The program ends: the key is everybody's again."""
        self.guard.stop()
        self._clipboard.close()

    def _may_take(self) -> bool:
        return self._session is not None and self._case.may_take()

    def _refused(self, tried: Tried, screen: str) -> None:
        self._case.refused(self._press(), self._session, tried, screen)

    def _take(self, reason: str, screen: str) -> None:
        if self._session is not None:
            self._case.take(self._press(), self._session, reason, screen)
