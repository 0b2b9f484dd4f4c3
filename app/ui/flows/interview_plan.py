"""きょうの手続 in a visit: the list that an interview made, changed by the clerk, worked through from the top."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.interview import Need, Way
from app.domain.rights import ANY, allowed
from app.domain.visit_plan import Plan, Standing, add, done, first_open
from app.errors import AppError
from app.services.paper import Paper
from app.ui.flows.interview_words import InterviewWords
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.interview_plan import InterviewPlanScreen

ISSUE, SEALS = "certificate.issue", "seal.register"
_ROOM = {Way.CERTIFICATE: ISSUE, Way.SEAL: SEALS}


class PlanFlow(QObject):
    """``opened`` carries the screen to show; ``left``: the clerk goes to the whole list of procedures.

    ``procedure_asked`` carries a procedure's id; ``certificates_asked`` and ``seals_asked``: those rooms are wanted;
    ``again_asked``: the interview is. The list is kept in ``Present.plan``.
    """

    opened = Signal(object)
    left = Signal()
    procedure_asked = Signal(str)
    certificates_asked = Signal()
    seals_asked = Signal()
    again_asked = Signal()

    def __init__(self, kit: Kit, screen: InterviewPlanScreen, lanes: VisitLanes, acts: VisitActs) -> None:
        super().__init__(screen)
        self._kit, self._plan, self._lanes, self._acts = kit, screen, lanes, acts
        self._book = acts.interview.interview
        self._words = InterviewWords(kit, self._book)
        self._errands = Errands(self)
        self._present: Present | None = None
        screen.toggled.connect(self._on_toggled)
        screen.removed.connect(self._on_removed)
        screen.added.connect(self._on_added)
        screen.begin_asked.connect(self._on_begin)
        screen.slip_asked.connect(self._on_slip)
        screen.again_asked.connect(self.again_asked)
        screen.all_asked.connect(self.left)

    def show(self, present: Present) -> None:
        """The list of the visit, on what comes next."""
        self._present = present
        plan = present.plan
        if plan is not None:
            following = first_open(self._book, plan)
            self._show(plan, "" if following is None else following.id)
            self.opened.emit(self._plan)

    def next_title(self, present: Present) -> str:
        """What is to be done next in this visit, "" for nothing."""
        found = None if present.plan is None else first_open(self._book, present.plan)
        return "" if found is None else found.title

    def note_done(self, present: Present, procedure: str) -> None:
        """An application of that procedure was handed in."""
        if present.plan is not None:
            present.plan = done(self._book, present.plan, procedure)

    def note_issued(self, present: Present, way: Way) -> None:
        """A certificate was handed over, or a seal registered: the first of that kind on the list is done."""
        plan = present.plan
        if plan is None:
            return
        needs = (self._book.need(one.need) for one in plan.items if one.standing is Standing.TODAY)
        found = next((one for one in needs if one is not None and one.way is way), None)
        if found is not None:
            present.plan = plan.set(found.id, Standing.DONE)
            following = first_open(self._book, present.plan)
            self._show(present.plan, "" if following is None else following.id)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = None

    def _show(self, plan: Plan, mark: str) -> None:
        self._plan.banner.clear()
        self._plan.show_needs(self._words.needs(plan), self._words.others(plan), mark)

    def _change(self, plan: Plan, mark: str) -> None:
        if self._present is not None:
            self._present.plan = plan
            self._show(plan, mark)

    def _on_toggled(self, name: str) -> None:
        plan = self._now()
        if plan is not None:
            today = plan.standing(name) is Standing.TODAY
            self._change(plan.set(name, Standing.TOLD if today else Standing.TODAY), name)

    def _on_removed(self, name: str) -> None:
        plan = self._now()
        if plan is not None:
            self._change(plan.without(name), "")

    def _on_added(self, name: str) -> None:
        plan, need = self._now(), self._book.need(name)
        if plan is not None and need is not None:
            self._change(add(self._book, plan, need), name)

    def _on_begin(self, name: str) -> None:
        plan, need, words = self._now(), self._book.need(name), self._kit.texts.interview_plan
        if plan is None or need is None:
            return
        if plan.standing(name) is Standing.DONE:
            self._plan.banner.show_text("information", words.done_title, words.done_text)
        elif need.way is Way.ELSEWHERE:
            place = self._words.place(need)
            self._plan.banner.show_text("information", words.elsewhere_title, words.elsewhere_text(place))
        elif not self._may(need):
            self._plan.banner.show_text("warning", words.not_offered_title, words.not_offered_text)
        else:
            self._change(plan.set(name, Standing.TODAY), name)
            self._open(need)

    def _may(self, need: Need) -> bool:
        """Rooms are open to who may work there, and for somebody in the register."""
        present, act = self._present, _ROOM.get(need.way)
        if present is None or act is None:
            return present is not None
        day = business_date(self._kit.clock.now())
        return present.record is not None and allowed(present.session.actor, act, ANY, ANY, day=day)

    def _open(self, need: Need) -> None:
        if need.way is Way.CERTIFICATE:
            self.certificates_asked.emit()
        elif need.way is Way.SEAL:
            self.seals_asked.emit()
        else:
            self.procedure_asked.emit(need.procedure)

    def _on_slip(self) -> None:
        present, plan = self._present, self._now()
        if present is not None and plan is not None:
            work = partial(self._acts.interview.slip, self._acts.press(), present.session, present.visit, plan)
            self._errands.run(self._lanes.store, work, self._on_pressed, self._on_failed)

    def _on_pressed(self, paper: Paper) -> None:
        self._acts.show_paper(self._kit.texts.interview_plan.slip_title, paper)

    def _on_failed(self, error: AppError) -> None:
        self._plan.banner.show_message(self._kit.messages.of(error))

    def _now(self) -> Plan | None:
        return None if self._present is None else self._present.plan
