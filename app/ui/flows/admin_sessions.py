"""Who is signed in now and who tried to, as the office knows it."""

from functools import partial

from app.services.ports.seat import Press, Session
from app.ui.flows.admin_acts import AdminActs, moment
from app.ui.flows.admin_reading import AdminFlow
from app.ui.kit import Kit
from app.ui.screens.admin_sessions import AdminSessionsScreen, SessionShown, TryShown
from app.wire.staff_change import Roster, SignInRow, SignIns


class SessionsFlow(AdminFlow[AdminSessionsScreen]):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: AdminSessionsScreen, acts: AdminActs) -> None:
        super().__init__(kit, screen, acts)
        self._is_refused = False
        screen.refresh_asked.connect(self.look)
        screen.other_asked.connect(self._on_other)

    def start(self) -> None:
        self._is_refused = False
        self.look()

    def look(self) -> None:
        """Read again."""
        refused = self._is_refused
        self._screen.show_working()

        def read(press: Press, session: Session) -> tuple[Roster, SignIns]:
            tries = self._acts.propose.sign_ins(self._acts.press(), session, refused=refused)
            return self._acts.changes.roster(press, session), tries

        self.ask(read, partial(self._on_read, refused=refused))

    def _on_other(self) -> None:
        self._is_refused = not self._is_refused
        self.look()

    def _on_read(self, found: tuple[Roster, SignIns], *, refused: bool) -> None:
        roster, tries = found
        if refused is self._is_refused:
            self._screen.show_sessions(sessions_shown(self._kit, roster))
            self._screen.show_tries(tries_shown(self._kit, roster, tries), refused=refused)


def tries_shown(kit: Kit, roster: Roster, tries: SignIns) -> tuple[TryShown, ...]:
    """The last tries, each refused one with its cause."""
    words, word = kit.texts.admin_sessions, kit.messages.word
    names = {one.staff_id: one.name for one in roster.people}

    def result(one: SignInRow) -> str:
        if one.cause:
            return words.refused(word("sign_in_cause", one.cause))
        return words.succeeded(word("second_factor", one.second_factor))

    return tuple(
        TryShown(
            moment(one.at),
            words.who(one.staff_id, names.get(one.staff_id, "")) if one.staff_id else words.nobody,
            one.terminal,
            word("sign_in_purpose", one.purpose),
            result(one),
            "error" if one.cause else "success",
        )
        for one in tries.rows
    )


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
