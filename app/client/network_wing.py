"""The resident network in the window: its room behind the door of the office's other work, and what it asks for."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.client.counter import Counter, certificate_press
from app.domain.resident_network_rules import parse_network_rules
from app.services.ports.seat import Session
from app.services.print_wide_copy import PrintWideCopy, parse_wide_words
from app.shipped import read_toml, resource
from app.ui.background import Lane
from app.ui.flows.late_room import Front, LateRoom
from app.ui.flows.network_check import Reader, Shown
from app.ui.flows.network_flow import NetworkActs
from app.ui.flows.network_pages import doors, offers
from app.ui.flows.network_room import NetworkRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.pin_entry import Faces
from app.ui.flows.print_paper import PrintDesk
from app.ui.flows.visit import VisitDesk
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.screen import Screen
from app.ui.window import Window

_PATH, CHECK_DOOR = "juki", "network_check"


class NetworkWing(QObject):
    """The ways into the room of the network and out of it; works between ``begin`` and ``end``.

    ``enters``: opens the register for an announcement, given where to come back to; ``doors``: back to the doors.
    """

    def __init__(
        self,
        room: Late[NetworkRoom],
        face: tuple[Kit, Window, VisitDesk],
        enters: Callable[[Callable[[], None], str], None],
        doors: Callable[[], None],
    ) -> None:
        self._room, (self._kit, self._window, self._visit), self._doors = room, face, doors
        super().__init__(self._window)
        visit = self._visit
        self._session: Session | None = None
        self._back: Screen | None = None
        visit.network_asked.connect(self._on_asked)
        visit.visit_over.connect(self._on_over)
        self._enters = enters
        room.when_made(self._connect)

    def begin(self, session: Session) -> None:
        """A person works here now; the way is shown to whoever checks cards."""
        self._session = session
        self._visit.doors.show_network_offered(offered=CHECK_DOOR in offers(self._kit, session))

    def end(self) -> None:
        """The session has ended."""
        self._session = self._back = None

    def _connect(self, room: NetworkRoom) -> None:
        room.visit_left.connect(self._on_left)
        room.enter_asked.connect(partial(self._enters, self._come_back))

    def _come_back(self) -> None:
        """From the register: to the visit, or to the doors where none led here."""
        if self._room.now().is_in_visit:
            self._on_left()
        else:
            self._doors()

    def _on_left(self) -> None:
        if self._back is not None:
            self._window.open_screen(self._back)

    def _on_asked(self, present: Present) -> None:
        if self._session is not None:
            self._back = self._window.current
            self._room.now().begin_visit(self._session, Shown(present.visit.visit_id, present.card))

    def _on_over(self) -> None:
        """Nothing of the person stays in the room."""
        room = self._room.made
        if room is not None and room.is_in_visit:
            room.end()
        self._back = None


def network_acts(counter: Counter, kit: Kit, means: OfficeMeans, printing: PrintDesk) -> NetworkActs:
    """What the flows of the room are handed."""
    cases, papers = counter.cases, certificate_press(counter.press, counter.settings)
    words = parse_wide_words(read_toml("text", "wide_copy.toml"))
    return NetworkActs(
        means=means,
        use=cases.use_network,
        levels=cases.keep_levels_same,
        boundary=cases.tend_boundary,
        tasks=network_tasks(counter, kit),
        places=municipality_names() | dict(counter.settings.municipalities),
        copies=PrintWideCopy(papers, words, counter.memory.journal, kit.clock),
        print_late=printing.show_late,
    )


def network_tasks(counter: Counter, kit: Kit) -> tuple[tuple[str, str], ...]:
    """Tasks for which the law lets one ask: procedures whose files name the network, and those of the register."""
    rules = parse_network_rules(read_toml("tables", "resident_network.toml"), is_training=counter.settings.is_training)
    named = {
        name: one.short_title
        for name, one in counter.procedures.items()
        if name in rules.register_tasks or any(row.path == _PATH for row in one.enquiries)
    }
    rest = {name: kit.messages.word("network_task", name) for name in sorted(rules.register_tasks - named.keys())}
    return tuple((named | rest).items())


def municipality_names() -> dict[str, str]:
    """Code → name, as published."""
    rows = json.loads(resource("data", "ward-codes.json").read_text(encoding="utf-8"))["rows"]
    return {row["code"]: row["name"] for row in rows}


def network_room(
    counter: Counter, kit: Kit, faces: Faces, means: OfficeMeans, hands: tuple[Lane, PrintDesk]
) -> tuple[LateRoom, Late[NetworkRoom]]:
    """The doors and the room behind them, which is made when somebody goes in.

    ``hands``: the lane on which cards are read, and printing.
    """
    reader, printing = hands

    def make() -> NetworkRoom:
        acts = network_acts(counter, kit, means, printing)
        return NetworkRoom(kit, faces, acts, Reader(counter.cases.read_shown_card, reader))

    room = Late(faces.window, make)
    return LateRoom(Front(doors(kit), partial(offers, kit)), room), room
