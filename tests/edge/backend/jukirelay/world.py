"""Register, boundary, communication server and an invented network, each on stores of its own, under one clock."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from app.backend.register import store as register_store
from app.backend.register.ports import Residence, Resident, Restraint
from app.domain.clock import SystemRandom
from app.domain.exchange_rules import Hours
from app.domain.network_relay import NetworkRelayRules
from app.domain.number import TrainingNumber
from app.domain.rights import Actor, Right
from app.link.letters import Nearby, Neighbour
from app.server.exchange import ExchangeKeys
from app.server.jukinet import JukinetPart, Later, build_jukinet
from app.server.jukirelay import (
    JukirelayPart,
    LinePasswords,
    RegisterLinePart,
    Way,
    build_jukirelay,
    build_register_line,
    network_neighbours,
    relay_rules,
)
from app.server.keys import Keys
from app.server.parts import Parts, SliceParts
from app.server.register import RegisterPart, build_register
from app.settings import NetworkPlace, ServerSettings
from app.standin.jukinet.membership import Membership
from app.standin.jukinet.server import NetworkServer
from app.wire.jukinet import AskWideArea, WideAreaCopies, WideAreaCopy, WideAreaRequest
from app.wire.jukirelay_staff import (
    AskForwarding,
    AskLinkage,
    Forwarding,
    ForwardingRow,
    LinkageRow,
    ReloadReplica,
)
from app.wire.register_change import Approval, ApproveEntries, EntryRef, Filing, PersonItems, PersonPart, ProposeEntry
from app.wire.register_restraint import DecideMeasure, MeasureRow, RequestMeasure
from tests.edge.backend.jukinet.world import HERE, THERE, number_of
from tests.support.slices import MovedClock, call, person

HOURS = Hours(8 * 60, 20 * 60, closed_days=True)
REGISTER_HOURS = Hours(8 * 60 + 30, 19 * 60, closed_days=True)
ADDRESS = "見本市中央区一丁目2番3号"
TODAY = date(2026, 11, 20)
MOVED_IN_ON = date(2015, 4, 1)
_numbers = count(1)
_MOVES: dict[str, int] = {}
"""How often somebody has moved."""


def clerk(staff_id: str, *acts: str, place: str = HERE) -> Actor:
    return person(staff_id, *map(Right, acts), municipality=place)


ENTERS = clerk("e01", "register.enter", "register.open", "restraint.set")
DECIDES = clerk("d01", "register.decide", "restraint.decide", "register.open")
STEERS, AGREES = (clerk(name, "network.calendar", "network.state") for name in ("s01", "s02"))
TENDS = clerk("t01", "network.tend", "network.state")
READS = clerk("l01", "linkage.read")
MANAGES = clerk("m01", "network.system")
REPORTS = clerk("c01", "network.card", "register.open")
NOBODY = clerk("n01", "register.open")


def fresh(word: str = "id") -> str:
    return f"{word}-{next(_numbers)}"


def resident(household: str = "", relation: str = "世帯主", **more) -> Resident:
    """Somebody whom no other test knows."""
    serial = next(_numbers)
    given = {
        "municipality": HERE,
        "business_number": f"5{serial:05}",
        "household_number": household or f"H{serial}",
        "name": f"見本　{serial}郎",
        "kana": "ミホン",
        "birth": date(1980, 1, 1),
        "sex": "1",
        "relation": relation,
        "residences": (Residence(ADDRESS, MOVED_IN_ON, None, ""),),
        "resident_code": f"97{serial:09}",
        "my_number": TrainingNumber(number_of(6_000_000 + serial)),
        "moved_in_on": MOVED_IN_ON,
    }
    return Resident(**(given | more))


def filing(kind: str, *persons: Resident | PersonPart, **more) -> Filing:
    reasons = {"change_of_address": "moved", "move_out": "to_municipality", "correction": "clerical_error"}
    given = {"reason": reasons.get(kind, "requested"), "filed_day": TODAY, "event_day": TODAY} | more
    parts = (one if isinstance(one, PersonPart) else PersonPart(business_number=one.business_number) for one in persons)
    return Filing(kind=kind, persons=tuple(parts), **given)


def newcomer(code: str, **items) -> PersonPart:
    serial = next(_numbers)
    given = {
        "name": f"新井　{serial}", "kana": "アライ", "birth": date(1995, 9, 9), "sex": "2", "resident_code": code,
        "my_number": number_of(7_000_000 + serial),
    }  # fmt: skip
    return PersonPart(relation="世帯主", items=PersonItems(**(given | items)))


class Broken:
    """A way to a neighbour that can be cut, before or after it has answered."""

    def __init__(self, of: Neighbour) -> None:
        self._of = of
        self.is_cut = False
        self.loses_answers = False
        self.refuses: set[str] = set()
        self.asked = 0

    def ask(self, letter):
        from app.errors import Unreachable

        if self.is_cut or letter.kind in self.refuses:
            raise Unreachable
        self.asked += 1
        answer = self._of.ask(letter)
        if self.loses_answers:
            raise Unreachable
        return answer


class Seeing:
    """What can be asked of a house, and what lies in its stores."""

    def by(self, who: Actor, key: str = ""):
        return call(who, self.clock.now(), key)

    def state(self, one: Resident | None = None, entry: str = "", who: Actor = STEERS) -> Forwarding:
        endpoint = self.endpoint("/jukirelay/v1/state")
        subject = "" if one is None else one.business_number
        return endpoint.does(self.by(who), AskForwarding(subject=subject, entry_id=entry))

    def rows(self, one: Resident, kind: str = "identity") -> list[ForwardingRow]:
        """Oldest first."""
        return [row for row in reversed(self.state(one).rows) if row.kind == kind]

    def linked(self, one: Resident | None = None, kind: str = "", who: Actor = READS) -> list[LinkageRow]:
        today = (self.clock.now() + timedelta(hours=9)).date()
        subject = "" if one is None else one.business_number
        asked = AskLinkage(since=TODAY - timedelta(days=1), until=today, subject=subject, kind=kind)
        return list(self.endpoint("/jukirelay/v1/linkage").does(self.by(who), asked).rows)

    def endpoint(self, path: str):
        every = (*self.relay.endpoints, *self.side.endpoints)
        return next(one for one in every if one.path == path)

    def does(self, path: str, who: Actor, asked, key: str = ""):
        return self.endpoint(path).does(self.by(who, key), asked)

    def wide_area(self, code: str, *, household: bool = False, of: str = HERE, **more) -> WideAreaCopy:
        """What another municipality gets by way of this city's communication server."""
        request = WideAreaRequest(
            request_id=more.pop("request_id", fresh("w")), asked_by=THERE, asked_of=of, resident_code=code,
            with_household=household, **more,
        )  # fmt: skip
        post = self.keys.post("jukinet")
        letter = post.write(f"jukinet@{HERE}", "juki-wide-area/1", AskWideArea(municipality=HERE, requests=(request,)))
        (outcome,) = self.relay.issuing.answer([letter])
        if isinstance(outcome, Exception):
            raise outcome
        return post.read(outcome, "juki-wide-area-copies/1", WideAreaCopies, "jukirelay").copies[0]

    def known(self, one: Resident | str) -> object:
        """What the communication server has of a person."""
        code = one if isinstance(one, str) else one.resident_code
        return self.cs.book.read(lambda unit: unit.people.of_code(HERE, code))

    def acts(self, own: SliceParts) -> list[tuple[str, dict[str, object]]]:
        def read(connection):
            kept = own.book.kept(connection, HERE)
            found = [own.book.act(connection, HERE, one) for one in kept]
            return [(act.kind, {**act.detail(), "about": act.about, "staff": act.staff_id}) for act in found]

        return own.database.read(read)

    def kinds(self, one: Resident) -> list[str]:
        """Kinds of the linkage records of a person."""
        return [row.kind for row in self.linked(one) if not row.kind.endswith(".viewed")]


class Doing(Seeing):
    """What people do in a house."""

    def lives_here(self, *people: Resident) -> None:
        """They are in the register since long, and the boundary has been told anew."""
        self.register.service.load(list(people), self.clock.now(), fresh("load"))
        self.does("/jukirelay/v1/reload", MANAGES, ReloadReplica())
        self.tells()

    def enters(self, asked: Filing, who: Actor = ENTERS):
        return self.register.changes.entries.propose(self.by(who), ProposeEntry(entry_id=fresh("e"), filing=asked))

    def approves(self, row, who: Actor = DECIDES) -> Approval:
        asked = ApproveEntries(
            entries=(EntryRef(entry_id=row.entry_id, version=row.version),),
            confirmed=tuple(one.check for one in row.findings),
        )
        (done,) = self.register.changes.approvals.approve(self.by(who), asked).rows
        assert done.outcome == "approved", (done.outcome, done.findings)
        return done

    def through(self, asked: Filing) -> str:
        """Entered and approved; the entry's id."""
        return self.approves(self.enters(asked)).entry_id

    def moves(self, one: Resident, to: str = "") -> str:
        """To another place, a day after the last move; all days lie behind the day of filing."""
        place = to or f"見本市北区{next(_numbers)}番"
        moved = _MOVES[one.business_number] = _MOVES.get(one.business_number, 0) + 1
        day = TODAY - timedelta(days=10 - moved)
        return self.through(filing("change_of_address", one, address=place, household="new", event_day=day))

    def protects(self, *people: Resident, scope: str = "person") -> MeasureRow:
        asked = RequestMeasure(
            measure_id=fresh("m"), kind="protective", persons=tuple(one.business_number for one in people),
            reason="申出", scope=scope,
        )  # fmt: skip
        return self.register.changes.measures.request(self.by(ENTERS), asked)

    def decides(self, row: MeasureRow, outcome: str = "approved") -> MeasureRow:
        asked = DecideMeasure(measure_id=row.measure_id, version=row.version, outcome=outcome, reason="理由")
        return self.register.changes.measures.decide(self.by(DECIDES), asked)


@dataclass
class House(Doing):
    """All of one installation, in this process. ``line`` and ``network``: the ways between its parts."""

    parts: Parts
    clock: MovedClock
    keys: ExchangeKeys
    cs: JukinetPart
    relay: JukirelayPart
    register: RegisterPart
    register_slice: SliceParts
    side: RegisterLinePart
    server: NetworkServer
    to_relay: Broken
    to_network: Broken

    def tells(self) -> None:
        """The register's line, until there is no more to tell."""
        while self.side.line.turn():
            pass

    def sends(self, rounds: int = 9) -> None:
        """The boundary's background, then the communication server's, until nothing is to do."""
        for _ in range(rounds):
            self.clock.move(seconds=3)
            if not self.relay.forwarding.turn():
                break
        for _ in range(rounds):
            if not self.cs.carrying.turn():
                break
            self.clock.move(seconds=3)

    def works(self) -> None:
        """Until everything has got as far as it can; looks at how far things are come after half a minute."""
        self.tells()
        self.sends()
        self.clock.move(seconds=61)
        self.relay.following.turn()
        self.tells()


def rules_of(*, always: bool = False, **changed) -> NetworkRelayRules:
    rules = relay_rules(is_training=True)
    if not always:
        rules = replace(rules, hours=HOURS, register_hours=REGISTER_HOURS)
    return replace(rules, **changed)


@contextlib.contextmanager
def open_house(
    settings: ServerSettings, clock: MovedClock, server: NetworkServer, rules: NetworkRelayRules | None = None
) -> Iterator[House]:
    """Everything, as it starts after any end."""
    membership = Membership(settings.folder / "network")
    keys = Keys(settings.folder / "keys", SystemRandom())
    exchange = ExchangeKeys(settings, keys)
    membership.admit({place: exchange.signing[f"jukinet@{place}"].public for place in settings.municipalities})
    place = NetworkPlace(server.url, server.url, server.url, membership.joined, membership.keys)
    joined = replace(settings, resident_network=place)
    parts, means = Parts(joined, keys, clock), (clock, SystemRandom())
    try:
        later = Later()
        cs = build_jukinet(joined, parts, exchange, Nearby(later), means)
        taking = cs.taking
        answers = {
            "updates": taking.updates, "deliveries": taking.deliveries, "cards": taking.cards,
            "moving-out": taking.moving_out, "moved-in": taking.moved_in, "forwarded": taking.forwarded,
            "arrivals": taking.arrivals,
        }  # fmt: skip
        cut = Broken(Nearby(Later()))

        def of(path: str) -> Neighbour:
            way = Broken(Nearby(answers[path.rpartition("/")[2]]))
            return _Through(cut, way)

        rules = rules or rules_of()
        relay = build_jukirelay(
            parts, exchange.post("jukirelay"), network_neighbours(of), rules, settings.municipalities, means
        )
        later.answers = relay.issuing.answer
        own = parts.slice("register", register_store.TABLES, register_store.HISTORY)
        register = build_register(own, clock, is_training=True)
        book = register_store.RegisterStore(own.database, own.cells, own.pen, own.index_key)
        to_relay = Broken(Nearby(relay.letters.answer))
        passwords = LinePasswords(settings.folder / "keys", relay.systems.provide)
        way = Way(exchange.post("register"), to_relay, passwords, (HERE,))
        side = build_register_line(parts, book, register.changes.announcements, way, means)
        yield House(parts, clock, exchange, cs, relay, register, own, side, server, to_relay, cut)
    finally:
        parts.close()


class _Through:
    """A neighbour behind a way that is cut for all of them together."""

    def __init__(self, cut: Broken, way: Broken) -> None:
        self._cut = cut
        self._way = way

    def ask(self, letter):
        self._way.is_cut, self._way.loses_answers = self._cut.is_cut, self._cut.loses_answers
        self._cut.asked += letter.sender.endswith(HERE)
        return self._way.ask(letter)


def held(act: str = "issue", level: str = "error") -> Restraint:
    return Restraint(act, level, date(2026, 1, 1), None, "支援措置")


def at(hour: int, minute: int = 0, day: int = 20) -> datetime:
    """An instant of November 2026 in Tokyo, as UTC."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{hour:02}:{minute:02}:00+09:00")
