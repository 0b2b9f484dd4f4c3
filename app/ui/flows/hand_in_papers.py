"""The papers of a hand-in: 受付票, 応対票 and 申請書, made on the store's lane and put before the clerk."""

from collections.abc import Callable
from functools import partial

from app.errors import AppError
from app.services.compose_visit_slip import Served
from app.services.paper import Paper
from app.ui.flows.visit_acts import ReceiptSlip, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit

Failed = Callable[[AppError], None]


class HandInPapers:
    """``errands``: of the flow that asks; what it drops is not shown any more."""

    def __init__(self, kit: Kit, lanes: VisitLanes, acts: VisitActs, errands: Errands) -> None:
        self._kit, self._lanes, self._acts, self._errands = kit, lanes, acts, errands

    def slip(self, present: Present, of: ReceiptSlip, failed: Failed) -> None:
        """受付票."""
        self._make(
            partial(self._acts.slip, self._acts.press(), present.session, of), self._titled("slip_title"), failed
        )

    def visit_slip(self, present: Present, served: Served, failed: Failed) -> None:
        """応対票."""
        work = partial(self._acts.visit_slip, self._acts.press(), present.session, present.visit, served)
        self._make(work, self._titled("visit_slip_title"), failed)

    def sheet(self, present: Present, of: ReceiptSlip, failed: Failed) -> None:
        """申請書: before the hand-in to be read and signed, after it to be kept."""
        work = partial(self._acts.sheet, self._acts.press(), present.session, of)
        self._make(work, lambda paper: self._acts.show_paper(paper.title, paper), failed)

    def _titled(self, word: str) -> Callable[[Paper], None]:
        return partial(self._acts.show_paper, getattr(self._kit.texts.hand_in, word))

    def _make(self, work: Callable[[], Paper], show: Callable[[Paper], None], failed: Failed) -> None:
        self._errands.run(self._lanes.store, work, show, failed)
