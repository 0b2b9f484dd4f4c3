"""個人基本 of one process: what the register tells, what systems are brought and ask for, what runs by itself."""

import random as chance
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.backend.register import http as register_http
from app.backend.register.service.telling import Telling
from app.backend.register.store.telling import TellingStore
from app.backend.residentbase import http, store
from app.backend.residentbase.service.asking import Asking
from app.backend.residentbase.service.households import Households
from app.backend.residentbase.service.linkage import Clearing, LinkageRecords
from app.backend.residentbase.service.sending import Sending
from app.backend.residentbase.service.taking import Taking
from app.backend.residentbase.service.uses import Uses
from app.domain.call import Call
from app.domain.clock import Clock
from app.durable.worker import Pump
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby, Neighbour
from app.server import shipped
from app.server.exchange import Answers, ExchangeKeys, Neighbourhood, serves
from app.server.parts import Parts, SliceParts
from app.settings import ServerSettings
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter

IDLE_S = 5.0
"""How often it is looked for what nobody woke us for: what another process laid down, what is due again. Assumed."""
CLEAR_S = 3600.0
_APPROVING = frozenset({
    "/register/v1/decide/approve", "/register/v1/decide/all", "/register/v1/measure", "/register/v1/measure/decide"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TellingPart:
    """The register's side: ``pump`` tells what was approved and is to be started; ``endpoints`` besides its own."""

    telling: Telling
    pump: Pump
    endpoints: tuple[Endpoint, ...]

    def woken(self, endpoints: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
        """The register's endpoints; those that approve or restrain let it be told at once."""
        return tuple(
            replace(one, does=self._waking(one.does)) if one.path in _APPROVING and one.does else one
            for one in endpoints
        )

    def _waking(self, does: Callable[[Call, Any], Any]) -> Callable[[Call, Any], Any]:
        def do(call: Call, asked: Any) -> Any:  # noqa: ANN401 -- the endpoint's own types
            try:
                return does(call, asked)
            finally:
                self.pump.wake()

        return do


@dataclass(frozen=True, slots=True)
class BasePart:
    """The slice with its endpoints. ``pumps`` are to be started."""

    own: SliceParts
    book: store.BaseStore
    taking: Taking
    sending: Sending
    asking: Asking
    households: Households
    uses: Uses
    endpoints: tuple[Endpoint, ...]
    pumps: tuple[Pump, ...]


class Surroundings:
    """Whom the slice speaks with. ``near``: what receives residents in this process, by the name of the system.

    The others are brought changes at their peer's address, ``/<system>/v1/residents``; one without fetches its own.
    """

    def __init__(self, settings: ServerSettings, parts: Parts, keys: ExchangeKeys, near: Mapping[str, Answers]) -> None:
        self._settings = settings
        self._parts = parts
        self._keys = keys
        self._near = near
        self._lines = Neighbourhood(settings, parts)

    def post(self, role: str) -> Correspondent:
        return self._keys.post(role)

    def pushed(self, systems: Sequence[str]) -> dict[str, Neighbour]:
        """System → where changes are brought to it."""
        found: dict[str, Neighbour] = {}
        for name in systems:
            if name in self._near:
                found[name] = Nearby(self._near[name])
            elif name in self._settings.peers:
                found[name] = self._lines.of(name, f"/{name}/v1/residents", None)
        return found

    def line(self, name: str, path: str, answers: Answers | None) -> Neighbour:
        """The neighbour in this process or at its peer's address; nobody where neither is."""
        if answers is None and name not in self._settings.peers:
            return _Nobody()
        return self._lines.of(name, path, answers)

    def start_later(self, name: str, turn: Callable[[], bool], idle_s: float) -> Pump:
        """A pump that ends with the stores."""
        pump = Pump(name, turn, idle_s)
        self._parts.also_close(partial(_end, pump))
        return pump


class _Nobody:
    """A neighbour that is nowhere: what is for it waits."""

    def ask(self, letter: Letter) -> Letter:  # noqa: ARG002 -- as its port
        raise Unreachable


@dataclass(frozen=True, slots=True)
class Places:
    """What of the neighbourhood is in this process. ``register``: its store, None where another process has it.

    ``systems``: what receives residents, by the name of the system; ``relay``: what takes replicas.
    """

    register: SliceParts | None
    systems: Mapping[str, Answers]
    relay: Answers | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """Both sides, as far as they are in this process."""

    telling: TellingPart | None
    base: BasePart | None

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        return (
            *(self.telling.endpoints if self.telling else ()),
            *(self.base.endpoints if self.base else ()),
        )

    @property
    def ledgers(self) -> tuple[SliceParts, ...]:
        """Ledgers besides the register's."""
        return () if self.base is None else (self.base.own,)

    def woken(self, endpoints: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
        """See ``TellingPart``."""
        return tuple(endpoints) if self.telling is None else self.telling.woken(endpoints)

    def start(self) -> None:
        """Let both run by themselves."""
        for pump in (*((self.telling.pump,) if self.telling else ()), *(self.base.pumps if self.base else ())):
            pump.start()


def build_distribution(
    settings: ServerSettings, parts: Parts, keys: ExchangeKeys, places: Places, clock: Clock
) -> Distribution:
    """Put both sides together; they find each other in this process or on the line. Errors: DataFault."""
    around = Surroundings(settings, parts, keys, places.systems)
    found: dict[str, Answers] = {}

    def to_base(letters: Sequence[Letter]) -> list[Letter | AppError]:
        return found["base"](letters)

    telling = base = None
    if places.register is not None:
        telling = build_telling(places.register, around, to_base if serves(settings, "residentbase") else None, clock)
        found["register"] = telling.telling.present
    if serves(settings, "residentbase"):
        base = build_base(parts, around, found.get("register"), places.relay, clock)
        found["base"] = base.taking.take
    return Distribution(telling, base)


def build_telling(own: SliceParts, around: Surroundings, base: Answers | None, clock: Clock) -> TellingPart:
    """The register's line on its store ``own``. ``base``: residentbase, where it is in this process."""
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    book = TellingStore(own.database, own.cells, own.pen, own.index_key, spread)
    line = around.line("residentbase", "/residentbase/v1/changes", base)
    telling = Telling(book, around.post("register"), line, clock)
    pump = around.start_later("register-telling", telling.turn, IDLE_S)
    return TellingPart(telling, pump, register_http.telling_endpoints(telling))


def build_base(
    parts: Parts, around: Surroundings, register: Answers | None, relay: Answers | None, clock: Clock
) -> BasePart:
    """Open the store and put the slice together; nothing runs until the pumps are started. Errors: DataFault."""
    own = parts.slice("residentbase", store.TABLES, store.HISTORY)
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    book = store.BaseStore(own.database, own.cells, own.pen, own.book, spread)
    rules, post = shipped.distribution_rules(), around.post("residentbase")
    to_register = around.line("register", "/register/v1/residents", register)
    pushed = around.pushed(tuple(rules.systems))
    sending = Sending(book, post, pushed, rules, clock)
    lines = (to_register, around.line("relay", "/relay/v1/replicas", relay))
    words = rules.information, shipped.register_rules().heads
    households = Households(book, post, lines, words, clock)
    clearing = Clearing(book, rules, clock)
    senders = [around.start_later(f"base-{name}", partial(sending.turn, name), IDLE_S) for name in pushed]
    homes = around.start_later("base-households", households.turn, IDLE_S)
    clears = around.start_later("base-clearing", clearing.turn, CLEAR_S)

    def wake() -> None:
        for one in (*senders, homes):
            one.wake()

    taking = Taking(book, post, rules, clock, wake)
    asking = Asking(book, post, to_register, rules, clock)
    uses = Uses(book, rules, pushed.__contains__, wake)
    endpoints = (
        *http.endpoints(taking, asking, rules.systems),
        *http.office_endpoints(uses, LinkageRecords(book)),
    )
    return BasePart(own, book, taking, sending, asking, households, uses, endpoints, (*senders, homes, clears))


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()
