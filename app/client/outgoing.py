"""The list of what has not arrived, opened from where a person stands between two tasks."""

from collections.abc import Callable

from app.client.counter import Counter
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.outgoing import OutgoingActs, OutgoingFlow
from app.ui.flows.review import ReviewDesk
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.window import Window


class OutgoingWing:
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self,
        counter: Counter,
        face: tuple[Kit, Window],
        store: Lane,
        desks: tuple[VisitDesk, ReviewDesk],
        at: Callable[[], Press],
    ) -> None:
        kit, self._window = face
        self._visit, self._review = desks
        self.flow = OutgoingFlow(kit, store, OutgoingActs(at, counter.cases.tend_outgoing))
        self._session: Session | None = None
        self._back: Callable[[], None] = self._visit.show_waiting
        self._visit.outgoing_asked.connect(lambda: self._open(self._visit.show_waiting))
        self._review.outgoing_asked.connect(lambda: self._open(self._review.show_queue))
        self.flow.left.connect(self._leave)

    def begin(self, session: Session) -> None:
        """A person works here now."""
        self._session = session

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        self.flow.end()

    def _leave(self) -> None:
        self._back()

    def _open(self, back: Callable[[], None]) -> None:
        if self._session is not None:
            self._back = back
            self._window.open_screen(self.flow.screen)
            self.flow.begin(self._session)
