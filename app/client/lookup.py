"""Looking somebody up without a visit, opened from the screen between visits by who may search the register."""

from collections.abc import Callable

from app.client.counter import Counter
from app.domain.clock import business_date
from app.domain.rights import ANY, allowed
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.access_lookup import SEARCH, AccessLookupFlow, LookupActs
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.window import Window


class LookupWing:
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self, counter: Counter, face: tuple[Kit, Window], office: Lane, visit: VisitDesk, at: Callable[[], Press]
    ) -> None:
        self._kit, self._window = face
        self._visit = visit
        self.flow = AccessLookupFlow(self._kit, LookupActs(at, office, counter.cases.find_person))
        self._session: Session | None = None
        visit.lookup_asked.connect(self._open)
        self.flow.left.connect(visit.show_waiting)

    def begin(self, session: Session) -> None:
        """A person works here now; the door is shown to who may search."""
        self._session = session
        day = business_date(self._kit.clock.now())
        self._visit.show_lookup_offered(offered=allowed(session.actor, SEARCH, ANY, ANY, day=day))

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        self.flow.end()

    def _open(self) -> None:
        if self._session is not None:
            self._window.open_screen(self.flow.screen)
            self.flow.begin(self._session)
