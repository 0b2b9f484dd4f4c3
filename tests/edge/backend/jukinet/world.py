"""A communication server for two municipalities, the register's boundary as a writer of letters, and the network."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec

from app.backend.jukinet.ports import Registered
from app.domain.clock import SystemRandom
from app.domain.exchange_rules import Hours
from app.domain.number import training_check_digit
from app.domain.resident_network_rules import NetworkRules
from app.domain.rights import Actor, ItemClass, Right
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby
from app.server.exchange import Answers, ExchangeKeys
from app.server.jukinet import JukinetPart, build_jukinet, load_jukinet
from app.server.keys import Keys
from app.server.parts import Parts
from app.settings import NetworkPlace, ServerSettings, TlsPlace
from app.standin.jukinet.cards import PinSet
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.opening import open_network
from app.standin.jukinet.server import NetworkServer
from app.standin.jukinet.world import World as Network
from app.wire.jukinet import (
    AllForwarded,
    AllTaken,
    Arrivals,
    AskArrivals,
    AskForwarded,
    AskWideArea,
    Forwarded,
    IdentityInfo,
    IdentityUpdate,
    IdentityUpdates,
    Taken,
    WideAreaCopies,
    WideAreaCopy,
)
from app.wire.jukinet_counter import CheckIdentity, IdentityChecked, NetworkFour
from app.wire.letter import Letter
from app.wire.message import Message
from tests.support.slices import MovedClock, call, person

HERE, THERE, FAR = "991007", "992003", "993000"
"""Two that this installation serves, and one that only the network knows."""
PROCEDURE = "child_allowance_claim"
DAYTIME = Hours(8 * 60, 21 * 60, closed_days=False)
BORN = date(1980, 1, 1)
PIN = "1234"
_numbers = count(1)
M = TypeVar("M", bound=Message)


def number_of(body: int) -> str:
    digits = f"{body:011}"
    return digits + str(training_check_digit(digits))


def somebody(name: str = "", place: str = HERE, **others: object) -> IdentityInfo:
    """A person whom nobody has spoken of before."""
    serial = next(_numbers)
    one = IdentityInfo(
        resident_code=f"98{serial:09}",
        my_number=number_of(5_000_000 + serial),
        name=name or f"見本　{serial}郎",
        birth=BORN,
        sex="1",
        address=f"見本市中央区一丁目{serial}番1号",
        municipality=place,
    )
    return msgspec.structs.replace(one, **others)


def change(one: IdentityInfo, sequence: int, reason: str = "moved_in", **others: object) -> IdentityUpdate:
    made = IdentityUpdate(
        update_id=f"update-{next(_numbers)}", sequence=sequence, identity=one, reason=reason, event_day=BORN
    )
    return msgspec.structs.replace(made, **others)


@dataclass
class Boundary:
    """jukirelay as the communication server knows it: letters in, and copies where it is asked for them."""

    keys: ExchangeKeys
    copies: dict[str, WideAreaCopy] = field(default_factory=dict)
    is_away: bool = False
    asked: list[AskWideArea] = field(default_factory=list)

    @property
    def post(self) -> Correspondent:
        return self.keys.post("jukirelay")

    def wide_area(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        if self.is_away:
            return [Unreachable() for _ in letters]
        return [self._copy(letter) for letter in letters]

    def _copy(self, letter: Letter) -> Letter:
        asked = self.post.read(letter, "juki-wide-area/1", AskWideArea, "jukinet")
        self.asked.append(asked)
        place = asked.municipality
        no = [
            WideAreaCopy(request_id=one.request_id, municipality=place, reason="not_issued") for one in asked.requests
        ]
        found = [
            msgspec.structs.replace(self.copies.get(one.resident_code, bare), request_id=one.request_id)
            for one, bare in zip(asked.requests, no, strict=True)
        ]
        answer = WideAreaCopies(municipality=place, copies=tuple(found))
        return self.post.write(f"jukirelay@{place}", "juki-wide-area-copies/1", answer)


@dataclass
class City:
    """The communication server at work."""

    part: JukinetPart
    boundary: Boundary
    clock: MovedClock
    server: NetworkServer

    @property
    def network(self) -> Network:
        return self.server.parties.world

    def asks(self, answers: Answers, kind: str, message: Message, gives: tuple[str, type[M]], place: str = HERE) -> M:
        """What the boundary is answered; raises what is refused."""
        (outcome,) = answers([self.boundary.post.write(f"jukirelay@{place}", kind, message)])
        if isinstance(outcome, AppError):
            raise outcome
        return self.boundary.post.read(outcome, *gives, "jukinet")

    def tells(self, *updates: IdentityUpdate, place: str = HERE) -> tuple[Taken, ...]:
        asked = IdentityUpdates(municipality=place, updates=updates)
        given = ("juki-taken/1", AllTaken)
        return self.asks(self.part.taking.updates, "juki-updates/1", asked, given, place).taken

    def forwarded(self, *item_ids: str, place: str = HERE) -> tuple[Forwarded, ...]:
        asked = AskForwarded(municipality=place, item_ids=item_ids)
        given = ("juki-forwarded/1", AllForwarded)
        return self.asks(self.part.taking.forwarded, "juki-ask-forwarded/1", asked, given, place).items

    def arrivals(self, *done: str, place: str = HERE) -> Arrivals:
        asked = AskArrivals(municipality=place, done=done)
        return self.asks(self.part.taking.arrivals, "juki-ask-arrivals/1", asked, ("juki-arrivals/1", Arrivals), place)

    def works(self, rounds: int = 9) -> None:
        """Everything that runs by itself, until nothing is to do; waits between tries pass."""
        for _ in range(rounds):
            self.clock.move(seconds=3)
            if not (self.part.carrying.turn() | self.part.comparing.turn()):
                return

    def lives_here(self, *people: IdentityInfo) -> None:
        """They are registered with the city and at both levels, as if since long."""
        load_jukinet(self.part, [Registered(one, 0, 1) for one in people], self.clock)
        self.network.set_up(people)

    def holds(self, one: IdentityInfo, pin: str = PIN) -> str:
        """They have a card in use; its 製造番号."""
        card = f"CARD{one.resident_code}"
        self.network.set_up(PinSet(card_number=card, resident_code=one.resident_code, pin=pin))
        return card

    def checks(self, who: Actor, one: IdentityInfo, purpose: str, **others: object) -> IdentityChecked:
        """Somebody's card is checked at a counter, its face read rightly unless something else is said."""
        shown = NetworkFour(name=one.name, address=one.address, birth=one.birth, sex=one.sex)
        asked = CheckIdentity(
            check_id=f"check-{next(_numbers)}",
            purpose=purpose,
            card_number=f"CARD{one.resident_code}",
            pin=PIN,
            shown=shown,
        )
        return self.part.desk.checking.check(self.by(who), msgspec.structs.replace(asked, **others))

    def by(self, who: Actor, key: str = ""):
        return call(who, self.clock.now(), key)

    def acts(self, place: str = HERE) -> list[tuple[str, dict[str, object]]]:
        """What stands in the ledger, kind and details."""
        book = self.part.own.book

        def read(connection) -> list[tuple[str, dict[str, object]]]:
            kept = book.kept(connection, place)
            found = [book.act(connection, place, one) for one in kept]
            return [(act.kind, {**act.detail(), "about": act.about, "staff": act.staff_id}) for act in found]

        return self.part.own.database.read(read)


def clerk(staff_id: str, *acts: str, place: str = HERE, guarded: Sequence[str] = ()) -> Actor:
    """Somebody with these rights; ``guarded``: acts that also reach 個人番号 and 住民票コード."""
    classes = (ItemClass.MY_NUMBER, ItemClass.RESIDENT_CODE)
    rights = [*map(Right, acts), *(Right(act, item_class=one) for act in guarded for one in classes)]
    return person(staff_id, *rights, municipality=place)


def new_id() -> str:
    return f"id-{next(_numbers)}"


def settings_of(folder: Path, database: str) -> ServerSettings:
    tls = TlsPlace(folder / "none.pem", folder / "none.pem", folder / "none.key")
    return ServerSettings(
        folder=folder,
        host="127.0.0.1",
        port=0,
        tls=tls,
        database=database,
        schema_prefix="juki_",
        slices=(),
        municipalities=(HERE, THERE),
        peers={},
        institutions={},
        is_training=True,
    )


def open_network_of(folder: Path, clock: MovedClock, port: int = 0) -> NetworkServer:
    return open_network(folder / "network", DAYTIME, clock, port)


@contextlib.contextmanager
def open_city(
    settings: ServerSettings, clock: MovedClock, server: NetworkServer, rules: NetworkRules | None = None
) -> Iterator[City]:
    """The communication server on its stores, in this process; what it waits for is done by ``City.works``."""
    membership = Membership(settings.folder / "network")
    keys = Keys(settings.folder / "keys", SystemRandom())
    exchange = ExchangeKeys(settings, keys)
    membership.admit({place: exchange.signing[f"jukinet@{place}"].public for place in settings.municipalities})
    joined = replace(
        settings,
        resident_network=NetworkPlace(server.url, server.url, server.url, membership.joined, membership.keys),
    )
    parts = Parts(joined, keys, clock)
    try:
        boundary = Boundary(exchange)
        relay = Nearby(boundary.wide_area)
        part = build_jukinet(joined, parts, exchange, relay, (clock, SystemRandom()), rules)
        yield City(part, boundary, clock, server)
    finally:
        parts.close()


Opener = Callable[[], contextlib.AbstractContextManager[City]]
