"""The part of a visit that finds out who stands here, for whom, and by which right."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.ui.flows.chip_ways import ChipSeen, ChipWay
from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Present


class VisitIdentity(QObject):
    """``opened`` carries the screen that is needed; ``known``: the presenter is confirmed, or it goes on without.

    ``done``: the applicant is found and nothing is left to confirm but the number.
    """

    opened = Signal(object)
    known = Signal()
    done = Signal()

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.waiting_screen)
        self._rooms = rooms
        self._present: Present | None = None
        card = partial(self.opened.emit, rooms.identify_screen)
        for asked in (rooms.ways.card_asked, rooms.eye_screen.card_asked):
            asked.connect(card)
        for asked in (rooms.identify.ways_asked, rooms.chip_screen.back_asked):
            asked.connect(self._on_ways)
        for asked in (rooms.identify.eye_asked, rooms.ways.eye_asked):
            asked.connect(rooms.eye.show)
        for asked in (rooms.eye.opened, rooms.checks.opened, rooms.pin.opened, rooms.pin.ended):
            asked.connect(self.opened)
        for asked in (rooms.identify.confirmed, rooms.eye.confirmed):
            asked.connect(self._on_person)
        rooms.ways.chip_asked.connect(self._on_chip_way)
        rooms.ways.questions_asked.connect(partial(rooms.eye.go_on_unconfirmed, by_questions=True))
        rooms.ways.none_asked.connect(partial(rooms.eye.go_on_unconfirmed, by_questions=False))
        rooms.chip.confirmed.connect(self._on_chip)
        rooms.person.found.connect(self._on_found)
        rooms.checks.done.connect(self.done)

    def begin(self, present: Present) -> None:
        """A person has come: nothing is known yet."""
        self._present = present
        self._rooms.identify.begin(present)
        self._rooms.eye.begin(present)
        self.opened.emit(self._rooms.identify_screen)

    def end(self) -> None:
        """The visit is over."""
        self._present = None

    def _on_ways(self) -> None:
        if self._present is not None:
            self._rooms.chip.end()
            self._rooms.ways.begin(self._present)
            self.opened.emit(self._rooms.ways_screen)

    def _on_chip_way(self, way: ChipWay) -> None:
        if self._present is not None:
            self._rooms.chip.begin(self._present, way)
            self.opened.emit(self._rooms.chip_screen)

    def _on_chip(self, seen: ChipSeen) -> None:
        """Another chip has confirmed the person; its evidence is kept already."""
        if self._present is not None:
            self._present.presenter, self._present.card = seen.name, seen.four
            self._present.card_at, self._present.by_questions = seen.insertion, False
            self._on_person()

    def _on_person(self) -> None:
        if self._present is not None:
            self.opened.emit(self._rooms.person_screen)
            self._rooms.person.begin(self._present)
            self.known.emit()

    def _on_found(self) -> None:
        if self._present is not None:
            self._rooms.checks.begin(self._present)
