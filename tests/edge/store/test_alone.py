"""Rules and leases on the real store: what is proved is kept, what is not changes nothing, time can't be won back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from app.domain.clock import SystemRandom
from app.domain.counter_rules import STRICTEST, CounterRules, Tightening
from app.domain.secret import Secret, secret
from app.errors import (
    Alone,
    CardNeedsOffice,
    LeaseClockBack,
    LeaseOver,
    LeaseTries,
    SignInRefused,
    StatementAltered,
    StatementOlder,
    UnknownHere,
)
from app.services.card_alone import CardAlone
from app.services.entrance import Entrance, Given
from app.services.follow_rules import Followed, FollowRules
from app.services.lock import Lock, Why
from app.services.password_clock import PasswordClock
from app.services.ports.alone import HeldRules
from app.services.ports.seat import Session
from app.services.ports.staff_card import NoStaffReader, StaffCards
from app.services.sign_in import SignIn
from app.services.sign_out import SignOut
from app.services.unlock import Unlock
from app.services.work_alone import FREE_TRIES, WorkAlone
from app.store.memory import Memory
from app.store.memos import read_memo, write_memo
from app.wire.counter_rules import RulesRow, StatedCards, row_of
from tests.support.alone import MovedUptime, StatingOffice
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring

HOUR = 3600


@dataclass
class Window:
    """A counter PC with what a clerk does at its door; it can be started again."""

    pc: CounterPc
    office: StatingOffice
    uptime: MovedUptime
    local: Tightening
    cards: StaffCards = field(default_factory=NoStaffReader)

    def __post_init__(self) -> None:
        self.card_alone = CardAlone(SystemRandom(), self.uptime)

    @property
    def memory(self) -> Memory:
        return self.pc.memory

    @property
    def rules(self) -> FollowRules:
        return FollowRules(self.office, self.memory.alone, self.memory.journal, self.pc.seat, self.local)

    @property
    def alone(self) -> WorkAlone:
        return WorkAlone(self.office, self.memory.alone, self.uptime, self.memory.journal, self.rules)

    @property
    def _door(self) -> Entrance:
        clock = PasswordClock(self.memory.alone, self.uptime, self.rules)
        return Entrance(self.pc.staff, self.cards, self.pc.seat, self.alone, self.memory.cards, self.card_alone, clock)

    def sign_in(self, staff_id: str = "c001", password: Secret | None = None) -> Session:
        memory = self.memory
        use = SignIn(self._door, memory.work, memory.postbox, memory.journal, memory.terminal)
        use.ask_card(self.pc.press(), staff_id)
        return use(self.pc.press(), staff_id, Given(password or self.pc.password(staff_id)))

    def sign_out(self, session: Session) -> None:
        memory = self.memory
        SignOut(self.pc.staff, memory.work, memory.postbox, memory.journal, memory.terminal)(self.pc.press(), session)

    def lock(self, session: Session) -> None:
        Lock(self.memory.work, self.memory.terminal, self.memory.journal)(self.pc.press(), session, Why.IDLE)

    def unlock(self, session: Session, password: Secret | None = None) -> None:
        memory = self.memory
        use = Unlock(self._door, memory.work, memory.terminal, memory.journal)
        use(self.pc.press(), session, Given(password or self.pc.password(session.actor.staff_id)))
        use.settle(self.pc.press(), session)

    def passes(self, **by: float) -> None:
        self.pc.clock.move(**by)
        self.uptime.passes(**by)

    def restarts(self, **off: float) -> None:
        """The PC is off for a while; the program opens again."""
        self.pc.clock.move(**off)
        self.uptime.restarts(**off)
        self.pc.reopen()

    def told(self, **changed: object) -> Followed:
        """A minute later the office states rules, with ``changed`` parts, and they are asked for."""
        self.passes(minutes=1)
        self.office.changed = changed
        return self.rules.renew(self.pc.press(), self.pc.session())

    def kinds(self) -> list[str]:
        return [act.kind for act in self.memory.journal.acts_of_visit("")]


@pytest.fixture
def window(pc: CounterPc) -> Window:
    office = StatingOffice(pc.line, pc.clock, pc.desk.signing)
    return Window(pc, office, MovedUptime(pc.clock.at), Tightening())


def row(**changed: object) -> RulesRow:
    return row_of(replace(CounterRules(), **changed))


# ── rules


def test_before_the_office_has_told_anything_the_strictest_holds(window: Window) -> None:
    assert window.rules.present() == Followed(STRICTEST, None)
    assert (STRICTEST.lock_after_s, STRICTEST.lease_s, STRICTEST.second_factor) == (60, 0, True)


def test_what_the_office_decided_is_followed_from_the_sign_in_on_and_after_a_restart(window: Window) -> None:
    window.office.rules_now = CounterRules(lock_after_s=120, lease_s=2 * HOUR, staff_readers=("奥",))
    window.sign_in()
    assert window.rules.present() == Followed(window.office.rules_now, 1)
    window.restarts(hours=1)
    assert window.rules.at_start(window.pc.press) == Followed(window.office.rules_now, 1)
    assert window.kinds().count("rules.kept") == 1


def test_the_pc_s_own_settings_tighten_and_never_loosen(window: Window) -> None:
    """C-04, R-022: what a user sets at the PC loosens nothing of what the office has signed."""
    window.sign_in()
    window.local = Tightening(90, 3000, lease_s=100 * HOUR, second_factor=True, older_copy_rule=True)
    found = window.rules.present().rules
    assert (found.lock_after_s, found.sign_out_after_s, found.lease_s) == (90, 900, 8 * HOUR)
    assert (found.second_factor, found.older_copy_rule) == (True, False)
    window.local = Tightening(lock_after_s=10_000)
    assert window.rules.present().rules.lock_after_s == 180


def test_newer_rules_take_the_place_of_older_ones(window: Window) -> None:
    window.sign_in()
    assert window.told(version=2, rules=row(lock_after_s=300)).rules.lock_after_s == 300
    assert window.told(version=3, rules=row(lock_after_s=60)).rules.lock_after_s == 60


def test_an_old_but_true_note_sent_again_is_refused(window: Window) -> None:
    session = window.sign_in()
    first = window.office.given[0]
    window.told(version=2)
    window.office.sends = first
    assert type(window.rules.renew(window.pc.press(), session).refused) is StatementOlder


@pytest.mark.parametrize("how", ["altered", "older", "gone"])
def test_what_is_kept_is_proved_at_each_start_and_the_strictest_holds_where_it_proves_nothing(
    window: Window, how: str
) -> None:
    """C-04, R-022: settings that were altered at the PC are refused."""
    window.sign_in()
    first = window.office.given[0]
    window.told(version=2, rules=row(lock_after_s=240))
    held = window.memory.alone.held_rules()
    assert held is not None
    if how == "altered":
        window.memory.alone.hold_rules(replace(held, note=held.note.replace("240", "300")))
    elif how == "older":
        window.memory.alone.hold_rules(HeldRules(first, held.version, held.issued_at))
    else:
        window.memory.terminal.database.write(lambda c: write_memo(c, "counter_rules", None))
    window.restarts(minutes=5)
    found = window.rules.at_start(window.pc.press)
    assert (found.rules, found.version) == (STRICTEST, None)
    assert type(found.refused) is {"altered": StatementAltered, "older": StatementOlder}.get(how, type(None))
    assert ("rules.refused" in window.kinds()) == (how != "gone")
    assert window.told(version=2, rules=row(lock_after_s=240)).rules.lock_after_s == 240


# ── lease


def test_without_the_office_work_goes_on_until_the_lease_is_over_and_then_stays_sealed(window: Window) -> None:
    session = window.sign_in()
    window.lock(session)
    window.pc.line.is_down = True
    window.passes(hours=7, minutes=59)
    assert window.alone.left_s("c001") == 60
    window.unlock(session)
    assert window.memory.work.is_open
    window.lock(session)
    window.passes(minutes=1)
    with pytest.raises(LeaseOver):
        window.unlock(session)
    assert not window.memory.work.is_open
    window.pc.line.is_down = False
    window.unlock(session)
    assert window.alone.left_s("c001") == 8 * HOUR
    assert window.memory.work.is_open


def _slowed(window: Window) -> None:
    window.uptime.run_s += 9 * HOUR


def _forward(window: Window) -> None:
    window.uptime.wall = window.uptime.reading().at.replace(hour=23)


def _back(window: Window) -> None:
    window.passes(hours=2)
    window.alone.left_s("c001")
    window.uptime.wall = window.pc.clock.at.replace(hour=0)


def _off_for_a_night(window: Window) -> None:
    window.restarts(hours=9)


def _off_and_set_back(window: Window) -> None:
    window.passes(hours=2)
    window.alone.left_s("c001")
    window.restarts(hours=3)
    window.uptime.wall = window.pc.clock.at.replace(hour=0)


def _copied_back(window: Window) -> None:
    """What is kept of the lease is put back as it was at the beginning."""
    database = window.memory.terminal.database
    early = database.read(lambda c: read_memo(c, "lease:c001"))
    window.passes(hours=7)
    window.alone.left_s("c001")
    database.write(lambda c: write_memo(c, "lease:c001", early))
    window.passes(hours=1)


@pytest.mark.parametrize(
    ("trick", "error"),
    [
        (_slowed, LeaseOver),
        (_forward, LeaseOver),
        (_back, LeaseClockBack),
        (_off_for_a_night, LeaseOver),
        (_off_and_set_back, LeaseClockBack),
        (_copied_back, LeaseOver),
    ],
)
def test_no_moving_of_clocks_restart_or_copy_gains_time(
    window: Window, trick: Callable[[Window], None], error: type[Alone]
) -> None:
    session = window.sign_in()
    window.lock(session)
    window.pc.line.is_down = True
    trick(window)
    with pytest.raises(error):
        window.unlock(session)
    with pytest.raises(error):
        window.sign_in()
    assert not window.memory.work.is_open


def test_after_a_power_cut_whoever_worked_here_signs_in_without_the_office_and_nobody_else_does(
    window: Window,
) -> None:
    before = window.sign_in()
    window.pc.line.is_down = True
    window.restarts(minutes=10)
    session = window.sign_in()
    assert window.memory.work.is_open
    assert (session.actor, session.office) == (before.actor, before.office)
    assert session.token != before.token
    assert window.kinds()[-1] == "session.opened.alone"
    with pytest.raises(UnknownHere):
        window.sign_in("c002")
    window.sign_out(session)
    window.passes(hours=8)
    with pytest.raises(LeaseOver):
        window.sign_in()


def test_wrong_passwords_without_the_office_end_the_lease_and_restarts_do_not_help(window: Window) -> None:
    session = window.sign_in()
    window.lock(session)
    window.pc.line.is_down = True
    for tries in range(FREE_TRIES):
        with pytest.raises(SignInRefused):
            window.unlock(session, secret("ちがう"))
        if tries == 2:
            window.pc.reopen()
    with pytest.raises(LeaseTries):
        window.unlock(session)
    with pytest.raises(LeaseTries):
        window.sign_in()
    window.pc.line.is_down = False
    window.passes(minutes=1)
    window.unlock(session)


def test_the_right_password_forgives_the_wrong_ones_before_it(window: Window) -> None:
    session = window.sign_in()
    window.pc.line.is_down = True
    for _ in range(3):
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(SignInRefused):
                window.unlock(session, secret("ちがう"))
        window.unlock(session)


def test_an_office_that_lets_nobody_work_alone_is_obeyed(window: Window) -> None:
    window.office.rules_now = CounterRules(lease_s=0)
    session = window.sign_in()
    window.lock(session)
    window.pc.line.is_down = True
    with pytest.raises(LeaseOver):
        window.unlock(session)


def test_the_pc_s_own_settings_shorten_a_lease(window: Window) -> None:
    window.local = Tightening(lease_s=HOUR)
    window.sign_in()
    assert window.alone.left_s("c001") == HOUR


def test_a_lease_that_was_given_before_does_not_begin_again(window: Window) -> None:
    session = window.sign_in()
    window.passes(hours=5)
    window.office.sends = window.office.given[1]
    window.alone.renew(window.pc.press(), session)
    assert window.alone.left_s("c001") == 3 * HOUR
    assert window.kinds()[-1] == "lease.refused"


def test_a_lease_of_one_person_is_none_of_another(window: Window) -> None:
    window.sign_out(window.sign_in("c002"))
    window.passes(minutes=1)
    session = window.sign_in("c001")
    database = window.memory.terminal.database
    others = database.read(lambda c: read_memo(c, "lease:c001"))
    database.write(lambda c: write_memo(c, "lease:c002", others))
    window.passes(minutes=1)
    window.office.sends = window.office.given[-1]
    window.alone.renew(window.pc.press(), replace(session, actor=replace(session.actor, staff_id="c002")))
    assert window.kinds()[-1] == "lease.refused"
    window.pc.line.is_down = True
    with pytest.raises(UnknownHere):
        window.sign_in("c002")


@pytest.mark.parametrize("by", ["the lease", "the rules", "the PC"])
def test_where_a_card_is_needed_and_none_is_known_nobody_comes_in_by_the_password_alone(
    window: Window, by: str
) -> None:
    """C-01: neither of the two factors alone, without the office either."""
    if by == "the lease":
        window.office.cards = StatedCards(rp_id="madoguchi.mihon.example", needed=True)
    elif by == "the rules":
        window.office.rules_now = CounterRules()
    else:
        window.local = Tightening(second_factor=True)
    session = window.sign_in()
    window.lock(session)
    window.pc.line.is_down = True
    with pytest.raises(CardNeedsOffice):
        window.unlock(session)
    with pytest.raises(CardNeedsOffice):
        window.sign_in()
    assert not window.memory.work.is_open


def test_nothing_of_a_lease_stands_in_clear_in_the_file(window: Window) -> None:
    window.sign_in()
    sealed = window.memory.terminal.database.read(lambda c: read_memo(c, "lease:c001"))
    assert sealed is not None
    for marked in ("名c001", "madoguchi/statement", "granted_at"):
        assert marked.encode() not in sealed
