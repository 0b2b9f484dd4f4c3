"""One application within a visit: the procedure is chosen, the number confirmed, the form entered and handed in."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.identity import Question
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import AppError
from app.services.known_facts import Sources
from app.services.prepare_application import FormView
from app.ui.flows.application import with_entered
from app.ui.flows.carried import note_said, with_carried
from app.ui.flows.hand_in import Signed
from app.ui.flows.person_checks import identity_outcome
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_check import CheckStep
from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Screen
from app.ui.screens.procedure import ProcedureShown
from app.wire.draft import Draft

RECEIVE, MAKE = "application.receive", "enquiry.make"
ISSUE, SEALS = "certificate.issue", "seal.register"


class CaseFlow(QObject):
    """``opened`` carries the screen to show; ``alerts`` and ``pending`` notes for the panel; ``changed``: the strip.

    It is told whom the visit is about by ``begin`` (a new application) or ``resume`` (a draft).
    """

    opened = Signal(object)
    alerts = Signal(object)
    pending = Signal(object)
    changed = Signal()

    def __init__(self, kit: Kit, rooms: Rooms, lanes: VisitLanes, acts: VisitActs, books: CounterBooks) -> None:
        super().__init__(rooms.waiting_screen)
        self._kit, self._rooms, self._lanes, self._acts, self._books = kit, rooms, lanes, acts, books
        self._errands = Errands(self)
        self._present: Present | None = None
        self._note: Message | None = None
        rooms.procedure_screen.chosen.connect(self._on_procedure)
        rooms.procedure_screen.interview_asked.connect(self._on_interview)
        rooms.interview.opened.connect(self._open)
        rooms.interview.left.connect(partial(self._open, rooms.procedure_screen))
        rooms.interview.done.connect(self._on_planned)
        rooms.plan.opened.connect(self._open)
        rooms.plan.left.connect(partial(self._open, rooms.procedure_screen))
        rooms.plan.again_asked.connect(self._on_interview)
        rooms.plan.procedure_asked.connect(self._on_procedure)
        rooms.number.opened.connect(partial(self._open, rooms.number_screen))
        rooms.number.done.connect(self._on_number)
        rooms.number.noted.connect(self._on_noted)
        rooms.form.looked.connect(self._on_looked)
        rooms.form.hand_in_asked.connect(self._on_hand_in)
        rooms.form_screen.enquire_asked.connect(self._on_enquire)
        rooms.enquiry_screen.form_asked.connect(partial(self._open, rooms.form_screen))
        rooms.enquiries.changed.connect(self.pending)
        rooms.hand_in_screen.form_asked.connect(partial(self._open, rooms.form_screen))
        self._check = CheckStep(kit, rooms, lambda: self._present)
        self._check.opened.connect(self._open)
        rooms.check.signed.connect(self._on_signed)
        rooms.hand_in.handed_in.connect(self._on_handed_in)
        rooms.result_screen.another_asked.connect(self._on_another)

    def begin(self, present: Present) -> None:
        """The person is known: choose what is to be done."""
        self._present = present
        present.draft, present.procedure, present.number_state = None, None, ""
        present.evidence = tuple(one for one in present.evidence if one.about != Question.NUMBER)
        today = business_date(self._kit.clock.now())
        mine = present.session.actor.department
        offered = [one for one in self._books.procedures if one.in_force(today)]
        offered.sort(key=lambda one: (one.section != mine, one.section, one.title))
        self._rooms.procedure_screen.show_procedures([self._offered(one) for one in offered])
        known = present.record is not None
        may = {one: allowed(present.session.actor, one, ANY, ANY, day=today) for one in (ISSUE, SEALS)}
        self._rooms.procedure_screen.show_issue_offered(certificates=known and may[ISSUE], seals=known and may[SEALS])
        if present.plan is None:
            self._open(self._rooms.procedure_screen)
        else:
            self._rooms.plan.show(present)
        self.changed.emit()

    def _on_planned(self) -> None:
        if self._present is not None:
            self._rooms.plan.show(self._present)

    def _on_interview(self) -> None:
        if self._present is not None:
            self._rooms.interview.begin(self._present)

    def _offered(self, procedure: Procedure) -> ProcedureShown:
        today = business_date(self._kit.clock.now())
        present = self._present
        may = present is not None and allowed(present.session.actor, RECEIVE, procedure.id, ANY, day=today)
        outcome, follows = ("", "") if present is None else identity_outcome(self._kit, self._books, present, procedure)
        return ProcedureShown(procedure.id, procedure.title, procedure.section, procedure.law, may, outcome, follows)

    def _on_procedure(self, name: str) -> None:
        procedure = self._books.procedure(name)
        if self._present is not None and procedure is not None:
            self._present.procedure = procedure
            self.changed.emit()
            self._rooms.number.begin(self._present, procedure)

    def _on_number(self) -> None:
        """The number is had, refused or not needed: the form is prepared from what is known."""
        present = self._present
        if present is None or present.procedure is None:
            return
        own = present.capacity is Capacity.SELF
        sources = Sources(
            municipality=present.session.actor.municipality,
            day=business_date(self._kit.clock.now()),
            card=present.card if own else None,
            record=present.record,
        )
        about = (present.parts(), sources)
        press = self._acts.press()
        work = partial(self._acts.prepare, press, present.session, present.visit, present.procedure, about)
        self._errands.run(self._lanes.store, work, partial(self._on_prepared, present.procedure), self._on_not_prepared)

    def _on_prepared(self, procedure: Procedure, draft: Draft) -> None:
        if self._present is not None:
            entered = with_entered(draft, procedure, self._present)
            day = business_date(self._kit.clock.now())
            self._go_on(self._present, procedure, with_carried(entered, procedure, self._present, self._books, day))
            self._rooms.form.save()

    def _on_not_prepared(self, error: AppError) -> None:
        self._open(self._rooms.procedure_screen)
        self._rooms.procedure_screen.banner.show_message(self._kit.messages.of(error))

    def resume(self, present: Present, procedure: Procedure, draft: Draft) -> None:
        """Go on with a draft."""
        self._present = present
        self._go_on(present, procedure, draft)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = self._note = None

    def _go_on(self, present: Present, procedure: Procedure, draft: Draft) -> None:
        self.changed.emit()
        actor, today = present.session.actor, business_date(self._kit.clock.now())
        may = any(allowed(actor, MAKE, procedure.id, one.item_class, day=today) for one in procedure.enquiries)
        self._rooms.form_screen.show_enquire_offered(offered=may)
        self._rooms.form.begin(present, procedure, draft)
        if self._note is not None:
            self._rooms.form_screen.banner.show_message(self._note, "warning")
            self._note = None
        self._open(self._rooms.form_screen)

    def _on_looked(self, view: FormView) -> None:
        present, notes = self._present, self._rooms.notes
        if present is not None and present.procedure is not None and present.draft is not None:
            back = notes.returned(present.procedure, present.draft)
            self.alerts.emit((*back, *notes.limits(view.limits, view.amounts, view.papers)))

    def _on_enquire(self) -> None:
        present, draft = self._present, self._rooms.form.draft()
        if present is not None and present.procedure is not None and draft is not None:
            self._rooms.enquiries.open(present, present.procedure, draft)
            self._open(self._rooms.enquiry_screen)

    def _on_hand_in(self) -> None:
        present, draft, view = self._present, self._rooms.form.draft(), self._rooms.form.view
        if present is None or present.procedure is None or draft is None or view is None:
            return
        self._rooms.form.save()
        check = self._rooms.check.reader
        changes = check.changes(present, present.procedure, draft)
        signed = Signed(check.said(present, present.procedure, draft), bool(changes))
        self._rooms.hand_in.open(present, present.procedure, draft, (view, signed))
        self._open(self._rooms.hand_in_screen)

    def _on_signed(self, draft: Draft) -> None:
        """The signature stands in the draft, and is kept with it."""
        if self._present is not None:
            self._present.draft = draft
            self._on_hand_in()
            self._rooms.hand_in_screen.show_signed()

    def _on_handed_in(self) -> None:
        self._rooms.form.handed_in()
        present = self._present
        if present is not None and present.procedure is not None and present.draft is not None:
            note_said(present, present.procedure, present.draft, self._books, business_date(self._kit.clock.now()))
            self._rooms.plan.note_done(present, present.procedure.id)
            self._rooms.result_screen.show_next(self._rooms.plan.next_title(present))
            present.draft = None
        self._open(self._rooms.result_screen)

    def _on_noted(self, note: Message) -> None:
        self._note = note

    def _on_another(self) -> None:
        if self._present is not None:
            self.begin(self._present)

    def _open(self, screen: Screen) -> None:
        if self._present is not None:
            self.opened.emit(screen)
