"""What flows of rooms that ask and write share: deeds, waits that tell and can be left, one press for one content."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal

from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.network_screen import NetworkScreen

T = TypeVar("T")
S = TypeVar("S", bound=NetworkScreen)
TELL_AFTER_MS, LEAVE_AFTER_MS = 400, 10_000
"""When a wait is told, and when it is said that it can be left. Source: counter-ux.md section 10."""


class AskingFlow(OfficeFlow[S]):
    """Works between ``enter`` and ``end``. ``left``: back to the screen before."""

    left = Signal()

    def __init__(self, kit: Kit, screen: S, means: OfficeMeans) -> None:
        super().__init__(kit, screen, means)
        self._values: dict[str, str] = {}
        self._pressed: Press | None = None
        self._entry = ""
        self._soon = QTimer(self, interval=TELL_AFTER_MS, singleShot=True)
        self._late = QTimer(self, interval=LEAVE_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(screen.show_working)
        self._late.timeout.connect(screen.show_slow)
        screen.edited.connect(self.edit)
        screen.asked.connect(self._on_asked)
        screen.back_asked.connect(self._on_back)

    @abstractmethod
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What each deed of the screen does."""

    def enter(self, session: Session) -> None:
        self._settled()
        super().enter(session)
        self._values.clear()
        self._anew()

    def end(self) -> None:
        self._settled()
        super().end()
        self._values.clear()
        self._anew()

    def edit(self, name: str, value: str) -> None:
        """A field has been changed: it is another content now."""
        self._values[name] = value
        self._anew()

    def entry_id(self) -> str:
        """The id of what is entered: another content is another one."""
        self._entry = self._entry or self._means.new_id()
        return self._entry

    def said(self, name: str) -> str:
        """What a field says."""
        return self._values.get(name, "").strip()

    def read(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        """Ask the office; a long wait is told and can be left with Esc."""
        self._wait(work, done, None)

    def write(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        """Have the office keep something: the same content again is the same press, and kept once."""
        self._pressed = self._pressed or self._means.press()

        def kept(found: T) -> None:
            self._anew()
            done(found)

        self._wait(work, kept, self._pressed)

    def _on_back(self) -> None:
        """Esc leaves a wait, or the screen."""
        if self.screen.is_busy:
            self._errands.drop()
            self._settled()
            self.screen.show_busy(busy=False)
            words = self._kit.texts.network
            self.screen.banner.show_text("information", words.left_title, words.left_text)
        else:
            self.left.emit()

    def on_failed(self, error: AppError) -> None:
        self._settled()
        super().on_failed(error)

    def _wait(self, work: Callable[[Press, Session], T], done: Callable[[T], None], press: Press | None) -> None:
        if self.screen.is_busy or self._session is None:
            return

        def answered(found: T) -> None:
            self._settled()
            self.screen.show_busy(busy=False)
            done(found)

        self.screen.show_busy(busy=True)
        self._soon.start()
        self._late.start()
        self.ask(work, answered, press)

    def _anew(self) -> None:
        self._pressed, self._entry = None, ""

    def _settled(self) -> None:
        self._soon.stop()
        self._late.stop()

    def _on_asked(self, name: str) -> None:
        if self._session is not None and (deed := self.deeds().get(name)) is not None:
            deed()

    def word(self, table: str, code: str) -> str:
        """The word for a code."""
        return self._kit.messages.word(table, code)

    def options(self, table: str) -> tuple[tuple[str, str], ...]:
        """All codes of a table with their words."""
        return self._kit.messages.words(table)
