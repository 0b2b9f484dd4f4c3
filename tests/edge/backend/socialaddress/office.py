"""Social insurance addresses with everybody they speak with: residentbase, tax office, systems, the addressee slice."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any, TypeVar

from app.backend.addressee import store as addressee_store
from app.backend.addressee.ports import PassOn
from app.backend.addressee.service import AddresseeService, SocialLinking
from app.domain.call import Call
from app.domain.number import MyNumber, my_number_check_digit
from app.domain.permission import PermissionList
from app.domain.rights import Actor, Right
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby
from app.server.socialaddress import Awaited, SocialPart, SocialPlace, build_social
from app.trust.sign import SigningKey
from app.wire.letter import Letter
from app.wire.message import Message
from app.wire.resident_base import (
    AskChanges,
    AskResidents,
    Occasion,
    ResidentChange,
    ResidentChanges,
    ResidentItems,
    ResidentRecord,
    ResidentRecords,
    SentNumber,
    Taken,
)
from app.wire.social_address import FindParties, KeepParty, OpenParty, PartyKept, PartyRow, PartyView
from app.wire.social_address_tax import (
    AskTransfers,
    Need,
    NeedsNoted,
    SocialNeeds,
    SocialTaken,
    SocialTransfer,
    SocialTransfers,
    TaxNotice,
    TaxNotices,
    TaxTaken,
)
from tests.support import slices
from tests.support.slices import MORNING, MovedClock, OpenSlice, person

HEALTH, PENSION = "national_health", "national_pension"
SYSTEM, OTHER = "nationalhealth", "nationalpension"
TODAY, YEAR = date(2026, 11, 20), 2026
ROLES = ("socialaddress", "residentbase", "taxaddress", "addressee", SYSTEM, OTHER, "childallowance")
ACTS = ("search", "read", "enter", "delivery", "contact", "account", "tax", "merge", "tend")
T = TypeVar("T")
_places = (f"9{number:05}" for number in count(1))
_ids = count(1)


def number(first_eleven: int) -> MyNumber:
    digits = f"{first_eleven:011}"
    return MyNumber(digits + str(my_number_check_digit(digits)))


def rights(*names: str, purpose: str = HEALTH) -> tuple[Right, ...]:
    return tuple(Right(f"social.{name}", purpose) for name in names)


class OfEveryPlace(Mapping[str, Any]):
    """One key for each role, whatever municipality it speaks for."""

    def __init__(self, keys: dict[str, Any]) -> None:
        self._keys = keys

    def __getitem__(self, name: str) -> Any:
        return self._keys[name.partition("@")[0]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Everybody:
    """The keys of all who write letters."""

    def __init__(self) -> None:
        self._keys = {role: SigningKey.generate() for role in ROLES}
        self._directory = OfEveryPlace({role: key.public for role, key in self._keys.items()})

    def post(self, role: str) -> Correspondent:
        return Correspondent(OfEveryPlace({role: self._keys[role]}), self._directory)


class Distributor:
    """Tells residents as residentbase does: in sequence, again when asked."""

    def __init__(self, post: Correspondent) -> None:
        self._post = post
        self.told: dict[str, list[ResidentChange]] = {}
        self.records: dict[str, list[ResidentRecord]] = {}
        self.gone = 0
        self.asked: list[Message] = []

    def changes(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        asked = self._post.read(letters[0], "ask-changes/1", AskChanges, "socialaddress")
        self.asked.append(asked)
        after = tuple(one for one in self.told[asked.municipality] if one.sequence > max(asked.up_to, self.gone))
        sent = ResidentChanges(
            municipality=asked.municipality,
            system="socialaddress",
            changes=after[:2],
            more=len(after) > 2,
            gone=self.gone if self.gone > asked.up_to else 0,
        )
        return [self._post.write(f"residentbase@{asked.municipality}", "resident-changes/1", sent)]

    def residents(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        asked = self._post.read(letters[0], "ask-residents/1", AskResidents, "socialaddress")
        self.asked.append(asked)
        all_ = sorted(self.records[asked.municipality], key=lambda one: one.subject)
        after = [
            one for one in all_ if one.subject in asked.subjects or (not asked.subjects and one.subject > asked.after)
        ]
        found = ResidentRecords(
            municipality=asked.municipality,
            system="socialaddress",
            records=tuple(after[:2]),
            more=len(after) > 2,
        )
        return [self._post.write(f"residentbase@{asked.municipality}", "resident-records/1", found)]


@dataclass
class System:
    """A receiving system: it keeps what it is sent, in order, once."""

    name: str
    post: Correspondent
    got: dict[str, dict[int, SocialTransfer]] = field(default_factory=dict)
    is_down: bool = False
    letters: int = 0

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        if self.is_down:
            return [Unreachable()]
        self.letters += 1
        sent = self.post.read(letters[0], "social-transfers/1", SocialTransfers, "socialaddress")
        kept = self.got.setdefault(sent.municipality, {})
        for one in sent.transfers:
            if one.sequence == len(kept) + 1:
                kept[one.sequence] = one
        up_to = len(kept)
        first = sent.transfers[0].sequence
        taken = SocialTaken(
            municipality=sent.municipality,
            system=self.name,
            up_to=up_to,
            missing=(up_to + 1, first - 1) if first > up_to + 1 else None,
        )
        return [self.post.write(f"{self.name}@{sent.municipality}", "social-taken/1", taken)]


class NoGateway:
    def pass_on(self, municipality: str, items: Sequence[PassOn]) -> None:
        raise AssertionError("no code is asked for here")


@dataclass
class Correspondence:
    """What others tell and ask one municipality's slice, by letter."""

    part: SocialPart
    opened: OpenSlice
    addressee_slice: OpenSlice
    addressee: AddresseeService
    everybody: Everybody
    base: Distributor
    systems: dict[str, System]
    clock: MovedClock
    place: str

    def ask(self, role: str, kind: str, message: Message, does: Any, gives: type[Any], answer: str) -> Any:
        """One letter to ``does`` and what comes back; raises what is refused."""
        post = self.everybody.post(role)
        (outcome,) = does([post.write(f"{role}@{self.place}", kind, message)])
        if isinstance(outcome, AppError):
            raise outcome
        return post.read(outcome, answer, gives, "socialaddress")

    def told(self, *changes: ResidentChange, system: str = "socialaddress", place: str = "") -> Taken:
        sent = ResidentChanges(municipality=place or self.place, system=system, changes=changes)
        take = self.part.takings.residents.take
        return self.ask("residentbase", "resident-changes/1", sent, take, Taken, "taken/1")

    def taxed(self, *notices: TaxNotice) -> TaxTaken:
        sent = TaxNotices(municipality=self.place, notices=notices)
        return self.ask("taxaddress", "tax-notices/1", sent, self.part.takings.taxes.take, TaxTaken, "tax-taken/1")

    def asks(self, system: str, kind: str, message: Message, gives: type[Any], answer: str) -> Any:
        return self.ask(system, kind, message, self.part.takings.passing.answers(system), gives, answer)

    def needs(self, *numbers: str, system: str = SYSTEM, from_year: int = 2020, ended: bool = False) -> NeedsNoted:
        needs = tuple(Need(number=one, from_year=from_year, ended=ended) for one in numbers)
        sent = SocialNeeds(municipality=self.place, system=system, needs=needs)
        return self.asks(system, "social-needs/1", sent, NeedsNoted, "needs-noted/1")

    def again(self, up_to: int, system: str = SYSTEM) -> SocialTransfers:
        asked = AskTransfers(municipality=self.place, system=system, up_to=up_to)
        return self.asks(system, "ask-transfers/1", asked, SocialTransfers, "social-transfers/1")


@dataclass
class Office(Correspondence):
    """One municipality's social insurance addresses; every test has a municipality of its own."""

    @property
    def desk(self) -> Any:
        return self.part.desk

    def clerk(self, staff_id: str = "c1", *more: Right, purpose: str = HEALTH) -> Actor:
        return person(staff_id, *rights(*ACTS, purpose=purpose), *more, municipality=self.place)

    def call(self, actor: Actor | None = None, key: str = "") -> Call:
        return slices.call(actor or self.clerk(), self.clock.now(), key)

    def acts(self) -> list[tuple[str, dict[str, object]]]:
        return slices.acts(self.opened, self.place)

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.acts()]

    def carry(self) -> None:
        """Let the background do what is due."""
        while self.part.carrying.turn():
            pass

    def party(self, subject: str) -> PartyRow:
        """The party of a resident, or by any other of its numbers."""
        (row,) = self.desk.parties.find(self.call(), FindParties(purpose=HEALTH, number=subject)).rows
        return row

    def resident(self, subject: str, sequence: int = 1, **items: Any) -> PartyRow:
        self.told(change(sequence, subject, **items))
        return self.party(subject)

    def non_resident(self, actor: Actor | None = None, key: str = "", **changed: Any) -> PartyKept:
        given = {
            "purpose": HEALTH,
            "kind": "non_resident",
            "name": "住外　花子",
            "kana": "ジュウガイ　ハナコ",
            "birth": date(1970, 1, 2),
            "sex": "2",
            "address": "隣市本町9番",
        }
        return self.desk.parties.keep(self.call(actor, key), KeepParty(**(given | changed)))

    def open(self, social_number: str, actor: Actor | None = None, **asked: Any) -> PartyView:
        given = {"purpose": HEALTH, "social_number": social_number}
        return self.desk.parties.open(self.call(actor), OpenParty(**(given | asked)))

    def links(self, *numbers: str) -> list[bool]:
        """Whether the addressee slice knows these numbers as those of one and the same person."""
        found = self.addressee._book.read(lambda unit: unit.of_business(self.place, numbers))
        first = found.get(numbers[0])
        return [
            one in found and first is not None and found[one].addressee_number == first.addressee_number
            for one in numbers
        ]

    def elsewhere(self) -> "Office":
        """The same slice for another municipality."""
        return replace(self, place=next(_places))


def change(sequence: int, subject: str, kind: str = "move_in", register: int = 0, **items: Any) -> ResidentChange:
    """A change as residentbase tells it: of who moves in a whole record, later only what differs."""
    whole = {
        "name": "住民　太郎",
        "kana": "ジュウミン　タロウ",
        "birth": date(1980, 5, 6),
        "sex": "1",
        "address": "見本市中央一丁目2番3号",
        "resident": True,
    }
    told = whole | items if kind == "move_in" else items
    if isinstance(told.get("my_number"), MyNumber):
        told["my_number"] = SentNumber(digits=told["my_number"].text())
    occasion = Occasion(entry_id=f"e{sequence}", kind=kind, reason="", filed_day=TODAY, decided_at=MORNING)
    return ResidentChange(
        sequence=sequence,
        register_sequence=register or sequence,
        subject=subject,
        occasion=occasion,
        after=ResidentItems(**told),
    )


def notice(sequence: int, subject: str, **changed: Any) -> TaxNotice:
    given = {
        "fiscal_year": YEAR,
        "income_year": YEAR - 1,
        "revision": 0,
        "kind": "value",
        "decided_on": date(2026, 6, 1),
        "residence": "991007",
        "items": {"total_income": 3_000_000, "salary_receipts": 4_500_000, "income_levy": 150_000},
    }
    return TaxNotice(sequence=sequence, subject=subject, **(given | changed))


def one_engine(test: T) -> T:
    """Run on one engine: what the test shows is decided before the store, or kept as others show on both."""
    test.one_engine = True  # type: ignore[attr-defined]
    return test


def new_id(name: str = "e") -> str:
    return f"{name}-{next(_ids)}"


def open_office(opened: OpenSlice, other: OpenSlice) -> Office:
    """The slice on its store, with the addressee slice on another one, and everybody else beside it."""
    everybody, clock = Everybody(), opened.clock
    base = Distributor(everybody.post("residentbase"))
    systems = {name: System(name, everybody.post(name)) for name in (SYSTEM, OTHER)}
    post = everybody.post("addressee")
    book = addressee_store.AddresseeStore(
        other.database, other.cells, (other.pen, other.logbook), other.index_key, random.Random()
    )
    linking = SocialLinking(book, post, clock)
    awaited = Awaited(None)
    awaited.meet(linking.link)

    def line(name: str, path: str) -> Nearby | None:
        if name == "residentbase":
            return Nearby(base.changes if path.endswith("/changes") else base.residents)
        return Nearby(systems[name].take) if name in systems else None

    place = SocialPlace(everybody.post("socialaddress"), awaited, line, is_training=False)
    part = build_social(opened, place, PermissionList(()), clock)  # type: ignore[arg-type]
    addressee = AddresseeService(book, post, NoGateway(), clock)
    return Office(part, opened, other, addressee, everybody, base, systems, clock, next(_places))
