"""What all flows of administration share: errands between begin and end of a session, failures on the screen."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.messages import Message

T = TypeVar("T")


class Shows(Protocol):
    """A screen of the room."""

    def show_working(self) -> None: ...
    def show_failed(self, message: Message) -> None: ...
    def wipe(self) -> None: ...


S = TypeVar("S", bound=Shows)


class AdminFlow(QObject, Generic[S]):
    """Works between ``begin`` and ``end``; subclasses connect the screen and say in ``start`` what is read first."""

    def __init__(self, kit: Kit, screen: S, acts: AdminActs) -> None:
        super().__init__()
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None

    def begin(self, session: Session) -> None:
        """The screen is open."""
        self._session = session
        self._screen.wipe()
        self.start()

    def start(self) -> None:
        """Read what is shown first."""

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session = None
        self._screen.wipe()

    def ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        """Ask the office; a failure is shown. Nothing while nobody is here."""
        session = self._session
        if session is not None:
            press = self._acts.press()
            self._errands.run(self._acts.lane, lambda: work(press, session), done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_failed(self._kit.messages.of(error))
