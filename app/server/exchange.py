"""The exchange put together: addressee, relay, intermediary, core and in-city tax, in this process or on the line."""

import random as chance
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.backend.addressee import store as addressee_store
from app.backend.addressee.service import AddresseeService, ResidentTaking
from app.backend.intermediary import http as intermediary_http
from app.backend.intermediary import store as intermediary_store
from app.backend.intermediary.service import asking
from app.backend.intermediary.service.asking import Asking
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.service.providing import Providing
from app.backend.intermediary.store.codes import CodeStore
from app.backend.nws import http as nws_http
from app.backend.nws import store as nws_store
from app.backend.nws.service import CodeRotation, CoreKeys, CoreService, MasterIssuing
from app.backend.relay import http as relay_http
from app.backend.relay import store as relay_store
from app.backend.relay.service import carrying
from app.backend.relay.service.accepting import Accepting
from app.backend.relay.service.carrying import Carrying
from app.backend.relay.service.checking import Gate
from app.backend.relay.service.notices import NoticeKeys
from app.backend.relay.service.replica_files import ReplicaFiles
from app.backend.relay.service.replicas import Replicas
from app.backend.relay.service.tending import Tending
from app.backend.socialaddress import store as socialaddress_store
from app.backend.socialaddress.service import SocialAddressService
from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.durable.worker import Gathering, Pump
from app.errors import Unreachable
from app.link.letters import Correspondent, Neighbour, noted_in
from app.server.addressee import AddresseePart, AddresseePlace, build_addressee
from app.server.exchange_data import Directory, ExchangeData
from app.server.exchange_keys import ExchangeKeys
from app.server.exchange_portal import NAME as PORTAL
from app.server.exchange_portal import PortalPart, build_portal
from app.server.exchange_relay import RelayOffice, build_relay_office, relay_windows, staff_doors
from app.server.gateway import Gateway, ResidentCodes, ResidentFile
from app.server.intermediary import IntermediaryPart, IntermediaryPlace, build_intermediary
from app.server.key_states import KeyStateReader
from app.server.keys import Keys
from app.server.master import KeyCare, MasterPlace, MasterTaking, key_pump, master_content
from app.server.neighbourhood import Answers, Neighbourhood
from app.server.parts import Parts, SliceParts
from app.server.replica_files import replica_files
from app.server.socialaddress import Awaited, SocialPart, SocialPlace, build_social
from app.settings import ServerSettings
from app.wire.endpoint import Endpoint

__all__ = [
    "Answers",
    "Exchange",
    "ExchangeKeys",
    "Gateway",
    "Neighbourhood",
    "ResidentCodes",
    "ResidentFile",
    "build_exchange",
    "serves",
]

IDLE_S = 0.5
GATHERING = Gathering(gap_s=0.006, most_s=0.04)
"""How long enquiries wait for each other, in commits of those that are taken. Assumed: each comes within 6 ms."""
REPLICA_IDLE_S = 5.0
CODES_IDLE_S = 300.0
"""How often an intermediary asks whether its codes are to be made anew. Assumed."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The services of this process; None for a slice that another process serves. ``pump`` is to be started."""

    addressee: AddresseeService | None
    numbering: ResidentTaking | None
    socialaddress: SocialAddressService | None
    social: SocialPart | None
    nws: CoreService | None
    asking: Asking | None
    providing: Providing | None
    accepting: Accepting | None
    carrying: Carrying | None
    tending: Tending | None
    office: RelayOffice | None
    portal: PortalPart | None
    replicas: Replicas | None
    files: ReplicaFiles | None
    pump: Pump | None
    replica_pump: Pump | None
    numbers: AddresseePart | None
    gateway: Gateway | None
    rotation: CodeRotation | None
    codes: CodeKeeping | None
    provider: IntermediaryPart | None
    master: tuple[MasterTaking, KeyCare] | None
    other_pumps: tuple[Pump, ...]
    endpoints: tuple[Endpoint, ...]
    ledgers: tuple[SliceParts, ...]
    own: Directory
    """The public keys of this process, for the master data of others."""
    keys: ExchangeKeys


def serves(settings: ServerSettings, name: str) -> bool:
    """Whether this process serves slice ``name``."""
    return not settings.slices or name in settings.slices


class _Builder:
    """Builds the slices that this process serves, those that others speak with first."""

    def __init__(
        self, settings: ServerSettings, parts: Parts, keys: ExchangeKeys, data: ExchangeData, clock: Clock
    ) -> None:
        self._settings = settings
        self._parts = parts
        self._keys = keys
        self._data = data
        self._clock = clock
        self.near = Neighbourhood(settings, parts)
        self.ledgers: list[SliceParts] = []
        self.awaited = Awaited(None)
        self.numbers: AddresseePart | None = None
        self.gateway: Gateway | None = None
        self.rotation: CodeRotation | None = None
        self.codes: CodeKeeping | None = None
        self.issuing: MasterIssuing | None = None
        self.master: tuple[MasterTaking, KeyCare] | None = None
        self.provider: IntermediaryPart | None = None
        self.replicas: Replicas | None = None
        self.files: tuple[ReplicaFiles, tuple[Endpoint, ...]] | None = None
        self.office: RelayOffice | None = None
        self.doors: tuple[Endpoint, ...] = ()
        self.portal: PortalPart | None = None

    def core(self, random: Random) -> CoreService | None:
        if not serves(self._settings, "nws"):
            return None
        own = self._slice("nws", nws_store)
        store = nws_store.CoreStore(own.database, own.cells, own.pen, own.index_key)
        keys = CoreKeys(own.index_key, self._keys.directory.boxes, self._data.rules.permit_life)
        post = self._keys.post("nws")
        self.rotation = CodeRotation(store, post, own.index_key, keys.boxes, self._clock)
        content = master_content(self._keys, self._data.permissions)
        self.issuing = MasterIssuing(store, post, content, self._clock)
        return CoreService(store, post, self._data.permissions, keys, self._clock, random)

    def social(self) -> SocialPart | None:
        if not serves(self._settings, "socialaddress"):
            return None
        own = self._slice("socialaddress", socialaddress_store)
        self.awaited = Awaited(self.near.known("addressee", "/addressee/v1/social-numbers"))
        training = self._settings.is_training
        place = SocialPlace(self._keys.post("socialaddress"), self.awaited, self.near.known, is_training=training)
        return build_social(own, place, self._data.permissions, self._clock)

    def intermediary(self, core: CoreService | None, random: Random) -> tuple[Asking, Providing] | None:
        if not serves(self._settings, "intermediary"):
            return None
        own = self._slice("intermediary", intermediary_store)
        store = intermediary_store.IntermediaryStore(own.database, own.cells, own.answers, own.pen, own.index_key)
        post = self._keys.post("intermediary")
        place = IntermediaryPlace(
            municipalities=self._settings.municipalities,
            post=post,
            boxes=self._keys.boxes,
            others=self.near.at(self._settings.institutions, "/intermediary/v1/error-notes"),
            hours=self._data.rules.hours,
            key=own.index_key,
        )
        self.provider = build_intermediary(store, place, self._data.permissions, (self._clock, random))
        providing = self.provider.providing
        codes = CodeStore(own.database, own.cells, own.answers, own.pen, own.index_key)
        line = self.near.of("nws", "/nws/v1/rekey", self.rotation.rekey if self.rotation else None)
        self.codes = CodeKeeping(codes, post, line, self._keys.boxes, self._clock)
        issuer = self.near.of("nws", "/nws/v1/master", self.issuing.master if self.issuing else None)
        places, folder = self._settings.municipalities, self._settings.folder
        taking = MasterPlace(post, issuer, own, places, folder)
        self.master = (
            MasterTaking(taking, self._keys, self._data.permissions, self._clock),
            KeyCare(self._keys, own, places, self._clock),
        )
        neighbours = asking.Neighbours(
            permits=self.near.of("nws", "/nws/v1/permits", core.permits if core else None),
            codes=self.near.of("nws", "/nws/v1/codes", core.collect if core else None),
            providers=self.near.providers(providing.provide),
        )
        asker = Asking(store, post, neighbours, self._keys.boxes, self._clock, random)
        self.portal = build_portal(own, (store, asker), (post, self.near.known), places, self._clock)
        return asker, providing

    def addressee(self, core: CoreService | None, codes: ResidentCodes, random: Random) -> AddresseeService | None:
        if not serves(self._settings, "addressee"):
            return None
        own = self._slice("addressee", addressee_store)
        line = self.near.of("nws", "/nws/v1/acquisitions", core.acquire if core else None)
        gateway = self.gateway = Gateway(self._keys.post("gateway"), line, codes)
        told = self.near.of("intermediary", "/intermediary/v1/corrections", self.codes.correct if self.codes else None)
        post = self._keys.post("addressee")
        place = AddresseePlace(post, gateway, told, is_training=self._settings.is_training)
        self.numbers = build_addressee(own, self._parts, place, (self._clock, random))
        self.awaited.meet(self.numbers.linking.link)
        return self.numbers.service

    def relay(
        self, addressee: AddresseeService | None, tax: SocialAddressService | None, ask: Asking | None
    ) -> tuple[Accepting, Carrying, Pump, Tending] | None:
        if not serves(self._settings, "relay"):
            return None
        own = self._slice("relay", relay_store)
        spread = chance.Random()  # noqa: S311 -- spreads waits, hides nothing
        store = relay_store.RelayStore(own.database, own.cells, own.answers, own.pen, own.index_key, spread)
        post = self._keys.post("relay")
        lived = self.near.of("socialaddress", "/socialaddress/v1/first-january", tax.first_january if tax else None)
        neighbours = carrying.Neighbours(
            translate=self.near.of("addressee", "/addressee/v1/translate", addressee.translate if addressee else None),
            codes=self.near.of("addressee", "/addressee/v1/codes", addressee.note_codes if addressee else None),
            intermediary=self.near.of("intermediary", "/intermediary/v1/enquiries", ask.enquire if ask else None),
            tax=self.near.of("socialaddress", "/socialaddress/v1/tax", tax.tax if tax else None),
        )
        windows = relay_windows(own, self._data, self._clock)
        ruled = (self._data.rules, windows)
        carrier = Carrying(store, post, neighbours, self._keys.replies, ruled, self._clock)
        self.replicas = self._replicas(own, post, neighbours.translate)
        put, hours = self.provider.replicating if self.provider else None, self._data.rules.hours
        self.files = replica_files(
            post,
            (neighbours.translate, self.near.of),
            put,
            hours,
            self._clock,
            noted_in(store, post, "relay", self._clock),
        )
        back = self.near.of("addressee", "/addressee/v1/owners", addressee.owners if addressee else None)
        lines = (neighbours.translate, back)
        keys = KeyStateReader(self._keys, self._master_state, self._clock)
        self.doors = staff_doors(own, post, lines, self._references(), self.files[0], keys.of)
        pump = Pump("relay", carrier.turn, IDLE_S, GATHERING)
        replies = {place: box.public for place, box in self._keys.replies.items()}
        gate = Gate(self._data.enquiries, self._data.permissions, self._data.sides)
        accepting = Accepting(store, post, gate, lived, replies, (windows, pump.wake))
        forward = self.portal.forwarding.forward if self.portal else None
        lines = (neighbours.translate, self.near.of("intermediary", "/intermediary/v1/notices", forward))
        sending = (post, lines, NoticeKeys(self._keys.replies, self._keys.directory.boxes.get(PORTAL, b"")))
        carried = (store, accepting, windows, pump.wake)
        self.office = build_relay_office(own, self._data, carried, sending, self._clock)
        return accepting, carrier, pump, Tending(store, pump.wake)

    def _master_state(self) -> tuple[int, datetime | None]:
        """Version and end of the master information in use here."""
        return (0, None) if self.master is None else (self.master[0].version, self.master[0].until)

    def _references(self) -> tuple[Neighbour, Neighbour]:
        """Where the intermediary makes references to persons, and opens them."""
        made, at = self.provider.office.references if self.provider else None, "/intermediary/v1/references"
        return (
            self.near.of("intermediary", at, made.make if made else None),
            self.near.of("intermediary", f"{at}/open", made.open if made else None),
        )

    def _replicas(self, own: SliceParts, post: Correspondent, translate: Neighbour) -> Replicas:
        book = relay_store.ReplicaStore(own.database, own.cells, own.pen, own.index_key)
        put = self.provider.replicating.put if self.provider else None
        lines = (translate, self.near.of("intermediary", "/intermediary/v1/replicas", put))
        return Replicas(book, post, lines, self._data.rules, self._clock)

    def _slice(self, name: str, store: object) -> SliceParts:
        own = self._parts.slice(name, store.TABLES, store.HISTORY)  # type: ignore[attr-defined]
        self.ledgers.append(own)
        return own


def build_exchange(
    settings: ServerSettings, parts: Parts, keys: Keys, data: ExchangeData, clock: Clock, random: Random
) -> Exchange:
    """Open the stores of the exchange's slices and put them together; nothing runs until ``pump.start``."""
    own = ExchangeKeys(settings, keys, clock)
    builder = _Builder(settings, parts, own, data, clock)
    core, social = builder.core(random), builder.social()
    tax = social.service if social else None
    pair = builder.intermediary(core, random)
    addressee = builder.addressee(core, core.resident_codes if core else _unreachable, random)
    relay = builder.relay(addressee, tax, pair[0] if pair else None)
    if relay is not None:
        pump = relay[2]
        parts.also_close(lambda: _end(pump))
    replicas, forwarding = builder.replicas, None
    if replicas is not None:
        forwarding = Pump("relay-replicas", replicas.turn, REPLICA_IDLE_S)
        replicas.wakes(forwarding.wake)
        parts.also_close(partial(_end, forwarding))
    if social is not None:
        errands = social.pump
        parts.also_close(lambda: _end(errands))
    pumps = _other_pumps(builder, parts)
    return Exchange(
        addressee=addressee,
        numbering=builder.numbers.residents if builder.numbers else None,
        socialaddress=tax,
        social=social,
        nws=core,
        asking=pair[0] if pair else None,
        providing=pair[1] if pair else None,
        accepting=relay[0] if relay else None,
        carrying=relay[1] if relay else None,
        pump=relay[2] if relay else None,
        tending=relay[3] if relay else None,
        office=builder.office,
        portal=builder.portal,
        replicas=replicas,
        files=builder.files[0] if builder.files else None,
        replica_pump=forwarding,
        numbers=builder.numbers,
        gateway=builder.gateway,
        rotation=builder.rotation,
        codes=builder.codes,
        master=builder.master,
        provider=builder.provider,
        other_pumps=pumps,
        endpoints=(
            *_endpoints((core, builder.rotation), pair, (relay[0], relay[3]) if relay else None),
            *(social.endpoints if social else ()),
            *(relay_http.replica_endpoints(replicas) if replicas else ()),
            *(builder.files[1] if builder.files else ()),
            *builder.doors,
            *(builder.office.endpoints if builder.office else ()),
            *(builder.portal.endpoints if builder.portal else ()),
            *(builder.provider.endpoints if builder.provider else ()),
            *(intermediary_http.code_endpoints(builder.codes) if builder.codes else ()),
            *(builder.numbers.endpoints if builder.numbers else ()),
            *(nws_http.master_endpoints(builder.issuing) if builder.issuing else ()),
        ),
        ledgers=tuple(builder.ledgers),
        own=own.own,
        keys=own,
    )


def _endpoints(
    core: tuple[CoreService | None, CodeRotation | None],
    pair: tuple[Asking, Providing] | None,
    relay: tuple[Accepting, Tending] | None,
) -> tuple[Endpoint, ...]:
    found: list[Endpoint] = []
    service, rotation = core
    if service is not None and rotation is not None:
        found.extend(nws_http.endpoints(service, rotation))
    if pair is not None:
        found.extend(intermediary_http.endpoints(*pair))
    if relay is not None:
        accepting, tending = relay
        found.extend((*relay_http.endpoints(accepting), *relay_http.tending_endpoints(tending)))
    return tuple(found)


def _other_pumps(builder: _Builder, parts: Parts) -> tuple[Pump, ...]:
    """What runs beside enquiries and replicas."""
    pumps: tuple[Pump, ...] = () if builder.numbers is None else (builder.numbers.pump,)
    if builder.codes is not None:
        rekeying = Pump("codes", builder.codes.turn, CODES_IDLE_S)
        parts.also_close(partial(_end, rekeying))
        pumps = (*pumps, rekeying)
    if builder.master is not None:
        pumps = (*pumps, key_pump(builder.master, parts))
    if builder.provider is not None:
        parts.also_close(partial(_end, builder.provider.pump))
        pumps = (*pumps, builder.provider.pump)
    if builder.office is not None:
        for one in builder.office.pumps:
            parts.also_close(partial(_end, one))
        pumps = (*pumps, *builder.office.pumps)
    if builder.portal is not None:
        parts.also_close(partial(_end, builder.portal.pump))
        pumps = (*pumps, builder.portal.pump)
    return pumps


def _end(pump: Pump) -> None:
    """What the pump holds is taken up again at the next start."""
    pump.close()


def _unreachable(_: str, __: Sequence[str]) -> Mapping[str, Secret]:
    raise Unreachable
