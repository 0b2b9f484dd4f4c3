"""Looking somebody up without a visit, opened from the screen between visits by who may search the register."""

from collections.abc import Callable

from app.client.counter import Counter
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.access_lookup import AccessLookupFlow, LookupActs
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.window import Window


class LookupWing:
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self, counter: Counter, face: tuple[Kit, Window], office: Lane, visit: VisitDesk, at: Callable[[], Press]
    ) -> None:
        kit, self._window = face
        self.flow = AccessLookupFlow(kit, LookupActs(at, office, counter.cases.find_person))
        self._session: Session | None = None
        visit.lookup_asked.connect(self._open)
        self.flow.left.connect(visit.show_waiting)

    def begin(self, session: Session) -> None:
        """A person works here now."""
        self._session = session

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        self.flow.end()

    def _open(self) -> None:
        if self._session is not None:
            self._window.open_screen(self.flow.screen)
            self.flow.begin(self._session)
