"""Doors of a visit that lead to other rooms: the register, certificates, seals, the room of administrators."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Present


class VisitDoors(QObject):
    """``present`` tells whom the visit is about, None between visits.

    ``whole_record`` carries a ``Visit`` and whose record; ``certificates`` and ``seals`` the ``Present``.
    """

    whole_record = Signal(object, str)
    certificates = Signal(object)
    seals = Signal(object)

    def __init__(self, rooms: Rooms, present: Callable[[], Present | None]) -> None:
        super().__init__(rooms.waiting_screen)
        self._rooms, self._present, self._has_records = rooms, present, False
        rooms.person.whole.connect(self.whole_record)
        procedures = rooms.procedure_screen
        procedures.register_asked.connect(self._on_whole)
        procedures.certificates_asked.connect(partial(self._on_issue, self.certificates))
        procedures.seals_asked.connect(partial(self._on_issue, self.seals))

    def show_admin_offered(self, *, offered: bool) -> None:
        """Whether the room of administrators is open to this person."""
        self._rooms.waiting_screen.show_admin_offered(offered=offered)

    def show_others_offered(self, *, offered: bool) -> None:
        """Whether one of the office's other rooms is open to this person."""
        self._rooms.waiting_screen.show_others_offered(offered=offered)

    def show_register_offered(self, *, offered: bool, person: bool) -> None:
        """Whether the room of the register is open to this person, and a ``person``'s whole record in a visit."""
        self._rooms.waiting_screen.show_register_offered(offered=offered)
        self._rooms.person_screen.has_register = person
        self._has_records = person

    def show_person(self) -> None:
        """It is known now whom the visit is about."""
        present = self._present()
        is_known = present is not None and present.record is not None
        self._rooms.procedure_screen.show_register_offered(offered=is_known and self._has_records)

    def _on_whole(self) -> None:
        present = self._present()
        if present is not None and present.hit is not None:
            self.whole_record.emit(present.visit, present.hit.business_number)

    def _on_issue(self, asked: SignalInstance) -> None:
        """Certificates and seals have rooms of their own; whom they are about is who was confirmed here."""
        present = self._present()
        if present is not None and present.record is not None:
            asked.emit(present)
