"""The residents' portal as this installation reaches it: notices go there, answers and requests are fetched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.backend.intermediary import http as intermediary_http
from app.backend.intermediary.http.persons import Persons
from app.backend.intermediary.ports import IntermediaryBook
from app.backend.intermediary.service.asking import Asking
from app.backend.intermediary.service.notices import NoticeForwarding, Portal
from app.backend.intermediary.service.own import OwnInformation, OwnPortal
from app.backend.intermediary.service.references import PersonReferences
from app.backend.intermediary.store.own import OwnStore
from app.domain.clock import Clock
from app.durable.worker import Pump
from app.errors import AppError
from app.link.letters import Correspondent, Neighbour
from app.server.parts import SliceParts
from app.wire.endpoint import Endpoint

NAME = "portal"
OWN_IDLE_S = 30.0
"""How often it is looked whether residents ask for their own information. Assumed."""
Known = Callable[[str, str], Neighbour | None]


@dataclass(frozen=True, slots=True)
class PortalPart:
    """``pump`` is to be started; it rests where no portal is known."""

    forwarding: NoticeForwarding
    own: OwnInformation
    pump: Pump
    endpoints: tuple[Endpoint, ...]


def build_portal(
    own: SliceParts,
    books: tuple[IntermediaryBook, Asking],
    lines: tuple[Correspondent, Known],
    places: Sequence[str],
    clock: Clock,
) -> PortalPart:
    """Put together what speaks with the portal. ``lines``: the intermediary's pen, and the neighbours it can reach."""
    store, asking = books
    post, known = lines
    notices, states = known(NAME, "/portal/v1/notices"), known(NAME, "/portal/v1/states")
    requests, answers = known(NAME, "/portal/v1/own-requests"), known(NAME, "/portal/v1/own-answers")
    portal = None if notices is None or states is None else Portal(notices, states)
    asked = None if requests is None or answers is None else OwnPortal(requests, answers)
    forwarding = NoticeForwarding(store, post, asking, portal, clock)
    kept = OwnStore(own.database, own.cells, own.answers, own.pen, own.index_key)
    information = OwnInformation((kept, store), post, asked, places, clock)

    def turn() -> bool:
        try:
            return information.turn()
        except AppError:
            return False  # asked again with the next turn; nothing of it is lost

    persons = Persons(PersonReferences(post, own.index_key, clock))
    endpoints = intermediary_http.portal_endpoints(forwarding, information, persons)
    return PortalPart(forwarding, information, Pump("own-information", turn, OWN_IDLE_S), endpoints)
