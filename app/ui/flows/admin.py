"""The room of administrators and supervisors: opens what this person may do, one thing at a time."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import DRAFT, RIGHTS, AdminActs, Page, shown, tasks_of
from app.ui.flows.admin_pages import make_pages
from app.ui.flows.admin_rights import DEPARTMENT, PERSON
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen
from app.ui.window import Window


class AdminDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. ``left``: back to where one came from (Esc).

    ``cards_exchanged``: the screen on which staff cards change places was left. ``more``: pages of other wings, which
    stand behind the own ones.
    """

    left = Signal()
    cards_exchanged = Signal()

    def __init__(self, kit: Kit, window: Window, acts: AdminActs, more: tuple[Page, ...] = ()) -> None:
        super().__init__(window)
        self._kit, self._window = kit, window
        self._session: Session | None = None
        self._rooms = make_pages(kit, acts)
        self._pages = (*self._rooms.pages, *more)
        self._by_task = {page.door.task: page for page in self._pages}
        self._path: list[Page] = []
        self._room = AdminScreen(kit, [shown(page.door) for page in self._pages])
        self._flows = tuple(page.flow for page in self._pages)
        self._screens = (*(page.screen for page in self._pages), self._rooms.register, self._rooms.person)
        self._connect()

    def offers(self, session: Session) -> frozenset[str]:
        """What this person may do here today; where that is nothing, no door is shown."""
        return tasks_of(session.actor, (page.door for page in self._pages), business_date(self._kit.clock.now()))

    def begin(self, session: Session) -> None:
        """Open the room."""
        self._session = session
        self._show_room()

    def end(self) -> None:
        """Forget everything shown and collected; answers that are still on their way are dropped."""
        self._session = None
        self._path = []
        for page in self._pages:
            page.flow.end()
        self._rooms.flows.register.end()
        self._rooms.flows.person.end()
        self._rooms.flows.rights.look_at("", "")
        self._rooms.flows.staffing.clear()
        self._room.wipe()

    def is_exchanging(self) -> bool:
        """Whether staff cards may change places on the reader now: one is being registered."""
        return self._session is not None and self._window.current is self._rooms.register

    def _connect(self) -> None:
        flows = self._rooms.flows
        self._room.task_asked.connect(self._on_task)
        self._room.back_asked.connect(self._on_left)
        flows.cards.register_asked.connect(self._on_register)
        for page in self._pages:
            page.screen.back_asked.connect(self._on_back)
        self._rooms.register.back_asked.connect(self._on_registered)
        self._rooms.person.back_asked.connect(self._on_person_left)
        flows.people.person_asked.connect(self._on_person)
        flows.person.kept.connect(self._on_person_left)
        flows.people.rights_asked.connect(partial(self._on_rights, PERSON))
        flows.departments.rights_asked.connect(partial(self._on_rights, DEPARTMENT))
        for flow in (flows.people, flows.person, flows.departments, flows.rights, flows.terminals):
            flow.draft_asked.connect(self._on_draft)
        flows.draft.sent.connect(self._on_sent)

    def _on_task(self, task: str) -> None:
        session = self._session
        if session is not None and task in self.offers(session):
            self._rooms.flows.rights.look_at("", "")
            self._enter(self._by_task[task])

    def _enter(self, page: Page) -> None:
        """Open a page; leaving it leads back to the one before."""
        if self._session is not None:
            if self._path:
                self._path[-1].flow.end()
            self._path.append(page)
            self._open(page.screen)
            page.flow.begin(self._session)

    def _on_back(self) -> None:
        if not self._path:
            return
        self._path.pop().flow.end()
        if self._path and self._session is not None:
            self._open(self._path[-1].screen)
            self._path[-1].flow.begin(self._session)
        else:
            self._show_room()

    def _on_draft(self) -> None:
        self._rooms.flows.person.end()
        self._enter(self._by_task[DRAFT])

    def _on_rights(self, kind: str, name: str) -> None:
        self._rooms.flows.rights.look_at(kind, name)
        self._enter(self._by_task[RIGHTS])

    def _on_person(self, staff_id: str) -> None:
        if self._session is not None:
            self._rooms.flows.person.begin_with(self._session, staff_id)
            self._open(self._rooms.person)

    def _on_person_left(self) -> None:
        self._rooms.flows.person.end()
        if self._path:
            self._open(self._path[-1].screen)

    def _on_sent(self, title: str, text: str) -> None:
        for page in self._path:
            page.flow.end()
        self._path = []
        self._show_room()
        self._room.banner.show_text("success", title, text)

    def _on_register(self, staff_id: str) -> None:
        if self._session is not None:
            self._rooms.flows.register.begin(self._session, staff_id)
            self._open(self._rooms.register)

    def _on_registered(self) -> None:
        self._rooms.flows.register.end()
        if self._path:
            self._open(self._path[-1].screen)
        self._rooms.flows.cards.look_again()
        self.cards_exchanged.emit()

    def _show_room(self) -> None:
        session = self._session
        if session is not None:
            self._room.wipe()
            self._room.show_offered(self.offers(session))
            self._open(self._room)

    def _on_left(self) -> None:
        self.end()
        self.left.emit()

    def _open(self, screen: Screen) -> None:
        if self._session is not None:
            self._window.open_screen(screen)
