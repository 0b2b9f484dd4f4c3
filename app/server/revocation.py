"""The revocation slice put together: anchors, the way to the status service, sources in the order chosen."""

from dataclasses import dataclass

from app.backend.revocation import http as revocation_http
from app.backend.revocation import store as revocation_store
from app.backend.revocation.service.checking import Checking, Source
from app.backend.revocation.service.lists import TURN_S, Lists
from app.backend.revocation.service.responder import Responder
from app.domain.clock import Clock, Random
from app.durable.worker import Pump
from app.link.status_line import StatusLine
from app.server.parts import Parts, SliceParts
from app.settings import ServerSettings
from app.shipped import resource
from app.trust.certificate_anchors import load_certificate_anchors
from app.wire.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Revocation:
    """The slice of this process. ``pump`` fetches lists before they end and is to be started; None without lists.

    It begins some seconds later: until then the start of counters is more urgent, and who asks has lists fetched.
    """

    own: SliceParts
    endpoints: tuple[Endpoint, ...]
    pump: Pump | None


def build_revocation(settings: ServerSettings, parts: Parts, clock: Clock, random: Random) -> Revocation:
    """Open the slice's store and put it together; nothing is asked yet. Errors: those of ``Parts.slice``, DataFault."""
    own = parts.slice("revocation", revocation_store.TABLES, revocation_store.HISTORY)
    book = revocation_store.RevocationStore(own.database, own.cells, own.pen)
    anchors = load_certificate_anchors(resource("anchors"), production=not settings.is_training).authorities
    sources: list[Source] = []
    pump = None
    place = settings.revocation
    if place is not None:
        line = StatusLine(clock)
        parts.also_close(line.close)
        if place.responder:
            asking = (place.naming, place.has_nonce)
            sources.append(Responder(line, place.responder, asking, clock, random))
        if place.lists:
            book.write(lambda unit: unit.keep_only(place.lists))
            lists = Lists(book, line, place.lists, anchors, clock)
            sources.insert(0 if place.first == "lists" else len(sources), lists)
            pump = _pump(lists, parts, clock)
    checking = Checking(book, anchors, sources, clock)
    return Revocation(own, revocation_http.endpoints(checking), pump)


def _pump(lists: Lists, parts: Parts, clock: Clock) -> Pump:
    begins = clock.monotonic() + TURN_S

    def turn() -> bool:
        return clock.monotonic() >= begins and lists.turn()

    pump = Pump("revocation", turn, TURN_S)

    def end() -> None:
        pump.close()

    parts.also_close(end)
    return pump
