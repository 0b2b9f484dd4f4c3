"""A counter's use cases before an office and a memory that live in this process."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from app.domain.clock import SystemRandom
from app.domain.counter_rules import Tightening
from app.domain.names import NameFolder, parse_variants
from app.domain.secret import Secret, secret
from app.services.card_alone import CardAlone
from app.services.entrance import Entrance, Given
from app.services.find_person import FindPerson
from app.services.follow_rules import FollowRules
from app.services.hand_in import HandIn
from app.services.lock import Lock
from app.services.open_visit import OpenVisit
from app.services.password_clock import PasswordClock
from app.services.ports.seat import Press, Seat, Session, Visit, press
from app.services.ports.staff_card import NoStaffReader
from app.services.save_draft import SaveDraft
from app.services.sign_in import Former, SignIn
from app.services.sign_out import SignOut
from app.services.unlock import Unlock
from app.services.work_alone import WorkAlone
from app.shipped import read_toml
from app.store.uptime import MachineUptime
from app.wire.desk import PersonMark, RolesMark
from app.wire.draft import Draft
from app.wire.register import FormerAddress, Hit, Member, Record, RestraintMark
from tests.fakes.memory import (
    MemoryAlone,
    MemoryCards,
    MemoryJournal,
    MemoryLocks,
    MemoryPostbox,
    MemoryWork,
    PlainCopies,
)
from tests.fakes.office import FakeDesk, FakeRegister, FakeStaff, Line
from tests.support.alone import StatingOffice
from tests.support.claims import HERE, THERE
from tests.support.slices import MovedClock

PASSWORDS = {"c001": "はるのうみ-1", "c002": "なつのやま-2"}


def hit(number: str = "1001", **changed: object) -> Hit:
    values = {
        "business_number": number,
        "name": "見本　花子",
        "kana": "ミホン　ハナコ",
        "birth": date(1994, 5, 1),
        "sex": "2",
        "address": "見本市中央区本町1-2-3",
        "household_number": "H1",
        "number_linked": True,
        "restraints": (),
        "resident": True,
    }
    return Hit(**(values | changed))


def member(number: str, name: str, birth: date, relation: str) -> Member:
    return Member(business_number=number, name=name, kana="", birth=birth, sex="1", relation=relation)


HOUSEHOLD = (
    member("1000", "見本　太郎", date(1992, 2, 2), "世帯主"),
    member("1001", "見本　花子", date(1994, 5, 1), "妻"),
    member("1003", "見本　大", date(2005, 6, 1), "子"),
    member("1002", "見本　芽生", date(2026, 11, 10), "子"),
)


def record(found: Hit | None = None, **changed: object) -> Record:
    values = {
        "hit": found or hit(),
        "former_name": "",
        "alias": "",
        "latin_name": "",
        "moved_in_on": None,
        "moved_from": "",
        "moved_from_code": "",
        "planned_move_out_on": None,
        "first_january": (
            FormerAddress(year=2026, municipality=HERE, municipality_name="見本市", address=""),
            FormerAddress(year=2025, municipality=THERE, municipality_name="手本市", address=""),
        ),
        "household": HOUSEHOLD,
        "version": 1,
    }
    return Record(**(values | changed))


RESTRAINED = (RestraintMark(act="view", level="error"),)


@dataclass
class Desk:
    """One counter with its office."""

    clock: MovedClock = field(default_factory=MovedClock)
    line: Line = field(default_factory=Line)
    seat: Seat = field(default_factory=lambda: Seat(HERE, "T-01", "1"))

    def __post_init__(self) -> None:
        self.staff = FakeStaff(self.line, self.seat, self.clock, dict(PASSWORDS))
        self.register = FakeRegister(self.line, [], {})
        self.desk = FakeDesk(self.line, HERE, self.clock)
        self.work = MemoryWork()
        self.postbox = MemoryPostbox(self.desk, self.work, HERE, self.clock)
        self.journal = MemoryJournal(self.postbox)
        self.locks = MemoryLocks()
        self.counters = counters = StatingOffice(self.line, self.clock, self.desk.signing)
        memory = MemoryAlone(self.desk.signing.public)
        self.rules = FollowRules(counters, memory, self.journal, self.seat, Tightening())
        uptime = MachineUptime(self.clock)
        self.alone = WorkAlone(counters, memory, uptime, self.journal, self.rules)
        self.cards = MemoryCards(self.work)
        own = (self.cards, CardAlone(SystemRandom(), uptime), PasswordClock(memory, uptime, self.rules))
        self.door = Entrance(self.staff, NoStaffReader(), self.seat, self.alone, *own)

    def press(self) -> Press:
        self.clock.move(seconds=1)
        return press(self.clock, SystemRandom())

    def sign_in(self, staff_id: str = "c001", password: Secret | None = None, former: Former | None = None) -> Session:
        ask = SignIn(self.door, self.work, self.postbox, self.journal, self.locks)
        return ask(self.press(), staff_id, Given(password or secret(self.staff.passwords[staff_id])), former)

    def sign_out(self, session: Session) -> None:
        SignOut(self.staff, self.work, self.postbox, self.journal, self.locks)(self.press(), session)

    @property
    def lock(self) -> Lock:
        return Lock(self.work, self.locks, self.journal)

    @property
    def unlock(self) -> Unlock:
        return Unlock(self.door, self.work, self.locks, self.journal)

    @property
    def find(self) -> FindPerson:
        return FindPerson(self.register, self.journal, NameFolder(parse_variants(read_toml("tables", "variants.toml"))))

    @property
    def save(self) -> SaveDraft:
        return SaveDraft(self.work, self.journal, PlainCopies())

    @property
    def hand_in(self) -> HandIn:
        return HandIn(self.work, self.postbox, self.journal)

    def visit(self, session: Session) -> Visit:
        return OpenVisit(self.journal)(self.press(), session, "12")

    def draft(self, visit: Visit) -> Draft:
        mark = PersonMark(business_number="1001", name="見本　花子")
        return Draft(
            draft_id=f"d-{visit.visit_id}",
            visit_id=visit.visit_id,
            procedure="p",
            procedure_version=1,
            saved_at=self.clock.now(),
            roles=RolesMark(presenter=mark, capacity="self", applicant=mark),
            facts={"claimant_name": "見本　花子"},
        )

    @property
    def kinds(self) -> list[str]:
        """The acts kept, in order."""
        return [act.kind for act in self.journal.acts]


@pytest.fixture
def counter() -> Desk:
    """A counter nobody has signed in at."""
    return Desk()
