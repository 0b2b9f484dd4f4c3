"""A visit from the next ticket to its close: one coordinator that opens the screens and lets the flows work."""

from PySide6.QtCore import QObject, Signal

from app.services.ports.seat import Session
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.waiting import WaitingFlow
from app.ui.kit import Kit
from app.ui.screens.waiting import WaitingScreen
from app.ui.window import Window


class VisitDesk(QObject):
    """Everything a clerk does with one person. It works between ``begin`` and ``end`` of a session.

    ``queue_asked``: the clerk wants the list of applications to review (offered where ``begin`` says so);
    ``sign_out_asked``: the clerk leaves; call ``end`` before another session begins.
    """

    queue_asked = Signal()
    sign_out_asked = Signal()

    def __init__(self, kit: Kit, window: Window, lanes: VisitLanes, acts: VisitActs, books: CounterBooks) -> None:
        super().__init__(window)
        self._kit, self._window, self._lanes, self._acts, self._books = kit, window, lanes, acts, books
        self._session: Session | None = None
        self._waiting_screen = WaitingScreen(kit)
        self._waiting = WaitingFlow(kit, self._waiting_screen, lanes, acts, books)
        self._waiting_screen.queue_asked.connect(self.queue_asked)
        self._waiting_screen.sign_out_asked.connect(self.sign_out_asked)

    def begin(self, session: Session, *, may_review: bool = False) -> None:
        """A person works here now: the screen between visits opens. ``may_review``: a queue is offered too."""
        self._session = session
        self._waiting_screen.show_queue_offered(offered=may_review)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Back to the screen between visits, as after looking at the queue."""
        self._window.open_screen(self._waiting_screen)
        if self._session is not None:
            self._waiting.begin(self._session)

    def end(self) -> None:
        """The session ends: everything of persons and of this clerk's work leaves the screens."""
        self._session = None
        self._waiting.end()
        self._window.show_visit(None)
        self._window.alerts.clear()
