"""Signing in, staying signed in, and what happens to those who try too often; on both engines."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.clock import SystemRandom
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import NotAllowed, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.staff import Reauthenticate, SignedIn, SignIn
from tests.support.slices import KITA, MINAMI, MORNING, OpenSlice, SliceOpener, acts, call

OFFICE = SecondFactor("madoguchi.kita.example", "北市")
QUICK = Strength(memory_kib=64, passes=1, lanes=1)
RIGHTS = (Right("application.receive", "claim"), Right("visit.open", since=date(2026, 1, 1)))
PASSWORD = "たぬきの合言葉"


@dataclass
class OfficeRule:
    """What the office decides of sessions, seconds."""

    session_s: int = CounterRules().session_s

    def __call__(self, municipality: str) -> int:
        return self.session_s if municipality == KITA else CounterRules().session_s


@pytest.fixture
def rule() -> OfficeRule:
    return OfficeRule()


@pytest.fixture
def slice_(slice_opener: SliceOpener) -> OpenSlice:
    return slice_opener("staff", store)


@pytest.fixture
def staff(slice_: OpenSlice, rule: OfficeRule) -> StaffService:
    book = store.StaffStore(slice_.database, slice_.pen)
    factors = SecondFactors(OFFICE, SystemRandom(), slice_.index_key, required=False)
    service = StaffService(book, factors, slice_.clock, SystemRandom(), StaffRules(QUICK, session_s=rule))
    for municipality, name in ((KITA, "北　一郎"), (MINAMI, "南　二郎")):
        member = StaffMember(municipality, "市", "区役所", "001", name, "子ども家庭", "", is_active=True)
        service.admit(((member, RIGHTS),), secret(PASSWORD + municipality), MORNING)
        for terminal in ("T-1", "T-2"):
            service.enrol(Terminal(municipality, terminal, "1", MORNING, None))
    return service


def at_terminal(slice_: OpenSlice, terminal: str = "T-1", municipality: str = KITA):
    return call(Actor(municipality, "", "", "", terminal, ()), slice_.clock.now())


def sign_in(staff: StaffService, slice_: OpenSlice, password: str = PASSWORD + KITA, **more) -> SignedIn:
    staff_id = more.pop("staff_id", "001")
    return staff.sign_in(at_terminal(slice_, **more), SignIn(staff_id=staff_id, password=password))


def actor(staff: StaffService, slice_: OpenSlice, session: SignedIn, terminal: str = "T-1") -> Actor:
    return staff.actor(session.token, (KITA, terminal), slice_.clock.now())


def test_who_knows_the_password_is_signed_in_with_their_rights(staff: StaffService, slice_: OpenSlice) -> None:
    session = sign_in(staff, slice_)
    assert (session.name, session.second_factor, session.elsewhere) == ("北　一郎", "not_asked", ())
    assert actor(staff, slice_, session).rights == RIGHTS


def test_a_wrong_password_and_an_unknown_person_look_the_same(staff: StaffService, slice_: OpenSlice) -> None:
    refusals = []
    for staff_id, password in (("001", "wrong"), ("999", PASSWORD + KITA)):
        with pytest.raises(SignInRefused) as refused:
            sign_in(staff, slice_, password, staff_id=staff_id)
        refusals.append((refused.value.code, refused.value.data))
    assert refusals[0] == refusals[1]


def test_the_same_id_in_another_municipality_is_another_person(staff: StaffService, slice_: OpenSlice) -> None:
    with pytest.raises(SignInRefused):
        sign_in(staff, slice_, PASSWORD + KITA, municipality=MINAMI)
    assert sign_in(staff, slice_, PASSWORD + MINAMI, municipality=MINAMI).name == "南　二郎"


@pytest.mark.parametrize("staff_id", ["001", "999"])
def test_too_many_tries_make_everybody_wait_longer_and_longer(
    staff: StaffService, slice_: OpenSlice, staff_id: str
) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(staff, slice_, "wrong", staff_id=staff_id)
    for _ in range(7):
        with pytest.raises(TooManyTries) as waiting:
            sign_in(staff, slice_, PASSWORD + KITA, staff_id=staff_id)
        waits.append(int(waiting.value.data["wait_s"]))
        slice_.clock.move(seconds=waits[-1])
        with pytest.raises(SignInRefused):
            sign_in(staff, slice_, "wrong", staff_id=staff_id)
    assert waits == [31, 61, 121, 241, 481, 901, 901]


def test_after_the_wait_the_right_password_opens_and_clears_the_count(staff: StaffService, slice_: OpenSlice) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(staff, slice_, "wrong")
    slice_.clock.move(seconds=31)
    sign_in(staff, slice_)
    with pytest.raises(SignInRefused):
        sign_in(staff, slice_, "wrong")
    sign_in(staff, slice_)


def ends_after(staff: StaffService, slice_: OpenSlice, session: SignedIn, lasts_s: int) -> None:
    slice_.clock.at = session.started_at + timedelta(seconds=lasts_s - 1)
    assert actor(staff, slice_, session).staff_id == "001"
    slice_.clock.move(seconds=1)
    with pytest.raises(SessionEnded) as ended:
        actor(staff, slice_, session)
    assert ended.value.data["why"] == "time"


def test_a_session_ends_with_its_time(staff: StaffService, slice_: OpenSlice) -> None:
    ends_after(staff, slice_, sign_in(staff, slice_), 10 * 3600)


def test_a_session_lasts_as_the_office_decided_and_is_told_so(
    staff: StaffService, slice_: OpenSlice, rule: OfficeRule
) -> None:
    rule.session_s = 5400
    session = sign_in(staff, slice_)
    assert session.expires_at - session.started_at == timedelta(seconds=5400)
    other = sign_in(staff, slice_, PASSWORD + MINAMI, municipality=MINAMI)
    assert other.expires_at - other.started_at == timedelta(hours=10)
    ends_after(staff, slice_, session, 5400)


def test_a_shorter_rule_holds_for_open_sessions_from_the_next_request_and_a_longer_one_does_not(
    staff: StaffService, slice_: OpenSlice, rule: OfficeRule
) -> None:
    rule.session_s = 7200
    session = sign_in(staff, slice_)
    rule.session_s = 3600
    ends_after(staff, slice_, session, 3600)
    rule.session_s = 43200
    ends_after(staff, slice_, session, 7200)


def test_a_session_ends_when_somebody_signs_out(staff: StaffService, slice_: OpenSlice) -> None:
    session = sign_in(staff, slice_)
    staff.sign_out(at_terminal(slice_), session.token)
    with pytest.raises(SessionEnded):
        actor(staff, slice_, session)


def test_a_stolen_token_is_of_no_use_at_another_terminal(staff: StaffService, slice_: OpenSlice) -> None:
    with pytest.raises(SessionEnded):
        actor(staff, slice_, sign_in(staff, slice_), "T-2")


def test_a_second_session_of_the_same_person_is_told(staff: StaffService, slice_: OpenSlice) -> None:
    sign_in(staff, slice_)
    assert [one.terminal for one in sign_in(staff, slice_, terminal="T-2").elsewhere] == ["T-1"]


def test_a_revoked_terminal_and_a_departed_colleague_end_their_sessions(staff: StaffService, slice_: OpenSlice) -> None:
    session = sign_in(staff, slice_)
    staff.enrol(Terminal(KITA, "T-1", "1", MORNING, slice_.clock.now()))
    with pytest.raises(SessionEnded):
        actor(staff, slice_, session)
    with pytest.raises(NotAllowed):
        staff.terminal(KITA, "T-1")
    staff.enrol(Terminal(KITA, "T-1", "1", MORNING, None))
    assert actor(staff, slice_, session).staff_id == "001"
    gone = StaffMember(KITA, "市", "区役所", "001", "北　一郎", "子ども家庭", "", is_active=False)
    staff.admit(((gone, RIGHTS),), secret(PASSWORD + KITA), MORNING)
    with pytest.raises(SessionEnded):
        actor(staff, slice_, session)
    with pytest.raises(SignInRefused):
        sign_in(staff, slice_)


def test_a_right_taken_away_is_gone_at_the_next_request(staff: StaffService, slice_: OpenSlice) -> None:
    session = sign_in(staff, slice_)
    member = StaffMember(KITA, "市", "区役所", "001", "北　一郎", "子ども家庭", "", is_active=True)
    staff.admit(((member, RIGHTS[:1]),), secret(PASSWORD + KITA), MORNING)
    assert actor(staff, slice_, session).rights == RIGHTS[:1]


def test_unlocking_asks_for_the_same_person_again(staff: StaffService, slice_: OpenSlice) -> None:
    me = call(actor(staff, slice_, sign_in(staff, slice_)), slice_.clock.now())
    staff.unlock(me, Reauthenticate(password=PASSWORD + KITA))
    with pytest.raises(SignInRefused):
        staff.unlock(me, Reauthenticate(password="wrong"))


def test_every_try_is_an_act_also_the_refused_one(staff: StaffService, slice_: OpenSlice) -> None:
    """C-11, R-041, R-069: at the office a refused one says in whose name it was tried."""
    with pytest.raises(SignInRefused):
        sign_in(staff, slice_, "wrong")
    session = sign_in(staff, slice_)
    staff.sign_out(at_terminal(slice_), session.token)
    kept = [(kind, detail["staff"]) for kind, detail in acts(slice_, KITA)]
    assert kept[:3] == [(kind, "madoguchi-admin") for kind in ("staff.entered", *["terminal.enrolled"] * 2)]
    del kept[:3]
    assert kept[:2] == [("session.refused", "001"), ("session.opened", "001")]
    assert kept[2][0] == "session.ended"


def test_neither_password_nor_token_lies_in_the_store(staff: StaffService, slice_: OpenSlice) -> None:
    session = sign_in(staff, slice_)

    def everything(connection) -> bytes:
        rows = (tuple(row) for table in store.METADATA.sorted_tables for row in connection.execute(table.select()))
        return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    content = slice_.database.read(everything)
    assert "北　一郎".encode() in content
    assert PASSWORD.encode() not in content
    assert session.token.encode() not in content
    assert bytes.fromhex(session.token) not in content
