"""聞き取り in a visit: what happened, and the questions that follow; a list of what is to be done comes of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.facts import Scalar
from app.domain.interview import Question, Told, asked, relevant
from app.domain.visit_plan import Plan, plan_of
from app.errors import AppError
from app.ui.flows.interview_words import InterviewWords
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.interview_events import InterviewEventsScreen
from app.ui.screens.interview_question import InterviewQuestionScreen


class InterviewFlow(QObject):
    """``opened`` carries the screen to show; ``left``: the clerk goes to the whole list of procedures.

    ``done``: the list is made and lies in ``Present.plan``.
    """

    opened = Signal(object)
    left = Signal()
    done = Signal()

    def __init__(
        self,
        kit: Kit,
        screens: tuple[InterviewEventsScreen, InterviewQuestionScreen],
        lanes: VisitLanes,
        acts: VisitActs,
    ) -> None:
        self._events, self._question = screens
        super().__init__(self._events)
        self._kit, self._lanes, self._acts = kit, lanes, acts
        self._book = acts.interview.interview
        self._words = InterviewWords(kit, self._book)
        self._errands = Errands(self)
        self._present: Present | None = None
        self._told: Told | None = None
        self._at = ""
        self._events.told.connect(self._on_events)
        self._events.back_asked.connect(self.left)
        self._question.answered.connect(self._on_answered)
        self._question.earlier_asked.connect(self._on_earlier)

    def begin(self, present: Present) -> None:
        """Ask what happened; what was said before in this visit is there again."""
        self._present = present
        before = None if present.plan is None else present.plan.told
        day = business_date(self._kit.clock.now())
        known = self._acts.interview.known(present.record, present.capacity, day)
        events, answers = (frozenset[str](), dict[str, Scalar]()) if before is None else (before.events, before.answers)
        self._told, self._at = Told(events, dict(answers), known, day), ""
        self._events.show_events(self._told.events)
        self.opened.emit(self._events)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = self._told = None
        self._at = ""

    def _on_events(self, named: frozenset[str]) -> None:
        told = self._told
        if told is not None:
            self._told = relevant(self._book, Told(named, told.answers, told.known, told.day))
            self._go_to("", by=1)

    def _on_answered(self, answer: Scalar | None) -> None:
        told = self._told
        if told is None or not self._at:
            return
        answers = {name: value for name, value in told.answers.items() if name != self._at}
        if answer is not None:
            answers[self._at] = answer
        at = self._at
        self._told = relevant(self._book, Told(told.events, answers, told.known, told.day))
        self._go_to(at, by=1)

    def _on_earlier(self) -> None:
        self._go_to(self._at, by=-1)

    def _go_to(self, from_: str, *, by: int) -> None:
        """The question ``by`` places from that one; before the first stands what happened, after the last the list."""
        told = self._told
        if told is None:
            return
        questions = asked(self._book, told)
        names = [one.id for one in questions]
        at = (names.index(from_) if from_ in names else -1) + by
        if at < 0:
            self._at = ""
            self.opened.emit(self._events)
        elif at >= len(questions):
            self._finish(told)
        else:
            self._ask(questions[at], told, (at + 1, len(questions)))

    def _ask(self, question: Question, told: Told, at: tuple[int, int]) -> None:
        self._at = question.id
        self._question.show_question(self._words.question(question, told), at, self._words.heard(told))
        self.opened.emit(self._question)
        self._question.first_focus().setFocus()

    def _finish(self, told: Told) -> None:
        present = self._present
        if present is None:
            return
        plan = plan_of(self._book, told, present.plan)
        note = partial(self._acts.interview.note, self._acts.press(), present.session, present.visit, plan)
        self._errands.run(self._lanes.store, note, partial(self._on_noted, plan), self._on_failed)

    def _on_noted(self, plan: Plan, _: None) -> None:
        if self._present is not None:
            self._present.plan = plan
            self.done.emit()

    def _on_failed(self, error: AppError) -> None:
        """What can't be kept on record is not shown either."""
        for screen in (self._events, self._question):
            screen.banner.show_message(self._kit.messages.of(error))
