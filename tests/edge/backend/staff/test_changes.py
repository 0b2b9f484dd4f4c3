"""C-02, C-03, C-09, K-07, R-023, R-028, S03-6: administrators change staff and terminals by two, on both engines."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.changes import LIFE, ChangeService
from app.backend.staff.service.passwords import PasswordService
from app.backend.staff.service.proving import Prover
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Conflict, NotAllowed, Refused, SessionEnded, SignInRefused
from app.shipped import read_toml
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.message import encode
from app.wire.staff import ChangePassword, RightRow, SignedIn, SignIn
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskPlan,
    AskRoster,
    AskSignIns,
    ChangeRow,
    DecideChange,
    DepartmentChange,
    PersonChange,
    PostRow,
    PostsChange,
    ProposeChange,
    RejectChange,
    RightsChange,
    ScheduleChange,
    TerminalChange,
    Transfer,
)
from tests.support.slices import KITA, MINAMI, OpenSlice, SliceOpener, acts, call

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
PASSWORD, OWN_PASSWORD = "たぬきの合言葉", "きつねとねこの散歩道を行く"
CLERK, FIRST, SECOND, THIRD = "k001", "a001", "a002", "a003"
READ = RightRow(act="application.read", procedure="*", item_class="*")
VISIT = RightRow(act="visit.open", procedure="*", item_class="*")
APRIL = date(2027, 4, 1)
IN_MARCH = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
"""The last minute of 31 March in Tokyo."""


@dataclass
class Hall:
    """The staff slice with a clerk and three administrators."""

    slice_: OpenSlice
    staff: StaffService
    changes: ChangeService
    book: store.StaffStore

    def by(self, staff_id: str = "", terminal: str = "T-1", municipality: str = KITA):
        rights = tuple(map(Right, ("staff.change", "staff.decide", "staff.read")))
        return call(Actor(municipality, staff_id, "", "", terminal, rights), self.slice_.clock.now())

    def propose(self, change: AnyChange, staff_id: str = FIRST) -> ChangeRow:
        return self.changes.propose(self.by(staff_id), ProposeChange(change=change, reason="異動のため"))

    def approve(self, row: ChangeRow, staff_id: str = SECOND) -> ChangeRow:
        return self.changes.approve(self.by(staff_id), DecideChange(change_id=row.change_id))

    def done(self, change: AnyChange) -> ChangeRow:
        return self.approve(self.propose(change))

    def sign_in(self, staff_id: str = CLERK, password: str = PASSWORD) -> SignedIn:
        return self.staff.sign_in(self.by(), SignIn(staff_id=staff_id, password=password))

    def change_password(self, session: SignedIn, before: str, after: str) -> None:
        """What whoever was given a password does first."""
        factors = self.staff._factors
        passwords = PasswordService(self.book, factors, Prover(factors, SystemRandom(), QUICK), QUICK)
        who = self.staff.actor(session.token, (KITA, "T-1"), self.slice_.clock.now())
        now = self.slice_.clock.now()
        passwords.change(call(who, now), ChangePassword(password=before, new_password=after))

    def rights(self, session: SignedIn) -> set[tuple[str, str]]:
        who = self.staff.actor(session.token, (KITA, "T-1"), self.slice_.clock.now())
        return {(right.act, right.procedure) for right in who.rights}

    def person(self, staff_id: str):
        roster = self.changes.roster(self.by(FIRST), AskRoster())
        return next(one for one in roster.people if one.staff_id == staff_id)


@pytest.fixture
def hall(slice_opener: SliceOpener) -> Hall:
    slice_ = slice_opener("staff", store)
    book = store.StaffStore(slice_.database, slice_.pen)
    factors = SecondFactors(SecondFactor("x.example", "北市"), SystemRandom(), slice_.index_key, required=False)
    rules = StaffRules(QUICK, {"claim": "子ども", "move": "住民"})
    staff = StaffService(book, factors, slice_.clock, SystemRandom(), rules)
    for staff_id, department in ((CLERK, "子ども"), (FIRST, "総務"), (SECOND, "総務"), (THIRD, "住民")):
        member = StaffMember(KITA, "市", "区役所", staff_id, "北　一郎", department, "", is_active=True)
        rights = (Right("visit.open"), Right("application.read")) if staff_id == CLERK else ()
        staff.admit(((member, rights),), secret(PASSWORD), slice_.clock.now())
    staff.enrol(Terminal(KITA, "T-1", "1", slice_.clock.now(), None))
    return Hall(slice_, staff, ChangeService(book, SystemRandom(), rules), book)


def kinds(hall: Hall) -> list[str]:
    return [kind for kind, _ in acts(hall.slice_, KITA)]


def test_nothing_changes_before_a_second_administrator_agreed_and_both_are_recorded(hall: Hall) -> None:
    session = hall.sign_in()
    row = hall.propose(RightsChange(staff_id=CLERK, rights=(VISIT,)))
    assert ("application.read", "claim") in hall.rights(session)
    assert [one.change_id for one in hall.changes.changes(hall.by(SECOND), AskChanges()).rows] == [row.change_id]
    for staff_id in (FIRST, CLERK):
        with pytest.raises(NotAllowed):
            hall.approve(row, staff_id)
    done = hall.approve(row)
    assert (done.outcome, done.decided_by) == ("approved", SECOND)
    assert hall.rights(session) == {("visit.open", "*")}
    (proposed, decided) = [one for one in acts(hall.slice_, KITA) if one[0].startswith("staff.change_")]
    assert (proposed[0], proposed[1]["staff"], proposed[1]["about"]) == ("staff.change_proposed", FIRST, CLERK)
    assert (decided[0], decided[1]["staff"], decided[1]["proposed_by"]) == ("staff.change_approved", SECOND, FIRST)
    assert [one.outcome for one in hall.changes.changes(hall.by(SECOND), AskChanges(decided=True)).rows] == ["approved"]
    with pytest.raises(Conflict):
        hall.approve(row, THIRD)


def test_a_rejected_wish_changes_nothing_and_comes_to_nothing(hall: Hall) -> None:
    row = hall.propose(PostsChange(staff_id=CLERK, posts=()))
    reject = RejectChange(change_id=row.change_id, reason="発令が取り消されたため")
    with pytest.raises(NotAllowed):
        hall.changes.reject(hall.by(FIRST), reject)
    with pytest.raises(Refused, match="reason_missing"):
        hall.changes.reject(hall.by(SECOND), RejectChange(change_id=row.change_id, reason="　"))
    done = hall.changes.reject(hall.by(SECOND), reject)
    assert (done.outcome, done.decision_reason) == ("rejected", "発令が取り消されたため")
    (kept,) = hall.changes.changes(hall.by(FIRST), AskChanges(decided=True)).rows
    assert kept.decision_reason == "発令が取り消されたため"
    with pytest.raises(Conflict):
        hall.approve(row)
    assert kinds(hall)[-1] == "staff.change_rejected"
    assert hall.sign_in().department == "子ども"


@pytest.mark.parametrize("store_engine", ["sqlcipher"])
@pytest.mark.parametrize("late", [timedelta(microseconds=-1), timedelta(), timedelta(days=30)])
def test_a_wish_waits_seven_days(hall: Hall, late: timedelta) -> None:
    row = hall.propose(PostsChange(staff_id=CLERK, posts=()))
    hall.slice_.clock.at = row.proposed_at + LIFE + late
    if late < timedelta():
        assert hall.approve(row).outcome == "approved"
        return
    assert hall.changes.changes(hall.by(SECOND), AskChanges()).rows == ()
    assert hall.changes.changes(hall.by(SECOND), AskChanges(decided=True)).rows[0].outcome == "expired"
    for _ in range(2):
        with pytest.raises(Refused, match="change_expired"):
            hall.approve(row)
    assert kinds(hall).count("staff.change_expired") == 1


def test_of_two_wishes_for_the_same_person_the_second_must_be_made_anew(hall: Hall) -> None:
    one = hall.propose(RightsChange(staff_id=CLERK, rights=(VISIT,)))
    other = hall.propose(RightsChange(staff_id=CLERK, rights=(READ,)), THIRD)
    assert not any(row.stale for row in hall.changes.changes(hall.by(THIRD), AskChanges()).rows)
    hall.approve(one)
    (waits,) = hall.changes.changes(hall.by(THIRD), AskChanges()).rows
    assert (waits.change_id, waits.stale) == (other.change_id, True)
    with pytest.raises(Conflict):
        hall.approve(other)
    assert hall.person(CLERK).rights == (VISIT,)


def test_somebody_new_is_nobody_until_placed_and_signs_in_with_the_password_said_once(hall: Hall) -> None:
    person = PersonChange(staff_id="n1", name="新任　光", municipality_name="市", office="区役所")
    password = hall.done(person).first_password
    assert len(password) == 16
    assert all(row.first_password == "" for row in hall.changes.changes(hall.by(SECOND), AskChanges(decided=True)).rows)
    with pytest.raises(SignInRefused):
        hall.sign_in("n1", password)
    hall.done(PostsChange(staff_id="n1", posts=(PostRow(department="子ども"),)))
    session = hall.sign_in("n1", password)
    assert (session.name, session.department, session.rights) == ("新任　光", "子ども", ())
    hall.done(DepartmentChange(department="子ども", sections=("子ども",), rights=(READ,)))
    assert hall.rights(session) == set()
    hall.change_password(session, password, OWN_PASSWORD)
    assert hall.rights(session) == {("application.read", "claim")}
    hall.done(PersonChange(staff_id="n1", name="新任　光", municipality_name="市", office="区役所", active=False))
    with pytest.raises(SessionEnded):
        hall.rights(session)
    with pytest.raises(SignInRefused):
        hall.sign_in("n1", password)


def test_two_administrators_give_a_forgotten_password_anew_and_it_is_good_for_changing_it_only(hall: Hall) -> None:
    """S07-4, K-07."""
    again = PersonChange(staff_id=CLERK, name="北　一郎", municipality_name="市", office="区役所", new_password=True)
    row = hall.propose(again)
    for somebody in (FIRST, CLERK):
        with pytest.raises(NotAllowed):
            hall.approve(row, somebody)
    given = hall.approve(row).first_password
    with pytest.raises(SignInRefused):
        hall.sign_in()
    session = hall.sign_in(password=given)
    assert (session.must_change, hall.rights(session)) == (True, set())
    with pytest.raises(Refused, match="password_used_before"):
        hall.change_password(session, given, given)
    hall.change_password(session, given, OWN_PASSWORD)
    assert hall.rights(session) == {("visit.open", "*"), ("application.read", "claim")}
    assert hall.sign_in(password=OWN_PASSWORD).must_change is False


def test_a_contract_ends_by_itself_at_midnight_in_tokyo(hall: Hall) -> None:
    last = PostRow(department="子ども", until=date(2027, 3, 31))
    hall.done(PostsChange(staff_id=CLERK, posts=(last,)))
    hall.slice_.clock.at = IN_MARCH - timedelta(days=1)
    assert hall.sign_in().rights[0].until == date(2027, 3, 31)
    hall.slice_.clock.at = IN_MARCH
    session = hall.sign_in()
    assert hall.rights(session)
    hall.slice_.clock.move(minutes=1)
    with pytest.raises(SessionEnded):
        hall.rights(session)
    with pytest.raises(SignInRefused):
        hall.sign_in()
    hall.slice_.clock.move(days=1)
    with pytest.raises(SignInRefused):
        hall.sign_in()


def test_the_transfers_of_april_take_effect_with_the_day(hall: Hall) -> None:
    one = Transfer(staff_id=CLERK, leaves="子ども", department="住民", on=APRIL, rights=(READ,))
    comes = Transfer(staff_id=THIRD, leaves="住民", department="", on=APRIL)
    row = hall.propose(ScheduleChange(transfers=(one, comes)))
    assert row.subject == "2027-04-01"
    with pytest.raises(NotAllowed):
        hall.approve(row, THIRD)
    assert hall.approve(row).outcome == "approved"
    hall.slice_.clock.at = IN_MARCH
    session = hall.sign_in()
    assert (session.department, hall.rights(session)) == (
        "子ども",
        {("visit.open", "*"), ("application.read", "claim")},
    )
    hall.sign_in(THIRD)
    hall.slice_.clock.move(minutes=1)
    assert hall.rights(session) == {("application.read", "move")}
    assert hall.sign_in().department == "住民"
    with pytest.raises(SignInRefused):
        hall.sign_in(THIRD)


CAN_NOT_BE = {
    "unknown_staff": RightsChange(staff_id="nobody", rights=()),
    "unknown_department": PostsChange(staff_id=CLERK, posts=(PostRow(department="宇宙"),)),
    "period_reversed": PostsChange(
        staff_id=CLERK, posts=(PostRow(department="子ども", since=APRIL, until=date(2027, 3, 1)),)
    ),
    "display_not_confirmed": TerminalChange(terminal="T-2", window="2"),
    "unknown_terminal": TerminalChange(terminal="T-7", window="", revoked=True),
    "certificate_given_up": TerminalChange(terminal="T-1", window="1", certificate="aa", display_hidden=True),
    "nothing_to_change": ScheduleChange(transfers=()),
    "other_post": ScheduleChange(transfers=(Transfer(staff_id=CLERK, leaves="住民", department="子ども", on=APRIL),)),
}


@pytest.mark.parametrize("store_engine", ["sqlcipher"])
@pytest.mark.parametrize("reason", CAN_NOT_BE)
def test_what_can_not_be_is_refused_with_a_sentence_of_its_own(hall: Hall, reason: str) -> None:
    for certificate in ("aa", "bb"):
        hall.staff.enrol(Terminal(KITA, "T-1", "1", hall.slice_.clock.now(), None, certificate))
    with pytest.raises(Refused) as refused:
        hall.propose(CAN_NOT_BE[reason])
    assert refused.value.reason == reason
    said = read_toml("text", "ja.toml")["refusal"][reason]
    assert all(part.format(name=refused.value.data["name"]) for part in said.values())
    assert hall.changes.changes(hall.by(SECOND), AskChanges()).rows == ()


def test_a_wish_needs_a_reason_and_the_right_of_each_step(hall: Hall) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        hall.changes.propose(hall.by(FIRST), ProposeChange(change=CAN_NOT_BE["unknown_staff"], reason=" "))
    row = hall.propose(PostsChange(staff_id=CLERK, posts=()))
    nobody = call(Actor(KITA, "x", "", "", "T-1", ()), hall.slice_.clock.now())
    for does, asked in (
        (hall.changes.propose, ProposeChange(change=CAN_NOT_BE["unknown_staff"], reason="x")),
        (hall.changes.approve, DecideChange(change_id=row.change_id)),
        (hall.changes.reject, RejectChange(change_id=row.change_id, reason="x")),
        (hall.changes.withdraw, DecideChange(change_id=row.change_id)),
        (hall.changes.plan, AskPlan(transfers=())),
        (hall.changes.sign_ins, AskSignIns()),
        (hall.changes.changes, AskChanges()),
        (hall.changes.roster, AskRoster()),
    ):
        with pytest.raises(NotAllowed):
            does(nobody, asked)
    for staff_id, municipality in ((SECOND, MINAMI),):
        with pytest.raises(NotAllowed):
            hall.changes.approve(hall.by(staff_id, municipality=municipality), DecideChange(change_id=row.change_id))


def test_a_terminal_is_enrolled_by_two_with_its_display_confirmed_and_shut_out_from_the_next_request(
    hall: Hall,
) -> None:
    hall.done(TerminalChange(terminal="T-2", window="2", certificate="c1", display_hidden=True))
    (kept,) = [one for one in hall.changes.roster(hall.by(FIRST), AskRoster()).terminals if one.terminal == "T-2"]
    assert (kept.certificate, kept.display_checked_by, kept.window) == ("c1", FIRST, "2")
    assert hall.staff.lets_in(KITA, "T-2", "c1")
    assert not hall.staff.lets_in(KITA, "T-2", "c2")
    assert not hall.staff.lets_in(MINAMI, "T-2", "c1")
    hall.done(TerminalChange(terminal="T-2", window="2", certificate="c2", display_hidden=True))
    assert [hall.staff.lets_in(KITA, "T-2", one) for one in ("c1", "c2")] == [False, True]
    hall.done(TerminalChange(terminal="T-2", window="", revoked=True))
    assert not hall.staff.lets_in(KITA, "T-2", "c2")
    with pytest.raises(NotAllowed):
        hall.staff.terminal(KITA, "T-2")


def test_the_first_certificate_of_a_terminal_is_bound_and_one_given_up_never_comes_back(hall: Hall) -> None:
    assert [hall.staff.lets_in(KITA, "T-1", one) for one in ("c1", "c2", "c1")] == [True, False, True]
    assert acts(hall.slice_, KITA)[-1][0] == "terminal.bound"
    hall.staff.enrol(Terminal(KITA, "T-1", "1", hall.slice_.clock.now(), None))
    assert [hall.staff.lets_in(KITA, "T-1", one) for one in ("c1", "c2", "c1")] == [False, True, False]


@pytest.mark.seed("S04-4")
def test_the_roster_says_what_may_be_done_today_and_no_password(hall: Hall) -> None:
    session = hall.sign_in()
    roster = hall.changes.roster(hall.by(FIRST), AskRoster())
    clerk = next(one for one in roster.people if one.staff_id == CLERK)
    assert {(one.act, one.procedure) for one in clerk.effective} == hall.rights(session)
    assert [(one.staff_id, one.terminal) for one in roster.sessions] == [(CLERK, "T-1")]
    assert b"argon2" not in encode(roster)
    assert kinds(hall)[-1] == "staff.roster_read"
