"""A room behind the office's doors that is made when somebody first goes in; its doors stand there before."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.services.ports.seat import Session
from app.ui.flows.other_rooms import OtherRoom
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.wire.entry_draft import EntryDraft


@dataclass(frozen=True, slots=True)
class Front:
    """What is known of a room before it is made: its doors, which are open to whom, forms it can go on with."""

    doors: tuple[TaskShown, ...]
    offers: Callable[[Session], frozenset[str]]
    forms: frozenset[str] = frozenset()


class LateRoom(QObject):
    """See ``OtherRoom``. ``room``: the one behind the doors, which may not be there yet."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(self, front: Front, room: Late[OtherRoom]) -> None:
        super().__init__(room)
        self._front, self._room = front, room
        room.when_made(self._connect)

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return self._front.doors

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return self._front.offers(session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        self._room.now().begin(session, door)

    def resume(self, session: Session, typed: EntryDraft) -> bool:
        """Go on with a form that was half typed; False where it is none of this room's."""
        return typed.form in self._front.forms and self._room.now().resume(session, typed)

    def end(self) -> None:
        """Forget everything shown; what is being typed is kept first."""
        if self._room.made is not None:
            self._room.made.end()

    def save_now(self) -> None:
        """Keep what is being typed, as before a lock."""
        if self._room.made is not None:
            self._room.made.save_now()

    def _connect(self, room: OtherRoom) -> None:
        room.left.connect(self.left)
        room.finished.connect(self.finished)
