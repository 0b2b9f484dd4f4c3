"""The resident network before who is signed in: from each door to its screen, and from a check to what follows."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.resident_network import CheckPurpose
from app.services.ports.seat import Session
from app.ui.flows.network_check import Checked, Reader, Shown
from app.ui.flows.network_checked import CheckedFlow
from app.ui.flows.network_flow import NetworkActs, NetworkFlow
from app.ui.flows.network_pages import ACTS, doors, make_pages, offers
from app.ui.flows.pin_entry import Faces, PinFlow
from app.ui.flows.register_path import Again, RegisterPath, anew, stay
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screens.admin import TaskShown
from app.ui.screens.network_screen import NetworkScreen
from app.ui.screens.pin_entry import PinEntryScreen
from app.wire.entry_draft import EntryDraft
from app.wire.jukirelay_staff import SpanRow


class Begins(Protocol):
    """A flow that a door leads to."""

    @property
    def screen(self) -> NetworkScreen: ...
    def begin(self, session: Session) -> None: ...
    def end(self) -> None: ...


class Looks(Begins, Protocol):
    """A list that is read anew when one comes back to it."""

    def look(self) -> None: ...


class TakesCheck(Protocol):
    """A flow that follows a check."""

    @property
    def screen(self) -> NetworkScreen: ...
    def begin(self, session: Session, checked: Checked) -> None: ...
    def end(self) -> None: ...


class NetworkRoom(QObject):
    """See ``OtherRoom``. ``enter_asked`` carries an announcement's id: its move-in is to be entered in the register.

    ``visit_left``: back to the visit that it was entered from.
    """

    left = Signal()
    finished = Signal(str, str)
    visit_left = Signal()
    enter_asked = Signal(str)

    def __init__(self, kit: Kit, faces: Faces, acts: NetworkActs, reader: Reader) -> None:
        super().__init__(faces.window)
        self._kit = kit
        self._session: Session | None = None
        self.is_in_visit = False
        self._path = RegisterPath(faces.window)
        self._path.left.connect(self._on_left)
        self._path.finished.connect(self.finished)
        self._pin_screen = PinEntryScreen(kit)
        pin = self._pin = PinFlow(kit, self._pin_screen, faces)
        pin.opened.connect(faces.window.open_screen)
        pin.ended.connect(faces.window.open_screen)
        self.pages = make_pages((kit, faces.window), acts, (reader, pin))
        self._connect()

    @property
    def doors(self) -> tuple[TaskShown, ...]:
        """Its doors, in their order."""
        return doors(self._kit)

    def offers(self, session: Session) -> frozenset[str]:
        """The doors that are open to this person today."""
        return offers(self._kit, session)

    def begin(self, session: Session, door: str) -> None:
        """Go in by this door."""
        if door in ACTS:
            self._start(session)
            self._ways()[door]()

    def begin_visit(self, session: Session, shown: Shown) -> None:
        """In a visit: the check of whoever stands here."""
        self._start(session)
        self.is_in_visit = True
        check = self.pages.check.now()
        self._open(check, partial(check.begin, session, "", shown))

    def resume(self, _session: Session, _typed: EntryDraft) -> bool:
        """No form of this room outlives a session: numbers of people are typed in them."""
        return False

    def end(self) -> None:
        """Forget everything shown."""
        self._path.clear()
        self._session, self.is_in_visit = None, False

    def save_now(self) -> None:
        """A PIN half entered is forgotten at a lock; what else is typed is put away with the window."""
        self._pin.end()

    def _start(self, session: Session) -> None:
        self._path.clear()
        self._session, self.is_in_visit = session, False

    def _ways(self) -> dict[str, Callable[[], None]]:
        pages = self.pages
        return {
            "network_check": partial(self._open_plain, pages.check),
            "network_card": partial(self._open_plain, pages.card),
            "network_search": partial(self._open_plain, pages.search),
            "network_enquire": partial(self._open_plain, pages.enquire),
            "network_queue": partial(self._open_plain, pages.queue),
            "network_compare": partial(self._open_list, pages.compare),
            "network_decide": partial(self._open_plain, pages.decide),
            "boundary_hours": partial(self._open_list, pages.hours),
            "boundary_person": partial(self._open_plain, pages.person),
            "boundary_halted": partial(self._open_plain, pages.halted),
            "boundary_linkage": partial(self._open_plain, pages.linkage),
        }

    def _open_plain(self, page: Late[Begins]) -> None:
        session = self._session
        if session is not None:
            flow = page.now()
            self._open(flow, partial(flow.begin, session))

    def _open_list(self, page: Late[Looks]) -> None:
        if self._session is not None:
            flow = page.now()
            self._open(flow, partial(flow.begin, self._session), anew(flow.look))

    def _open(
        self, flow: Begins | TakesCheck | NetworkFlow[Any], begin: Callable[[], None], again: Again = stay
    ) -> None:
        self._path.enter(flow.screen, again, flow.end)
        begin()

    def _on_after(self, page: Late[TakesCheck], checked: Checked) -> None:
        if self._session is not None:
            flow = page.now()
            self._open(flow, partial(flow.begin, self._session, checked))

    def _on_card_check(self) -> None:
        """From its form to the check; the form is opened anew with what the check has shown."""
        session = self._session
        if session is not None:
            check = self.pages.check.now()
            self._path.clear()
            self._open(check, partial(check.begin, session, CheckPurpose.CARD.value))

    def _on_left(self) -> None:
        (self.visit_left if self.is_in_visit else self.left).emit()

    def _on_span(self, ends: SpanRow | None = None) -> None:
        if self._session is not None:
            flow = self.pages.span.now()
            self._open(flow, partial(flow.begin, self._session, ends))

    def _on_done(self, screen: NetworkScreen, title: str, text: str) -> None:
        self._path.done((screen,), title, text)

    def _connect(self) -> None:
        pages = self.pages
        for page in vars(pages).values():
            page.when_made(lambda flow: flow.left.connect(self._path.back))
        pages.check.when_made(lambda flow: flow.checked.connect(partial(self._on_after, pages.checked)))
        pages.checked.when_made(self._connect_checked)
        pages.card.when_made(lambda flow: flow.check_asked.connect(self._on_card_check))
        pages.moving.when_made(lambda flow: flow.enter_asked.connect(self.enter_asked))
        pages.hours.when_made(lambda flow: flow.fresh_asked.connect(self._on_span))
        pages.hours.when_made(lambda flow: flow.end_asked.connect(self._on_span))
        pages.compare.when_made(lambda flow: flow.start_asked.connect(partial(self._open_plain, pages.start)))
        pages.start.when_made(lambda flow: flow.done.connect(partial(self._on_done, flow.screen)))
        pages.span.when_made(lambda flow: flow.done.connect(partial(self._on_done, flow.screen)))

    def _connect_checked(self, flow: CheckedFlow) -> None:
        """What a check is followed by."""
        pages = self.pages
        flow.moving_asked.connect(partial(self._on_after, pages.moving))
        flow.wide_asked.connect(partial(self._on_after, pages.wide))
        flow.card_asked.connect(partial(self._on_after, pages.card))
