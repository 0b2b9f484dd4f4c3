"""K-02, S07-0b, R-087: what can't go now waits, says when it goes, and goes once; stops take two people."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.domain.clock import TOKYO
from app.errors import NotAllowed, Refused
from app.settings import ServerSettings
from app.standin.jukinet.server import NetworkServer
from app.wire.jukirelay_staff import AskCalendar, DecideSpan, EndSpan, ProposeSpan, SpanRow
from tests.edge.backend.jukirelay.world import (
    AGREES,
    NOBODY,
    STEERS,
    House,
    fresh,
    open_house,
    resident,
    rules_of,
)

SPAN = "/jukirelay/v1/span"


def evening(house: House) -> None:
    """Half past eight in the evening of the same day: the network has closed."""
    local = house.clock.at.astimezone(TOKYO)
    house.clock.at = local.replace(hour=20, minute=30, second=0).astimezone(house.clock.at.tzinfo)


def stop(house: House, days: float | None, **more) -> SpanRow:
    """A stop from now on, proposed by one and approved by another."""
    now = house.clock.now()
    until = None if days is None else now + timedelta(days=days)
    given = {"span_id": fresh("s"), "kind": "stop", "since": now, "until": until, "reason": "機器の更新"} | more
    row = house.does(SPAN, STEERS, ProposeSpan(**given))
    return decide(house, row)


def decide(house: House, row: SpanRow, outcome: str = "approved", who=AGREES) -> SpanRow:
    asked = DecideSpan(span_id=row.span_id, version=row.version, outcome=outcome)
    return house.does(f"{SPAN}/decide", who, asked)


def ends(house: House, row: SpanRow) -> SpanRow:
    asked = EndSpan(span_id=row.span_id, version=row.version, until=house.clock.now())
    return house.does(f"{SPAN}/end", STEERS, asked)


@pytest.fixture
def lifted(house: House) -> Iterator[list[SpanRow]]:
    """Stops that end with the test."""
    rows: list[SpanRow] = []
    yield rows
    for row in rows:
        house.clock.move(seconds=1)
        decide(house, ends(house, row))


@pytest.mark.seed("S07-0b", "K-02")
def test_after_hours_a_change_waits_for_the_next_open_day_and_the_counter_is_told_when(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.works()
    evening(house)
    house.moves(one, "見本市東区30番")
    house.works()
    assert house.known(one) is None
    (row,) = house.rows(one)
    opens, state = house.state().opens_at, house.state()
    assert (state.waiting, state.oldest_at) == (1, row.made_at)
    calendar = house.does("/jukirelay/v1/calendar", STEERS, AskCalendar())
    assert (calendar.opens, calendar.closes, calendar.open_now) == ("08:00", "20:00", False)
    side = calendar.register
    assert (side.opens, side.closes, side.closed_days, side.open_now) == ("08:30", "19:00", True, False)
    assert calendar.is_loaded
    assert (row.state, row.cause, row.goes_at) == ("waiting", "closed", opens)
    assert opens.astimezone(TOKYO).hour == 8
    house.clock.at = opens - timedelta(minutes=2)
    house.sends(2)
    assert house.known(one) is None
    house.clock.at = opens
    house.works()
    assert house.known(one).identity.address == "見本市東区30番"


def test_who_has_no_right_learns_nothing_of_what_waits(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.state(who=NOBODY)
    with pytest.raises(NotAllowed):
        house.does("/jukirelay/v1/calendar", NOBODY, AskCalendar())


@pytest.mark.twin("S07-0b")
def test_no_more_goes_in_a_minute_than_the_network_takes_and_what_waits_says_until_when(
    settings: ServerSettings, server: NetworkServer, house: House
) -> None:
    with open_house(settings, house.clock, server, rules_of(per_minute=2)) as slow:
        slow.clock.at = slow.clock.at.replace(second=0) + timedelta(minutes=1)
        people = [resident() for _ in range(5)]
        slow.lives_here(*people)
        for one in people:
            slow.moves(one)
            slow.clock.move(seconds=1)
        slow.tells()
        while slow.relay.forwarding.turn():
            pass
        assert [slow.known(one) is not None for one in people] == [True, True, False, False, False]
        last = slow.rows(people[4])[0]
        assert (last.state, last.cause) == ("waiting", "busy")
        assert last.goes_at - slow.clock.now() >= timedelta(minutes=1)
        for _ in range(3):
            slow.clock.move(minutes=1)
            slow.works()
        assert all(slow.known(one) is not None for one in people)


def test_a_stop_of_thirty_days_is_survived_nothing_lost_and_nothing_twice(house: House, lifted: list[SpanRow]) -> None:
    one, other = resident(), resident()
    house.lives_here(one, other)
    house.works()
    row = stop(house, 30)
    before = house.to_network.asked
    for day in range(6):
        house.moves(one, f"見本市東区{day}番")
        house.works()
        house.clock.move(days=5)
    assert house.to_network.asked == before
    assert house.known(one) is None
    waiting = house.rows(one)
    assert [each.state for each in waiting] == ["waiting"] * 6
    assert waiting[0].cause in {"stop", "closed"}
    house.clock.at = max(house.clock.at, row.until + timedelta(minutes=1))
    house.clock.at = house.state().opens_at
    for _ in range(3):
        house.works()
        house.clock.move(minutes=16)
    assert (house.known(one).identity.address, house.known(one).sequence) == ("見本市東区5番", 6)
    assert house.kinds(one).count("link.sent") == 6
    assert not any(kind == "link.given_up" for kind in house.kinds(one))


@pytest.mark.twin("K-02")
def test_a_stop_counts_only_when_another_person_has_approved_it(house: House, lifted: list[SpanRow]) -> None:
    now = house.clock.now()
    asked = ProposeSpan(span_id=fresh("s"), kind="stop", since=now, until=None, reason="障害")
    row = house.does(SPAN, STEERS, asked)
    assert house.state().open_now
    with pytest.raises(Refused) as caught:
        decide(house, row, who=STEERS)
    assert caught.value.reason == "same_person"
    with pytest.raises(NotAllowed):
        house.does(SPAN, NOBODY, asked)
    row = decide(house, row)
    lifted.append(row)
    found = house.state()
    assert (found.open_now, found.opens_at) == (False, None)
    one = resident()
    house.lives_here(one)
    house.moves(one)
    house.works()
    (waits,) = house.rows(one)
    assert (waits.state, waits.goes_at, waits.cause) == ("waiting", None, "stop")


def test_a_stop_is_ended_early_by_two_and_what_waited_goes_at_once(house: House) -> None:
    one = resident()
    house.lives_here(one)
    row = stop(house, 20)
    house.moves(one)
    house.works()
    assert house.known(one) is None
    wish = ends(house, row)
    assert house.state().open_now is False
    decide(house, wish)
    house.works()
    assert house.known(one) is not None


def test_an_extra_run_lets_things_go_on_a_closed_day_and_a_refused_one_does_not(house: House) -> None:
    one = resident()
    house.lives_here(one)
    house.works()
    evening(house)
    now = house.clock.now()
    given = {"kind": "extra", "since": now, "until": now + timedelta(hours=1), "reason": "夜間開庁"}
    refused = house.does(SPAN, STEERS, ProposeSpan(span_id=fresh("s"), **given))
    decide(house, refused, "refused")
    house.moves(one)
    house.works()
    assert house.known(one) is None
    house.clock.at = now
    row = house.does(SPAN, STEERS, ProposeSpan(span_id=fresh("s"), **given))
    decide(house, row)
    house.works()
    assert house.known(one) is not None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"until": datetime(2026, 11, 1, tzinfo=TOKYO)}, "span_out_of_order"),
    ],
)
def test_a_stop_without_a_reason_or_that_is_over_already_is_refused(house: House, changed: dict, reason: str) -> None:
    given = {"span_id": fresh("s"), "kind": "stop", "since": house.clock.now(), "until": None, "reason": "x"}
    with pytest.raises(Refused) as caught:
        house.does(SPAN, STEERS, ProposeSpan(**(given | changed)))
    assert caught.value.reason == reason
