"""A register, residentbase and four receiving systems, with short words for what people and days do."""

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from app.backend.register.ports import Residence
from app.backend.register.service.records import line_of, occasion_of
from app.backend.register.service.telling import Telling
from app.backend.register.store.telling import TellingStore
from app.backend.residentbase import store
from app.backend.residentbase.service.asking import Asking
from app.backend.residentbase.service.linkage import Clearing, LinkageRecords
from app.backend.residentbase.service.sending import Sending
from app.backend.residentbase.service.taking import Taking
from app.backend.residentbase.service.uses import Uses
from app.domain.distribution import DistributionRules, parse_distribution
from app.domain.rights import Actor
from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, Nearby
from app.shipped import read_toml
from app.trust.sign import SigningKey
from app.wire.letter import Letter
from app.wire.register_change import Filing
from app.wire.resident_base import (
    ITEMS,
    AskAgain,
    AskChanges,
    AskResidents,
    ResidentChange,
    ResidentChanges,
    ResidentRecords,
)
from app.wire.resident_base_office import (
    ApplicationRow,
    AskLinkage,
    AskSystems,
    DecideUse,
    EndUse,
    LinkageRow,
    SystemRow,
    TurnSystem,
    UseApplication,
)
from tests.edge.backend.register import changing
from tests.edge.backend.register.changing import TODAY, Here, Office, call, settled
from tests.support.receiving_system import ReceivingSystem
from tests.support.slices import OpenSlice, acts, person

RULES: DistributionRules = parse_distribution(read_toml("tables", "distribution.toml"), ITEMS)
NEW_HOME = "北市北区北二条西4番5号"
NAMES = ("assistance", "childallowance", "library", "immigration")
FETCHES = "elections"
"""A system that changes are not brought to."""
KEEPER = person("k01", "distribution.apply", "distribution.read", "distribution.tend")
BOSS = person("k02", "distribution.apply", "distribution.decide", "distribution.read")
AUDITOR = person("k03", "linkage.read")
TENDER = person("k04", "distribution.tend")
_ids = count(1)


class Switched:
    """The way to a neighbour, which can be down."""

    def __init__(self, answers: Any) -> None:
        self._near = Nearby(answers)
        self.is_down = self.loses_answer = False

    def ask(self, letter: Letter) -> Letter:
        if self.is_down:
            raise Unreachable
        answer = self._near.ask(letter)
        if self.loses_answer:
            self.loses_answer = False
            raise Unreachable
        return answer


class _Stage(ABC):
    """What the parts of a world have in common."""

    uses: Uses
    records: LinkageRecords
    asking: Asking
    systems: dict[str, ReceivingSystem]
    base: OpenSlice

    @abstractmethod
    def post(self, role: str) -> Correspondent: ...

    @property
    def now(self) -> datetime:
        return self.base.clock.now()


class _Office(_Stage):
    """What people of the office do."""

    def apply(self, system: str, *items: str, who: Actor = KEEPER, **more: Any) -> ApplicationRow:
        given = {"since": TODAY, "until": TODAY + timedelta(days=100), "purpose": "住登者の管理"} | more
        asked = UseApplication(application_id=f"u{next(_ids)}", system=system, items=items, **given)
        return self.uses.apply(call(who, self.now), asked)

    def decide(
        self, row: ApplicationRow, who: Actor = BOSS, *, approve: bool = True, reason: str = ""
    ) -> ApplicationRow:
        asked = DecideUse(application_id=row.application_id, version=row.version, approve=approve, reason=reason)
        return self.uses.decide(call(who, self.now), asked)

    def approved(self, system: str, *items: str, **more: Any) -> ApplicationRow:
        return self.decide(self.apply(system, *items, **more))

    def end(self, row: ApplicationRow, who: Actor = KEEPER) -> ApplicationRow:
        asked = EndUse(application_id=row.application_id, version=row.version, reason="利用の終了")
        return self.uses.end(call(who, self.now), asked)

    def turn(self, system: str, act: str, reason: str = "点検", first: int = 0) -> None:
        self.uses.turn_system(call(TENDER, self.now), TurnSystem(system=system, act=act, reason=reason, first=first))

    def row(self, system: str) -> SystemRow:
        rows = self.uses.systems(call(BOSS, self.now), AskSystems()).rows
        return next(one for one in rows if one.system == system)

    def linkage(self, subject: str = "", system: str = "", **more: Any) -> tuple[LinkageRow, ...]:
        asked = AskLinkage(subject=subject, system=system, reason="点検", **more)
        return self.records.look(call(AUDITOR, self.now), asked).rows


class _Outside(_Stage):
    """What systems see and ask."""

    def got(self, system: str) -> list[ResidentChange]:
        return self.systems[system].kept.get(Here.code, [])

    def fetch(self, up_to: int, system: str = FETCHES) -> ResidentChanges:
        message = AskChanges(municipality=Here.code, system=system, up_to=up_to)
        return self._asked(system, "ask-changes/1", message, self.asking.changes(system), ResidentChanges)

    def ask_again(self, first: int, last: int, system: str) -> ResidentChanges:
        message = AskAgain(municipality=Here.code, system=system, first=first, last=last)
        return self._asked(system, "ask-again/1", message, self.asking.again(system), ResidentChanges)

    def residents(self, system: str, *subjects: str, after: str = "") -> ResidentRecords:
        message = AskResidents(municipality=Here.code, system=system, subjects=subjects, after=after)
        return self._asked(system, "ask-residents/1", message, self.asking.residents(system), ResidentRecords)

    def _asked(self, system: str, kind: str, message: Any, answers: Any, gives: Any) -> Any:
        letter = self.post(system).write(f"{system}@{Here.code}", kind, message)
        (outcome,) = answers([letter])
        if isinstance(outcome, AppError):
            raise outcome
        reply = {ResidentChanges: "resident-changes/1", ResidentRecords: "resident-records/1"}[gives]
        return self.post(system).read(outcome, reply, gives, "residentbase")


@dataclass
class World(_Office, _Outside):
    """Everything on two stores. ``again`` opens residentbase anew on the same ones, as a restart does."""

    office: Office
    base: OpenSlice
    systems: dict[str, ReceivingSystem] = field(default_factory=dict)
    moved: int = 0
    to_base: Switched = field(init=False)
    to_register: Switched = field(init=False)
    telling: Telling = field(init=False)

    def __post_init__(self) -> None:
        places = ("register", "residentbase", "relay", FETCHES, *NAMES)
        self.keys = {f"{name}@{Here.code}": SigningKey.generate() for name in places}
        self.systems = {name: ReceivingSystem(name, self.post(name)) for name in NAMES}
        own = self.office.slice
        book = TellingStore(own.database, own.cells, own.pen, own.index_key, random.Random())
        self.to_base = Switched(self._take)
        self.telling = Telling(book, self.post("register"), self.to_base, own.clock)
        self.to_register = Switched(self.telling.present)
        self.again()

    def _take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        return self.taking.take(letters)

    def again(self) -> None:
        own, clock, post = self.base, self.base.clock, self.post("residentbase")
        book = store.BaseStore(own.database, own.cells, own.pen, own.logbook, random.Random())
        lines = {name: Nearby(system.take) for name, system in self.systems.items()}
        self.taking = Taking(book, post, RULES, clock, lambda: None)
        self.sending = Sending(book, post, lines, RULES, clock)
        self.asking = Asking(book, post, self.to_register, RULES, clock)
        self.uses = Uses(book, RULES, lambda name: name in lines, lambda: None)
        self.records, self.clearing = LinkageRecords(book), Clearing(book, RULES, clock)

    def post(self, role: str) -> Correspondent:
        own = {name: key for name, key in self.keys.items() if name.partition("@")[0] == role}
        return Correspondent(own, {name: key.public for name, key in self.keys.items()})

    def change(self, filing: Filing) -> None:
        """Entered and approved in the register; nothing goes out by it."""
        self.office.through(filing)

    def move(self, *persons: str, address: str = NEW_HOME, days_ago: int = 3) -> None:
        """Moves as an approval leaves them in the register's store, without the way through the office."""
        event = TODAY - timedelta(days=days_ago)
        asked = changing.filing("change_of_address", *persons, event_day=event, filed_day=TODAY)
        entry = f"e{next(_ids)}"

        def carry_out(unit: Any) -> None:
            known = {name: unit.person(Here.code, name).resident for name in persons}
            before = {
                name: replace(one, my_number=unit.number(Here.code, name), version=0) for name, one in known.items()
            }
            home = Residence(address, event, None, changing.NORTH)
            after = [replace(one, residences=(*one.residences, home)) for one in before.values()]
            for one in after:
                unit.put(one, ())
            first = unit.past.tell(Here.code, entry, persons)
            occasion = occasion_of(asked.kind, asked, (entry, self.now))
            unit.line.lay(Here.code, line_of(first, occasion, before, after), self.now)

        self.office.register._book.write(carry_out)

    def file_move(self, *persons: str, address: str = NEW_HOME) -> None:
        """A move that one person enters and another approves."""
        event = TODAY - timedelta(days=3)
        more = {"address": address, "ward": changing.NORTH, "event_day": event, "filed_day": TODAY}
        self.change(changing.filing("change_of_address", *persons, **more))

    def tell(self) -> None:
        """The register tells what it has."""
        while self.telling.turn():
            pass

    def send(self, *systems: str) -> None:
        for name in systems or NAMES:
            while self.sending.turn(name):
                pass

    def run(self) -> None:
        self.tell()
        self.send()

    def wait(self, **by: float) -> None:
        self.base.clock.move(**by)
        if self.office.slice.clock is not self.base.clock:
            self.office.slice.clock.move(**by)

    def acts(self, kind: str) -> list[dict[str, object]]:
        return [what for name, what in acts(self.base, Here.code) if name == kind]

    def kept_bytes(self) -> Sequence[bytes]:
        """Everything that stands in the store, cell by cell."""

        def read(connection: Any) -> list[bytes]:
            rows = [row for table in store.METADATA.sorted_tables for row in connection.execute(table.select())]
            return [cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row]

        return self.base.database.read(read)


def open_world(register: OpenSlice, base: OpenSlice) -> Iterator[World]:
    """A small city of its own in stores that others share."""
    for office in settled(register):
        base.clock.at = register.clock.at
        yield World(office, replace(base))


def moved_date(days: int) -> date:
    return TODAY + timedelta(days=days)
