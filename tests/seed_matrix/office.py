"""Inside, platform and the other municipality, each behind an edge of its own; whoever asks here asks over the line."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from app.backend.staff.ports import Session, StaffMember, StaffUnit, Terminal
from app.backend.staff.service.sessions import digest
from app.domain.clock import SystemClock, SystemRandom
from app.domain.number import MyNumber
from app.domain.rights import Actor, Post
from app.domain.secret import Secret
from app.link.letters import Correspondent, LetterLine, letter_endpoint
from app.link.line import Headers, Line
from app.server.door import Door
from app.server.exchange_data import Directory, write_directory
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys
from app.server.wiring import Backend, open_backend
from app.settings import ServerSettings, TlsPlace
from app.standin.portal import TrainingPortal
from app.trust.authority import Authority, TerminalName
from app.trust.passwords import Strength, hash_password
from app.trust.sign import SigningKey
from app.trust.tls_key import TlsKey
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter
from app.wire.message import Message
from tests.edge.backend.exchange.world import HERE, PEOPLE_HERE, THERE, World, data, open_world, question
from tests.seed_matrix.edge import listening
from tests.seed_matrix.witness import Witness
from tests.support.slices import MORNING, MovedClock

NOW, HOUR = SystemClock(), timedelta(hours=1)
INSIDE = ("addressee", "relay", "socialaddress")
SYSTEMS = ("business.childcare", "taxaddress")
PEERS = (
    "addressee", "business", "gateway", "intermediary", "relay", "residentbase", "socialaddress", "taxaddress",
)  # fmt: skip
SEAT, DEPARTMENT, PASSWORD = "T-77", "子ども家庭", "a password of the row tests"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who answers where: behind the edge, for what turns by itself and for a look at what was kept."""

    inside: World
    near: World
    far: World
    core: World
    staff: Backend


@dataclass
class Office:
    """Everything that a row's test asks; nothing here is asked past the edge but the clock and what turns by itself."""

    of: Parties
    portal: TrainingPortal
    clock: MovedClock
    post: dict[str, Correspondent]
    lines: dict[str, Line]
    offered: dict[str, tuple[str, Endpoint]]
    """Path → at whose edge it is answered unless another one is named, and what it takes and gives."""

    def ask(self, who: Actor, path: str, message: Message, *, at: str = "") -> Any:
        """The answer to a member of staff at a terminal; raises what it is refused with."""
        where, endpoint = self.offered[path]
        number = next(_numbers)
        headers = Headers(f"row-{number}", f"row-{number}", Secret(self._token(who).encode()))
        return self.lines[f"{who.municipality} {at or where}"].ask(path, message, endpoint.gives, headers)

    def send(self, role: str, path: str, letter: Letter, *, at: str = "") -> Letter:
        """The answer to a letter under the certificate of ``role``; raises what it is refused with."""
        return LetterLine(self.lines[f"{role} {at or self.offered[path][0]}"], path).ask(letter)

    def says(self, role: str, path: str, kind: str, message: Message, gives: type, *, place: str = HERE) -> Any:
        """The same for a message under the sender's own signature, read."""
        answer = self.send(role.partition(".")[0], path, self.letter(role, kind, message, place))
        return next(iter(self.post.values())).read(answer, answer.kind, gives, answer.sender.partition("@")[0])

    def letter(self, role: str, kind: str, message: Message, place: str = HERE) -> Letter:
        return self.post[role].write(f"{role}@{place}", kind, message)

    def make(self, who: Actor, subject: str, **changed: Any) -> Any:
        """An enquiry is handed in."""
        return self.ask(who, "/relay/v1/enquiries", question(subject, **changed))

    def carry(self) -> None:
        """Let what runs by itself do what is due."""
        self.of.inside.carry()

    def _token(self, who: Actor) -> str:
        """A session of this moment for somebody with exactly the rights of ``who``."""
        token, at = f"token {next(_numbers)}", self.clock.now()
        member = StaffMember(
            who.municipality, "見本市", "区役所", who.staff_id, who.name, DEPARTMENT, "", is_active=True
        )

        def enter(unit: StaffUnit) -> None:
            unit.put_member(member, at)
            unit.put_posts(who.municipality, who.staff_id, (Post(DEPARTMENT),))
            unit.put_rights(who.municipality, who.staff_id, who.rights)
            session = Session(digest(token), who.municipality, who.staff_id, SEAT, at, at + HOUR, None)
            unit.add_session(session)

        assert self.of.staff.staff is not None
        self.of.staff.staff._book.write(enter)
        return token


def _place(folder: Path, name: str, authority: Authority, issued: bytes, key: TlsKey) -> TlsPlace:
    own = folder / "tls" / name.replace(" ", "-")
    own.mkdir(parents=True)
    place = TlsPlace(own / "authority.pem", own / "own.pem", own / "own.key.pem")
    place.authority.write_bytes(authority.certificate_pem)
    place.certificate.write_bytes(issued)
    place.key.write_bytes(key.to_pem(None))
    return place


@dataclass
class _Certificates:
    """What the office's authority has issued."""

    folder: Path
    authority: Authority

    def slices(self, name: str, speaks_for: tuple[str, ...]) -> TlsPlace:
        key = TlsKey.generate()
        issued = self.authority.issue_slices(key.request(), speaks_for, NOW.now() - HOUR, 24 * HOUR)
        return _place(self.folder, name, self.authority, issued, key)

    def terminal(self, municipality: str) -> TlsPlace:
        key, name = TlsKey.generate(), TerminalName(municipality, SEAT)
        issued = self.authority.issue_terminal(key.request(), name, NOW.now() - HOUR, 24 * HOUR)
        return _place(self.folder, f"terminal {municipality}", self.authority, issued, key)


def _enrolled(staff: Backend, at: Any) -> None:
    """A terminal of each municipality, and somebody who signs in with a password."""
    assert staff.staff is not None
    weak = Strength(memory_kib=8, passes=1, lanes=1)
    for place in (HERE, THERE):
        staff.staff.enrol(Terminal(place, SEAT, "9", at, None))
    hashed = hash_password(Secret(PASSWORD.encode()), weak)
    member = StaffMember(HERE, "見本市", "区役所", "reception", "受付", DEPARTMENT, hashed, is_active=True)

    def enter(unit: StaffUnit) -> None:
        unit.put_member(member, at)
        unit.put_posts(HERE, "reception", (Post(DEPARTMENT),))

    staff.staff._book.write(enter)


class _Opening:
    """Opens the processes one after the other, those that others speak with first."""

    def __init__(self, loaded: ServerSettings, seen: tuple[str, Witness], stack: ExitStack) -> None:
        self._loaded, self._seen, self._stack = loaded, seen, stack
        self.clock, random = MovedClock(MORNING), SystemRandom()
        self._certificates = _Certificates(loaded.folder, Authority.create("rows", NOW.now() - HOUR, 48 * HOUR))
        self.systems = {f"{name}@{place}": SigningKey.generate() for name in SYSTEMS for place in (HERE, THERE)}
        self._keys = Keys(loaded.folder / "keys", random)
        self.portal = TrainingPortal(self.clock, {})
        own = ExchangeKeys(loaded, self._keys, self.clock).own
        known = {name: key.public for name, key in self.systems.items()} | {"portal": self.portal.signing.public}
        boxes = {**own.boxes, "portal": self.portal.box.public}
        write_directory(loaded.folder, Directory({**own.verify, **known}, boxes))
        self.every = ExchangeKeys(loaded, self._keys, self.clock)
        self.portal = replace(self.portal, known=self.every.live)
        self.urls: dict[str, str] = {}
        self.offered: dict[str, tuple[str, Endpoint]] = {}
        weaker = replace(loaded.second_factor, required=False)
        self.staff = open_backend(replace(loaded, slices=("staff",), second_factor=weaker), self.clock, random)
        stack.callback(self.staff.parts.close)
        assert self.staff.staff is not None
        _enrolled(self.staff, self.clock.now())
        self._door = Door(self.staff.staff, self.staff.staff.lets_in, self.clock)

    def world(self, name: str, more: tuple[Endpoint, ...] = (), **changed: Any) -> World:
        settings = replace(self._loaded, tls=self._certificates.slices(name, PEERS), **changed)
        world = self._stack.enter_context(open_world(settings, self.clock, rules=data()))
        self.listens(name, settings, (*more, *world.exchange.endpoints))
        return world

    def listens(self, name: str, settings: ServerSettings, endpoints: tuple[Endpoint, ...]) -> None:
        self.urls[name] = self._stack.enter_context(listening(settings, endpoints, self._door, *self._seen))
        self.offered |= {one.path: (name, one) for one in endpoints}

    def portal_edge(self) -> None:
        ways = {
            "notices": self.portal.notices,
            "states": self.portal.states,
            "own-requests": self.portal.requests,
            "own-answers": self.portal.answers,
        }
        doors = tuple(letter_endpoint(f"/portal/v1/{name}", "intermediary", way) for name, way in ways.items())
        self.listens("portal", replace(self._loaded, tls=self._certificates.slices("portal", PEERS)), doors)

    def lines(self) -> dict[str, Line]:
        """Whoever calls, to each edge."""
        places = {name: self._certificates.slices(f"peer {name}", (name,)) for name in PEERS}
        places |= {municipality: self._certificates.terminal(municipality) for municipality in (HERE, THERE)}
        found = {
            f"{name} {where}": Line(url, tls, None, 30.0)
            for name, tls in places.items()
            for where, url in self.urls.items()
        }
        for line in found.values():
            self._stack.callback(line.close)
        return found

    def posts(self) -> dict[str, Correspondent]:
        found = {
            role: self.every.post(role) for role in ("addressee", "gateway", "intermediary", "relay", "residentbase")
        }
        for name in SYSTEMS:
            mine = {full: key for full, key in self.systems.items() if full.startswith(f"{name}@")}
            found[name] = Correspondent(mine, self.every.live)
        return found


@contextmanager
def office(loaded: ServerSettings, engine: str, witness: Witness) -> Iterator[Office]:
    """The office on stores that hold the people of both municipalities."""
    with ExitStack() as stack:
        making = _Opening(loaded, (engine, witness), stack)
        making.portal_edge()
        outside = {"portal": making.urls["portal"]}
        core = making.world("nws", slices=("nws",))
        outside["nws"] = making.urls["nws"]
        far = making.world("far", slices=("intermediary",), municipalities=(THERE,), peers=outside)
        there = {THERE: making.urls["far"]}
        near = making.world("near", slices=("intermediary",), municipalities=(HERE,), peers=outside, institutions=there)
        peers = {"nws": making.urls["nws"], "intermediary": making.urls["near"]}
        inside = making.world("inside", making.staff.endpoints, slices=INSIDE, peers=peers)
        assert inside.exchange.gateway is not None
        inside.exchange.gateway.meet(_file)
        parties = Parties(inside, near, far, core, making.staff)
        yield Office(parties, making.portal, making.clock, making.posts(), making.lines(), making.offered)


def _file(_: str, numbers: Mapping[str, MyNumber]) -> dict[str, Secret]:
    """The resident network's own file of the people here."""
    known = {one.my_number.text(): one.resident_code for one in PEOPLE_HERE if one.my_number is not None}
    return {name: known[number.text()] for name, number in numbers.items() if number.text() in known}
