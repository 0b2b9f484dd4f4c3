"""C-03, K-07: what the door remembers of sessions and terminals is worth nothing after the next act; both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import SessionEnded
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.message import Nothing
from app.wire.staff import SignedIn, SignIn
from tests.support.slices import KITA, OpenSlice, SliceOpener, call

PASSWORD = "たぬきの合言葉"
HERE = (KITA, "T-1")
CLERK = StaffMember(KITA, "市", "区役所", "k001", "北　一郎", "住民", "", is_active=True)
SEARCH, OPEN = Right("register.search"), Right("register.open")


@dataclass
class Hall:
    """One office, served by two processes that remember apart."""

    slice_: OpenSlice
    here: StaffService
    elsewhere: StaffService
    session: SignedIn

    def rights(self) -> set[str]:
        return {one.act for one in self.here.actor(self.session.token, HERE, self.slice_.clock.now()).rights}

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """What is read in transactions meanwhile."""
        seen: list[str] = []

        def note(_connection, _cursor, words, *_rest) -> None:
            seen.append(words)

        event.listen(self.slice_.database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(self.slice_.database.engine, "before_cursor_execute", note)


def served(slice_: OpenSlice) -> StaffService:
    factors = SecondFactors(SecondFactor("x.example", "北市"), SystemRandom(), slice_.index_key, required=False)
    rules = StaffRules(Strength(memory_kib=64, passes=1, lanes=1), session_s=lambda _: 3600)
    return StaffService(store.StaffStore(slice_.database, slice_.pen), factors, slice_.clock, SystemRandom(), rules)


@pytest.fixture
def hall(slice_opener: SliceOpener) -> Hall:
    slice_ = slice_opener("staff", store)
    here, elsewhere = served(slice_), served(slice_)
    here.admit(((CLERK, (SEARCH, OPEN)),), secret(PASSWORD), slice_.clock.now())
    here.enrol(Terminal(*HERE, "1", slice_.clock.now(), None))
    at_terminal = call(Actor(*HERE[:1], "", "", "", HERE[1], ()), slice_.clock.now())
    session = here.sign_in(at_terminal, SignIn(staff_id="k001", password=PASSWORD))
    assert here.lets_in(*HERE, "c1")
    return Hall(slice_, here, elsewhere, session)


def test_who_asks_twice_is_read_once_until_anything_is_recorded(hall: Hall) -> None:
    assert hall.rights() == {"register.search", "register.open"}
    assert hall.here.lets_in(*HERE, "c1")
    with hall.statements() as seen:
        assert hall.rights() == {"register.search", "register.open"}
        assert (hall.here.lets_in(*HERE, "c1"), hall.here.lets_in(*HERE, "c2")) == (True, False)
    assert not seen
    hall.elsewhere.admit(((replace(CLERK, staff_id="k002"), ()),), secret(PASSWORD), hall.slice_.clock.now())
    with hall.statements() as seen:
        assert hall.rights() == {"register.search", "register.open"}
    assert seen


def test_a_right_taken_away_by_another_process_is_gone_at_the_next_request(hall: Hall) -> None:
    assert hall.rights() == {"register.search", "register.open"}
    hall.elsewhere.admit(((CLERK, (SEARCH,)),), secret(PASSWORD), hall.slice_.clock.now())
    assert hall.rights() == {"register.search"}
    hall.elsewhere.admit(((replace(CLERK, is_active=False), (SEARCH,)),), secret(PASSWORD), hall.slice_.clock.now())
    with pytest.raises(SessionEnded):
        hall.rights()


def test_a_session_ended_by_another_process_is_over_at_the_next_request(hall: Hall) -> None:
    actor = hall.here.actor(hall.session.token, HERE, hall.slice_.clock.now())
    assert hall.elsewhere.sign_out(call(actor, hall.slice_.clock.now()), hall.session.token) == Nothing()
    with pytest.raises(SessionEnded):
        hall.rights()


def test_a_terminal_shut_out_by_another_process_is_not_let_in_and_its_sessions_are_over(hall: Hall) -> None:
    assert hall.rights()
    now = hall.slice_.clock.now()
    hall.elsewhere.enrol(Terminal(*HERE, "1", now, now))
    assert not hall.here.lets_in(*HERE, "c1")
    with pytest.raises(SessionEnded):
        hall.rights()


def test_what_is_remembered_goes_by_the_clock_as_what_is_read(hall: Hall) -> None:
    today = hall.slice_.clock.now().date()
    ends = (SEARCH, replace(OPEN, until=today))
    hall.elsewhere.admit(((CLERK, ends),), secret(PASSWORD), hall.slice_.clock.now())
    assert hall.rights() == {"register.search", "register.open"}
    hall.slice_.clock.at += timedelta(minutes=59)
    assert hall.rights() == {"register.search", "register.open"}
    hall.slice_.clock.at += timedelta(minutes=1)
    with pytest.raises(SessionEnded):
        hall.rights()


def test_a_right_of_one_day_is_not_remembered_into_the_next(hall: Hall) -> None:
    clock = hall.slice_.clock
    clock.at = clock.at.replace(hour=14, minute=50)
    at_terminal = call(Actor(KITA, "", "", "", "T-1", ()), clock.now())
    hall.elsewhere.admit(((CLERK, (SEARCH, replace(OPEN, until=clock.now().date()))),), secret(PASSWORD), clock.now())
    hall.session = hall.here.sign_in(at_terminal, SignIn(staff_id="k001", password=PASSWORD))
    assert hall.rights() == {"register.search", "register.open"}
    clock.at += timedelta(minutes=20)
    assert hall.rights() == {"register.search"}


def test_what_is_asked_in_one_look_is_of_its_first_moment_and_the_next_look_sees_what_came(hall: Hall) -> None:
    assert hall.rights() == {"register.search", "register.open"}
    with hall.here.one_look():
        assert hall.rights() == {"register.search", "register.open"}
        hall.elsewhere.admit(((CLERK, (SEARCH,)),), secret(PASSWORD), hall.slice_.clock.now())
        with hall.here.one_look():
            assert hall.rights() == {"register.search", "register.open"}
    assert hall.rights() == {"register.search"}


def test_who_comes_for_the_first_time_in_a_look_is_read_as_they_are(hall: Hall) -> None:
    with hall.here.one_look():
        assert hall.here.lets_in(*HERE, "c1")
        hall.elsewhere.admit(((CLERK, (SEARCH,)),), secret(PASSWORD), hall.slice_.clock.now())
        assert hall.rights() == {"register.search"}
