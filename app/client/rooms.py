"""The rooms of the window in which a signed-in person works, and the ways between them."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.client.acts import review_acts, review_books, visit_acts, visit_books
from app.client.admin import AdminWing, make_admin_desk
from app.client.book_wing import book_room
from app.client.certificates import CertificateWing
from app.client.copying import CopyingWing
from app.client.counter import Counter
from app.client.display_wing import resident_monitor
from app.client.distribution_wing import distribution_room
from app.client.exchange_wing import exchange_room
from app.client.measuring import MeasuringWing
from app.client.network_wing import NetworkWing, network_room
from app.client.other_wing import OtherWing, office_means
from app.client.outgoing import OutgoingWing
from app.client.printing import print_acts
from app.client.register_wing import RegisterWing, register_acts
from app.client.social_wing import social_room
from app.domain.clock import Clock, Random
from app.services.ports.seat import Press, Session, press
from app.ui.background import Lane
from app.ui.flows.merge import MergeActs, MergeFlow
from app.ui.flows.other_rooms import OtherRoom
from app.ui.flows.pin_entry import Faces
from app.ui.flows.print_paper import PrintDesk
from app.ui.flows.review import ReviewDesk
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_acts import VisitLanes
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.resident_display import ResidentDisplay
from app.ui.window import Window
from app.wire.desk import ApplicationView

RECEIVE = "application.receive"
REVIEW = frozenset({"application.read", "application.check", "application.examine", "application.decide"})
"""Who has one of these has a list to look at; its own returned applications stand there for who received them."""

_LANES = ("reader", "store", "office", "paper", "news")


class Rooms(QObject):
    """Works between ``begin`` and ``end`` of a session. ``sign_out_asked``: the person leaves."""

    sign_out_asked = Signal()

    def __init__(
        self,
        counter: Counter,
        application: QApplication,
        faces: tuple[Kit, Window, ResidentDisplay],
        lanes: dict[str, Lane],
        chances: tuple[Clock, Random],
    ) -> None:
        kit, self._window, self._display = faces
        super().__init__(self._window)
        self._chances = chances
        self._session: Session | None = None
        reader, store, office, paper, news = (lanes[name] for name in _LANES)
        face = (kit, self._window)
        self.printing = PrintDesk(*face, print_acts(counter, self._press, (paper, office), chances[1]))
        self.visit = VisitDesk(
            kit,
            Faces(self._window, self._display),
            VisitLanes(reader, store, office, news),
            visit_acts(counter, self._press, self.printing.show),
            visit_books(counter),
        )
        self.review = ReviewDesk(kit, self._window, ReviewLanes(office, paper, news), *self._review_books(counter))
        desk = Late(self._window, partial(make_admin_desk, counter, kit, self._window, office, self._press))
        self.admin = AdminWing(kit, desk, (self.visit, self.review), counter.staff_cards)
        self._screens: tuple[QObject, ...] = ()
        both = Faces(self._window, self._display)
        self._monitors = resident_monitor(counter, kit, both, self.visit.resident, store)
        self.copying = CopyingWing(counter, application, face, store, self._press)
        outgoing = OutgoingWing(counter, face, store, (self.visit, self.review), self._press)
        register_means = partial(register_acts, counter, (office, store), self._press, chances)
        register = RegisterWing(face, register_means, self.visit, self.review)
        means = office_means(counter, (office, store), self._press, chances)
        network_doors, network = network_room(
            counter, kit, Faces(self._window, self._display), means, (reader, self.printing)
        )
        book_doors, book = book_room(counter, face, means, paper, self.printing)
        book.when_made(lambda room: room.whole_asked.connect(self._on_whole))
        rooms: tuple[OtherRoom, ...] = (
            distribution_room(counter, face, means),
            social_room(counter, face, means),
            network_doors,
            exchange_room(counter, face, means),
            book_doors,
        )
        others = OtherWing(face, rooms, self.visit, self.review)
        inside = NetworkWing(network, (kit, self._window, self.visit), register.begin_announced, others.come_back)
        certificates = CertificateWing(counter, face, office, self.visit, (self._press, self.printing))
        measuring = MeasuringWing(counter, (application, kit, self._window), lanes["told"], self.visit, self._press)
        self._merge, self._wings = (
            self._merging(counter, kit, store),
            (outgoing, register, others, inside, certificates, measuring),
        )
        self._screens += (outgoing.flow.screen,)
        self._connect()

    def _review_books(self, counter: Counter) -> tuple[ReviewActs, ReviewBooks]:
        return review_acts(counter, self._press, self.printing.show), review_books(counter)

    def parts(self) -> tuple[QObject, ...]:
        """Where something of a person may stand: what a lock takes out of the window, besides the window itself.

        Rooms that are made later hang from the window, and it tells of them.
        """
        return (self.visit, self.review, self.printing, *self._screens)

    def begin(self, session: Session) -> None:
        """The rooms of whoever works here open, and one of them is entered."""
        self._session = session
        for wing in (self.copying, self.admin, self.printing, *self._wings):
            wing.begin(session)
        acts = {right.act for right in session.actor.rights}
        if RECEIVE in acts:
            self.visit.begin(session, may_review=bool(acts & REVIEW))
        else:
            self.review.begin(session)

    def end(self) -> None:
        """Nothing of a person stays on any screen."""
        self._session = None
        for room in (self.visit, self.review, self.admin, self.printing, *self._wings):
            room.end()
        self._display.show_neutral()
        self.copying.end()

    def close(self) -> None:
        """The program ends."""
        self._display.close()
        self.copying.close()

    def _connect(self) -> None:
        self.visit.sign_out_asked.connect(self.sign_out_asked)
        self.review.sign_out_asked.connect(self.sign_out_asked)
        self.visit.queue_asked.connect(self._on_queue)
        self.review.left.connect(self._on_review_left)
        self.review.correct_asked.connect(self._on_correct)

    def _press(self) -> Press:
        return press(*self._chances)

    def _on_queue(self) -> None:
        if self._session is not None:
            self.review.begin(self._session)

    def _on_whole(self, application_id: str) -> None:
        """From the book into the review of one application."""
        if self._session is not None:
            self.review.begin(self._session)
            self.review.open(application_id)

    def _merging(self, counter: Counter, kit: Kit, store: Lane) -> MergeFlow:
        """What stands between an application that came back and its form."""
        acts = MergeActs(self._press, counter.cases.correct, review_books(counter))
        merge = MergeFlow(kit, self._window, store, acts)
        merge.ready.connect(self._on_merged)
        merge.left.connect(self._on_merge_left)
        self._screens += (merge.screen,)
        return merge

    def _on_correct(self, view: ApplicationView) -> None:
        """What was entered here while somebody else changed it is put together with theirs first."""
        if self._session is not None:
            self._merge.begin(self._session, view)

    def _on_merged(self, view: ApplicationView) -> None:
        self._merge.end()
        self.review.end()
        self.visit.correct(view)

    def _on_merge_left(self) -> None:
        self._merge.end()
        self._on_queue()

    def _on_review_left(self) -> None:
        if self._session is None:
            return
        self.review.end()
        if any(right.act == RECEIVE for right in self._session.actor.rights):
            self.visit.show_waiting()
        else:
            self.sign_out_asked.emit()
