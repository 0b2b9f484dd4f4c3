"""Issuing a one-time pass: it stands on the screen until its time is over or somebody leaves, and nowhere else."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from app.services.ports.seat import Session
from app.services.ports.staff_desk import OncePass
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.visit_state import Errands
from app.ui.flows.waiting import clock_time
from app.ui.kit import Kit
from app.ui.screens.admin_pass import AdminPassScreen

_LOOK_MS = 1000


class PassFlow(QObject):
    """Works between ``begin`` and ``end``. ``look`` takes away a pass whose time is over; a timer calls it too."""

    def __init__(self, kit: Kit, screen: AdminPassScreen, acts: AdminActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        self._good_s: float | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        screen.issue_asked.connect(self._on_issue)
        screen.hide_asked.connect(self._hide)

    def begin(self, session: Session) -> None:
        """The screen is open."""
        self._session = session
        self._screen.wipe()

    def end(self) -> None:
        """The pass is seen no more."""
        self._errands.drop()
        self._session = None
        self._hide()
        self._screen.wipe()

    def look(self) -> None:
        """Take away what is good no more, again and again: behind the lock the screen keeps what it shows.

        By the monotonic clock: a moved wall clock changes nothing.
        """
        if self._good_s is not None and self._kit.clock.monotonic() >= self._good_s:
            self._screen.hide_pass(self._kit.texts.admin_pass.expired)

    def _on_issue(self, staff_id: str, reason: str) -> None:
        if self._session is None:
            return
        if staff_id == self._session.actor.staff_id:
            self._screen.show_own()
            return
        self._hide()
        self._screen.show_busy()
        work = partial(self._acts.issue_pass, self._acts.press(), self._session, staff_id, reason)
        self._errands.run(self._acts.lane, work, partial(self._on_issued, staff_id), self._on_failed)

    def _on_issued(self, staff_id: str, issued: OncePass) -> None:
        left_s = (issued.expires_at - self._kit.clock.now()).total_seconds()
        self._good_s = self._kit.clock.monotonic() + left_s
        self._timer.start()
        self._screen.show_pass(staff_id, issued.text.text(), clock_time(issued.expires_at))
        issued.text.wipe()

    def _hide(self) -> None:
        self._good_s = None
        self._timer.stop()
        self._screen.hide_pass()

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_error(self._kit.messages.of(error))
