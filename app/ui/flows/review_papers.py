"""After a decision: its papers, one at a time, set on their lane and looked at; nothing lies in a file."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.procedure import Output
from app.domain.verdict import NotChecked
from app.errors import AppError, PaperNeedsOffice
from app.services.needs_office import needs_office
from app.services.paper import Paper
from app.services.ports.seat import Session
from app.ui.flows.review_acts import ReviewActs, ReviewLanes
from app.ui.flows.review_case import Case, filing_words
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.decision import DecisionScreen, PaperRow
from app.ui.window import Window
from app.wire.desk import FilingState
from app.wire.desk_filing import QUEUED

INTERNAL = "internal"
_NOTICE = {"approved": "approval", "rejected": "rejection"}
"""Outcome of a decision → id of the output that tells the person."""


class PaperFlow(QObject):
    """Opens what was decided with ``begin``. ``left``: the reviewer goes back to the list."""

    left = Signal()

    def __init__(self, kit: Kit, window: Window, lanes: ReviewLanes, acts: ReviewActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._lanes, self._acts = kit, window, lanes, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._case: Case | None = None
        self._screen = DecisionScreen(kit)
        self._screen.paper_asked.connect(self._on_asked)
        self._screen.left.connect(self.left)

    def begin(self, session: Session, case: Case, decided: tuple[str, str | None]) -> None:
        """Open what was decided: outcome and the ledger's receipt; None: it was decided before and is looked at."""
        outcome, proof = decided
        self._session, self._case = session, case
        words, view = self._kit.texts.decision, case.view
        told = (view.number, view.roles.applicant.name, case.procedure.called)
        sentence = words.approved(*told, case.procedure.approval) if outcome == "approved" else words.rejected(*told)
        self._screen.wipe()
        rows = [self._row(one) for one in papers_of(case.procedure.outputs, case.step, outcome)]
        self._screen.show_decided(sentence, rows)
        self._screen.show_filing(self._filing(case, outcome))
        self._screen.show_receipt(None if proof is None else NotChecked("receipt_missing"))
        if proof:
            work = partial(self._acts.check_receipt, proof)
            self._errands.run(self._lanes.paper, work, self._screen.show_receipt, self.show_error)
        self._window.open_screen(self._screen)

    def _filing(self, case: Case, outcome: str) -> str:
        """How what it enters into the register stands; decided just now it is on its way."""
        known = case.view.filing
        if known is None and (case.procedure.filing is None or outcome != "approved"):
            return ""
        state = known or FilingState(state=QUEUED, since=self._acts.press().at)
        words = self._kit.texts.review
        return words.filing_why(words.filing, filing_words(self._kit, state))

    def show_error(self, error: AppError) -> None:
        """Why a paper, or what it is made of, could not be had."""
        self._screen.show_error(self._kit.messages.of(error))

    def end(self) -> None:
        """Forget case and papers."""
        self._errands.drop()
        self._session = self._case = None
        self._screen.wipe()

    def _row(self, output: Output) -> PaperRow:
        words = self._kit.texts.decision
        return PaperRow(output.id, output.title, words.internal if output.kind == INTERNAL else words.for_person)

    def _on_asked(self, name: str) -> None:
        output = None if self._case is None else self._case.procedure.output(name)
        if self._session is None or self._case is None or output is None:
            return
        self._screen.show_busy(busy=True)
        work = partial(self._made, self._session, self._case, output)
        self._errands.run(self._lanes.office, work, self._on_paper, self.show_error)

    def _made(self, session: Session, case: Case, output: Output) -> Paper:
        """The paper of the application as it stands after the decision; runs on the office's lane."""
        with needs_office(PaperNeedsOffice):
            view = self._acts.review.open(self._acts.press(), session, case.view.application_id)
        return self._acts.show_paper(self._acts.press(), session, view, (case.procedure, output))

    def _on_paper(self, paper: Paper) -> None:
        self._screen.show_busy(busy=False)
        self._acts.open_paper(paper.title, paper)


def papers_of(outputs: tuple[Output, ...], step: str, outcome: str) -> list[Output]:
    """The papers of a decision: the notice to the person first, then what stays in the house."""
    made = [one for one in outputs if one.step == step and (one.kind == INTERNAL or one.id == _NOTICE.get(outcome))]
    return sorted(made, key=lambda one: one.kind == INTERNAL)
