"""The addressee slice of one process: what staff and neighbours ask, business systems' areas, and what it tells."""

import random as chance
from dataclasses import dataclass
from functools import partial

from app.backend.addressee import http
from app.backend.addressee.ports import ResidentGateway
from app.backend.addressee.service import (
    AddresseeService,
    AreaOffice,
    BusinessSystems,
    Correcting,
    NumberSearch,
    ResidentTaking,
    SocialLinking,
    SystemAreas,
    Telling,
)
from app.backend.addressee.store import AddresseeStore
from app.domain.clock import Clock, Random
from app.domain.number import number_reader
from app.durable.worker import Pump
from app.link.letters import Correspondent, Neighbour
from app.server.parts import Parts, SliceParts
from app.trust.passwords import Strength
from app.wire.endpoint import Endpoint

IDLE_S = 5.0
"""How often it is looked whether something is to be told or announced. Assumed."""
OF_MACHINES = Strength(memory_kib=19_456, passes=2, lanes=1)
"""What one guess at a system's password costs: OWASP's least for argon2id (19 MiB, 2 passes; published); such a
password has 192 bits of chance, and nobody guesses it at any cost."""


@dataclass(frozen=True, slots=True)
class AddresseePart:
    """The slice with its endpoints. ``pump`` is to be started; ``telling`` and ``areas`` are what it turns."""

    service: AddresseeService
    linking: SocialLinking
    residents: ResidentTaking
    areas: SystemAreas
    telling: Telling
    endpoints: tuple[Endpoint, ...]
    pump: Pump


@dataclass(frozen=True, slots=True)
class AddresseePlace:
    """Where the slice stands: its own letters, the way to the resident network and to the intermediary."""

    post: Correspondent
    gateway: ResidentGateway
    intermediary: Neighbour
    is_training: bool


def build_addressee(own: SliceParts, parts: Parts, place: AddresseePlace, means: tuple[Clock, Random]) -> AddresseePart:
    """Put the slice together on its store; nothing runs until the pump is started."""
    clock, random = means
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    store = AddresseeStore(own.database, own.cells, (own.pen, own.book), own.index_key, spread)
    numbers, post = number_reader(is_training=place.is_training), place.post
    areas = SystemAreas(store, clock, random, OF_MACHINES)
    telling = Telling(store, post, place.intermediary, clock)

    def turn() -> bool:
        areas.day()
        return telling.turn()

    pump = Pump("addressee", turn, IDLE_S)
    parts.also_close(partial(_end, pump))
    service = AddresseeService(store, post, place.gateway, clock, numbers)
    linking, residents = SocialLinking(store, post, clock, numbers), ResidentTaking(store, post, clock, numbers)
    endpoints = (
        *http.endpoints(service),
        *http.social_endpoints(linking),
        *http.resident_endpoints(residents),
        *http.system_endpoints(BusinessSystems(store, post, areas, clock, numbers)),
        *http.office_endpoints(NumberSearch(store, numbers), Correcting(store, numbers), AreaOffice(store, areas)),
    )
    return AddresseePart(service, linking, residents, areas, telling, endpoints, pump)


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()
