"""C-32, B2-2, S08-2: a decided 転居届 is entered into the register once, for another person to approve there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.backend.desk import store as desk_store
from app.backend.desk.service.filing import FilingErrands
from app.backend.desk.store.tables import filing_table
from app.backend.register import store as register_store
from app.backend.register.service.desk_filing import DeskFilingService, Finders
from app.backend.register.service.match import Matcher
from app.backend.register.service.wards import WardFinder
from app.errors import AppError, NotAllowed, Refused, Unreachable
from app.link.letters import Correspondent, Nearby
from app.trust.sign import SigningKey
from app.wire.desk import CheckReception, Decide, Examine, FilingState, OpenApplication, PersonMark, RolesMark
from app.wire.desk_filing import DeskFilings, FilingMarks
from app.wire.letter import Letter
from app.wire.register import Ward
from app.wire.register_change import AskEntries, OpenEntry
from tests.edge.backend.desk.conftest import MOVE, Office, office_on
from tests.edge.backend.register import changing
from tests.edge.backend.register.changing import BOSS, HOME, NORTH, SOUTH
from tests.edge.backend.register.conftest import FOLDER
from tests.support.slices import KITA, MINAMI, SliceOpener, person

WARDS = {KITA: [Ward(code=NORTH, name="北区"), Ward(code=SOUTH, name="南区")]}
NEW_HOME = "北市北区北二条西4番5号 見本荘101"
ACTS = ("application.receive", "application.read", "application.check", "application.examine", "application.decide")
TAKES, CHECKS, EXAMINES, DECIDES = (person(name, *ACTS) for name in ("t1", "t2", "t3", "t4"))
MOVERS = (
    {"mover_name": "髙橋　一郎", "mover_birth": "1980-01-01", "mover_relation": "世帯主"},
    {"mover_name": "高橋　花子", "mover_birth": "1982-02-02", "mover_relation": "妻"},
    {"mover_name": "高橋　太郎", "mover_birth": "2015-05-05", "mover_relation": "子"},
)
FACTS = {
    "notifier_name": "高橋　一郎",
    "notified_on": "2026-11-20",
    "moved_on": "2026-11-17",
    "former_address": HOME,
    "new_address": "北市北区北二条西4番5号",
    "new_building": "見本荘101",
    "who_moves": "all",
    "household_after": "same",
    "head_after": "高橋　一郎",
    "movers": MOVERS,
    "signed": True,
}


@dataclass
class Both:
    """A desk and a register with a line between them, which can be down or lose an answer."""

    desk: Office
    register: changing.Office
    keys: dict[str, SigningKey]
    is_down: bool = False
    loses_answer: bool = False
    letters: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        own = self.desk.slice
        book = desk_store.DeskStore(own.database, own.cells, own.answers, own.pen, own.logbook)
        entries, finders = self.register.changes.entries, Finders(Matcher(FOLDER), WardFinder(WARDS))
        clock = own.clock
        self.service = DeskFilingService(self.register._book, entries, finders, self.post("register"), clock)
        self.errands = FilingErrands(book, self.post("desk"), Nearby(self.carry), clock)

    def post(self, role: str) -> Correspondent:
        own = {name: key for name, key in self.keys.items() if name.partition("@")[0] == role}
        return Correspondent(own, {name: key.public for name, key in self.keys.items()})

    def carry(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        if self.is_down:
            raise Unreachable
        self.letters += letters
        answers = self.service.take(letters)
        if self.loses_answer:
            self.loses_answer = False
            raise Unreachable
        return answers

    def decided(self, outcome: str = "approved", name: str = "a1", applicant: str = "200", **facts: Any) -> None:
        mark = PersonMark(business_number=applicant, name="高橋　一郎")
        roles = RolesMark(presenter=mark, capacity="self", applicant=mark)
        self.desk.receive(name, TAKES, procedure=MOVE.id, facts=FACTS | facts, roles=roles, evidence=())
        review, call = self.desk.desk.review, self.desk.call
        review.check(call(CHECKS), CheckReception(application_id=name, version=1, outcome="passed"))
        looked = tuple(one.id for one in MOVE.checks)
        review.examine(
            call(EXAMINES), Examine(application_id=name, version=2, outcome="passed", confirmed_findings=looked)
        )
        reason = "" if outcome == "approved" else MOVE.reasons[0].value
        asked = Decide(application_id=name, version=3, outcome=outcome, reason=reason, confirmed_findings=looked)
        review.decide(call(DECIDES), asked)

    def runs(self, **later: float) -> None:
        self.desk.slice.clock.move(**later)
        while self.errands.turn():
            pass

    def shown(self, name: str = "a1") -> FilingState | None:
        return self.desk.desk.review.open(self.desk.call(DECIDES), OpenApplication(application_id=name)).filing

    def entries(self) -> list[Any]:
        asked = AskEntries()
        return list(self.register.changes.entries.entries(changing.call(BOSS, self.register.now), asked).rows)


@pytest.fixture
def both(slice_opener: SliceOpener) -> Both:
    desk = office_on(slice_opener("desk", desk_store))
    register = changing.office_on(slice_opener("register", register_store))
    places = [f"{role}@{place}" for role in ("desk", "register", "relay") for place in (KITA, MINAMI)]
    return Both(desk, register, {name: SigningKey.generate() for name in places})


@pytest.mark.seed("B2-2", "C-32")
def test_a_decided_move_is_entered_provisionally_and_changes_the_record_when_another_person_approves(
    both: Both,
) -> None:
    both.decided()
    assert both.shown() == FilingState(state="queued", since=both.desk.slice.clock.at)
    both.runs()
    (row,) = both.entries()
    view = both.register.changes.entries.open(changing.call(BOSS, both.register.now), OpenEntry(entry_id=row.entry_id))
    filing = view.filing
    number = both.desk.desk.review.open(both.desk.call(DECIDES), OpenApplication(application_id="a1")).number
    assert (row.kind, row.entered_by, row.people) == (
        "change_of_address",
        "t4",
        ("高橋　一郎", "高橋　花子", "高橋　太郎"),
    )
    assert (filing.source, filing.application_id, filing.address, filing.visit_id) == (number, "a1", NEW_HOME, "v1")
    shown = both.shown()
    assert shown is not None
    assert (shown.state, shown.entry_id) == ("entered", row.entry_id)
    assert both.register.kept("200").address == HOME
    seen = tuple(one.check for one in row.findings)
    (done,) = both.register.approve(BOSS, row, confirmed=seen)
    assert done.outcome == "approved"
    assert {both.register.kept(one).address for one in ("200", "201", "202")} == {NEW_HOME}
    both.runs(minutes=1)
    shown = both.shown()
    assert shown is not None
    assert shown.state == "approved"
    both.runs(minutes=30)
    assert len(both.letters) == 2, "what is settled is asked no more"


@pytest.mark.seed("C-32", "S08-2")
def test_a_decided_move_from_another_ward_keeps_the_person_s_number_and_gives_the_household_a_new_one(
    both: Both,
) -> None:
    """区間異動 is one filing; all who live together go on living together."""
    both.decided(scope="city", new_address="北市南区南一条1番", new_building="")
    both.runs()
    (row,) = both.entries()
    assert row.kind == "ward_change"
    assert [one.check for one in row.findings if one.level == "error"] == []
    (done,) = both.register.approve(BOSS, row, confirmed=tuple(one.check for one in row.findings))
    assert done.outcome == "approved"
    moved = [both.register.kept(one) for one in ("200", "201", "202")]
    assert {one.ward for one in moved} == {SOUTH}
    (household,) = {one.household_number for one in moved}
    assert household not in {"H20", ""}


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ({"scope": "ward", "new_address": "北市南区南一条1番"}, "other_ward"),
        ({"new_address": "北市南区南一条1番"}, "other_ward"),
        ({"scope": "city"}, "same_ward"),
    ],
)
@pytest.mark.twin("C-32")
def test_a_move_that_is_said_to_be_within_the_ward_and_is_not_is_not_approved(
    both: Both, said: dict[str, Any], check: str
) -> None:
    """Negative twin: which ward it is stands in the addresses, whatever was ticked at the desk."""
    both.decided(**said)
    both.runs()
    (row,) = both.entries()
    assert check in {one.check for one in row.findings if one.level == "error"}
    (done,) = both.register.approve(BOSS, row, confirmed=tuple(one.check for one in row.findings))
    assert done.outcome != "approved"
    assert both.register.kept("200").address == HOME


@pytest.mark.twin("C-32")
def test_who_decided_at_the_desk_does_not_approve_in_the_register(both: Both) -> None:
    """Negative twin."""
    both.decided()
    both.runs()
    (row,) = both.entries()
    decides_too = person("t4", "register.decide")
    (done,) = both.register.approve(decides_too, row, confirmed=tuple(one.check for one in row.findings))
    assert done.outcome == "same_person"
    assert both.register.kept("200").address == HOME


@pytest.mark.parametrize("outcome", ["rejected", "returned"])
@pytest.mark.twin("B2-2")
def test_what_is_not_approved_enters_nothing(both: Both, outcome: str) -> None:
    """Negative twin."""
    both.decided(outcome)
    both.runs()
    assert (both.entries(), both.letters, both.shown()) == ([], [], None)


def test_while_the_register_is_away_it_waits_and_an_answer_that_got_lost_enters_nothing_twice(both: Both) -> None:
    both.is_down = True
    both.decided()
    both.runs()
    shown = both.shown()
    assert shown is not None
    assert (shown.state, shown.cause, both.entries()) == ("queued", "office.unreachable", [])
    both.is_down, both.loses_answer = False, True
    both.runs(minutes=1)
    assert len(both.entries()) == 1
    both.runs(minutes=1)
    assert len(both.entries()) == 1
    shown = both.shown()
    assert shown is not None
    assert (shown.state, shown.cause) == ("entered", "")


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"applicant": ""}, "applicant_unknown"),
        ({"applicant": "999"}, "applicant_unknown"),
        ({"household_after": "joined"}, "household_unknown"),
        ({"movers": ({**MOVERS[0], "mover_birth": "1981-01-01"},)}, "person_unknown"),
        ({"movers": (MOVERS[1], MOVERS[1])}, "person_unknown"),
    ],
)
def test_what_does_not_say_whom_it_is_about_is_entered_by_hand_and_the_case_says_so(
    both: Both, more: dict[str, Any], cause: str
) -> None:
    """Negative twin: nobody's record is guessed."""
    both.decided(**more)
    both.runs()
    shown = both.shown()
    assert shown is not None
    assert (shown.state, shown.cause, both.entries()) == ("not_entered", cause, [])


def test_a_refusal_in_the_register_stands_at_the_case_with_its_reason(both: Both) -> None:
    from app.wire.register_change import RefuseEntry

    both.decided()
    both.runs()
    (row,) = both.entries()
    asked = RefuseEntry(entry_id=row.entry_id, version=row.version, reason="居住の事実がない")
    both.register.changes.approvals.refuse(changing.call(BOSS, both.register.now), asked)
    both.runs(minutes=2)
    shown = both.shown()
    assert shown is not None
    assert (shown.state, shown.cause) == ("refused", "居住の事実がない")
    rows = both.desk.slice.database.read(lambda connection: connection.execute(filing_table.select()).all())
    assert "居住" not in repr(rows)
    assert "居住".encode() not in b"".join(row.sealed for row in rows)


def test_nobody_but_the_desk_of_the_same_municipality_has_anything_entered(both: Both) -> None:
    """Negative twin."""
    both.decided()
    both.runs()
    sent = both.post("register").read(both.letters[0], "desk-filings/1", DeskFilings, "desk")
    for sender in (f"relay@{KITA}", f"desk@{MINAMI}"):
        letter = both.post(sender.partition("@")[0]).write(sender, "desk-filings/1", sent)
        (outcome,) = both.service.take([letter])
        assert isinstance(outcome, (Refused, NotAllowed))
    (again,) = both.service.take([both.letters[0]])
    assert isinstance(again, Letter)
    assert both.post("desk").read(again, "filing-marks/1", FilingMarks, "register").marks[0].state == "entered"
    assert len(both.entries()) == 1


def test_of_the_application_only_what_the_filing_needs_leaves_the_desk(both: Both) -> None:
    """Negative twin."""
    both.decided(notifier_phone="0110000000")
    both.runs()
    assert b"0110000000" not in both.letters[0].body
