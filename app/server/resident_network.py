"""The resident network of one process: communication server, boundary, and the register's line, those it serves."""

from collections.abc import Callable
from dataclasses import dataclass

from app.backend.jukirelay import http as relay_http
from app.backend.register.service.network_line import Way
from app.backend.register.store import RegisterStore
from app.domain.clock import Clock, Random
from app.durable.worker import Pump
from app.link.letters import Neighbour
from app.server.exchange import Answers, ExchangeKeys, Neighbourhood, serves
from app.server.jukinet import JukinetPart, Later, build_jukinet
from app.server.jukirelay import (
    JukirelayPart,
    LinePasswords,
    RegisterLinePart,
    build_jukirelay,
    build_register_line,
    network_neighbours,
    relay_rules,
)
from app.server.keys import Keys
from app.server.parts import Parts, SliceParts
from app.server.register import RegisterPart
from app.settings import ServerSettings
from app.wire.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class ResidentNetwork:
    """What of it this process serves; None for what another one does. ``start`` begins what runs by itself."""

    jukinet: JukinetPart | None
    relay: JukirelayPart | None
    line: RegisterLinePart | None

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All of them."""
        found = (self.jukinet, self.relay, self.line)
        return tuple(one for part in found if part is not None for one in part.endpoints)

    @property
    def ledgers(self) -> tuple[SliceParts, ...]:
        """The slices that write a log."""
        return tuple(part.own for part in (self.jukinet, self.relay) if part is not None)

    def start(self) -> None:
        """Start what runs by itself."""
        pumps: list[Pump] = []
        if self.jukinet is not None:
            pumps += self.jukinet.pumps
        pumps += [part.pump for part in (self.relay, self.line) if part is not None]
        for pump in pumps:
            pump.start()


class _Builder:
    def __init__(self, settings: ServerSettings, parts: Parts, keys: Keys, means: tuple[Clock, Random]) -> None:
        self._settings = settings
        self._parts = parts
        self._keys = keys
        self._means = means
        self._signing = ExchangeKeys(settings, keys)
        self._near = Neighbourhood(settings, parts)
        self._copies = Later()

    def jukinet(self) -> JukinetPart | None:
        """The network's side of the boundary: it reaches the boundary for wide-area copies, and nothing behind it."""
        if not serves(self._settings, "jukinet"):
            return None
        here = self._copies if serves(self._settings, "jukirelay") else None
        wide_area = self._near.of("jukirelay", relay_http.FROM_NETWORK, here)
        return build_jukinet(self._settings, self._parts, self._signing, wide_area, self._means)

    def relay(self, jukinet: JukinetPart | None) -> JukirelayPart | None:
        if not serves(self._settings, "jukirelay"):
            return None
        network = network_neighbours(self._network(jukinet))
        rules = relay_rules(is_training=self._settings.is_training)
        post, places = self._signing.post("jukirelay"), self._settings.municipalities
        made = build_jukirelay(self._parts, post, network, rules, places, self._means)
        self._copies.answers = made.issuing.answer
        return made

    def line(
        self, relay: JukirelayPart | None, register: RegisterPart | None, own: SliceParts | None
    ) -> RegisterLinePart | None:
        """None where nobody is the boundary: the changes wait in the register's store."""
        if register is None or own is None or (relay is None and "jukirelay" not in self._settings.peers):
            return None
        book = RegisterStore(own.database, own.cells, own.pen, own.index_key)
        near = self._near.of("jukirelay", relay_http.FROM_REGISTER, relay.letters.answer if relay else None)
        passwords = LinePasswords(self._settings.folder / "keys", relay.systems.provide if relay else None)
        way = Way(self._signing.post("register"), near, passwords, tuple(self._settings.municipalities))
        return build_register_line(self._parts, book, register.changes.announcements, way, self._means)

    def _network(self, jukinet: JukinetPart | None) -> Callable[[str], Neighbour]:
        taking = None if jukinet is None else jukinet.taking

        def of(path: str) -> Neighbour:
            answers: Answers | None = None
            if taking is not None:
                answers = getattr(taking, path.rpartition("/")[2].replace("-", "_"))
            return self._near.of("jukinet", path, answers)

        return of


def build_resident_network(
    settings: ServerSettings,
    parts: Parts,
    keys: Keys,
    register: tuple[RegisterPart | None, SliceParts | None],
    means: tuple[Clock, Random],
) -> ResidentNetwork:
    """Open the stores of what this process serves and put it together; nothing runs until ``start``."""
    builder = _Builder(settings, parts, keys, means)
    jukinet = builder.jukinet()
    relay = builder.relay(jukinet)
    return ResidentNetwork(jukinet, relay, builder.line(relay, *register))
