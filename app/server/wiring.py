"""The backend in one screenful: which slice gets which store, neighbours and endpoints. Knows everyone below."""

from app.backend.staff import http as staff_http
from app.backend.staff import store as staff_store
from app.backend.staff.service import StaffService
from app.domain.clock import Clock, Random
from app.errors import NotAllowed
from app.server.door import Door
from app.server.http import Application
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import ServerSettings
from app.trust.passwords import ORDINARY

THREADS = 32


def build(settings: ServerSettings, clock: Clock, random: Random) -> Application:
    """Open the stores and put the services together. Errors: WrongKey, NewerStore, StoreBusy."""
    parts = Parts(settings, Keys(settings.folder / "keys", random), clock)
    try:
        staff = staff_service(parts, clock, random)
        endpoints = staff_http.endpoints(staff)
    except BaseException:
        parts.close()
        raise

    def is_enrolled(municipality: str, terminal: str) -> bool:
        try:
            staff.terminal(municipality, terminal)
        except NotAllowed:
            return False
        return True

    return Application(endpoints, Door(staff, is_enrolled, clock), THREADS, parts.close)


def staff_service(parts: Parts, clock: Clock, random: Random) -> StaffService:
    """The staff slice on its own store."""
    own = parts.slice("staff", staff_store.METADATA, staff_store.TABLES, staff_store.HISTORY)
    return StaffService(staff_store.StaffStore(own.database, own.pen), clock, random, ORDINARY)
