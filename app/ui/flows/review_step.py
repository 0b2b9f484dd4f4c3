"""One application under review: shown, its enquiries watched, the step that is due taken once or refused with why."""

import dataclasses
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.verdict import Verdict
from app.errors import AppError, Refused
from app.services.ports.seat import Press, Session
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.flows.review_case import STAGE_OF, Case, CaseReader, answers_of, places_of
from app.ui.flows.review_enquiries import EnquiryWatch
from app.ui.flows.review_hold import HoldWork, hold_days
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.review import ReviewScreen
from app.ui.screens.review_step import Given, StepShown, Way
from app.ui.widgets.alerts import Note
from app.wire.desk import AnswerMark, ApplicationView, CheckReception, Decide, Examine, StepDone

RECEPTION, CHECK, EXAMINE, DECIDE = "reception", "reception_check", "examination", "decision"
ENTRY_WRONG = frozenset({"entry_wrong"})
"""Reasons of a return that are about a field of the form: it has to be named."""
TO_ENTER = "to_enter"
"""Why what came by post lies with its author; nobody returns an application for it."""
StepMessage = CheckReception | Examine | Decide


class StepFlow(QObject):
    """From opening to the step. ``done`` carries the case, the outcome and the office's answer (``StepDone``).

    ``alerted`` and ``pending`` carry notes for the panel at the right, ``correct_asked`` an application to correct.
    """

    done = Signal(object, str, object)
    correct_asked = Signal(object)
    alerted = Signal(object)
    pending = Signal(object)

    def __init__(
        self, kit: Kit, lanes: ReviewLanes, acts: ReviewActs, books: ReviewBooks, about: tuple[Session, Case]
    ) -> None:
        super().__init__()
        self._kit, self._lanes, self._acts = kit, lanes, acts
        self._session, self._case = about
        self._reader = CaseReader(kit, books)
        self._errands = Errands(self)
        self._asked: tuple[StepMessage, Press] | None = None
        self.screen = ReviewScreen(kit, self._step_shown(), examines=self._examines())
        self.screen.step_asked.connect(self._on_step_asked)
        self._watch = EnquiryWatch(kit, lanes, acts, books, about)
        self._watch.rows_changed.connect(self.screen.show_enquiries)
        self._watch.pending.connect(self.pending)
        self._watch.answered.connect(self._on_answered)
        self._hold = HoldWork((self.screen, self._errands), lanes.office, acts, about, self._on_failed)
        self._hold.settled.connect(lambda outcome, done: self.done.emit(self._case, outcome, done))
        self._watch.failed.connect(lambda error: self.screen.show_error(kit.messages.of(error)))
        self.screen.start_asked.connect(self._watch.start)

    @property
    def case(self) -> Case:
        """The application as it stands now."""
        return self._case

    def begin(self) -> None:
        """Show it, say at once what this person may not do, and look at enquiries and receipts."""
        self.screen.show_case(self._reader.case(self._case))
        self._show_alerts()
        if self._case.step == RECEPTION:
            self.screen.show_returned(self._reader.last_reason(self._case))
        elif (refusal := self._refusal()) is not None:
            self.screen.show_not_yours(self._kit.messages.of(refusal))
        elif self._case.view.hold is not None:
            self.screen.banner.show_text("information", *self._reader.held(self._case.view.hold))
        if self._examines():
            self._watch.begin()
        self._check_receipts()

    def ask(self, way: str) -> None:
        """It was opened to be given back ("return") or to be held ("hold")."""
        if way and self._refusal() is None:
            self.screen.ask(way)

    def end(self) -> None:
        """Forget it; answers on their way are dropped."""
        self._watch.end()
        self._errands.drop()
        self.screen.wipe()
        self.deleteLater()

    def _step_shown(self) -> StepShown:
        procedure, name = self._case.procedure, self._case.step
        known = procedure.step(name)
        title = known.title if known else self._kit.texts.queue.task
        reasons = tuple((one.value, one.label) for one in procedure.reasons) if name == DECIDE else ()
        mine = name != RECEPTION or self._corrects()
        words = tuple(one for one in self._kit.messages.words("return_reason") if one[0] != TO_ENTER)
        holds = name in self._case.view.may and not self._corrects()
        return StepShown(
            title,
            words,
            reasons,
            name == DECIDE,
            mine,
            self._corrects(),
            self._case.procedure.approval,
            self._kit.messages.words("hold_reason") if holds else (),
            hold_days(self._kit) if holds else (),
            is_held=holds and self._case.view.hold is not None,
            places=places_of(self._kit, self._case) if mine else (),
            placed=ENTRY_WRONG,
        )

    def _corrects(self) -> bool:
        """Whether it came back to this person."""
        return self._case.step == RECEPTION and RECEPTION in self._case.view.may

    def _examines(self) -> bool:
        """Whether this person examines it now; only then may enquiries be begun here."""
        return self._case.step == EXAMINE and EXAMINE in self._case.view.may

    def _refusal(self) -> Refused | None:
        """Why the step is not open to this person, as far as the office has said so."""
        step, view = self._case.step, self._case.view
        if step in view.may and step in {CHECK, EXAMINE, DECIDE}:
            return None
        return Refused(view.why_not.get(step, "wrong_state"), level=view.level)

    def _on_step_asked(self, given: Given, looked: tuple[str, ...]) -> None:
        if self._corrects():
            self.correct_asked.emit(self._case.view)
            return
        if (refusal := self._refusal()) is not None:
            self.screen.show_error(self._kit.messages.of(refusal))
            return
        message = self._message(given, looked)
        if self._asked is None or self._asked[0] != message:
            self._asked = (message, self._acts.press())
        self.screen.show_busy()
        self._errands.run(
            self._lanes.office,
            partial(self._take, *self._asked),
            partial(self._on_done, message.outcome),
            self._on_failed,
        )

    def _take(self, message: StepMessage, press: Press) -> StepDone:
        review = self._acts.review
        match message:
            case CheckReception():
                return review.check_reception(press, self._session, message)
            case Examine():
                return review.examine(press, self._session, message)
            case Decide():
                return review.decide(press, self._session, message)

    def _message(self, given: Given, looked: tuple[str, ...]) -> StepMessage:
        view, step = self._case.view, self._case.step
        passed = "approved" if step == DECIDE else "passed"
        outcome = {Way.RETURN: "returned", Way.REJECT: "rejected"}.get(given.way, passed)
        if step == CHECK:
            return CheckReception(
                application_id=view.application_id,
                version=view.version,
                outcome=outcome,
                reason=given.reason,
                note=given.note,
                field=given.field,
            )
        if step == EXAMINE:
            return Examine(
                application_id=view.application_id,
                version=view.version,
                outcome=outcome,
                answers=self._case.answers[len(view.answers) :],
                confirmed_findings=looked,
                reason=given.reason,
                note=given.note,
                field=given.field,
            )
        return Decide(
            application_id=view.application_id,
            version=view.version,
            outcome=outcome,
            reason=given.reason,
            note=given.note,
            confirmed_findings=looked,
            field=given.field,
        )

    def _on_done(self, outcome: str, done: StepDone) -> None:
        self._asked = None
        self.done.emit(self._case, outcome, done)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_error(self._kit.messages.of(error))

    def _on_answered(self, came: tuple[AnswerMark, ...]) -> None:
        answers = answers_of(self._case.view, came)
        if answers != self._case.answers:
            self._case = dataclasses.replace(self._case, answers=answers)
            self._show_answers()
            self._check_receipts()

    def _check_receipts(self) -> None:
        for one in self._case.answers:
            if one.proof and one.enquiry_id not in self._case.receipts:
                work = partial(self._acts.check_receipt, one.proof)
                self._errands.run(self._lanes.paper, work, partial(self._on_receipt, one.enquiry_id), self._on_failed)

    def _on_receipt(self, enquiry_id: str, verdict: Verdict) -> None:
        receipts = {**self._case.receipts, enquiry_id: verdict}
        self._case = dataclasses.replace(self._case, receipts=receipts)
        self._show_answers()

    def _show_answers(self) -> None:
        self.screen.show_answers(self._reader.answers(self._case), self._reader.findings(self._case))
        self._show_alerts()

    def _show_alerts(self) -> None:
        found = self._reader.findings(self._case) if self._case.step in STAGE_OF else ()
        self.alerted.emit([Note(one.what, one.next, "error" if one.stops else "warning") for one in found])


def opened_case(view: ApplicationView, books: ReviewBooks) -> Case | None:
    """The case of a message; None for a procedure that this counter does not know."""
    procedure = books.procedure(view.procedure)
    if procedure is None:
        return None
    step = next(iter((*view.may, *view.why_not)), "")
    return Case(view, procedure, step, view.answers, {})
