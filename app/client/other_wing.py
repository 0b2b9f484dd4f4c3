"""The office's other rooms in the window: the way in from between visits and from the queue, and back there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from app.client.counter import Counter
from app.domain.clock import Clock, Random, new_id
from app.services.entry_drafts import typed_in
from app.services.ports.seat import Press, Session
from app.ui.background import Lane
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.other_rooms import OtherRoom, OtherRoomsDesk
from app.ui.flows.review import ReviewDesk
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.window import Window
from app.wire.draft import Draft


def office_means(
    counter: Counter, lanes: tuple[Lane, Lane], press: Callable[[], Press], chances: tuple[Clock, Random]
) -> OfficeMeans:
    """What every flow of these rooms is handed. ``lanes``: to the office, and to this PC's stores."""
    return OfficeMeans(press, partial(new_id, *chances), *lanes, counter.cases.entry_drafts)


class OtherWing(QObject):
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self, face: tuple[Kit, Window], rooms: Sequence[OtherRoom], visit: VisitDesk, review: ReviewDesk
    ) -> None:
        super().__init__()
        self.desk = OtherRoomsDesk(*face, rooms)
        self._visit, self._review = visit, review
        self._session: Session | None = None
        self._back: Callable[[], None] = visit.show_waiting
        visit.others_asked.connect(partial(self._on_room, visit.show_waiting))
        review.others_asked.connect(partial(self._on_room, review.show_queue))
        visit.entry_resumed.connect(self._on_resumed)
        visit.saving.connect(self.desk.save_now)
        self.desk.left.connect(self._on_left)

    def begin(self, session: Session) -> None:
        """A person works here now; the door is shown to whoever may go in somewhere."""
        self._session = session
        offered = bool(self.desk.offers(session))
        self._visit.doors.show_others_offered(offered=offered)
        self._review.doors.show_others_offered(offered=offered)

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        self.desk.end()

    def come_back(self) -> None:
        """From another room that one of these led to."""
        if self._session is not None:
            self.desk.begin(self._session)

    def _on_room(self, back: Callable[[], None]) -> None:
        if self._session is not None:
            self._back = back
            self.desk.begin(self._session)

    def _on_resumed(self, draft: Draft) -> None:
        typed = typed_in(draft)
        if self._session is not None and typed is not None:
            self._back = self._visit.show_waiting
            self.desk.resume(self._session, typed)

    def _on_left(self) -> None:
        if self._session is not None:
            self._back()
