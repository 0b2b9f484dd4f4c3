"""C-08, R-024: no second session of the same person unnoticed, and a supervisor may end one; on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.seats import SeatService
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import NotAllowed, SessionEnded
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.wire.staff import AskSeats, AskStanding, EndElsewhere, EndSession, SignedIn, SignIn
from tests.support.slices import KITA, MORNING, OpenSlice, SliceOpener, acts, call

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
PASSWORD = "たぬきの合言葉"
OWN, WORK, SUPERVISE = Right("session.own"), Right("visit.open"), Right("session.supervise")
CHILD, TAX = "子ども家庭", "税務"
PEOPLE = {"k1": (CHILD, (OWN, WORK)), "v1": (CHILD, (OWN, SUPERVISE)), "v2": (TAX, (OWN, SUPERVISE))}


class Hall:
    """Three terminals and three people before the real slice."""

    def __init__(self, slice_: OpenSlice) -> None:
        self.slice = slice_
        book = store.StaffStore(slice_.database, slice_.pen)
        factors = SecondFactors(
            SecondFactor("madoguchi.kita.example", "北市"), SystemRandom(), slice_.index_key, required=False
        )
        self.staff = StaffService(book, factors, slice_.clock, SystemRandom(), StaffRules(QUICK))
        self.seats = SeatService(book)
        for staff_id, (department, rights) in PEOPLE.items():
            member = StaffMember(KITA, "北市", "区役所", staff_id, f"職員{staff_id}", department, "", is_active=True)
            self.staff.admit(((member, rights),), secret(PASSWORD), MORNING)
        for number in "123":
            self.staff.enrol(Terminal(KITA, f"T-{number}", number, MORNING, None))

    def sign_in(self, terminal: str = "T-1", staff_id: str = "k1") -> SignedIn:
        at = call(Actor(KITA, "", "", "", terminal, ()), self.slice.clock.at)
        signed = self.staff.sign_in(at, SignIn(staff_id=staff_id, password=PASSWORD))
        self.slice.clock.move(minutes=1)
        return signed

    def actor(self, session: SignedIn, terminal: str) -> Actor:
        return self.staff.actor(session.token, (KITA, terminal), self.slice.clock.at)

    def call(self, session: SignedIn, terminal: str) -> Call:
        return call(self.actor(session, terminal), self.slice.clock.at)

    def hears(self, session: SignedIn, terminal: str, *, locked: bool = False) -> list[str]:
        """Where a terminal is told that the same person is signed in besides."""
        told = self.seats.standing(self.call(session, terminal), AskStanding(locked=locked))
        return [one.terminal for one in told.elsewhere]

    def acts(self) -> list[tuple[str, str, str]]:
        found = acts(self.slice, KITA)
        return [(kind, str(detail["staff"]), str(detail["about"])) for kind, detail in found if "session" in kind]


@pytest.fixture
def hall(slice_opener: SliceOpener) -> Hall:
    return Hall(slice_opener("staff", store))


def test_the_second_terminal_is_told_where_and_since_when_and_the_first_with_its_next_contact(hall: Hall) -> None:
    first = hall.sign_in("T-1")
    assert hall.hears(first, "T-1") == []
    second = hall.sign_in("T-2")
    (told,) = second.elsewhere
    assert (told.terminal, told.window, told.started_at) == ("T-1", "1", first.started_at)
    assert hall.hears(first, "T-1") == ["T-2"]


def test_until_it_is_decided_the_second_session_is_good_for_nothing_but_deciding(hall: Hall) -> None:
    hall.sign_in("T-1")
    second = hall.sign_in("T-2")
    assert hall.actor(second, "T-2").rights == (OWN,)
    hall.seats.end_elsewhere(hall.call(second, "T-2"), EndElsewhere())
    assert hall.actor(second, "T-2").rights == (OWN, WORK)


def test_the_first_session_that_was_ended_says_from_where_and_by_whom_and_both_are_recorded(hall: Hall) -> None:
    first, second = hall.sign_in("T-1"), hall.sign_in("T-2")
    ended = hall.seats.end_elsewhere(hall.call(second, "T-2"), EndElsewhere())
    assert [one.terminal for one in ended.elsewhere] == ["T-1"]
    with pytest.raises(SessionEnded) as told:
        hall.actor(first, "T-1")
    data = told.value.data
    assert (data["why"], data["by"], data["terminal"], data["window"]) == ("elsewhere", "k1", "T-2", "2")
    assert data["at"] == int(hall.slice.clock.at.timestamp())
    assert hall.acts()[-1] == ("session.ended_elsewhere", "k1", "k1")


def test_whoever_stops_at_the_second_terminal_leaves_the_first_as_it_was(hall: Hall) -> None:
    first, second = hall.sign_in("T-1"), hall.sign_in("T-2")
    hall.staff.sign_out(hall.call(second, "T-2"), second.token)
    assert hall.actor(first, "T-1").rights == (OWN, WORK)
    assert hall.hears(first, "T-1") == []


def test_once_the_first_has_signed_out_nothing_is_left_to_decide(hall: Hall) -> None:
    first, second = hall.sign_in("T-1"), hall.sign_in("T-2")
    hall.staff.sign_out(hall.call(first, "T-1"), first.token)
    assert hall.actor(second, "T-2").rights == (OWN, WORK)


def test_signing_in_once_more_at_the_same_terminal_ends_what_a_crash_left_there(hall: Hall) -> None:
    before = hall.sign_in("T-1")
    again = hall.sign_in("T-1")
    assert again.elsewhere == ()
    with pytest.raises(SessionEnded) as told:
        hall.actor(before, "T-1")
    assert told.value.data["why"] == "again"
    assert hall.actor(again, "T-1").rights == (OWN, WORK)


def test_a_session_whose_time_is_over_is_no_second_one(hall: Hall) -> None:
    hall.sign_in("T-1")
    hall.slice.clock.move(hours=10)
    second = hall.sign_in("T-2")
    assert second.elsewhere == ()


def test_a_stolen_token_learns_nothing_of_how_the_session_ended(hall: Hall) -> None:
    first, second = hall.sign_in("T-1"), hall.sign_in("T-2")
    hall.seats.end_elsewhere(hall.call(second, "T-2"), EndElsewhere())
    with pytest.raises(SessionEnded) as told:
        hall.actor(first, "T-3")
    assert told.value.data == {}


def test_a_supervisor_sees_their_own_section_s_sessions_and_since_when_each_is_locked(hall: Hall) -> None:
    clerk, supervisor, other = hall.sign_in("T-1"), hall.sign_in("T-2", "v1"), hall.sign_in("T-3", "v2")
    (row,) = hall.seats.seats(hall.call(supervisor, "T-2"), AskSeats()).rows
    assert (row.staff_id, row.name, row.terminal, row.window, row.locked_at) == ("k1", "職員k1", "T-1", "1", None)
    hall.hears(clerk, "T-1", locked=True)
    locked_at = hall.slice.clock.at
    hall.slice.clock.move(minutes=5)
    hall.hears(clerk, "T-1", locked=True)
    (row,) = hall.seats.seats(hall.call(supervisor, "T-2"), AskSeats()).rows
    assert row.locked_at == locked_at
    hall.hears(clerk, "T-1")
    (row,) = hall.seats.seats(hall.call(supervisor, "T-2"), AskSeats()).rows
    assert row.locked_at is None
    assert hall.seats.seats(hall.call(other, "T-3"), AskSeats()).rows == ()


def test_a_supervisor_ends_a_session_and_both_names_are_recorded_and_told(hall: Hall) -> None:
    clerk, supervisor = hall.sign_in("T-1"), hall.sign_in("T-2", "v1")
    (row,) = hall.seats.seats(hall.call(supervisor, "T-2"), AskSeats()).rows
    hall.seats.end(hall.call(supervisor, "T-2"), EndSession(session=row.session))
    with pytest.raises(SessionEnded) as told:
        hall.actor(clerk, "T-1")
    assert (told.value.data["why"], told.value.data["name"], told.value.data["terminal"]) == (
        "supervisor", "職員v1", "T-2",
    )  # fmt: skip
    assert hall.acts()[-1] == ("session.ended_other", "v1", "k1")
    with pytest.raises(NotAllowed):
        hall.seats.end(hall.call(supervisor, "T-2"), EndSession(session=row.session))


def test_nobody_ends_their_own_or_another_section_s_session_so_or_without_the_right(hall: Hall) -> None:
    clerk, supervisor, other = hall.sign_in("T-1"), hall.sign_in("T-2", "v1"), hall.sign_in("T-3", "v2")
    sessions = {one.staff_id: one.name for one in hall.staff._book.read(lambda u: u.open_sessions(KITA, "", MORNING))}
    for who, at, whose in ((supervisor, "T-2", "v1"), (other, "T-3", "k1"), (clerk, "T-1", "v1")):
        with pytest.raises(NotAllowed):
            hall.seats.end(hall.call(who, at), EndSession(session=sessions[whose]))
    without = replace(hall.actor(clerk, "T-1"), rights=(OWN,))
    with pytest.raises(NotAllowed):
        hall.seats.seats(call(without, hall.slice.clock.at), AskSeats())


def test_what_a_session_is_called_opens_nothing(hall: Hall) -> None:
    clerk, supervisor = hall.sign_in("T-1"), hall.sign_in("T-2", "v1")
    (row,) = hall.seats.seats(hall.call(supervisor, "T-2"), AskSeats()).rows
    assert row.session not in clerk.token
    with pytest.raises(SessionEnded):
        hall.staff.actor(row.session, (KITA, "T-1"), hall.slice.clock.at + timedelta(seconds=1))
