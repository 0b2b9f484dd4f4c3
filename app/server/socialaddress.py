"""The social insurance addresses of one process: what the staff asks, what systems tell and ask, and the errands."""

import random as chance
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.backend.socialaddress import http
from app.backend.socialaddress.service import (
    Carrying,
    Clearing,
    Desk,
    EntryService,
    Lines,
    Means,
    MergeService,
    PartyService,
    Passing,
    ResidentTaking,
    SocialAddressService,
    Takings,
    TaxTaking,
    Tending,
)
from app.backend.socialaddress.store import SocialAddressStore
from app.domain.clock import Clock
from app.domain.number import number_reader
from app.domain.permission import PermissionList
from app.durable.worker import Pump
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby, Neighbour
from app.server import shipped
from app.server.parts import SliceParts
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter

IDLE_S = 1.0
Answers = Callable[[Sequence[Letter]], list[Letter | AppError]]


class Awaited:
    """A neighbour that may come into being later in this process; until then ``line`` leads to it, or nothing does."""

    def __init__(self, line: Neighbour | None) -> None:
        self._line = line

    def meet(self, answers: Answers) -> None:
        """It is in this process."""
        self._line = Nearby(answers)

    def ask(self, letter: Letter) -> Letter:
        """The neighbour's letter in answer. Errors: Unreachable; what the neighbour raised."""
        if self._line is None:
            raise Unreachable
        return self._line.ask(letter)


@dataclass(frozen=True, slots=True)
class SocialPart:
    """The slice with its endpoints. ``pump`` is to be started; ``changes``, ``residents``: residentbase, to be met."""

    service: SocialAddressService
    takings: Takings
    desk: Desk
    carrying: Carrying
    pump: Pump
    changes: Awaited
    residents: Awaited
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class SocialPlace:
    """Where the slice stands. ``line``: slice and path → the way there, None where no peer is named."""

    post: Correspondent
    addressee: Awaited
    line: Callable[[str, str], Neighbour | None]
    is_training: bool


def build_social(own: SliceParts, place: SocialPlace, permissions: PermissionList, clock: Clock) -> SocialPart:
    """Put the slice together on its store; nothing runs until ``pump.start``. Errors: DataFault."""
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    book = SocialAddressStore(own.database, own.cells, own.answers, own.pen, own.index_key, spread)
    rules, folder, post = shipped.social_rules(), shipped.name_folder(), place.post
    passing = Passing(book, post, rules, folder, clock)
    takings = Takings(ResidentTaking(book, post, folder, clock), TaxTaking(book, post, rules, passing, clock), passing)
    changes, residents = (
        Awaited(place.line("residentbase", f"/residentbase/v1/socialaddress/{name}"))
        for name in ("changes", "residents")
    )
    found = {name: place.line(name, f"/{name}/v1/social-transfers") for name in rules.receivers}
    systems = {name: line for name, line in found.items() if line is not None}
    lines = Lines(changes, residents, place.addressee, systems)
    carrying = Carrying(book, post, lines, takings.residents, rules, clock)
    clearing = Clearing(book, rules, clock)

    def turn() -> bool:
        clearing.turn()
        return carrying.turn()

    pump = Pump("socialaddress", turn, IDLE_S)
    passing.wakes(pump.wake)
    desk = Desk(
        PartyService(book, Means(rules, folder, number_reader(is_training=place.is_training))),
        EntryService(book, rules, folder),
        MergeService(book, rules, folder),
        takings.taxes,
        Tending(book, rules, pump.wake),
    )
    service = SocialAddressService(book, post, permissions, clock)
    endpoints = (
        *http.endpoints(service),
        *http.taking_endpoints(takings, sorted(rules.receivers)),
        *http.desk_endpoints(desk),
    )
    return SocialPart(service, takings, desk, carrying, pump, changes, residents, endpoints)
