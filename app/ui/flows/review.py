"""The reviewers' desk: queue, one application under review, its papers, what happened in a visit; one at a time."""

from PySide6.QtCore import QObject, Signal

from app.services.ports.seat import Session
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.kit import Kit
from app.ui.window import Window


class ReviewDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. ``left``: the reviewer went back from the queue (Esc)."""

    left = Signal()

    def __init__(self, kit: Kit, window: Window, lanes: ReviewLanes, acts: ReviewActs, books: ReviewBooks) -> None:
        super().__init__(window)
        self._kit, self._window, self._lanes, self._acts, self._books = kit, window, lanes, acts, books
        self._session: Session | None = None

    def begin(self, session: Session) -> None:
        """Open the queue of what waits for this person."""
        self._session = session

    def end(self) -> None:
        """Forget everything shown; answers that are still on their way are dropped."""
        self._session = None
