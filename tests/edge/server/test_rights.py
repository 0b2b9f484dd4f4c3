"""C-02, C-03, K-07, R-023, S01-9, S03-4, S04-4, S14-6a, S16-6: who may do what at which PC, for every endpoint.

The table is written by hand and shares nothing with the program: a new endpoint fails until it stands here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.backend.register.ports import Resident
from app.backend.staff.ports import Session, StaffKey, StaffMember, Terminal
from app.backend.staff.service.sessions import digest, enter
from app.domain.act import Act
from app.domain.clock import SystemRandom
from app.domain.number import TrainingNumber
from app.domain.rights import Post, Right
from app.errors import (
    AppError,
    BadFormat,
    Conflict,
    NotAllowed,
    NotUnderstood,
    Refused,
    SecondFactorRefused,
    SessionEnded,
)
from app.server.door import Door, Knock, refusal
from app.server.wiring import Backend, open_backend
from app.standin.city.staff import load_roles
from app.trust.authority import Authority, TerminalName
from app.trust.second_factor import Factor
from app.trust.tls_key import TlsKey
from app.wire import (
    desk,
    message,
    register,
    staff_change,
)
from app.wire.endpoint import Caller, Endpoint
from tests.edge.server.asked_rights import LYING, PROCEDURE, SOMEBODY, Ids, asked, hand_in, number, propose
from tests.edge.server.placed import DEPARTMENTS, ROLES, TABLE, Row
from tests.edge.server.test_doors import der
from tests.edge.server.test_endpoints import settings
from tests.support.slices import MORNING, MovedClock
from tests.support.source import ROOT

HERE = "991007"
PASSES = (Refused, Conflict, NotUnderstood, SecondFactorRefused, BadFormat)
"""What is said to somebody who has the right."""
NOTHING_MADE = Ids((), "")
_numbers = count(1)


@dataclass
class House:
    """All slices in this process, with one person for each role and department."""

    opened: Backend
    door: Door
    clock: MovedClock
    certificates: dict[str, bytes]
    ids: Ids = NOTHING_MADE

    @property
    def staffed(self) -> dict[str, Endpoint]:
        return {one.path: one for one in self.opened.endpoints if one.caller is Caller.STAFF}

    def tries(self, path: str, asked: Any, who: str, terminal: str = "T-01") -> Any:
        """The answer to one request; raises what is refused."""
        endpoint = self.staffed[path]
        trace = f"t-{next(_numbers)}"
        knock = Knock(self.certificates[terminal], f"Bearer {who}", trace, trace)
        call = self.door.admit(knock, endpoint)
        if asked is None:
            return None
        if endpoint.does is not None:
            return endpoint.does(call, asked)
        assert endpoint.drains is not None
        (outcome,) = endpoint.drains([(call, asked)])
        if isinstance(outcome, AppError):
            raise outcome
        return outcome

    def passes(self, path: str, asked: Any, who: str, terminal: str = "T-01") -> bool:
        """Whether rights let it through, whatever is said then."""
        try:
            self.tries(path, asked, who, terminal)
        except NotAllowed:
            return False
        except PASSES:
            return True
        return True

    def enter(self, staff_id: str, rights: tuple[Right, ...], department: str) -> None:
        """Somebody with an open session at T-01, whose token is their staff id."""
        member = StaffMember(HERE, "見本市", "中央区役所", staff_id, "職員", department, "", is_active=True)
        at = self.clock.now()
        session = Session(digest(staff_id), HERE, staff_id, "T-01", at, at + timedelta(hours=10), None)

        def enter(unit: Any) -> None:
            unit.put_member(member, at)
            unit.know_department(HERE, department)
            unit.put_posts(HERE, staff_id, (Post(department),))
            unit.put_rights(HERE, staff_id, rights)
            unit.add_session(session)

        self.opened.staff._book.write(enter)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    clock = MovedClock()
    opened = open_backend(settings(folder), clock, SystemRandom())
    try:
        made = House(opened, Door(opened.staff, opened.staff.lets_in, clock), clock, {})
        furnish(made)
        yield made
    finally:
        opened.parts.close()


def furnish(house: House) -> None:
    """Everybody, every state of a PC, and one of each thing that endpoints ask for."""
    roles = load_roles(ROOT / "resources" / "training" / "staff.toml")
    assert set(ROLES) == set(roles), "a new role has its place in the table too"
    for role in ROLES:
        for letter, department in DEPARTMENTS.items():
            rights = (*roles["everyone"], *roles[role])
            house.enter(f"{role}-{letter}", tuple(dict.fromkeys(rights)), department)
    everything = tuple(dict.fromkeys(right for one in roles.values() for right in one))
    house.enter("everything", everything, DEPARTMENTS["C"])
    house.enter("other", everything, DEPARTMENTS["R"])
    house.enter("left alone", (), DEPARTMENTS["C"])
    authority = Authority.create("t", house.clock.now(), timedelta(days=2))
    for name in ("T-01", "T-09", "T-77"):
        key = TlsKey.generate()
        issued = authority.issue_terminal(key.request(), TerminalName(HERE, name), MORNING, timedelta(days=1))
        house.certificates[name] = der(issued)
    again = authority.issue_terminal(
        TlsKey.generate().request(), TerminalName(HERE, "T-01"), MORNING, timedelta(days=1)
    )
    house.certificates |= {"T-01 before": house.certificates["T-01"], "T-01": der(again)}
    for name, revoked in (("T-01 before", None), ("T-01", None), ("T-09", MORNING)):
        shown = hashlib.sha256(house.certificates[name]).hexdigest()
        house.opened.staff.enrol(Terminal(HERE, name[:4], "1", MORNING, revoked, shown))
    resident = Resident(
        municipality=HERE, business_number="100", household_number="H1", name=SOMEBODY.name, kana="タカハシ　ハナコ",
        birth=date(1990, 4, 2), sex="2", relation="世帯主", residences=(), my_number=TrainingNumber(number()),
    )  # fmt: skip
    house.opened.register.load([resident], MORNING, "load")
    for visit in ("v1", "v2"):
        opening = desk.OpenVisit(visit_id=visit, ticket="1", opened_at=MORNING)
        house.tries("/desk/v1/open-visit", opening, "other")
    for about in PROCEDURE:
        house.tries("/desk/v1/hand-in", hand_in(about, f"case-{about}"), "other")
    house.tries("/desk/v1/keep-draft", LYING, "everything")
    for name in ("k1", "k2"):
        factor = Factor(name.encode(), b"x", 0)
        key = StaffKey(HERE, name, "other-than-all", "x", factor, MORNING, "someone", "", None)
        house.opened.staff._book.write(lambda unit, key=key: unit.put_key(key))
    wish = staff_change.RightsChange(staff_id="other-than-all", rights=())
    house.enter("other-than-all", (), DEPARTMENTS["T"])
    proposed = (house.tries("/staff/v1/propose-change", propose(wish), "everything") for _ in range(2))
    house.ids = Ids(tuple(one.change_id for one in proposed), digest("left alone").hex()[:32])


def test_every_endpoint_has_its_place_in_the_table(house: House) -> None:
    assert {row.path for row in TABLE} == set(house.staffed)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.path} {row.about}")
def test_exactly_who_the_table_names_passes(house: House, row: Row) -> None:
    """Each role asks; where a department makes a difference from each of them, elsewhere from one after the other."""
    differs = any((role, one) not in row.who for role, _ in row.who for one in "CRT")
    passed, tried = set(), set()
    for place, role in enumerate(ROLES):
        letters = "CRT" if differs or row.about in PROCEDURE else "CRT"[(place + len(row.path)) % 3]
        for letter in letters:
            tried.add((role, letter))
            if house.passes(row.path, asked(row, house.ids), f"{role}-{letter}"):
                passed.add((role, letter))
    assert passed == row.who & tried


@pytest.mark.parametrize("terminal", ["T-01 before", "T-09", "T-77"], ids=["old certificate", "revoked", "unknown"])
def test_from_a_pc_that_is_not_enrolled_nothing_passes_whatever_the_rights(house: House, terminal: str) -> None:
    for path in house.staffed:
        with pytest.raises(NotAllowed):
            house.tries(path, None, "everything", terminal)


def test_what_is_not_allowed_and_what_is_not_there_look_the_same(house: House) -> None:
    told = set()
    for who, about in (("counter-T", "claim"), ("counter-C", "none"), ("everything", "none"), ("everyone-C", "move")):
        with pytest.raises(NotAllowed) as refused:
            house.tries("/desk/v1/open", desk.OpenApplication(application_id=f"case-{about}"), who)
        told.add(refusal(refused.value, "trace"))
    assert len(told) == 1


def test_an_item_is_shown_to_the_role_that_has_it_for_the_procedure_it_has_it_for(house: House) -> None:
    shown = set()
    for role in ("counter", "reception_checker", "supervisor"):
        for letter in DEPARTMENTS:
            for about, procedure in PROCEDURE.items():
                asked = register.OpenRecord(business_number="100", procedure=procedure)
                record = house.tries("/register/v1/open", asked, f"{role}-{letter}")
                found = {one.item_class for one in record.items if one.state != "masked"}
                shown |= {(role, about, one) for one in found}
                assert (number().encode() in message.encode(record)) == bool(found)
    assert shown == {("supervisor", "claim", "my_number")}


@pytest.mark.parametrize(("moved", "is_let_in"), [(-1, False), (0, True), (1, False)])
def test_a_right_of_one_day_holds_on_that_business_date_only(house: House, moved: int, *, is_let_in: bool) -> None:
    day = date(2026, 11, 24)
    house.enter(f"day{moved}", (Right("visit.read", since=day, until=day),), DEPARTMENTS["C"])
    before = house.clock.at
    house.clock.at = MORNING + timedelta(days=4 + moved)
    begun = house.clock.at
    session = Session(digest(f"again{moved}"), HERE, f"day{moved}", "T-01", begun, begun + timedelta(hours=1), None)
    house.opened.staff._book.write(lambda unit: unit.add_session(session))
    try:
        assert house.passes("/desk/v1/timeline", desk.AskTimeline(visit_id="v1"), f"again{moved}") == is_let_in
    finally:
        house.clock.at = before


def test_a_right_taken_away_and_a_person_let_go_are_gone_with_the_next_request(house: House) -> None:
    house.enter("leaving", (Right("visit.read"),), DEPARTMENTS["C"])
    look = desk.AskTimeline(visit_id="v1")
    assert house.passes("/desk/v1/timeline", look, "leaving")
    book = house.opened.staff._book
    member = book.read(lambda unit: unit.member(HERE, "leaving"))
    act = Act("staff.changed", MORNING, HERE, "chief", "T-01", "t1", about="leaving")
    book.write(lambda unit: enter(unit, member, (), act, MORNING))
    assert not house.passes("/desk/v1/timeline", look, "leaving")
    gone = replace(member, is_active=False)
    book.write(lambda unit: enter(unit, gone, (Right("visit.read"),), act, MORNING))
    with pytest.raises(SessionEnded):
        house.passes("/desk/v1/timeline", look, "leaving")
