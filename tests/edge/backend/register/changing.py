"""The register's changes for tests: a small city, the people who enter and decide, and short words for what they do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from app.backend.register import store
from app.backend.register.ports import FirstOfJanuary, Particulars, Residence, Resident
from app.backend.register.service import RegisterService
from app.backend.register.service.changes import RegisterChanges, register_changes
from app.backend.register.service.guard import views_released
from app.domain.call import Call
from app.domain.register_rules import parse_register_rules
from app.domain.rights import Actor
from app.shipped import read_toml
from app.wire.register import OpenRecord, Record
from app.wire.register_change import (
    Approval,
    ApproveEntries,
    EntryRef,
    EntryRow,
    Filing,
    PersonItems,
    PersonPart,
    ProposeEntry,
)
from app.wire.register_restraint import AskIssue, DecideMeasure, IssueVerdict, MeasureRow, RequestMeasure
from tests.edge.backend.register.conftest import FOLDER, number
from tests.support import slices
from tests.support.slices import KITA, MORNING, OpenSlice, person

TODAY = date(2026, 11, 20)
NORTH, SOUTH = "011029", "011061"
HOME = "北市北区北一条西2番3号"
CLERK = person("e01", "register.enter", "register.history", "register.open", "register.search")
OTHER = person("e02", "register.enter", "register.open", "register.history", "register.search")
BOSS = person(
    "d01",
    "register.decide",
    "register.history",
    "register.open",
    "restraint.release",
    "restraint.decide",
    "restraint.see",
)
GUARD = person("g01", "restraint.set", "restraint.see", "certificate.issue")
WINDOW = person("w01", "certificate.issue", "register.open", "register.search")
ANNOUNCER = person("a01", "register.announce")
RULES = replace(
    parse_register_rules(read_toml("tables", "register_entries.toml"), read_toml("tables", "relations.toml")),
    bulk_cap=3,
)
_ids = count(1)
_places = (f"9{number:05}" for number in count(1))


class Here:
    """Which municipality the present test is in: tests share a store, none shares a municipality with another."""

    code = KITA


def call(actor: Actor, at: datetime = MORNING, key: str = "") -> Call:
    """A request of ``actor``, who works where the present test is."""
    return slices.call(replace(actor, municipality=Here.code), at, key)


def settled(opened: OpenSlice) -> Iterator["Office"]:
    """The small city in a municipality of its own."""
    Here.code, opened.clock.at = next(_places), MORNING
    yield office_on(opened)
    Here.code = KITA


def dweller(business_number: str, name: str, household: str, relation: str = "世帯主", **more) -> Resident:
    given = {
        "kana": "テスト",
        "birth": date(1980, 1, 1),
        "sex": "1",
        "residences": (Residence(HOME, date(2015, 4, 1), None, NORTH),),
    }
    return Resident(
        municipality=KITA,
        business_number=business_number,
        household_number=household,
        name=name,
        relation=relation,
        **(given | more),
    )


FAMILY = (
    dweller(
        "200",
        "高橋　一郎",
        "H20",
        my_number=number(20000000001),
        first_january=(FirstOfJanuary(2026, KITA, "北市", HOME),),
    ),
    dweller("201", "高橋　花子", "H20", "妻", birth=date(1982, 2, 2), sex="2", my_number=number(20000000002)),
    dweller("202", "高橋　太郎", "H20", "子", birth=date(2015, 5, 5)),
)
ALONE = dweller("210", "森　正", "H21", birth=date(1950, 1, 1))
FOREIGNER = dweller(
    "220",
    "SMITH JOHN",
    "H22",
    birth=date(1990, 3, 3),
    alias="炭　寿",
    residence_status="技術・人文知識・国際業務",
    more=Particulars(nationality="米国", status_until=date(2028, 3, 31)),
)
VICTIM = dweller("230", "佐藤　光", "H23", birth=date(1985, 6, 6), sex="2", my_number=number(20000000009))
SPOUSE = dweller("231", "佐藤　強", "H24", birth=date(1984, 7, 7))
CITY = (*FAMILY, ALONE, FOREIGNER, VICTIM, SPOUSE)


def fresh_id(word: str = "n") -> str:
    return f"{word}{next(_ids)}"


@dataclass(frozen=True)
class Office:
    """The register with its changes on one store."""

    slice: OpenSlice
    register: RegisterService
    changes: RegisterChanges

    def enter(self, who: Actor, filing: Filing, **how) -> EntryRow:
        asked = ProposeEntry(entry_id=fresh_id("e"), filing=filing, confirmed=how.get("confirmed", ()))
        return self.changes.entries.propose(call(who, self.now), asked)

    def approve(self, who: Actor, *rows: EntryRow, confirmed: tuple[str, ...] = ()) -> list[Approval]:
        refs = tuple(EntryRef(entry_id=row.entry_id, version=row.version) for row in rows)
        return list(
            self.changes.approvals.approve(call(who, self.now), ApproveEntries(entries=refs, confirmed=confirmed)).rows
        )

    def through(self, filing: Filing) -> Approval:
        """Entered, looked into, approved."""
        row = self.enter(CLERK, filing)
        seen = tuple(one.check for one in row.findings)
        (done,) = self.approve(BOSS, row, confirmed=seen)
        assert done.outcome == "approved", done.outcome + str(done.findings)
        return done

    def record(self, business_number: str, who: Actor = BOSS) -> Record:
        return self.register.open(call(who, self.now), OpenRecord(business_number=business_number))

    def kept(self, business_number: str) -> Resident:
        found = self.slice.database.read(
            lambda connection: self._book._unit(connection).person(Here.code, business_number)
        )
        assert found is not None
        return found.resident

    def numbers_of(self, household: str) -> list[str]:
        read = self.slice.database.read
        found = read(lambda connection: self._book._unit(connection).household(Here.code, household))
        return [one.resident.business_number for one in found if one.resident.is_resident]

    def protect(self, *persons: str, **more) -> MeasureRow:
        asked = RequestMeasure(measure_id=fresh_id("m"), kind="protective", persons=persons, reason="申出", **more)
        return self.changes.measures.request(call(GUARD, self.now), asked)

    def decide(self, row: MeasureRow, outcome: str = "approved", reason: str = "理由") -> MeasureRow:
        asked = DecideMeasure(measure_id=row.measure_id, version=row.version, outcome=outcome, reason=reason)
        return self.changes.measures.decide(call(BOSS, self.now), asked)

    def asks(self, persons: str | tuple[str, ...], capacity: str, who: Actor = WINDOW, **more) -> IssueVerdict:
        wanted = (persons,) if isinstance(persons, str) else persons
        return self.changes.issue.judge(call(who, self.now), AskIssue(persons=wanted, capacity=capacity, **more))

    @property
    def now(self) -> datetime:
        return self.slice.clock.at

    @property
    def _book(self) -> store.RegisterStore:
        return self.register._book  # type: ignore[return-value]


def office_on(opened: OpenSlice) -> Office:
    book = store.RegisterStore(opened.database, opened.cells, opened.pen, opened.index_key)
    made = Office(
        opened,
        RegisterService(book, FOLDER, lets_through=views_released(book)),
        register_changes(book, FOLDER, RULES, opened.clock),
    )
    made.register.load([replace(one, municipality=Here.code) for one in CITY], opened.clock.at, "load")
    return made


def told(office: Office) -> list[tuple[int, str, str]]:
    """The line of changes that other systems are told."""
    return list(office._book.read(lambda unit: unit.past.told(Here.code, 0, 1000)))


def acts(office: Office) -> list[tuple[str, dict[str, object]]]:
    return slices.acts(office.slice, Here.code)


def turn(office: Office) -> bool:
    """Let the day do what it brings; whether that was anything here."""
    before = len(acts(office))
    office.changes.turn.turn()
    return len(acts(office)) > before


def filing(kind: str, *persons: str | PersonPart, **more) -> Filing:
    reasons = {"change_of_address": "moved", "ward_change": "moved", "move_out": "to_municipality"}
    given = {
        "reason": reasons.get(kind, RULES.kind(kind).reasons[0]),
        "filed_day": min(more.get("event_day", TODAY), TODAY),
        "event_day": TODAY,
    } | more
    parts = tuple(PersonPart(business_number=one) if isinstance(one, str) else one for one in persons)
    return Filing(kind=kind, persons=parts, **given)


def newcomer(name: str = "新井　新", relation: str | None = "世帯主", **items) -> PersonPart:
    given = {"name": name, "kana": "アライ　シン", "birth": date(1995, 9, 9), "sex": "1"} | items
    return PersonPart(relation=relation, items=PersonItems(**given))


def days(count_: int) -> timedelta:
    return timedelta(days=count_)
