"""The register of one process: searches, changes, and the pump that does what each day brings."""

from dataclasses import dataclass

from app.backend.register import http
from app.backend.register.service import RegisterService
from app.backend.register.service.changes import RegisterChanges, register_changes
from app.backend.register.service.guard import views_released
from app.backend.register.service.protections import RestrainedPeople
from app.backend.register.store import RegisterStore
from app.domain.clock import Clock
from app.domain.number import number_reader
from app.durable.worker import Pump
from app.server import shipped
from app.server.certificates import build_certificates
from app.server.parts import SliceParts
from app.wire.endpoint import Endpoint

DAY_S = 300.0
"""How often it is looked whether a day has come. Assumed."""


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """The register with its endpoints. ``day`` removes who planned to leave and erases what waited too long."""

    service: RegisterService
    changes: RegisterChanges
    endpoints: tuple[Endpoint, ...]
    day: Pump
    protections: RestrainedPeople


def build_register(own: SliceParts, clock: Clock, *, is_training: bool) -> RegisterPart:
    """Put the register together on its store; ``day`` is not started yet."""
    book = RegisterStore(own.database, own.cells, own.pen, own.index_key)
    folder, read_number = shipped.name_folder(), number_reader(is_training=is_training)
    wards = shipped.wards(is_training=is_training)
    service = RegisterService(book, folder, wards, read_number, views_released(book))
    changes = register_changes(book, folder, shipped.register_rules(), clock, read_number)
    service.renew_terms()
    endpoints = (*http.endpoints(service), *http.change_endpoints(changes), *build_certificates(book))
    day = Pump("register-day", changes.turn.turn, DAY_S)
    return RegisterPart(service, changes, endpoints, day, RestrainedPeople(book))
