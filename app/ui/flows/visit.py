"""A visit from the next ticket to its close: one coordinator that opens the screens and lets the flows work."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.interview import Way
from app.domain.person import Capacity
from app.domain.rights import ANY, allowed
from app.services.plan_marks import plan_from
from app.services.ports.seat import Session, Visit
from app.ui.flows.pin_entry import Faces
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_case import ISSUE, CaseFlow
from app.ui.flows.visit_doors import VisitDoors
from app.ui.flows.visit_identity import VisitIdentity
from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.widgets.top_strip import VisitShown
from app.wire.desk import ApplicationView
from app.wire.draft import Draft


@dataclass(frozen=True, slots=True)
class Stand:
    """Visit, draft, procedure under way, "" for none. ``is_between``: the screen between visits is open."""

    visit_id: str = ""
    draft_id: str = ""
    is_between: bool = False
    procedure: str = ""


class VisitDesk(QObject):
    """Everything a clerk does with one person. It works between ``begin`` and ``end`` of a session.

    ``queue_asked``: the clerk wants the list of applications to review (offered where ``begin`` says so);
    ``admin_asked``: likewise the room of administrators; ``sign_out_asked``: the clerk leaves; call ``end`` before
    another session begins. ``outgoing_asked``: what has not arrived is to be looked after.
    ``register_asked``: the room of the register; ``whole_record_asked`` carries a ``Visit`` and whose record;
    ``certificates_asked``, ``certificate_at_once`` (the short way), ``seals_asked`` and ``network_asked`` carry the
    ``Present`` whom they are for; ``visit_over``: it has ended.
    ``close_asked``: the person leaves while another room is open (emit it).
    ``filing_resumed`` a draft of a change of the register, ``entry_resumed`` one of a form of another room;
    ``others_asked``: the office's other rooms. ``saving``: whatever is being entered is kept now. ``resident``: what
    stands on the resident's display.
    """

    queue_asked = Signal()
    admin_asked = Signal()
    sign_out_asked = Signal()
    outgoing_asked = Signal()
    lookup_asked = Signal()
    certificates_asked = Signal(object)
    certificate_at_once = Signal(object)
    seals_asked = Signal(object)
    network_asked = Signal(object)
    visit_over = Signal()
    close_asked = Signal()
    register_asked = Signal()
    others_asked = Signal()
    entry_resumed = Signal(object)
    whole_record_asked = Signal(object, str)
    filing_resumed = Signal(object)
    saving = Signal()

    def __init__(self, kit: Kit, faces: Faces, lanes: VisitLanes, acts: VisitActs, books: CounterBooks) -> None:
        super().__init__(faces.window)
        self._kit, self._window, self._lanes, self._acts, self._books = kit, faces.window, lanes, acts, books
        self._rooms = Rooms(kit, faces, lanes, acts, books)
        self.resident = self._rooms.resident
        self._identity = VisitIdentity(self._rooms)
        self._case = CaseFlow(kit, self._rooms, lanes, acts, books)
        self._session: Session | None = None
        self._present: Present | None = None
        self._errands = Errands(self)
        self.doors = VisitDoors(self._rooms, lambda: self._present)
        self._connect()

    def begin(self, session: Session, *, may_review: bool = False) -> None:
        """A person works here now: the screen between visits opens. ``may_review``: a queue is offered too."""
        self._session = session
        day = business_date(self._kit.clock.now())
        self.doors.show_issue_offered(offered=allowed(session.actor, ISSUE, ANY, ANY, day=day))
        self._rooms.waiting_screen.show_queue_offered(offered=may_review)
        self._rooms.waiting.begin(session)
        self._window.open_screen(self._rooms.waiting_screen)

    def show_waiting(self) -> None:
        """Back to the screen between visits, as after looking at the queue."""
        self._window.open_screen(self._rooms.waiting_screen)
        self._rooms.waiting.look()

    def correct(self, view: ApplicationView) -> None:
        """Go on with an application that came back: its form opens, why it came back stands beside it."""
        procedure = self._books.procedure(view.procedure)
        if self._session is None or procedure is None:
            return
        self.show_waiting()
        press = self._acts.press()
        visit = Visit(view.visit_id, "", press.at)
        work = partial(self._acts.correct, press, self._session, view, procedure)
        self._errands.run(self._lanes.store, work, partial(self._on_resumed, visit), self._rooms.waiting.show_failure)

    def end(self) -> None:
        """The session ends: everything of persons and of this clerk's work leaves the screens."""
        self._wipe()
        self._errands.drop()
        self._session = None
        self._rooms.waiting.end()
        self._rooms.readers.end()

    def close(self) -> None:
        """The program ends: the readers are watched no more."""
        self._rooms.cards.close()

    def where(self) -> Stand:
        """Where the same person stands again after a lock."""
        present = self._present
        if present is None:
            return Stand(is_between=self._window.current is self._rooms.waiting_screen)
        procedure = "" if present.procedure is None else present.procedure.id
        draft_id = present.draft.draft_id if present.draft is not None else ""
        return Stand(present.visit.visit_id, draft_id, procedure=procedure)

    def save_now(self) -> None:
        """Keep what is being entered, as before a lock; it is queued on the store's lane at once. No PIN is kept."""
        self._rooms.pin.end()
        self._rooms.form.save()
        self.saving.emit()

    def copy_now(self) -> None:
        """Send a copy of what is being entered, for take-over; queued behind the save, it needs no open work."""
        self._rooms.form.copy()

    def note_issued(self) -> None:
        """A certificate was handed over in this visit."""
        if self._present is not None:
            self._rooms.plan.note_issued(self._present, Way.CERTIFICATE)

    def look_again(self) -> None:
        """Read anew what lies on this PC, for the screen between visits."""
        self._rooms.waiting.look()

    def _connect(self) -> None:
        rooms = self._rooms
        rooms.waiting_screen.queue_asked.connect(self.queue_asked)
        rooms.waiting_screen.admin_asked.connect(self.admin_asked)
        rooms.waiting_screen.sign_out_asked.connect(self.sign_out_asked)
        rooms.waiting_screen.readers_asked.connect(self._on_readers)
        rooms.waiting_screen.outgoing_asked.connect(self.outgoing_asked)
        rooms.waiting_screen.lookup_asked.connect(self.lookup_asked)
        rooms.waiting_screen.register_asked.connect(self.register_asked)
        rooms.waiting_screen.others_asked.connect(self.others_asked)
        rooms.waiting.entry_resumed.connect(self.entry_resumed)
        rooms.waiting.filing_resumed.connect(self.filing_resumed)
        self.doors.whole_record.connect(self.whole_record_asked)
        rooms.readers.left.connect(self.show_waiting)
        rooms.waiting.visit_begun.connect(self._on_visit)
        rooms.waiting.draft_resumed.connect(self._on_resumed)
        self._identity.opened.connect(self._open)
        self._identity.known.connect(self._show_strip)
        self._identity.done.connect(self._on_identified)
        self.doors.certificates.connect(self.certificates_asked)
        self.doors.certificate_at_once.connect(self.certificate_at_once)
        self.doors.seals.connect(self.seals_asked)
        self.doors.network.connect(self.network_asked)
        self.close_asked.connect(self._on_close)
        self._case.opened.connect(self._open)
        self._case.changed.connect(self._show_strip)
        self._case.alerts.connect(self._window.alerts.show_alerts)
        self._case.alerts.connect(self.resident.show_alerts)
        self._case.pending.connect(self._window.alerts.show_pending)
        rooms.hand_in.received.connect(rooms.waiting.note_received)
        for screen in rooms.of_a_visit():
            screen.close_asked.connect(self._on_close)

    def _open(self, screen: Screen) -> None:
        if self._present is not None:
            self._window.open_screen(screen)

    def _on_visit(self, visit: Visit) -> None:
        if self._session is None:
            return
        self._present = Present(self._session, visit)
        self.resident.begin(visit.ticket)
        self._identity.begin(self._present)
        self._window.show_visit(VisitShown(visit.ticket), started_s=self._kit.clock.monotonic())

    def _on_resumed(self, visit: Visit, draft: Draft) -> None:
        """Go on with a draft: who it is about was confirmed when it was begun."""
        procedure = self._books.procedure(draft.procedure)
        if self._session is None or procedure is None or draft.roles is None:
            return
        self._present = Present(self._session, visit, procedure=procedure, draft=draft, evidence=draft.evidence)
        self._present.capacity = Capacity(draft.roles.capacity)
        self._present.typed = {"card.name": draft.roles.applicant.name}
        day = business_date(self._kit.clock.now())
        self._present.plan = plan_from(draft.plan, self._acts.interview.interview, day)
        self._window.show_visit(_strip(self._present), started_s=self._kit.clock.monotonic())
        self.resident.begin(visit.ticket)
        self._case.resume(self._present, procedure, draft)
        words = self._kit.texts.application
        title, text = words.resumed_title, words.resumed_text
        if draft.returned is not None:
            title, text = words.correct_title(draft.returned.number), words.correct_text
        self._rooms.form_screen.banner.show_text("information", title, text)

    def _on_readers(self) -> None:
        if self._session is not None and self._present is None:
            self._window.open_screen(self._rooms.readers_screen)
            self._rooms.readers.begin()

    def _on_identified(self) -> None:
        if self._present is not None:
            self.doors.show_person()
            self._case.begin(self._present)
            self.doors.go_on()

    def _on_close(self) -> None:
        """The person leaves: what is unfinished is kept as a draft, then nothing of the person is left anywhere."""
        present = self._present
        if present is None or self._session is None:
            return
        unfinished = present.draft is not None
        press = self._acts.press()
        self._wipe()
        work = partial(self._acts.close_visit, press, present.session, present.visit)
        words = self._kit.texts.visit
        text = words.closed_kept if unfinished else words.closed_text
        banner = self._rooms.waiting_screen.banner
        said = partial(banner.show_text, "success", words.closed_title, text)
        self._lanes.store.run(work, owner=self, done=lambda _: said(), failed=self._rooms.waiting.show_failure)
        self.show_waiting()

    def _wipe(self) -> None:
        self._case.end()
        self._identity.end()
        self.doors.forget()
        self._rooms.end_visit()
        self.visit_over.emit()
        self._present = None
        self._window.show_visit(None)
        self._window.alerts.clear()

    def _show_strip(self) -> None:
        self._window.strip.show_visit(_strip(self._present))


def _strip(present: Present | None) -> VisitShown:
    """What the strip says of the visit."""
    if present is None:
        return VisitShown()
    born = ""
    if present.hit is not None:
        born = wareki(present.hit.birth)
    elif present.card is not None and present.capacity is Capacity.SELF:
        born = wareki(present.card.birth)
    title = present.procedure.short_title if present.procedure is not None else ""
    return VisitShown(present.visit.ticket, title, present.name, born)
