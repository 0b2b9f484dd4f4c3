"""K-07, S03-6, S07-4: a person's own password, changed with both factors and by rules; on both engines."""

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.passwords import PasswordService
from app.backend.staff.service.proving import Prover
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.password_rules import password_fault
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Refused, SignInRefused, TooManyTries
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.staff import ChangePassword, SignedIn, SignIn
from tests.support.slices import KITA, MORNING, OpenSlice, SliceOpener, acts, call

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
OWN, WORK = Right("session.own"), Right("visit.open")
FIRST, NEXT = "たぬきの合言葉", "きつねとねこの散歩道を行く"


class Office:
    """One person before the real slice."""

    def __init__(self, slice_: OpenSlice, *, given: bool) -> None:
        self.slice = slice_
        book = store.StaffStore(slice_.database, slice_.pen)
        factors = SecondFactors(
            SecondFactor("madoguchi.kita.example", "北市"), SystemRandom(), slice_.index_key, required=False
        )
        self.staff = StaffService(book, factors, slice_.clock, SystemRandom(), StaffRules(QUICK))
        self.passwords = PasswordService(book, factors, Prover(factors, SystemRandom(), QUICK), QUICK)
        member = StaffMember(KITA, "北市", "区役所", "k1001", "北　花子", "税務", "", is_active=True, must_change=given)
        self.staff.admit(((member, (OWN, WORK)),), secret(FIRST), MORNING)
        self.staff.enrol(Terminal(KITA, "T-1", "1", MORNING, None))

    def sign_in(self, password: str = FIRST) -> SignedIn:
        at = call(Actor(KITA, "", "", "", "T-1", ()), self.slice.clock.at)
        return self.staff.sign_in(at, SignIn(staff_id="k1001", password=password))

    def call(self, session: SignedIn) -> Call:
        return call(self.staff.actor(session.token, (KITA, "T-1"), self.slice.clock.at), self.slice.clock.at)

    def change(self, session: SignedIn, before: str, after: str) -> None:
        self.passwords.change(self.call(session), ChangePassword(password=before, new_password=after))


@pytest.fixture
def office(slice_opener: SliceOpener) -> Office:
    return Office(slice_opener("staff", store), given=False)


def test_the_new_password_opens_and_the_old_one_does_not(office: Office) -> None:
    session = office.sign_in()
    office.change(session, FIRST, NEXT)
    with pytest.raises(SignInRefused):
        office.sign_in()
    assert office.sign_in(NEXT).staff_id == "k1001"
    kind, detail = acts(office.slice, KITA)[2 + 1]
    assert (kind, detail["staff"]) == ("password.changed", "k1001")
    assert NEXT not in str(acts(office.slice, KITA))


def test_the_old_password_is_asked_and_wrong_ones_are_counted_as_at_the_door(office: Office) -> None:
    session = office.sign_in()
    for _ in range(5):
        with pytest.raises(SignInRefused):
            office.change(session, "wrong", NEXT)
    with pytest.raises(TooManyTries):
        office.change(session, FIRST, NEXT)
    office.slice.clock.move(seconds=31)
    office.change(session, FIRST, NEXT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("みじかいあいことば", "password_too_short"),
        ("k1001-no-himitsu", "password_staff_number"),
        ("K1001-NO-HIMITSU", "password_staff_number"),
        ("ababababababab", "password_too_plain"),
        ("x1Yあ" * 40, "password_too_long"),
    ],
)
def test_what_can_be_guessed_is_no_password_and_the_reason_is_told(office: Office, password: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        office.change(office.sign_in(), FIRST, password)
    assert refused.value.reason == reason
    assert office.sign_in().must_change is False


def test_none_of_the_last_five_is_taken_again_and_an_older_one_is(office: Office) -> None:
    session, used = office.sign_in(), [FIRST]
    for number in range(5):
        for one in used:
            with pytest.raises(Refused) as refused:
                office.change(session, used[-1], one)
            assert refused.value.reason in {"password_used_before", "password_too_short"}
        used.append(f"{NEXT}-{number}")
        office.change(session, used[-2], used[-1])
    office.change(session, used[-1], "もうひとつのあいことば-9")
    office.change(session, "もうひとつのあいことば-9", used[1])


def test_no_password_ends_by_the_calendar(office: Office) -> None:
    office.slice.clock.move(days=800)
    assert office.sign_in().must_change is False


def test_a_password_given_by_an_administrator_is_good_for_changing_it_only(slice_opener: SliceOpener) -> None:
    office = Office(slice_opener("staff", store), given=True)
    session = office.sign_in()
    assert session.must_change
    assert office.call(session).actor.rights == (OWN,)
    office.change(session, FIRST, NEXT)
    assert office.call(session).actor.rights == (OWN, WORK)
    assert office.sign_in(NEXT).must_change is False


@pytest.mark.parametrize(
    ("password", "fault"),
    [("あ" * 12, "too_plain"), ("correct horse battery", ""), ("はるのうみひねもすのたり", ""), ("", "too_short")],
)
def test_a_phrase_of_words_is_a_password(password: str, fault: str) -> None:
    assert password_fault(password, "k1") == fault
