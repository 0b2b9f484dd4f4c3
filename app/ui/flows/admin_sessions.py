"""Who is signed in now, as the office knows it."""

from functools import partial

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs, moment
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.admin_sessions import AdminSessionsScreen, SessionShown
from app.wire.staff_change import Roster


class SessionsFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: AdminSessionsScreen, acts: AdminActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        screen.refresh_asked.connect(self.look)

    def begin(self, session: Session) -> None:
        """The screen is open."""
        self._session = session
        self._screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session = None
        self._screen.wipe()

    def look(self) -> None:
        """Read again."""
        if self._session is not None:
            self._screen.banner.clear()
            work = partial(self._acts.changes.roster, self._acts.press(), self._session)
            self._errands.run(self._acts.lane, work, self._on_roster, self._on_failed)

    def _on_roster(self, roster: Roster) -> None:
        self._screen.show_sessions(sessions_shown(self._kit, roster))

    def _on_failed(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))


def sessions_shown(kit: Kit, roster: Roster) -> tuple[SessionShown, ...]:
    """The open sessions, the newest first."""
    words = kit.texts.admin_sessions
    names = {one.staff_id: one.name for one in roster.people}
    windows = {one.terminal: one.window for one in roster.terminals}
    return tuple(
        SessionShown(
            words.who(one.staff_id, names.get(one.staff_id, "")),
            words.where(one.terminal, windows.get(one.terminal, "")),
            moment(one.started_at),
            moment(one.expires_at),
        )
        for one in sorted(roster.sessions, key=lambda one: one.started_at, reverse=True)
    )
