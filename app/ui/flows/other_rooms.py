"""Ex officio work beside visits: one room whose doors lead into those of distribution, addresses and networks."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.services.ports.seat import Session
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import AdminScreen, TaskShown
from app.ui.window import Window
from app.wire.entry_draft import EntryDraft


class OtherRoom(Protocol):
    """A room behind some of the doors. ``left``: back to the doors; ``finished``: likewise, with what was done."""

    left: SignalInstance
    finished: SignalInstance

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order; ids are its own among all rooms."""
        ...

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        ...

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        ...

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        """Go on with a form that was half typed; False where it is none of this room's."""
        ...

    def end(self) -> None:
        """Forget everything shown; what is being typed is kept first."""
        ...

    def save_now(self) -> None:
        """Keep what is being typed, as before a lock."""
        ...


class OtherRoomsDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. ``left``: back to where one came from."""

    left = Signal()

    def __init__(self, kit: Kit, window: Window, rooms: Sequence[OtherRoom]) -> None:
        super().__init__(window)
        self._window, self._rooms = window, tuple(rooms)
        self._session: Session | None = None
        self._kit = kit
        self._screen = Late(window, self._make_screen)
        for room in self._rooms:
            room.left.connect(self._show)
            room.finished.connect(self._on_finished)

    @property
    def screen(self) -> AdminScreen:
        """The doors."""
        return self._screen.now()

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return frozenset().union(*(room.offers(session) for room in self._rooms))

    def begin(self, session: Session) -> None:
        """Show the doors."""
        self._session = session
        self.screen.banner.clear()
        self._show()

    def resume(self, session: Session, typed: EntryDraft) -> None:
        """Go on with a form that was half typed."""
        self.begin(session)
        any(room.resume(session, typed) for room in self._rooms)

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        for room in self._rooms:
            room.end()
        if self._screen.made is not None:
            self._screen.made.wipe()

    def save_now(self) -> None:
        """Keep what is being typed, as before a lock."""
        for room in self._rooms:
            room.save_now()

    def _make_screen(self) -> AdminScreen:
        doors = tuple(door for room in self._rooms for door in room.doors)
        words = self._kit.texts.office
        screen = AdminScreen(self._kit, doors, (words.title, words.lead))
        screen.task_asked.connect(self._on_task)
        screen.back_asked.connect(self._on_back)
        return screen

    def _show(self) -> None:
        if self._session is not None:
            self.screen.show_offered(self.offers(self._session))
            self._window.open_screen(self.screen)

    def _on_back(self) -> None:
        for room in self._rooms:
            room.end()
        self.left.emit()

    def _on_finished(self, title: str, text: str) -> None:
        self._show()
        self.screen.banner.show_text("success", title, text)

    def _on_task(self, task: str) -> None:
        session = self._session
        if session is None:
            return
        self.screen.banner.clear()
        for room in self._rooms:
            if task in room.offers(session):
                room.begin(session, task)
