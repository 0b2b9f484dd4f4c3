"""C-02, C-03, S03-6: once two administrators could agree, nobody gets rights from a shell alone; on both engines."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import ADMINISTRATOR, StaffRules
from app.backend.staff.service.changes import ChangeService
from app.backend.staff.service.proving import Prover
from app.backend.staff.service.second_factors import SecondFactors
from app.backend.staff.service.setting_up import SettingUp
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Refused, SignInRefused, TooManyTries
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.staff_change import DecideChange, PostRow, PostsChange, ProposeChange
from tests.support.slices import KITA, MINAMI, OpenSlice, SliceOpener, acts, call

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
PASSWORD = "たぬきの合言葉"
BOTH = (Right("staff.change"), Right("staff.decide"))


@dataclass
class Shell:
    """Whoever has the administrator's program, and the slice."""

    slice_: OpenSlice
    book: store.StaffStore
    setting_up: SettingUp
    changes: ChangeService

    def add(self, staff_id: str, *rights: Right, municipality: str = KITA, must_change: bool = False) -> None:
        member = StaffMember(
            municipality, "市", "区役所", staff_id, "北　一郎", "総務", "", is_active=True, must_change=must_change
        )
        self.setting_up.admit(member, secret(PASSWORD), rights)

    def enrol(self, name: str, municipality: str = KITA, certificate: str = "") -> None:
        self.setting_up.enrol(Terminal(municipality, name, "1", self.slice_.clock.now(), None, certificate))

    def by(self, staff_id: str):
        return call(Actor(KITA, staff_id, "", "", "T-1", BOTH), self.slice_.clock.now())

    def refused(self) -> tuple[str, dict[str, object]]:
        return acts(self.slice_, KITA)[-1]


@pytest.fixture
def shell(slice_opener: SliceOpener) -> Shell:
    slice_ = slice_opener("staff", store)
    book, random, rules = store.StaffStore(slice_.database, slice_.pen), SystemRandom(), StaffRules(QUICK)
    factors = SecondFactors(SecondFactor("x.example", "北市"), random, slice_.index_key, required=False)
    setting_up = SettingUp(book, Prover(factors, random, QUICK), slice_.clock, random, rules)
    return Shell(slice_, book, setting_up, ChangeService(book, random, rules))


def closed(kind: str, about: str) -> tuple[str, dict[str, object]]:
    told = {"code": "office.refused", "reason": "two_administrators", "about": about, "staff": ADMINISTRATOR}
    return kind, told


def test_two_administrators_are_entered_alone_and_after_them_nobody_and_nobody_is_replaced(shell: Shell) -> None:
    shell.add("k001", Right("visit.open"))
    shell.add("a001", *BOTH)
    shell.add("a001", *BOTH)
    shell.add("a002", *BOTH)
    before = shell.book.read(lambda unit: (unit.members(KITA), unit.all_rights(KITA)))
    for staff_id in ("a003", "k001", "a002"):
        with pytest.raises(Refused) as refused:
            shell.add(staff_id, *BOTH)
        assert refused.value.reason == "two_administrators"
        assert shell.refused() == closed("staff.entry_refused", staff_id)
    assert shell.book.read(lambda unit: (unit.members(KITA), unit.all_rights(KITA))) == before
    shell.add("a001", *BOTH, municipality=MINAMI)


@pytest.mark.parametrize(
    ("first", "second"),
    [(BOTH, ()), (BOTH[:1], BOTH[:1]), (BOTH[1:], BOTH[1:])],
    ids=["one who could do both", "two who propose", "two who decide"],
)
def test_as_long_as_no_two_could_propose_and_decide_the_shell_adds(shell: Shell, first, second) -> None:
    shell.add("a001", *first)
    shell.add("a002", *second)
    shell.add("a003", *BOTH)
    assert shell.book.read(lambda unit: unit.rights(KITA, "a003")) == BOTH


def test_one_who_proposes_and_another_who_decides_are_two(shell: Shell) -> None:
    shell.add("a001", *BOTH[:1])
    shell.add("a002", *BOTH[1:])
    with pytest.raises(Refused):
        shell.add("a003", *BOTH)


def test_once_a_post_has_ended_and_one_is_left_the_shell_sets_up_a_second_one_again(shell: Shell) -> None:
    for staff_id in ("a001", "a002"):
        shell.add(staff_id, *BOTH)
    today = shell.by("a001").day
    wish = PostsChange(staff_id="a002", posts=(PostRow(department="総務", until=today),))
    row = shell.changes.propose(shell.by("a001"), ProposeChange(change=wish, reason="異動"))
    shell.changes.approve(shell.by("a009"), DecideChange(change_id=row.change_id))
    with pytest.raises(Refused):
        shell.add("a003", *BOTH)
    shell.slice_.clock.move(days=1)
    shell.add("a003", *BOTH)
    with pytest.raises(Refused):
        shell.add("a004", *BOTH)


def test_a_terminal_is_made_known_alone_until_two_have_one_in_use_to_agree_at(shell: Shell) -> None:
    shell.enrol("T-1", certificate="ab" * 32)
    shell.enrol("T-1", certificate="ab" * 32)
    for staff_id in ("a001", "a002"):
        shell.add(staff_id, *BOTH)
    for name in ("T-2", "T-1"):
        with pytest.raises(Refused) as refused:
            shell.enrol(name, certificate="cd" * 32)
        assert refused.value.reason == "two_administrators"
        assert shell.refused() == closed("terminal.enrolment_refused", name)
    known = shell.book.read(lambda unit: unit.terminals(KITA))
    assert [(one.terminal, one.certificate) for one in known] == [("T-1", "ab" * 32)]


def test_where_no_terminal_is_in_use_a_first_one_can_be_made_known_whoever_there_is(shell: Shell) -> None:
    for staff_id in ("a001", "a002"):
        shell.add(staff_id, *BOTH)
    for _ in range(2):
        shell.enrol("T-1")
    shell.enrol("T-1", certificate="ab" * 32)
    with pytest.raises(Refused):
        shell.enrol("T-1")


def test_who_stands_as_proposer_says_their_own_password_and_guesses_are_kept_and_counted(shell: Shell) -> None:
    shell.add("a001", *BOTH)
    shell.setting_up.vouch(shell.by("a001"), secret(PASSWORD))
    for staff_id, typed in (("a001", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            shell.setting_up.vouch(shell.by(staff_id), secret(typed))
        assert refused.value.data == {}
        told = {"code": "office.sign_in_refused", "part": "password", "about": "", "staff": staff_id}
        assert shell.refused() == ("staff.proposal_refused", told)
    for _ in range(4):
        with pytest.raises(SignInRefused):
            shell.setting_up.vouch(shell.by("a001"), secret("wrong"))
    with pytest.raises(TooManyTries):
        shell.setting_up.vouch(shell.by("a001"), secret(PASSWORD))
    shell.slice_.clock.move(seconds=31)
    shell.setting_up.vouch(shell.by("a001"), secret(PASSWORD))


def test_a_password_that_an_administrator_gave_proposes_nothing_and_none_does_after_the_last_day(shell: Shell) -> None:
    shell.add("a001", *BOTH, must_change=True)
    with pytest.raises(SignInRefused):
        shell.setting_up.vouch(shell.by("a001"), secret(PASSWORD))
    shell.add("a002", Right("visit.open"))
    last = shell.by("a002").day - timedelta(days=1)
    wish = PostsChange(staff_id="a002", posts=(PostRow(department="総務", until=last),))
    row = shell.changes.propose(shell.by("a001"), ProposeChange(change=wish, reason="異動"))
    shell.changes.approve(shell.by("a009"), DecideChange(change_id=row.change_id))
    with pytest.raises(SignInRefused):
        shell.setting_up.vouch(shell.by("a002"), secret(PASSWORD))
    assert shell.refused()[1]["part"] == "not_in_service"
