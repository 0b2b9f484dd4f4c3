"""Doors of a visit that lead to other rooms: the register, certificates, seals, the room of administrators."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.ui.flows.visit_rooms import Rooms
from app.ui.flows.visit_state import Present


class VisitDoors(QObject):
    """``present`` tells whom the visit is about, None between visits.

    ``whole_record`` carries a ``Visit`` and whose record; ``certificates``, ``seals`` and ``network`` the ``Present``;
    ``certificate_at_once`` likewise: the short way, from the person who was found.
    ``release``: a ``Visit`` and the ``Hit`` of somebody restrained, to be let through by another person.
    ``issue_alerts``: the ``Note`` that stand in the room of certificates now.
    """

    whole_record = Signal(object, str)
    certificates = Signal(object)
    certificate_at_once = Signal(object)
    seals = Signal(object)
    network = Signal(object)
    release = Signal(object, object)
    issue_alerts = Signal(object)
    diagnose = Signal()

    def __init__(self, rooms: Rooms, present: Callable[[], Present | None]) -> None:
        super().__init__(rooms.waiting_screen)
        self._rooms, self._present, self._has_records = rooms, present, False
        self._is_at_once = False
        rooms.waiting_screen.diagnose_asked.connect(self.diagnose)
        rooms.person.whole.connect(self.whole_record)
        rooms.person.release.connect(self.release)
        rooms.person_screen.certificate_asked.connect(self._on_at_once)
        rooms.plan.certificates_asked.connect(partial(self._on_issue, self.certificates))
        rooms.plan.seals_asked.connect(partial(self._on_issue, self.seals))
        procedures = rooms.procedure_screen
        procedures.register_asked.connect(self._on_whole)
        procedures.certificates_asked.connect(partial(self._on_issue, self.certificates))
        procedures.seals_asked.connect(partial(self._on_issue, self.seals))
        procedures.network_asked.connect(self._on_network)

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

    def show_network_offered(self, *, offered: bool) -> None:
        """Whether this person checks cards at the resident network: also of who is not in the register."""
        self._rooms.procedure_screen.show_network_offered(offered=offered)

    def show_person(self) -> None:
        """It is known now whom the visit is about."""
        present = self._present()
        is_known = present is not None and present.record is not None
        self._rooms.procedure_screen.show_register_offered(offered=is_known and self._has_records)

    def show_issue_offered(self, *, offered: bool) -> None:
        """Whether this person may issue certificates: then the short way stands beside who was found."""
        self._rooms.person_screen.has_certificates = offered

    def go_on(self) -> None:
        """The applicant is known and what the capacity asks for is confirmed: the short way leads on."""
        if self._is_at_once:
            self._is_at_once = False
            self._on_issue(self.certificate_at_once)

    def forget(self) -> None:
        """The visit is over."""
        self._is_at_once = False

    def _on_at_once(self) -> None:
        self._is_at_once = True
        self._rooms.person_screen.use_asked.emit()

    def _on_whole(self) -> None:
        present = self._present()
        if present is not None and present.hit is not None:
            self.whole_record.emit(present.visit, present.hit.business_number)

    def _on_network(self) -> None:
        if (present := self._present()) is not None:
            self.network.emit(present)

    def _on_issue(self, asked: SignalInstance) -> None:
        """Certificates and seals have rooms of their own; whom they are about is who was confirmed here."""
        present = self._present()
        if present is not None and present.record is not None:
            asked.emit(present)
