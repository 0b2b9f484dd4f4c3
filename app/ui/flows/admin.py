"""The room of administrators and supervisors: opens what this person may do, one thing at a time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import CARDS, CHANGES, ONE_TIME_PASS, SESSIONS, AdminActs, tasks_of
from app.ui.flows.admin_cards import CardsFlow
from app.ui.flows.admin_changes import ChangesFlow
from app.ui.flows.admin_pass import PassFlow
from app.ui.flows.admin_register import RegisterFlow
from app.ui.flows.admin_sessions import SessionsFlow
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen, TaskShown
from app.ui.screens.admin_cards import AdminCardsScreen
from app.ui.screens.admin_changes import AdminChangesScreen
from app.ui.screens.admin_pass import AdminPassScreen
from app.ui.screens.admin_register import AdminRegisterScreen
from app.ui.screens.admin_sessions import AdminSessionsScreen
from app.ui.window import Window


class AdminDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. ``left``: back to where one came from (Esc).

    ``cards_exchanged``: the screen on which staff cards change places was left.
    """

    left = Signal()
    cards_exchanged = Signal()

    def __init__(self, kit: Kit, window: Window, acts: AdminActs) -> None:
        super().__init__(window)
        self._kit, self._window = kit, window
        self._session: Session | None = None
        self._room = AdminScreen(kit, task_list(kit))
        self._cards_screen, self._register_screen = AdminCardsScreen(kit), AdminRegisterScreen(kit)
        self._pass_screen, self._changes_screen = AdminPassScreen(kit), AdminChangesScreen(kit)
        self._sessions_screen = AdminSessionsScreen(kit)
        self._cards = CardsFlow(kit, self._cards_screen, acts)
        self._register = RegisterFlow(kit, self._register_screen, acts)
        self._pass = PassFlow(kit, self._pass_screen, acts)
        self._changes = ChangesFlow(kit, self._changes_screen, acts)
        self._sessions = SessionsFlow(kit, self._sessions_screen, acts)
        self._connect()

    def offers(self, session: Session) -> frozenset[str]:
        """What this person may do here today; where that is nothing, no door is shown."""
        return tasks_of(session.actor, business_date(self._kit.clock.now()))

    def begin(self, session: Session) -> None:
        """Open the room."""
        self._session = session
        self._room.show_offered(self.offers(session))
        self._open(self._room)

    def end(self) -> None:
        """Forget everything shown; answers that are still on their way are dropped."""
        self._session = None
        for flow in (self._cards, self._register, self._pass, self._changes, self._sessions):
            flow.end()
        self._room.wipe()

    def is_exchanging(self) -> bool:
        """Whether staff cards may change places on the reader now: one is being registered."""
        return self._session is not None and self._window.current is self._register_screen

    def _connect(self) -> None:
        self._room.task_asked.connect(self._on_task)
        self._room.back_asked.connect(self._on_left)
        self._cards.register_asked.connect(self._on_register)
        for screen in (self._cards_screen, self._pass_screen, self._changes_screen, self._sessions_screen):
            screen.back_asked.connect(self._to_room)
        self._register_screen.back_asked.connect(self._on_registered)

    def _on_task(self, task: str) -> None:
        session = self._session
        if session is None or task not in self.offers(session):
            return
        doors: dict[str, tuple[Screen, Callable[[Session], None]]] = {
            CARDS: (self._cards_screen, self._cards.begin),
            ONE_TIME_PASS: (self._pass_screen, self._pass.begin),
            CHANGES: (self._changes_screen, self._changes.begin),
            SESSIONS: (self._sessions_screen, self._sessions.begin),
        }
        screen, begin = doors[task]
        self._open(screen)
        begin(session)

    def _on_register(self, staff_id: str) -> None:
        if self._session is not None:
            self._register.begin(self._session, staff_id)
            self._open(self._register_screen)

    def _on_registered(self) -> None:
        self._register.end()
        self._open(self._cards_screen)
        self._cards.look_again()
        self.cards_exchanged.emit()

    def _to_room(self) -> None:
        for flow in (self._cards, self._pass, self._changes, self._sessions):
            flow.end()
        self._open(self._room)

    def _on_left(self) -> None:
        self.end()
        self.left.emit()

    def _open(self, screen: Screen) -> None:
        if self._session is not None:
            self._window.open_screen(screen)


def task_list(kit: Kit) -> tuple[TaskShown, ...]:
    """All that can be done here, in the order of the room."""
    words = kit.texts.admin
    return (
        TaskShown(CARDS, words.cards, words.cards_text),
        TaskShown(ONE_TIME_PASS, words.one_time_pass, words.one_time_pass_text),
        TaskShown(CHANGES, words.changes, words.changes_text),
        TaskShown(SESSIONS, words.sessions, words.sessions_text),
    )
