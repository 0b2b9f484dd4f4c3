"""C-02, C-03, K-07, R-023, S01-9, S03-4, S04-4, S14-6a, S16-6: who may do what at which PC, for every endpoint.

The table is written by hand and shares nothing with the program: a new endpoint fails until it stands here.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.backend.register.ports import Resident
from app.backend.staff.ports import Session, StaffKey, StaffMember, Terminal
from app.backend.staff.service.sessions import digest
from app.domain.clock import SystemRandom
from app.domain.number import TrainingNumber, training_check_digit
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
    access_review,
    counter_rules,
    desk,
    leave,
    ledger,
    ledger_alarms,
    message,
    notices,
    parcel,
    register,
    relay,
    staff,
    staff_change,
    takeover,
)
from app.wire.addressee import AskLinks, LinkNumber
from app.wire.endpoint import Caller, Endpoint
from app.wire.revocation import CheckCertificate
from tests.edge.server.asked_register import REGISTER_ASKED
from tests.edge.server.placed import DEPARTMENTS, ROLES, TABLE, Row
from tests.edge.server.test_doors import der
from tests.edge.server.test_endpoints import settings
from tests.support.slices import MORNING, MovedClock
from tests.support.source import ROOT

HERE = "991007"
PASSES = (Refused, Conflict, NotUnderstood, SecondFactorRefused, BadFormat)
"""What is said to somebody who has the right."""
PROCEDURE = {"claim": "child_allowance_claim", "move": "move_within_city"}
SOMEBODY = desk.PersonMark(business_number="100", name="髙橋　花子")
LYING = desk.DraftCopy(draft_id="lying", visit_id="v1", sealed=b"x", saved_at=MORNING)
_numbers = count(1)


def number() -> str:
    return f"12345678901{training_check_digit('12345678901')}"


@dataclass
class House:
    """All slices in this process, with one person for each role and department."""

    opened: Backend
    door: Door
    clock: MovedClock
    certificates: dict[str, bytes]

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
    CHANGES[:] = [one.change_id for one in proposed]


CHANGES: list[str] = []


def propose(wish: Any) -> staff_change.ProposeChange:
    return staff_change.ProposeChange(change=wish, reason="異動のため")


def hand_in(about: str, application_id: str) -> desk.HandIn:
    roles = desk.RolesMark(presenter=SOMEBODY, capacity="self", applicant=SOMEBODY)
    return desk.HandIn(
        application_id=application_id, visit_id="v1", procedure=PROCEDURE[about], roles=roles, facts={}, evidence=(),
        reached_at=MORNING,
    )  # fmt: skip


def enquiry(about: str) -> relay.MakeEnquiry:
    name = {"tax": "local_tax_claimant", "identity": "identity_claimant", "move": "x"}[about]
    procedure = PROCEDURE["move" if about == "move" else "claim"]
    return relay.MakeEnquiry(
        enquiry_id=f"e-{next(_numbers)}", visit_id="v1", procedure=procedure, enquiry=name, subject=SOMEBODY,
        information="x", purpose="x", tax_year=2026, requested_on=date(2026, 11, 20),
    )  # fmt: skip


def step(kind: type[Any], about: str, outcome: str) -> Any:
    """A step with a version that never is: whoever has the right is told that somebody was first."""
    return kind(application_id=f"case-{about}", version=999, outcome=outcome)


ASKED: dict[str, Callable[[str], Any]] = {
    "/staff/v1/ask-unlock-key": lambda _: staff.AskUnlockKey(),
    "/staff/v1/sign-out": lambda _: staff.SignOut(token="nobody's"),
    "/staff/v1/standing": lambda _: staff.AskStanding(),
    "/staff/v1/end-elsewhere": lambda _: staff.EndElsewhere(),
    "/staff/v1/ask-change-key": lambda _: staff.AskChangeKey(),
    "/staff/v1/seats": lambda _: staff.AskSeats(),
    "/staff/v1/end-session": lambda about: staff.EndSession(
        session=digest("left alone").hex()[:32] if about == "own" else "none"
    ),
    "/staff/v1/ask-registration": lambda _: staff.AskRegistration(staff_id="other"),
    "/staff/v1/register-key": lambda _: staff.RegisterKey(staff_id="other", asked="x", answer="{}", label="x"),
    "/staff/v1/approve-key": lambda _: staff.ApproveKey(key_id="k1"),
    "/staff/v1/revoke-key": lambda _: staff.RevokeKey(key_id="k2"),
    "/staff/v1/keys": lambda _: staff.AskKeys(staff_id=""),
    "/staff/v1/issue-pass": lambda _: staff.IssuePass(staff_id="other", reason="lost"),
    "/staff/v1/propose-change": lambda _: propose(staff_change.ScheduleChange(transfers=())),
    "/staff/v1/changes": lambda _: staff_change.AskChanges(),
    "/staff/v1/approve-change": lambda _: staff_change.DecideChange(change_id=CHANGES[0]),
    "/staff/v1/reject-change": lambda _: staff_change.RejectChange(change_id=CHANGES[1], reason="誤り"),
    "/staff/v1/withdraw-change": lambda _: staff_change.DecideChange(change_id=CHANGES[1]),
    "/staff/v1/plan-transfers": lambda _: staff_change.AskPlan(transfers=()),
    "/staff/v1/sign-ins": lambda _: staff_change.AskSignIns(),
    "/staff/v1/roster": lambda _: staff_change.AskRoster(),
    "/register/v1/habits": lambda _: message.Nothing(),
    "/register/v1/search": lambda _: register.SearchByFour(name="髙橋"),
    "/register/v1/search-by-number": lambda _: register.SearchByNumber(my_number=number()),
    "/register/v1/open": lambda _: register.OpenRecord(business_number="100"),
    "/register/v1/staff-person": lambda _: register.KeepStaffPerson(staff_id="nobody", business_number="100"),
    **REGISTER_ASKED,
    "/desk/v1/open-visit": lambda _: desk.OpenVisit(visit_id=f"v-{next(_numbers)}", ticket="", opened_at=MORNING),
    "/desk/v1/close-visit": lambda _: desk.CloseVisit(visit_id="v2", closed_at=MORNING),
    "/desk/v1/keep-draft": lambda _: desk.DraftCopy(
        draft_id=f"d-{next(_numbers)}", visit_id="v1", sealed=b"x", saved_at=MORNING
    ),
    "/desk/v1/restorations": lambda _: desk.AskRestorations(),
    "/desk/v1/sync-journal": lambda _: desk.SyncJournal(first=0, records=(), checkpoint="", public_key=b""),
    "/desk/v1/parcel-key": lambda _: parcel.AskParcelKey(),
    "/desk/v1/parcel": lambda _: parcel.Parcel(kind="x", box=b""),
    "/desk/v1/take-keys": lambda _: takeover.AskTakeKeys(),
    "/desk/v1/taken-drafts": lambda _: takeover.AskTakenDrafts(),
    "/desk/v1/offer-take-key": lambda _: takeover.OfferTakeKey(box=bytes(32)),
    "/desk/v1/waiting-drafts": lambda _: takeover.AskWaitingDrafts(),
    "/desk/v1/take-draft": lambda about: takeover.TakeDraft(
        draft_id="lying" if about == "own" else "none", version=999, receiver="x"
    ),
    "/desk/v1/rules": lambda _: counter_rules.AskRules(),
    "/desk/v1/lease": lambda _: counter_rules.AskLease(),
    "/desk/v1/rules-kept": lambda _: counter_rules.AskRulesKept(),
    "/desk/v1/propose-rules": lambda _: counter_rules.ProposeRules(
        version=99,
        rules=counter_rules.RulesRow(
            lock_after_s=180,
            sign_out_after_s=900,
            lease_s=3600,
            second_factor=True,
            staff_readers=(),
            older_copy_rule=False,
        ),
    ),
    "/desk/v1/timeline": lambda _: desk.AskTimeline(visit_id="v1"),
    "/desk/v1/leave-number": lambda about: leave.AskNumberLeave(visit_id="v1", procedure=PROCEDURE[about]),
    "/desk/v1/hand-in": lambda about: hand_in(about, f"case-{next(_numbers)}"),
    "/desk/v1/queue": lambda _: desk.AskQueue(),
    "/desk/v1/open": lambda about: desk.OpenApplication(application_id=f"case-{about}"),
    "/desk/v1/check-reception": lambda about: step(desk.CheckReception, about, "passed"),
    "/desk/v1/examine": lambda about: step(desk.Examine, about, "passed"),
    "/desk/v1/decide": lambda about: step(desk.Decide, about, "approved"),
    "/desk/v1/notices": lambda _: notices.AskNotices(),
    "/desk/v1/post-notice": lambda about: notices.PostNotice(application_id=f"case-{about}", version=999),
    "/addressee/v1/state": lambda about: AskLinks(procedure=PROCEDURE[about], business_numbers=("100",)),
    "/addressee/v1/link": lambda about: LinkNumber(
        procedure=PROCEDURE[about], visit_id="v1", business_number="100", my_number="1", method="chip"
    ),
    "/relay/v1/enquiries": enquiry,
    "/relay/v1/enquiries/state": lambda _: relay.AskEnquiries(enquiry_ids=("x",)),
    "/revocation/v1/check": lambda _: CheckCertificate(visit_id="v1", certificate=b"x"),
    "/review/v1/queue": lambda _: access_review.AskReview(),
    "/review/v1/extracts": lambda _: access_review.AskExtracts(),
    "/review/v1/propose-extract": lambda _: access_review.ProposeExtract(
        person="100", since=MORNING.date(), until=MORNING.date(), reason="開示 1号"
    ),
    "/ledger/v1/witnessed": lambda _: ledger.AskWitnessed(),
    "/ledger/v1/audit": lambda _: ledger.AskAudit(log="staff"),
    "/ledger/v1/alarms": lambda _: ledger_alarms.AskAlarms(),
    "/ledger/v1/meet": lambda _: ledger.MeetLogs(),
    "/ledger/v1/receipt": lambda _: ledger.AskReceipt(receipt="x"),
}


def asked(row: Row) -> Any:
    return None if row.about == "door" else ASKED[row.path](row.about)


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
            if house.passes(row.path, asked(row), f"{role}-{letter}"):
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
    session = Session(digest(f"again{moved}"), HERE, f"day{moved}", "T-01", before, before + timedelta(days=9), None)
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
    book.write(lambda unit: unit.put_rights(HERE, "leaving", ()))
    assert not house.passes("/desk/v1/timeline", look, "leaving")
    book.write(lambda unit: unit.put_rights(HERE, "leaving", (Right("visit.read"),)))
    book.write(lambda unit: unit.put_member(replace(unit.member(HERE, "leaving"), is_active=False), MORNING))
    with pytest.raises(SessionEnded):
        house.passes("/desk/v1/timeline", look, "leaving")
