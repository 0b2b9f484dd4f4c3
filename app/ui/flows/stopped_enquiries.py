"""止まった照会 in the room of supervisors: what was given up, in plain words, sent again or closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject

from app.domain.clock import TOKYO
from app.errors import AppError
from app.services.ports.seat import Press, Session
from app.services.stopped_enquiries import TEND, TendStopped
from app.ui.background import Lane
from app.ui.flows.admin_acts import Door, Page
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.stopped_enquiries import StoppedScreen, StoppedShown
from app.ui.window import Window
from app.wire.relay_stopped import StoppedEnquiries, StoppedEnquiry, StoppedSettled

T = TypeVar("T")
TASK, OTHER = "stopped_enquiries", "other"


@dataclass(frozen=True, slots=True)
class StoppedActs:
    """The use case; ``lane``: it asks the office. ``enquiries``: (procedure, enquiry) → how it is called there."""

    press: Callable[[], Press]
    lane: Lane
    stopped: TendStopped
    enquiries: Mapping[tuple[str, str], str]


class StoppedReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit, enquiries: Mapping[tuple[str, str], str]) -> None:
        self._kit, self._enquiries = kit, enquiries

    def rows(self, found: StoppedEnquiries) -> tuple[StoppedShown, ...]:
        """Lines of the list."""
        return tuple(self._row(place, one) for place, one in enumerate(found.rows))

    def lead(self, found: StoppedEnquiries) -> str:
        """How many there are."""
        return self._kit.texts.stopped.lead(len(found.rows)) if found.rows else ""

    def _row(self, place: int, one: StoppedEnquiry) -> StoppedShown:
        words, word = self._kit.texts.stopped, self._kit.messages.word
        cause = self._known(one.cause)
        return StoppedShown(
            place=place,
            since=_short(one.laid_at),
            asked=self._enquiries.get((one.procedure, one.enquiry), one.enquiry) or words.unread,
            to=one.provider_name or (words.to_own if one.enquiry else ""),
            by=one.staff_id,
            cause=word("stopped_cause", cause),
            tries=words.tried(one.attempts),
            why=word("stopped_why", cause),
            now=word("stopped_now", cause),
            tell=word("stopped_tell", "known" if one.enquiry else "unread"),
        )

    def _known(self, cause: str) -> str:
        return cause if cause in dict(self._kit.messages.words("stopped_cause")) else OTHER


def _short(at: datetime) -> str:
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local:%H:%M}"


class StoppedFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, window: Window, acts: StoppedActs) -> None:
        super().__init__(window)
        self._kit, self._acts, self._reader = kit, acts, StoppedReader(kit, acts.enquiries)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._found: tuple[StoppedEnquiry, ...] = ()
        self.screen = StoppedScreen(kit, kit.messages.words("stopped_reason"))
        self.screen.refresh_asked.connect(self.look)
        self.screen.again_asked.connect(self._on_again)
        self.screen.close_asked.connect(self._on_close)

    def begin(self, session: Session) -> None:
        """The list is open."""
        self._session = session
        self.screen.wipe()
        self.look()

    def end(self) -> None:
        """Nothing of anybody's stays."""
        self._errands.drop()
        self._session, self._found = None, ()
        self.screen.wipe()

    def look(self) -> None:
        """Read again."""
        self.screen.show_working()
        self._ask(self._acts.stopped.shown, self._show)

    def _show(self, found: StoppedEnquiries) -> None:
        self._found = found.rows
        self.screen.show_stopped(self._reader.rows(found), self._reader.lead(found))

    def _on_again(self, place: int) -> None:
        one, words = self._found[place], self._kit.texts.stopped
        said = (words.again_title, words.again_text)
        self._settle(lambda press, session: self._acts.stopped.send_again(press, session, one), said)

    def _on_close(self, place: int, reason: str) -> None:
        one, words = self._found[place], self._kit.texts.stopped
        said = (words.closed_title, words.closed_text(self._kit.messages.word("stopped_reason", reason)))
        self._settle(lambda press, session: self._acts.stopped.close(press, session, one, reason), said)

    def _settle(self, work: Callable[[Press, Session], StoppedSettled], said: tuple[str, str]) -> None:
        """Do it, then show what is left of the list and what was done."""
        self.screen.show_working()

        def settled(_: StoppedSettled) -> None:
            self._ask(self._acts.stopped.shown, shown)

        def shown(found: StoppedEnquiries) -> None:
            self._show(found)
            self.screen.banner.show_text("success", *said)

        self._ask(work, settled)

    def _ask(self, work: Callable[[Press, Session], T], done: Callable[[T], None]) -> None:
        session = self._session
        if session is not None:
            press = self._acts.press()
            self._errands.run(self._acts.lane, lambda: work(press, session), done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self.screen.show_failed(self._kit.messages.of(error))


def stopped_door(kit: Kit) -> Door:
    """The way to it in the room of supervisors."""
    words = kit.texts.stopped
    return Door(TASK, TEND, kit.texts.access.group, words.door, words.door_text)


def stopped_page(kit: Kit, window: Window, acts: StoppedActs) -> Page:
    """What lies behind that door."""
    flow = StoppedFlow(kit, window, acts)
    return Page(stopped_door(kit), flow.screen, flow)
