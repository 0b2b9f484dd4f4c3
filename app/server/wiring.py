"""The backend in one screenful: which slice gets which store, neighbours and endpoints. Knows everyone below."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.backend.desk import http as desk_http
from app.backend.desk import store as desk_store
from app.backend.desk.ports.review import Protections
from app.backend.desk.service import Neighbours, NobodyProtected, desk_service
from app.backend.desk.service.counters import CounterOffice
from app.backend.ledger import http as ledger_http
from app.backend.register import store as register_store
from app.backend.register.service import RegisterService
from app.backend.register.service.desk_filing import DeskFilingService
from app.backend.review import store as review_store
from app.backend.staff import http as staff_http
from app.backend.staff import store as staff_store
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.cards import CardService
from app.backend.staff.service.changes import ChangeService
from app.backend.staff.service.enrolling import EnrolmentService
from app.backend.staff.service.passwords import PasswordService
from app.backend.staff.service.proving import Prover
from app.backend.staff.service.seats import SeatService
from app.domain.call import Call
from app.domain.clock import Clock, Random
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor
from app.durable.worker import Pump
from app.errors import NotAllowed
from app.server import shipped
from app.server.access_review import review_endpoints
from app.server.counterparts import PATH, SHOW_S, mutual_witness
from app.server.daily import LOOK_S, DailyBackup
from app.server.desk_filings import Between, desk_side, register_endpoints, register_side
from app.server.desk_room import build_desk_room
from app.server.door import Door, EnrolmentDoor
from app.server.enrolments import StaffEnrolments
from app.server.exchange import Exchange, ExchangeKeys, build_exchange, serves
from app.server.exchange_data import read_exchange_data
from app.server.guardians import guardian_lists
from app.server.health import Health, checks
from app.server.http import Application
from app.server.jukinet import resident_file
from app.server.keys import Keys
from app.server.ledgers import ledger_service
from app.server.parcels import parcel_endpoints
from app.server.parts import Parts, SliceParts
from app.server.register import RegisterPart, build_register
from app.server.registered_addresses import RegisteredAddresses
from app.server.relay_answers import RelayAnswers
from app.server.resident_network import ResidentNetwork, build_resident_network
from app.server.residentbase import Distribution, Places, build_distribution
from app.server.retention import IDLE_S as RETENTION_S
from app.server.retention import Retention, retention_rules
from app.server.revocation import Revocation, build_revocation
from app.server.second_factor import second_factors
from app.server.terminal_authority import terminal_authority, trusted_terminals
from app.settings import ServerSettings, demand_anchor
from app.shipped import resource
from app.trust.authority import is_training
from app.trust.passwords import ORDINARY
from app.trust.sign import VerifyKey
from app.wire.counter_rules import StatedCards
from app.wire.endpoint import Endpoint

THREADS = 32
NEWCOMERS_BODY = 16_384
"""The longest request at the enrolment door, bytes; one with a request for a certificate has about 1,000."""
WITNESS_S = 60.0
"""How often the witness looks at the logs. Assumed."""


@dataclass(frozen=True, slots=True)
class Backend:
    """The slices of one process, for its endpoints and for loading; None for those another process serves.

    ``enrolment``: what the enrolment door offers; nothing where there is none.
    """

    parts: Parts
    staff: StaffService | None
    cards: CardService | None
    changes: ChangeService | None
    register: RegisterService | None
    exchange: Exchange
    revocation: Revocation | None
    endpoints: tuple[Endpoint, ...]
    enrolment: tuple[Endpoint, ...] = ()
    register_day: Pump | None = None
    distribution: Distribution | None = None
    network: ResidentNetwork | None = None
    filings: Pump | None = None
    papers: Pump | None = None

    def start(self) -> None:
        """Begin what runs by itself."""
        social = None if self.exchange.social is None else self.exchange.social.pump
        revocation = None if self.revocation is None else self.revocation.pump
        for one in (
            self.exchange.pump,
            self.exchange.replica_pump,
            *self.exchange.other_pumps,
            social,
            revocation,
            self.register_day,
            self.distribution,
            self.network,
            self.filings,
            self.papers,
        ):
            if one is not None:
                one.start()


def _no_cards(_: Call) -> StatedCards:
    """Where the staff slice is not served, nobody's card is known and nobody goes on without the office."""
    return StatedCards(rp_id="", needed=True)


class NoStaff:
    """Where the staff slice is not served, nobody is signed in and no terminal is known."""

    def actor(self, token: str, terminal: tuple[str, str], at: datetime) -> Actor:  # noqa: ARG002 -- as its port
        raise NotAllowed

    def one_look(self) -> AbstractContextManager[None]:
        return nullcontext()


@dataclass(frozen=True, slots=True)
class Listening:
    """What a process serves: to its peers and, where it enrols PCs, to newcomers at a door of their own.

    ``trusted``: who vouches for terminals besides the settings' authority, PEM; b"" for nobody.
    """

    office: Application
    newcomers: Application | None
    trusted: bytes


def build(settings: ServerSettings, clock: Clock, random: Random) -> Listening:
    """The whole program, not yet listening. Errors: BadSettings, WrongKey, NewerStore, StoreBusy, DataFault."""
    demand_anchor(settings.tls, is_training=settings.is_training, marked=is_training)
    backend = open_backend(settings, clock, random)
    staff = backend.staff

    def lets_in(municipality: str, terminal: str, certificate: str) -> bool:
        return staff is not None and staff.lets_in(municipality, terminal, certificate)

    backend.start()
    door = Door(staff or NoStaff(), lets_in, clock)
    trusted = trusted_terminals(settings, Keys(settings.folder / "keys", random), clock.now()) if staff else b""
    newcomers = None
    if backend.enrolment:
        newcomers = Application(backend.enrolment, EnrolmentDoor(clock), 2, _nothing_open, NEWCOMERS_BODY)
    return Listening(Application(backend.endpoints, door, THREADS, backend.parts.close), newcomers, trusted)


def _nothing_open() -> None:
    """The stores belong to the other door, which closes last."""


def open_backend(settings: ServerSettings, clock: Clock, random: Random) -> Backend:
    """Open the stores and put the slices together; nothing runs by itself yet but the witness."""
    keys = Keys(settings.folder / "keys", random)
    parts = Parts(settings, keys, clock)
    try:
        return _Builder(settings, parts, keys, clock, random).backend()
    except BaseException:
        parts.close()
        raise


class _Builder:
    def __init__(self, settings: ServerSettings, parts: Parts, keys: Keys, clock: Clock, random: Random) -> None:
        self._settings, self._parts, self._keys = settings, parts, keys
        self._clock, self._random = clock, random
        self._own: list[SliceParts] = []
        self._desk_book: desk_store.DeskStore | None = None
        self._files: DeskFilingService | None = None
        self._filings: Pump | None = None
        self._papers: Pump | None = None
        self._seats: tuple[Endpoint, ...] = ()
        self._enrolment: tuple[Endpoint, ...] = ()
        self._staff_book: staff_store.StaffStore | None = None
        self._register_own: SliceParts | None = None
        self._protections: Protections = NobodyProtected()

    def backend(self) -> Backend:
        staff, cards, changes = self._staff() if serves(self._settings, "staff") else (None, None, None)
        registered = self._register() if serves(self._settings, "register") else None
        register = registered.service if registered else None
        data = read_exchange_data(resource(), is_training=self._settings.is_training)
        exchange = build_exchange(self._settings, self._parts, self._keys, data, self._clock, self._random)
        told = self._distribution(exchange)
        network = self._resident_network(registered)
        if exchange.gateway is not None and network.jukinet is not None:
            exchange.gateway.meet(partial(resident_file, network.jukinet))
        desk = self._desk(exchange, register, (staff, cards)) if serves(self._settings, "desk") else ()
        revocation = self._revocation() if serves(self._settings, "revocation") else None
        endpoints = (
            *(staff_http.endpoints(staff, cards, changes) if staff and cards and changes else ()),
            *self._seats,
            *(told.woken(registered.endpoints) if registered else ()),
            *told.endpoints,
            *network.endpoints,
            *(register_endpoints(self._files) if self._files else ()),
            *desk,
            *exchange.endpoints,
            *(revocation.endpoints if revocation else ()),
            *(self._reviewed(exchange) if serves(self._settings, "review") else ()),
            *(self._witnessed((*self._own, *exchange.ledgers)) if serves(self._settings, "ledger") else ()),
            *self._health(exchange),
        )
        day = registered.day if registered else None
        return Backend(
            self._parts,
            staff,
            cards,
            changes,
            register,
            exchange,
            revocation,
            endpoints,
            self._enrolment,
            day,
            told,
            network,
            self._filings,
            self._papers,
        )

    def _staff(self) -> tuple[StaffService, CardService, ChangeService]:
        own = self._slice(self._parts.slice("staff", staff_store.TABLES, staff_store.HISTORY))
        book = self._staff_book = staff_store.StaffStore(own.database, own.pen)
        factors = second_factors(self._settings, own, self._random)
        enrols = self._settings.enrolment is not None
        rules = StaffRules(ORDINARY, shipped.sections(), enrols=enrols, session_s=self._session_s)
        staff = StaffService(book, factors, self._clock, self._random, rules)
        prover = Prover(factors, self._random, rules.strength)
        passwords = PasswordService(book, factors, prover, rules.strength)
        self._seats = staff_http.seat_endpoints(SeatService(book), passwords)
        if self._settings.enrolment is not None:
            authority = terminal_authority(self._settings, self._keys, self._clock.now())
            enrolment = EnrolmentService(book, authority, self._random, self._settings.municipalities)
            self._enrolment = staff_http.enrolment_endpoints(enrolment)
        return staff, CardService(book, factors), ChangeService(book, self._random, rules)

    def _register(self) -> RegisterPart:
        own = self._slice(self._parts.slice("register", register_store.TABLES, register_store.HISTORY))
        self._register_own = own
        made = build_register(own, self._clock, is_training=self._settings.is_training)
        self._parts.also_close(partial(_end, made.day))
        self._files = register_side(self._between(), own, made)
        self._protections = made.protections
        return made

    def _between(self) -> Between:
        return Between(self._settings, self._parts, ExchangeKeys(self._settings, self._keys), self._clock)

    def _resident_network(self, registered: RegisterPart | None) -> ResidentNetwork:
        """The communication server and its boundary, and the register's line to it."""
        register = (registered, self._register_own)
        made = build_resident_network(self._settings, self._parts, self._keys, register, (self._clock, self._random))
        for own in made.ledgers:
            self._slice(own)
        return made

    def _distribution(self, exchange: Exchange) -> Distribution:
        """個人基本 between the register and the systems that receive residents."""
        social = exchange.social
        systems = {"socialaddress": social.takings.residents.take} if social else {}
        if exchange.numbering is not None:
            systems["addressee"] = exchange.numbering.take
        replicas = exchange.replicas
        places = Places(self._register_own, systems, replicas.take if replicas else None)
        keys = ExchangeKeys(self._settings, self._keys)
        told = build_distribution(self._settings, self._parts, keys, places, self._clock)
        if social is not None and told.base is not None:
            social.changes.meet(told.base.asking.changes("socialaddress"))
            social.residents.meet(told.base.asking.residents("socialaddress"))
        for own in told.ledgers:
            self._slice(own)
        return told

    def _desk(
        self,
        exchange: Exchange,
        register: RegisterService | None,
        office: tuple[StaffService | None, CardService | None],
    ) -> tuple[Endpoint, ...]:
        staff, cards = office
        own = self._slice(self._parts.slice("desk", desk_store.TABLES, desk_store.HISTORY))
        book = desk_store.DeskStore(own.database, own.cells, own.answers, own.pen, own.book)
        self._desk_book = book
        self._filings = desk_side(self._between(), book, self._files)
        enrolled = None if staff is None else StaffEnrolments(staff)
        neighbours = Neighbours(
            RelayAnswers(exchange.accepting),
            RegisteredAddresses(register),
            enrolled,
            partial(guardian_lists, self._settings),
            self._protections,
            shipped.delegation(),
        )
        desk = desk_service(book, shipped.procedures(), shipped.identity_rules(), neighbours)
        usual = CounterRules(second_factor=self._settings.second_factor.required)
        counters = CounterOffice(book, own.signing, usual, cards.stated if cards else _no_cards)
        room = build_desk_room(self._parts, book, desk.reception, self._register_own, self._clock)
        self._papers = room.passed
        endpoints = (*desk_http.endpoints(desk), *room.endpoints, *desk_http.counter_endpoints(counters))
        return (*endpoints, *parcel_endpoints("desk", self._keys.box("desk"), own.signing.public, endpoints))

    def _reviewed(self, exchange: Exchange) -> tuple[Endpoint, ...]:
        """The review of who looked at whom, by the acts of the slices in this process."""
        own = self._parts.slice("review", review_store.TABLES, review_store.HISTORY)
        slices = (*self._own, *exchange.ledgers)
        self._slice(own)
        return review_endpoints(own, self._parts, slices, self._names, shipped.procedures())

    def _session_s(self, municipality: str) -> int:
        """How long a session lasts there by the rules that the desk keeps; as usual where it is served elsewhere."""
        kept = None if self._desk_book is None else self._desk_book.session_s(municipality)
        return CounterRules().session_s if kept is None else kept

    def _names(self, municipality: str) -> dict[str, str]:
        """Staff id → name, where the staff slice is served."""
        book = self._staff_book
        if book is None:
            return {}
        return {one.staff_id: one.name for one in book.read(lambda unit: unit.members(municipality))}

    def _revocation(self) -> Revocation:
        made = build_revocation(self._settings, self._parts, self._clock, self._random)
        self._slice(made.own)
        return made

    def _slice(self, own: SliceParts) -> SliceParts:
        self._own.append(own)
        return own

    def _health(self, exchange: Exchange) -> tuple[Endpoint, ...]:
        """How this process stands, for the installation's monitor and for a counter's diagnosis."""
        found = checks(self._settings, (*self._own, *exchange.ledgers), exchange, self._clock)
        health = Health(found, self._clock)
        return health.endpoint(), health.for_terminals()

    def _witnessed(self, slices: Sequence[SliceParts]) -> tuple[Endpoint, ...]:
        """The ledger slice: it looks at the logs of ``slices``, has them stamped and cleared of what is too old."""
        ledger = ledger_service(self._parts, slices, self._terminal_key, self._settings, self._clock)
        mutual = mutual_witness(self._settings, (self._parts, self._keys), ledger.book, ledger.logs, self._clock)
        showing = None if mutual.showing is None else Pump("counterparts", mutual.showing.turn, SHOW_S)

        def look() -> bool:
            if ledger.service.collect() and showing is not None:
                showing.wake()
            return ledger.stamping is not None and ledger.stamping.turn()

        retention = Retention((*slices, ledger.own), retention_rules(), self._clock)
        pumps = [Pump("witness", look, WITNESS_S), Pump("retention", retention.turn, RETENTION_S)]
        if self._settings.backup is not None:
            daily = DailyBackup(self._settings, self._settings.backup, ledger.book, self._clock, self._random)
            pumps.append(Pump("backup", daily.turn, LOOK_S))
        for pump in pumps if showing is None else (showing, *pumps):
            pump.start()
            self._parts.also_close(partial(_end, pump))
        return (
            *ledger_http.endpoints(ledger.service, ledger.counters),
            *ledger_http.alarm_endpoints(ledger.alarms),
            *ledger_http.counterpart_endpoints(mutual.seeing, PATH),
        )

    def _terminal_key(self, municipality: str, terminal: str) -> VerifyKey | None:
        """Under which key a terminal's journal comes to the desk; None where the desk is elsewhere or knows none."""
        book = self._desk_book
        known = None if book is None else book.read(lambda unit: unit.journal(municipality, terminal))
        return None if known is None or not known.public_key else VerifyKey(known.public_key)


def _end(pump: Pump) -> None:
    """What it holds is taken up again at the next start."""
    pump.close()
