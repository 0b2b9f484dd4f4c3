"""The backend in one screenful: which slice gets which store, neighbours and endpoints. Knows everyone below."""

from dataclasses import dataclass

from app.backend.desk import http as desk_http
from app.backend.desk import store as desk_store
from app.backend.desk.service import desk_service
from app.backend.ledger import http as ledger_http
from app.backend.register import http as register_http
from app.backend.register import store as register_store
from app.backend.register.service import RegisterService
from app.backend.staff import http as staff_http
from app.backend.staff import store as staff_store
from app.backend.staff.service import StaffService
from app.domain.clock import Clock, Random
from app.durable.worker import Pump
from app.errors import NotAllowed
from app.server import shipped
from app.server.door import Door
from app.server.http import Application
from app.server.keys import Keys
from app.server.ledgers import ledger_service
from app.server.parcels import parcel_endpoints
from app.server.parts import Parts, SliceParts
from app.settings import ServerSettings
from app.trust.passwords import ORDINARY
from app.wire.endpoint import Endpoint

THREADS = 32
WITNESS_S = 60.0
"""How often the witness looks at the logs. Assumed."""


@dataclass(frozen=True, slots=True)
class Backend:
    """The slices of one process, for its endpoints and for loading."""

    parts: Parts
    staff: StaffService
    register: RegisterService
    endpoints: tuple[Endpoint, ...]


def build(settings: ServerSettings, clock: Clock, random: Random) -> Application:
    """The whole program, not yet listening. Errors: WrongKey, NewerStore, StoreBusy."""
    backend = open_backend(settings, clock, random)
    staff = backend.staff

    def is_enrolled(municipality: str, terminal: str) -> bool:
        try:
            staff.terminal(municipality, terminal)
        except NotAllowed:
            return False
        return True

    return Application(backend.endpoints, Door(staff, is_enrolled, clock), THREADS, backend.parts.close)


def open_backend(settings: ServerSettings, clock: Clock, random: Random) -> Backend:
    """Open the stores and put the slices together."""
    keys = Keys(settings.folder / "keys", random)
    parts = Parts(settings, keys, clock)
    try:
        return _slices(parts, keys, clock, random)
    except BaseException:
        parts.close()
        raise


def _slices(parts: Parts, keys: Keys, clock: Clock, random: Random) -> Backend:
    own = parts.slice("staff", staff_store.TABLES, staff_store.HISTORY)
    staff = StaffService(staff_store.StaffStore(own.database, own.pen), clock, random, ORDINARY)

    books = parts.slice("register", register_store.TABLES, register_store.HISTORY)
    register_book = register_store.RegisterStore(books.database, books.cells, books.pen, books.index_key)
    register = RegisterService(register_book, shipped.name_folder())

    table = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
    desk_book = desk_store.DeskStore(table.database, table.cells, table.answers, table.pen, table.book)
    desk = desk_http.endpoints(desk_service(desk_book, shipped.procedures()))

    endpoints = (
        *staff_http.endpoints(staff),
        *register_http.endpoints(register),
        *desk,
        *parcel_endpoints("desk", keys.box("desk"), table.signing.public, desk),
        *_witnessed(parts, (own, books, table), clock),
    )
    return Backend(parts, staff, register, endpoints)


def _witnessed(parts: Parts, slices: tuple[SliceParts, ...], clock: Clock) -> tuple[Endpoint, ...]:
    """The ledger slice, which looks at the logs of ``slices`` again and again while the process runs."""
    ledger = ledger_service(parts, slices, clock)

    def look() -> bool:
        ledger.collect()
        return False

    witness = Pump("witness", look, WITNESS_S)
    witness.start()

    def end() -> None:
        witness.close()

    parts.also_close(end)
    return ledger_http.endpoints(ledger)
