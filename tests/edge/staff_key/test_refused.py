"""C-01, C-06, R-025, R-055, S13-5: what does not open at the door and at the lock, with and without the office.

The card lies on a real reader, the library's own client asks it, and the staff slice judges. Whoever stands there is
told no more than that it does not fit; which part it was stands in the records.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.backend.staff.service import StaffRules
from app.backend.staff.service.changes import DECIDE, PROPOSE, READ, ChangeService
from app.domain.call import Call
from app.domain.clock import SystemRandom, business_date
from app.domain.counter_rules import CounterRules
from app.domain.rights import Actor, Right
from app.errors import (
    AppError,
    LeaseClockBack,
    LeaseOver,
    LeaseTries,
    PasswordDue,
    SessionEnded,
    SignInRefused,
    StaffCardUnknown,
    StaffPinWrong,
)
from app.services.unlock import Needed
from app.wire.staff_change import AskSignIns, DecideChange, PostRow, PostsChange, ProposeChange
from tests.edge.staff_key.hall import CLERK, FIRST, PASSWORD, QUICK, SECOND, Hall
from tests.edge.staff_key.test_authenticator import Desk, copied
from tests.support.counter_memory import CounterPc
from tests.support.pcscd import Pcscd
from tests.support.slices import KITA, call
from tests.support.staff_keys import staff_card

pytestmark = [pytest.mark.card, pytest.mark.keyring]

CARD, BOTH = Needed(card=True, password=False), Needed(card=True, password=True)


@pytest.fixture
def hall(pcscd: Pcscd, pc: CounterPc, tmp_path: Path) -> Iterator[Hall]:
    desk = Desk(pcscd)
    made = Hall(pc, desk, tmp_path)
    yield made
    desk.take()
    made.close()


@pytest.fixture
def clerk(hall: Hall) -> Hall:
    """The clerk's card is approved and lies on the reader."""
    hall.key = hall.office.issue(hall.card)
    hall.desk.put(hall.card)
    return hall


def refused(act: Callable[[], object], *, error: type[AppError] = SignInRefused) -> None:
    with pytest.raises(error) as found:
        act()
    if error is SignInRefused:
        assert found.value.data == {}, "no hint which part was wrong"


def test_with_the_office_each_wrong_answer_is_refused_alike_and_recorded_by_its_cause(clerk: Hall) -> None:
    session = clerk.sign_in()
    for how, part in (("unverified", "not_verified"), ("replayed", "replayed")):
        clerk.cards.how = how
        refused(clerk.sign_in)
        assert clerk.office.last() == _refusal("session.refused", part)
        clerk.lock(session)
        refused(lambda: clerk.unlock(session))
        assert clerk.office.last() == _refusal("session.unlock_refused", part)
        assert clerk.kept() == {"kind": "session.unlocked.refused", "code": "office.sign_in_refused"}
    clerk.cards.how = ""
    clerk.unlock(session)
    copy = copied(clerk.card)
    clerk.lock(session)
    clerk.unlock(session)
    clerk.desk.take()
    clerk.desk.put(copy)
    copy.authenticator.counter = 1
    clerk.lock(session)
    refused(lambda: clerk.unlock(session))
    assert clerk.office.last() == _refusal("session.unlock_refused", "cloned")


def test_without_the_office_each_wrong_answer_is_refused_alike_and_recorded_by_its_cause(clerk: Hall) -> None:
    session = clerk.sign_in()
    copy = copied(clerk.card)
    clerk.pc.line.is_down = True
    clerk.lock(session)
    clerk.unlock(session)
    assert clerk.kept() == {"kind": "session.unlocked", "office_asked": False, "card": True, "password": False}
    assert clerk.pc.memory.work.is_open
    clerk.lock(session)
    for how, part in (("unverified", "not_verified"), ("replayed", "replayed")):
        clerk.cards.how = how
        refused(lambda: clerk.unlock(session))
        assert clerk.kept()["part"] == part
    clerk.cards.how = ""
    clerk.desk.take()
    clerk.desk.put(copy)
    refused(lambda: clerk.unlock(session))
    assert clerk.kept()["part"] == "cloned"
    clerk.desk.take()
    clerk.desk.put(staff_card())
    refused(lambda: clerk.unlock(session), error=StaffCardUnknown)
    assert not clerk.pc.memory.work.is_open


def test_after_a_restart_without_the_office_both_factors_sign_in_and_neither_alone(clerk: Hall) -> None:
    clerk.sign_in()
    clerk.pc.line.is_down = True
    clerk.passes(minutes=10)
    clerk.pc.reopen()
    refused(lambda: clerk.sign_in(password="wrong"))
    assert clerk.kept()["part"] == "password"
    refused(lambda: clerk.sign_in(pin="000000"), error=StaffPinWrong)
    assert not clerk.pc.memory.work.is_open
    assert clerk.sign_in().second_factor == "key"
    assert clerk.pc.memory.work.is_open


def test_after_five_failed_tries_the_password_is_asked_besides_and_a_restart_forgets_none(clerk: Hall) -> None:
    session = clerk.sign_in()
    assert clerk.needed(session) == CARD
    clerk.lock(session)
    clerk.pc.line.is_down = True
    for tries in range(5):
        assert clerk.needed(session) == CARD
        if tries == 2:
            clerk.pc.reopen()
            clerk.card.authenticator.pin.left = 8
        refused(lambda: clerk.unlock(session, pin="000000"), error=StaffPinWrong)
    assert clerk.needed(session) == BOTH
    refused(lambda: clerk.unlock(session), error=PasswordDue)
    refused(lambda: clerk.unlock(session, password="wrong"))
    clerk.unlock(session, password=PASSWORD)
    assert clerk.needed(session) == CARD


def test_some_hours_after_the_password_it_is_asked_again_whatever_the_clocks_are_set_to(clerk: Hall) -> None:
    session = clerk.sign_in()
    clerk.passes(hours=3, minutes=59)
    assert clerk.needed(session) == CARD
    clerk.lock(session)
    clerk.unlock(session)
    clerk.passes(minutes=1)
    clerk.pc.reopen()
    assert clerk.needed(session) == BOTH
    clerk.unlock(session, password=PASSWORD)
    assert clerk.needed(session) == CARD
    clerk.uptime.restarts(hours=4)
    assert clerk.needed(session) == BOTH
    clerk.lock(session)
    clerk.unlock(session, password=PASSWORD)
    clerk.uptime.wall = clerk.uptime.wall.replace(day=19)
    assert clerk.needed(session) == BOTH
    clerk.lock(session)
    clerk.unlock(session, password=PASSWORD)
    clerk.stating.rules_now, clerk.stating.version = CounterRules(password_after_s=0), 2
    clerk.passes(minutes=1)
    clerk.door.settle(clerk.pc.press(), session, clerk.pc.memory.journal, anew=True)
    assert clerk.needed(session) == BOTH


@pytest.mark.parametrize(("day", "error"), [(1, LeaseOver), (-1, LeaseClockBack)])
def test_with_the_clock_of_the_pc_moved_by_a_day_the_card_opens_nothing_without_the_office(
    clerk: Hall, day: int, error: type[AppError]
) -> None:
    session = clerk.sign_in()
    clerk.lock(session)
    clerk.pc.line.is_down = True
    clerk.uptime.wall = clerk.uptime.wall.replace(day=clerk.uptime.wall.day + day)
    refused(lambda: clerk.unlock(session), error=error)
    refused(lambda: clerk.unlock(session, password=PASSWORD), error=error)
    assert clerk.kept()["code"] == error.code


def test_what_the_card_was_asked_without_the_office_is_stale_after_three_minutes(clerk: Hall) -> None:
    session = clerk.sign_in()
    clerk.lock(session)
    clerk.pc.line.is_down = True
    asking = clerk.unlocking
    asked = asking.ask_card(clerk.pc.press(), session)
    clerk.passes(minutes=3)
    refused(lambda: clerk.answers(session, asked))
    assert clerk.kept()["part"] == "missing"
    refused(lambda: clerk.answers(session, asked))
    assert clerk.kept()["part"] == "replayed"


@pytest.mark.parametrize("day", [1, -1])
def test_with_the_office_s_clock_moved_by_a_day_no_challenge_is_fresh(clerk: Hall, day: int) -> None:
    session = clerk.sign_in()
    clerk.lock(session)
    asked = clerk.unlocking.ask_card(clerk.pc.press(), session)
    clerk.pc.clock.move(days=day)
    refused(lambda: clerk.answers(session, asked))
    assert clerk.office.last() == _refusal("session.unlock_refused", "missing")


def test_five_answers_that_do_not_hold_end_the_lease_and_the_office_is_needed(clerk: Hall) -> None:
    session = clerk.sign_in()
    clerk.lock(session)
    clerk.pc.line.is_down = True
    for _ in range(5):
        clerk.cards.how = "unverified"
        refused(lambda: clerk.unlock(session, password=PASSWORD))
    clerk.cards.how = ""
    refused(lambda: clerk.unlock(session, password=PASSWORD), error=LeaseTries)
    clerk.pc.line.is_down = False
    clerk.unlock(session, password=PASSWORD)


def test_a_revoked_card_opens_nothing_any_more_and_its_slot_goes_with_the_next_contact(clerk: Hall) -> None:
    session = clerk.sign_in()
    second = staff_card()
    clerk.office.issue(second)
    clerk.desk.take()
    clerk.desk.put(second)
    clerk.lock(session)
    refused(lambda: clerk.unlock(session), error=PasswordDue)
    clerk.unlock(session, password=PASSWORD)
    clerk.revoke()
    clerk.passes(minutes=1)
    clerk.lock(session)
    clerk.unlock(session)
    assert clerk.kept() == {"kind": "work.card_dropped", "card": clerk.key[:48]}
    clerk.desk.take()
    clerk.desk.put(clerk.card)
    clerk.lock(session)
    refused(lambda: clerk.unlock(session), error=StaffCardUnknown)


def test_at_a_revoked_terminal_no_card_helps(clerk: Hall) -> None:
    session = clerk.sign_in()
    staff, place = clerk.office.staff, (KITA, clerk.pc.seat.terminal)
    staff.actor(session.token.text(), place, clerk.pc.clock.now())
    terminal = staff.terminal(*place)
    staff.enrol(replace(terminal, revoked_at=clerk.pc.clock.now()))
    refused(lambda: staff.actor(session.token.text(), place, clerk.pc.clock.now()), error=SessionEnded)
    assert not staff.lets_in(*place, "any certificate")


def test_after_the_last_day_of_a_post_password_and_card_open_nothing_and_the_cause_is_its_own(clerk: Hall) -> None:
    """C-02: two administrators had agreed to the day; on it both factors open, the day after neither does."""
    place, today = (KITA, clerk.pc.seat.terminal), business_date(clerk.pc.clock.now())
    changes = ChangeService(clerk.office.staff._book, SystemRandom(), StaffRules(QUICK))
    wish = PostsChange(staff_id=CLERK, posts=(PostRow(department="子ども家庭", until=today),))
    row = changes.propose(_administrator(clerk, FIRST), ProposeChange(change=wish, reason="任期満了"))
    changes.approve(_administrator(clerk, SECOND), DecideChange(change_id=row.change_id))
    session = clerk.sign_in()
    assert clerk.office.staff.actor(session.token.text(), place, clerk.pc.clock.now()).staff_id == CLERK
    clerk.passes(hours=14)
    assert business_date(clerk.pc.clock.now()) > today
    refused(lambda: clerk.office.staff.actor(session.token.text(), place, clerk.pc.clock.now()), error=SessionEnded)
    refused(clerk.sign_in)
    assert clerk.office.last() == _refusal("session.refused", "not_in_service")
    refused(lambda: clerk.sign_in(password="wrong"))
    assert clerk.office.last() == _refusal("session.refused", "not_in_service")
    seen = changes.sign_ins(_administrator(clerk, FIRST), AskSignIns(refused=True)).rows
    assert [(one.staff_id, one.cause) for one in seen] == [(CLERK, "not_in_service")] * 2


def test_a_card_that_keeps_nothing_wants_the_password_each_time_and_opens_with_it(hall: Hall) -> None:
    card = staff_card(keeps=False)
    hall.office.issue(card)
    hall.desk.put(card)
    session = hall.sign_in()
    assert hall.needed(session) == BOTH
    hall.lock(session)
    refused(lambda: hall.unlock(session), error=PasswordDue)
    hall.unlock(session, password=PASSWORD)
    hall.pc.line.is_down = True
    hall.lock(session)
    hall.unlock(session, password=PASSWORD)
    assert hall.pc.memory.work.is_open


def _administrator(hall: Hall, staff_id: str) -> Call:
    rights = tuple(map(Right, (PROPOSE, DECIDE, READ)))
    return call(Actor(KITA, staff_id, "", "", hall.pc.seat.terminal, rights), hall.pc.clock.now())


def _refusal(kind: str, part: str) -> tuple[str, dict[str, object]]:
    what: dict[str, object] = {"code": "office.sign_in_refused", "part": part, "about": "", "staff": CLERK}
    return kind, what
