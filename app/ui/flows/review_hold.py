"""保留 of one application under review: until a day, with a reason; or let go again."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.era import wareki_short
from app.errors import AppError
from app.services.ports.seat import Session
from app.ui.background import Lane
from app.ui.flows.review_acts import ReviewActs
from app.ui.flows.review_case import Case
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.review import ReviewScreen
from app.wire.desk import StepDone
from app.wire.desk_review import HoldCase

HOLD_DAYS = 30
"""How many days are offered; the office's table has the last word."""


class HoldWork(QObject):
    """``settled`` carries "held" or "let_go" and the application as it stands: nothing of the case itself changes."""

    settled = Signal(str, object)

    def __init__(
        self,
        face: tuple[ReviewScreen, Errands],
        lane: Lane,
        acts: ReviewActs,
        about: tuple[Session, Case],
        failed: Callable[[AppError], None],
    ) -> None:
        self._screen, self._errands = face
        super().__init__(self._screen)
        self._lane, self._acts, self._failed = lane, acts, failed
        self._session, self._case = about
        self._screen.hold_asked.connect(self._on_hold)
        self._screen.let_go_asked.connect(self._on_let_go)

    def _on_hold(self, reason: str, until: str, note: str) -> None:
        view = self._case.view
        asked = HoldCase(
            application_id=view.application_id,
            version=view.version,
            until=date.fromisoformat(until),
            reason=reason,
            note=note,
        )
        self._settle("held", partial(self._acts.review.hold, self._acts.press(), self._session, asked))

    def _on_let_go(self) -> None:
        name = self._case.view.application_id
        self._settle("let_go", partial(self._acts.review.let_go, self._acts.press(), self._session, name))

    def _settle(self, outcome: str, work: Callable[[], None]) -> None:
        view = self._case.view
        done = StepDone(application_id=view.application_id, state=view.state, version=view.version)
        self._screen.show_busy()
        self._errands.run(self._lane, work, lambda _: self.settled.emit(outcome, done), self._failed)


def hold_days(kit: Kit) -> tuple[tuple[str, str], ...]:
    """The days until which a case may lie: from tomorrow on, a month."""
    today = business_date(kit.clock.now())
    days = [today + timedelta(days=at) for at in range(1, HOLD_DAYS + 1)]
    week = dict(kit.messages.words("weekday"))
    return tuple((day.isoformat(), kit.texts.hold.day(wareki_short(day), week[str(day.weekday())])) for day in days)
