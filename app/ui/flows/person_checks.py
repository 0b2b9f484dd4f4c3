"""What is still to be confirmed once the record is open: the person by questions, the authority of who acts for it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.capacity import Consequence, consequence
from app.domain.identity import Question, Regime
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.ask_questions import Answered
from app.services.confirm_person import CONFIRMED
from app.services.ports.seat import Press
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.authority import AuthorityScreen, AuthorityShown
from app.ui.screens.questions import QuestionShown, QuestionsScreen
from app.wire.desk import Evidence
from app.wire.evidence import confirmations


class ChecksFlow(QObject):
    """``opened`` carries the screen that is needed; ``done``: nothing is left to ask, or the clerk goes on without."""

    opened = Signal(object)
    done = Signal()

    def __init__(
        self,
        kit: Kit,
        screens: tuple[QuestionsScreen, AuthorityScreen],
        lanes: VisitLanes,
        acts: VisitActs,
        books: CounterBooks,
    ) -> None:
        self._questions, self._authority = screens
        super().__init__(self._questions)
        self._kit, self._lanes, self._acts, self._books = kit, lanes, acts, books
        self._errands = Errands(self)
        self._present: Present | None = None
        self._questions.confirm_asked.connect(self._on_answered)
        self._questions.back_asked.connect(self._to_authority)
        self._authority.papers_shown.connect(self._on_papers)
        self._authority.member_chosen.connect(self._on_member)
        self._authority.skip_asked.connect(self._on_skip)

    def begin(self, present: Present) -> None:
        """The applicant is known: by record, or by what was typed of somebody who is not in the register."""
        self._present = present
        if present.by_questions and present.record is not None:
            asked = self._acts.ask_questions.asked(present.record)
            rules = self._acts.ask_questions.rules
            self._questions.show_questions(
                [QuestionShown(one.id, one.text, one.expected) for one in asked], rules.least, rules.wrong
            )
            self.opened.emit(self._questions)
        else:
            self._to_authority()

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present = None
        self._questions.wipe()
        self._authority.wipe()

    def _to_authority(self) -> None:
        present = self._present
        if present is None:
            return
        if present.capacity is Capacity.SELF:
            self.done.emit()
            return
        table, capacity = self._books.capacities, present.capacity
        rules = table.capacities[capacity].rules.values()
        by_register = any(rule.by_register for rule in rules) and present.record is not None
        members = present.record.household if present.record is not None and by_register else ()
        applicant = "" if present.hit is None else present.hit.business_number
        self._authority.show_asked(
            AuthorityShown(
                capacity=self._kit.messages.word("capacity", capacity.value),
                papers=tuple((paper.id, paper.label) for paper in table.papers_for(capacity)),
                members=tuple((one.business_number, one.name) for one in members if one.business_number != applicant),
                presenter=present.presenter,
                follows=follows(self._kit, self._books, present),
            )
        )
        self.opened.emit(self._authority)

    def _on_answered(self, agreed: dict[str, bool], kinds: tuple[str, ...]) -> None:
        present = self._present
        if present is None or present.record is None:
            return
        work = partial(
            self._acts.ask_questions, self._press(), present.session, present.visit, present.record,
            Answered(agreed, kinds),
        )  # fmt: skip
        self._errands.run(self._lanes.store, work, self._on_questions, self._on_failed)

    def _on_questions(self, evidence: Evidence) -> None:
        present = self._present
        if present is None:
            return
        present.evidence = (*present.evidence, evidence)
        if evidence.result == CONFIRMED:
            self._to_authority()
            return
        words = self._kit.texts.chip_way
        self._questions.banner.show_text(
            "error", words.not_confirmed_title, words.not_confirmed_text, words.not_confirmed_next
        )

    def _on_papers(self, kinds: tuple[str, ...], name: str) -> None:
        present = self._present
        if present is None:
            return
        present.presenter, present.card_at = name, None
        work = partial(
            self._acts.confirm_authority.by_paper,
            self._press(),
            present.session,
            present.visit,
            present.capacity,
            kinds,
        )
        self._errands.run(self._lanes.store, work, self._on_authority, self._on_failed)

    def _on_member(self, business_number: str, name: str) -> None:
        present = self._present
        if present is None or present.record is None:
            return
        present.presenter, present.card_at = name, None
        household = (present.record, business_number)
        work = partial(
            self._acts.confirm_authority.by_register,
            self._press(),
            present.session,
            present.visit,
            present.capacity,
            household,
        )
        self._errands.run(self._lanes.store, work, self._on_authority, self._on_failed)

    def _on_skip(self, name: str) -> None:
        if self._present is not None:
            self._present.presenter, self._present.card_at = name, None
            self.done.emit()

    def _on_authority(self, evidence: Evidence) -> None:
        present = self._present
        if present is None:
            return
        present.evidence = (*present.evidence, evidence)
        if evidence.result == CONFIRMED:
            self.done.emit()
        else:
            self._authority.show_not_confirmed()

    def _on_failed(self, error: AppError) -> None:
        for screen in (self._questions, self._authority):
            screen.banner.show_message(self._kit.messages.of(error))

    def _press(self) -> Press:
        return self._acts.press()


def follows(kit: Kit, books: CounterBooks, present: Present) -> str:
    """What happens as things stand, a line for each kind of procedure; the number is asked later and counts not yet."""
    found, lines = confirmations(present.evidence), []
    for regime in Regime:
        outcome = consequence(books.capacities, regime, present.capacity, found)
        missing = tuple(one for one in outcome.missing if one.question is not Question.NUMBER)
        if outcome.fits and missing:
            what = kit.messages.word("consequence", outcome.consequence.value)
            lines.append(kit.texts.ways.follows_line(kit.messages.word("regime", regime.value), what))
    return "\n".join(lines)


def identity_outcome(kit: Kit, books: CounterBooks, present: Present, procedure: Procedure) -> tuple[str, str]:
    """In few words what follows for this procedure as things stand, and in full, "" where nothing is missing.

    The number is asked later and counts not yet.
    """
    word, words = kit.messages.word, kit.texts.procedure_choice
    found = consequence(books.capacities, procedure.identity.regime, present.capacity, confirmations(present.evidence))
    missing = [word("missing", one.question.value) for one in found.missing if one.question is not Question.NUMBER]
    if found.fits and not missing:
        return word("consequence_short", Consequence.CONFIRMED.value), ""
    why = words.missing(kit.texts.cards.between.join(missing)) if found.fits else words.not_fitting
    follows = words.follows(why, word("consequence", found.consequence.value))
    return word("consequence_short", found.consequence.value), follows
