"""閲覧の点検 in the room of supervisors: the list, one finding of it, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.services.review_accesses import REVIEW, ReviewAccesses
from app.ui.background import Lane
from app.ui.flows.access_words import AccessReader
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.access import AccessScreen
from app.ui.screens.access_finding import AccessFindingScreen
from app.ui.window import Window
from app.wire.access_review import FindingRow, FindingSettled, FindingView, ReviewQueue

T = TypeVar("T")
TASK = "accesses"


@dataclass(frozen=True, slots=True)
class AccessActs:
    """The use cases; ``lane``: all of them ask the office."""

    press: Callable[[], Press]
    lane: Lane
    review: ReviewAccesses


class AccessFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: AccessActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._acts, self._reader = kit, window, acts, AccessReader(kit)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._row: FindingRow | None = None
        self._is_settled = False
        self.screen = AccessScreen(kit)
        self.finding = AccessFindingScreen(kit, kit.messages.words("access_outcome"))
        self.screen.open_asked.connect(self._on_open)
        self.screen.refresh_asked.connect(self.look)
        self.screen.other_asked.connect(self._on_other)
        self.finding.settle_asked.connect(self._on_settle)
        self.finding.back_asked.connect(self._to_list)

    def begin(self, session: Session) -> None:
        """The list is open."""
        self._session, self._is_settled = session, False
        self.screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session = self._row = None
        self.screen.wipe()
        self.finding.wipe()

    def look(self) -> None:
        """Review again."""
        settled = self._is_settled
        self.screen.show_working()

        def shown(queue: ReviewQueue) -> None:
            if settled is self._is_settled:
                figures = self._reader.figures(queue, settled=settled)
                self.screen.show_findings(self._reader.rows(queue), figures, settled=settled)

        self._ask(lambda press, session: self._acts.review.queue(press, session, settled=settled), shown)

    def _on_other(self) -> None:
        self._is_settled = not self._is_settled
        self.look()

    def _on_open(self, finding_id: str) -> None:
        self._ask(lambda press, session: self._acts.review.finding(press, session, finding_id), self._on_finding)

    def _on_finding(self, view: FindingView) -> None:
        self._row = view.row
        self.finding.wipe()
        self.finding.show_finding(self._reader.whole(view))
        self._window.open_screen(self.finding)

    def _on_settle(self, outcome: str, note: str) -> None:
        row = self._row
        if row is None:
            return
        self.finding.show_working()

        def settled(_: FindingSettled) -> None:
            self._to_list()
            words = self._kit.texts.access
            self.screen.banner.show_text("success", words.done_title, words.done_text(self._reader.outcome(outcome)))

        self._ask(lambda press, session: self._acts.review.settle(press, session, row, outcome, note), settled)

    def _to_list(self) -> None:
        if self._session is not None:
            self._row = None
            self._window.open_screen(self.screen)
            self.finding.wipe()
            self.look()

    def _ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        session = self._session
        if session is not None:
            press = self._acts.press()
            self._errands.run(self._acts.lane, lambda: work(press, session), done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        message = self._kit.messages.of(error)
        if self._row is not None:
            self.finding.show_failed(message)
        else:
            self.screen.show_failed(message)


def access_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.access
    return Door(TASK, REVIEW, kit.texts.access.group, words.door, words.door_text)


def access_page(kit: Kit, window: Window, acts: AccessActs) -> Page:
    """What lies behind that door."""
    flow = AccessFlow(kit, window, acts)
    return Page(access_door(kit), flow.screen, flow)
