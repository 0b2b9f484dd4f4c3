"""The boundary to the resident network of one process, and the register's line to it, wherever it is served."""

import json
import random as chance
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.backend.jukirelay import http, store
from app.backend.jukirelay.service.following import Following
from app.backend.jukirelay.service.forwarding import Forwarding
from app.backend.jukirelay.service.issuing import Issuing
from app.backend.jukirelay.service.letters import RegisterLetters
from app.backend.jukirelay.service.posting import NetworkNeighbours, Posting
from app.backend.jukirelay.service.receiving import Receiving
from app.backend.jukirelay.service.recording import Recording
from app.backend.jukirelay.service.steering import Steering
from app.backend.jukirelay.service.systems import SystemService
from app.backend.register.http import network_endpoints
from app.backend.register.service.changing import ChangeBook
from app.backend.register.service.coming import AnnouncementService
from app.backend.register.service.network_line import SYSTEM, NetworkLine, Way
from app.backend.register.service.network_words import NetworkWords
from app.domain.clock import Clock, Random
from app.domain.network_relay import NetworkRelayRules, parse_network_relay
from app.durable.files import write_new
from app.durable.worker import Pump
from app.link.letters import Correspondent, Neighbour
from app.server import shipped
from app.server.keys import demand_closed
from app.server.parts import Parts, SliceParts
from app.shipped import read_toml, resource
from app.trust.passwords import Strength
from app.wire.endpoint import Endpoint

IDLE_S, LINE_S = 2.0, 2.0
OF_MACHINES = Strength(memory_kib=19_456, passes=2, lanes=1)
"""What one guess at a system's password costs: OWASP's least for argon2id (19 MiB, 2 passes; published); such a
password has 192 bits of chance, and nobody guesses it at any cost."""


@dataclass(frozen=True, slots=True)
class JukirelayPart:
    """The slice with its endpoints. ``pump`` is to be started; ``forwarding`` and ``following`` are what it turns."""

    own: SliceParts
    book: store.NetworkStore
    letters: RegisterLetters
    issuing: Issuing
    systems: SystemService
    forwarding: Forwarding
    following: Following
    endpoints: tuple[Endpoint, ...]
    pump: Pump


@dataclass(frozen=True, slots=True)
class RegisterLinePart:
    """The register's side. ``pump`` is to be started."""

    line: NetworkLine
    words: NetworkWords
    endpoints: tuple[Endpoint, ...]
    pump: Pump


def relay_rules(*, is_training: bool) -> NetworkRelayRules:
    """The shipped rules of the boundary. Errors: DataFault."""
    rows = json.loads(resource("data", "ward-codes.json").read_text(encoding="utf-8"))["rows"]
    codes = {row["name"]: row["code"] for row in rows}
    table = read_toml("tables", "network_relay.toml")
    return parse_network_relay(table, codes, shipped.register_rules().heads, is_training=is_training)


def network_neighbours(of: Callable[[str], Neighbour]) -> NetworkNeighbours:
    """The communication server's paths. ``of``: the neighbour behind one of them."""
    return NetworkNeighbours(
        updates=of("/jukinet/v1/updates"),
        deliveries=of("/jukinet/v1/deliveries"),
        cards=of("/jukinet/v1/cards"),
        moving_out=of("/jukinet/v1/moving-out"),
        moved_in=of("/jukinet/v1/moved-in"),
        forwarded=of("/jukinet/v1/forwarded"),
        arrivals=of("/jukinet/v1/arrivals"),
    )


def build_jukirelay(
    parts: Parts,
    post: Correspondent,
    network: NetworkNeighbours,
    rules: NetworkRelayRules,
    places: Sequence[str],
    means: tuple[Clock, Random],
) -> JukirelayPart:
    """Open the store and put the slice together; nothing runs until the pump is started."""
    clock, random = means
    own = parts.slice("jukirelay", store.TABLES, store.HISTORY)
    spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
    book = store.NetworkStore(own.database, own.cells, own.answers, (own.pen, own.book), own.index_key, spread)
    posting = Posting(post, network, places)
    forwarding, following = Forwarding(book, posting, rules, clock), Following(book, posting, rules, clock)

    def turn() -> bool:
        went_on = forwarding.turn(), following.turn()
        return any(went_on)

    pump = Pump("jukirelay", turn, IDLE_S)
    parts.also_close(partial(_end, pump))
    systems = SystemService(book, clock, random, rules, OF_MACHINES)
    letters = RegisterLetters(post, Receiving(book, systems, rules, clock), systems, pump.wake)
    issuing = Issuing(book, post, rules, clock)
    staff = http.endpoints(Steering(book, rules, pump.wake), Recording(book, rules, pump.wake), systems)
    endpoints = (*staff, *http.letter_endpoints(letters.answer, issuing.answer))
    return JukirelayPart(own, book, letters, issuing, systems, forwarding, following, endpoints, pump)


def build_register_line(
    parts: Parts, book: ChangeBook, announcements: AnnouncementService, way: Way, means: tuple[Clock, Random]
) -> RegisterLinePart:
    """The register's way to the boundary; nothing is told until the pump is started."""
    clock, random = means
    words = NetworkWords(book, announcements, clock)
    line = NetworkLine(book, way, words, clock, random)
    pump = Pump("register-line", line.turn, LINE_S)
    parts.also_close(partial(_end, pump))
    return RegisterLinePart(line, words, network_endpoints(words), pump)


class LinePasswords:
    """The register's passwords for the boundary, in ``folder``, in files only their owner may read.

    ``provide``: where the boundary is in this very process, it hands out the first one itself. Elsewhere an
    administrator of the boundary enters the system and puts its password into ``jukirelay-<municipality>.password``.
    """

    def __init__(self, folder: Path, provide: Callable[[str, str], str] | None = None) -> None:
        self._folder = folder
        self._provide = provide

    def candidates(self, municipality: str) -> tuple[str, ...]:
        """One that may have become valid before a crash comes first. Errors: DataFault ``open_to_others``."""
        found = [self._read(path) for path in (self._next(municipality), self._path(municipality)) if path.exists()]
        if not found and self._provide is not None:
            first = self._provide(municipality, SYSTEM)
            if first:
                self.settle(municipality, first)
                found = [first]
        return tuple(found)

    def propose(self, municipality: str, password: str) -> None:
        """On the disk when this returns."""
        self._write(self._next(municipality), password)

    def settle(self, municipality: str, password: str) -> None:
        """The valid one first, then the other goes."""
        path = self._path(municipality)
        if not path.exists() or self._read(path) != password:
            self._write(path, password)
        self._next(municipality).unlink(missing_ok=True)

    def _path(self, municipality: str) -> Path:
        return self._folder / f"jukirelay-{municipality}.password"

    def _next(self, municipality: str) -> Path:
        return self._folder / f"jukirelay-{municipality}.password.next"

    @staticmethod
    def _read(path: Path) -> str:
        demand_closed(path)
        return path.read_text("ascii").strip()

    @staticmethod
    def _write(path: Path, password: str) -> None:
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        write_new(fresh, password.encode("ascii"))
        fresh.replace(path)


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()
