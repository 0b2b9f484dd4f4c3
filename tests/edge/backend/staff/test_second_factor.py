"""Both factors at the door, on both engines: what opens, what does not, and what is recorded of it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.cards import CardService
from app.backend.staff.service.second_factors import CHALLENGE, PASS, SecondFactors
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Conflict, NotAllowed, SecondFactorRefused, SignInRefused, TooManyTries
from app.standin.authenticator.card import StaffCard
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.staff import (
    ApproveKey,
    AskKey,
    AskKeys,
    AskRegistration,
    AskUnlockKey,
    IssuePass,
    KeyRow,
    Reauthenticate,
    RegisterKey,
    RevokeKey,
    SignedIn,
    SignIn,
)
from tests.support.slices import KITA, MORNING, OpenSlice, SliceOpener, acts, call
from tests.support.staff_keys import held, staff_card

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
OFFICE = SecondFactor("madoguchi.kita.example", "北市")
PASSWORD = "たぬきの合言葉"
CLERK, OTHER, FIRST, SECOND = "k001", "k002", "a001", "a002"


@dataclass
class Door:
    """The staff slice with a clerk and two administrators, where a second factor is required."""

    slice_: OpenSlice
    staff: StaffService
    cards: CardService

    def by(self, staff_id: str = "", terminal: str = "T-1"):
        rights = (Right("staff.key"), Right("staff.pass"))
        return call(Actor(KITA, staff_id, "", "", terminal, rights), self.slice_.clock.now())

    def register(self, card: StaffCard, staff_id: str = CLERK) -> KeyRow:
        asked = self.cards.ask_registration(self.by(FIRST), AskRegistration(staff_id=staff_id))
        answer = held(card, OFFICE.origin).register(asked.options)
        return self.cards.register(
            self.by(FIRST), RegisterKey(staff_id=staff_id, asked=asked.asked, answer=answer, label="職員証")
        )

    def issue(self, card: StaffCard, staff_id: str = CLERK) -> KeyRow:
        row = self.register(card, staff_id)
        return self.cards.approve(self.by(SECOND), ApproveKey(key_id=row.key_id))

    def shown(self, card: StaffCard, staff_id: str = CLERK, terminal: str = "T-1") -> tuple[str, str]:
        asked = self.staff.ask_key(self.by(terminal=terminal), AskKey(staff_id=staff_id))
        return asked.asked, held(card, OFFICE.origin).sign(asked.options)

    def sign_in(self, shown: tuple[str, str] = ("", ""), password: str = PASSWORD, **more) -> SignedIn:
        terminal = more.pop("terminal", "T-1")
        given = {"staff_id": CLERK, "password": password, "asked": shown[0], "assertion": shown[1]} | more
        return self.staff.sign_in(self.by(terminal=terminal), SignIn(**given))

    def refused(self, shown: tuple[str, str] = ("", ""), **more) -> str:
        """Sign in, be refused without a hint, and say what the record tells of it."""
        with pytest.raises(SignInRefused) as refusal:
            self.sign_in(shown, **more)
        assert refusal.value.data == {}
        kind, detail = acts(self.slice_, KITA)[-1]
        assert kind == "session.refused"
        return str(detail["part"])


@pytest.fixture
def door(slice_opener: SliceOpener) -> Door:
    slice_ = slice_opener("staff", store)
    book = store.StaffStore(slice_.database, slice_.pen)
    factors = SecondFactors(OFFICE, SystemRandom(), slice_.index_key, required=True)
    staff = StaffService(book, factors, slice_.clock, SystemRandom(), StaffRules(QUICK))
    for staff_id in (CLERK, OTHER, FIRST, SECOND):
        member = StaffMember(KITA, "市", "区役所", staff_id, "北　一郎", "子ども家庭", "", is_active=True)
        staff.admit(((member, ()),), secret(PASSWORD), MORNING)
    for terminal in ("T-1", "T-2"):
        staff.enrol(Terminal(KITA, terminal, "1", MORNING, None))
    return Door(slice_, staff, CardService(book, factors))


def test_password_and_card_together_open_and_neither_alone(door: Door) -> None:
    card = staff_card()
    door.issue(card)
    assert door.sign_in(door.shown(card)).second_factor == "key"
    assert door.refused() == "missing"
    assert door.refused(door.shown(card), password="wrong") == "password"
    assert acts(door.slice_, KITA)[-3][1]["second_factor"] == "key"


def test_a_card_is_good_only_after_a_second_administrator_has_agreed(door: Door) -> None:
    card = staff_card()
    row = door.register(card)
    assert [each.key_id for each in door.cards.keys(door.by(SECOND), AskKeys(staff_id="")).rows] == [row.key_id]
    for staff_id in (FIRST, CLERK):
        with pytest.raises(NotAllowed):
            door.cards.approve(door.by(staff_id), ApproveKey(key_id=row.key_id))
    assert door.refused() == "missing"
    door.cards.approve(door.by(SECOND), ApproveKey(key_id=row.key_id))
    assert door.sign_in(door.shown(card)).second_factor == "key"
    with pytest.raises(Conflict):
        door.cards.approve(door.by(SECOND), ApproveKey(key_id=row.key_id))
    assert door.cards.keys(door.by(SECOND), AskKeys(staff_id="")).rows == ()


def test_a_revoked_card_is_good_no_more_from_the_next_try(door: Door) -> None:
    card, other = staff_card(), staff_card()
    row, _ = door.issue(card), door.issue(other)
    before = door.shown(card)
    door.cards.revoke(door.by(FIRST), RevokeKey(key_id=row.key_id))
    assert door.refused(before) == "unknown_key"
    assert door.sign_in(door.shown(other)).second_factor == "key"
    with pytest.raises(NotAllowed):
        door.cards.revoke(door.by(FIRST), RevokeKey(key_id="00" * 32))


def test_an_answer_is_taken_once_at_its_terminal_for_its_person_and_in_its_time(door: Door) -> None:
    card = staff_card()
    door.issue(card)
    door.issue(staff_card(), OTHER)
    once = door.shown(card)
    door.sign_in(once)
    assert door.refused(once) == "missing"
    assert door.refused(door.shown(card), terminal="T-2") == "missing"
    assert door.refused(door.shown(card), staff_id=OTHER) == "missing"
    late = door.shown(card)
    door.slice_.clock.move(seconds=CHALLENGE.total_seconds())
    door.slice_.clock.move(days=1)
    assert door.refused(late) == "missing"
    door.slice_.clock.move(days=-2)
    mixed = (door.shown(card)[0], once[1])
    with pytest.raises((SignInRefused, TooManyTries)):
        door.sign_in(mixed)


def test_a_copied_card_is_recorded_as_one(door: Door) -> None:
    card = staff_card()
    door.issue(card)
    first = door.shown(card)
    second = door.shown(card)
    door.sign_in(second)
    assert door.refused(first) == "cloned"


def test_whether_somebody_exists_or_has_a_card_can_not_be_asked(door: Door) -> None:
    door.issue(staff_card())
    asked = {
        staff_id: [door.staff.ask_key(door.by(), AskKey(staff_id=staff_id)) for _ in range(2)]
        for staff_id in (CLERK, FIRST, "nobody")
    }
    for first, second in asked.values():
        assert first.options != second.options
        assert first.options.count('"id"') == 1
        assert first.options.split('"allowCredentials"')[1] == second.options.split('"allowCredentials"')[1]
    assert len({len(first.options) for first, _ in asked.values()}) == 1


def test_a_pass_of_a_supervisor_opens_once_for_ten_minutes_in_place_of_the_card(door: Door) -> None:
    door.issue(staff_card())
    with pytest.raises(NotAllowed):
        door.cards.issue_pass(door.by(CLERK), IssuePass(staff_id=CLERK, reason="lost"))
    with pytest.raises(NotAllowed):
        door.cards.issue_pass(door.by(FIRST), IssuePass(staff_id="nobody", reason="lost"))
    issued = door.cards.issue_pass(door.by(FIRST), IssuePass(staff_id=CLERK, reason="lost"))
    assert acts(door.slice_, KITA)[-1][0] == "staff.pass_issued"
    assert door.sign_in(one_time_pass=issued.one_time_pass.lower()).second_factor == "one_time_pass"
    assert door.refused(one_time_pass=issued.one_time_pass) == "pass_wrong"
    issued = door.cards.issue_pass(door.by(FIRST), IssuePass(staff_id=CLERK, reason="lost"))
    door.slice_.clock.move(seconds=PASS.total_seconds())
    assert issued.expires_at == door.slice_.clock.now()
    assert door.refused(one_time_pass=issued.one_time_pass) == "pass_expired"
    issued = door.cards.issue_pass(door.by(FIRST), IssuePass(staff_id=CLERK, reason="lost"))
    assert door.refused(one_time_pass="0000-0000-0000") == "pass_wrong"
    assert door.refused(one_time_pass=issued.one_time_pass) == "pass_wrong"


def test_unlocking_wants_both_factors_of_the_same_person_again(door: Door) -> None:
    card = staff_card()
    door.issue(card)
    me = door.by(CLERK)
    asked = door.staff.ask_unlock_key(me, AskUnlockKey())
    answer = held(card, OFFICE.origin).sign(asked.options)
    door.staff.unlock(me, Reauthenticate(password=PASSWORD, asked=asked.asked, assertion=answer))
    with pytest.raises(SignInRefused):
        door.staff.unlock(me, Reauthenticate(password=PASSWORD, asked=asked.asked, assertion=answer))
    at_the_door = door.shown(card)
    with pytest.raises(SignInRefused):
        door.staff.unlock(me, Reauthenticate(password=PASSWORD, asked=at_the_door[0], assertion=at_the_door[1]))
    assert [kind for kind, _ in acts(door.slice_, KITA)][-3:] == ["session.unlocked", *["session.unlock_refused"] * 2]


def unlocks(door: Door, card: StaffCard | None, password: str = "") -> bool:
    me = door.by(CLERK)
    asked = door.staff.ask_unlock_key(me, AskUnlockKey())
    assertion = "" if card is None else held(card, OFFICE.origin).sign(asked.options)
    try:
        door.staff.unlock(me, Reauthenticate(password=password, asked=asked.asked, assertion=assertion))
    except SignInRefused:
        return False
    return True


def test_at_a_lock_the_card_alone_is_enough_until_five_tries_failed(door: Door) -> None:
    """R-025: after five failed tries the password is asked for again."""
    card, other = staff_card(), staff_card()
    door.issue(card)
    assert unlocks(door, card)
    assert acts(door.slice_, KITA)[-1] == (
        "session.unlocked",
        {"second_factor": "key", "about": "", "staff": CLERK},
    )
    assert not unlocks(door, None)
    assert acts(door.slice_, KITA)[-1][1]["part"] == "malformed"
    assert unlocks(door, card)
    door.issue(other, OTHER)
    for _ in range(5):
        assert not unlocks(door, None)
    door.slice_.clock.move(seconds=31)
    assert not unlocks(door, card)
    assert acts(door.slice_, KITA)[-1][1]["part"] == "password"
    door.slice_.clock.move(seconds=61)
    assert unlocks(door, card, PASSWORD)
    assert unlocks(door, card)


def test_at_a_lock_somebody_without_a_card_gives_the_password_and_nobody_signs_in_by_the_card_alone(
    door: Door,
) -> None:
    """C-01, C-06: neither of the two factors opens a session alone."""
    card = staff_card()
    door.issue(card)
    assert door.refused(door.shown(card), password="") == "password"
    free = SecondFactors(OFFICE, SystemRandom(), door.slice_.index_key, required=False)
    staff = StaffService(
        store.StaffStore(door.slice_.database, door.slice_.pen),
        free,
        door.slice_.clock,
        SystemRandom(),
        StaffRules(QUICK),
    )
    with pytest.raises(SignInRefused):
        staff.unlock(door.by(OTHER), Reauthenticate(password=""))
    assert acts(door.slice_, KITA)[-1][1]["part"] == "password"
    staff.unlock(door.by(OTHER), Reauthenticate(password=PASSWORD))


def test_a_card_is_registered_once_and_only_with_its_own_fresh_answer(door: Door) -> None:
    card = staff_card()
    asked = door.cards.ask_registration(door.by(FIRST), AskRegistration(staff_id=CLERK))
    answer = held(card, OFFICE.origin).register(asked.options)
    given = RegisterKey(staff_id=CLERK, asked=asked.asked, answer=answer, label="職員証")
    door.cards.register(door.by(FIRST), given)
    with pytest.raises(SecondFactorRefused, match="replayed"):
        door.cards.register(door.by(FIRST), given)
    again = door.cards.ask_registration(door.by(FIRST), AskRegistration(staff_id=CLERK))
    with pytest.raises(SecondFactorRefused, match="replayed"):
        door.cards.register(
            door.by(FIRST), RegisterKey(staff_id=CLERK, asked=again.asked, answer=answer, label="職員証")
        )
    assert acts(door.slice_, KITA)[-1][1]["reason"] == "replayed"
    with pytest.raises(NotAllowed):
        door.cards.ask_registration(door.by(FIRST), AskRegistration(staff_id="nobody"))


def test_failures_of_the_card_count_as_tries_too(door: Door) -> None:
    door.issue(staff_card())
    for _ in range(5):
        assert door.refused() == "missing"
    with pytest.raises(TooManyTries):
        door.sign_in()
    door.slice_.clock.move(seconds=timedelta(seconds=31).total_seconds())
    assert door.refused() == "missing"
