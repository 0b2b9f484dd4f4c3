"""What can't be answered now waits, says why, and finishes once: codes, hours, a core that does not answer, kills."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.backend.relay.service.carrying import Neighbours
from app.domain.exchange_rules import Hours
from app.errors import Unreachable
from app.settings import ServerSettings
from tests.edge.backend.exchange.world import (
    HERE,
    LOCAL,
    MOVED,
    NEWCOMER,
    THERE,
    UNNUMBERED,
    World,
    data,
    my_number,
    open_world,
)
from tests.support.slices import MovedClock, call, person


def link_state(world: World, number: str):
    from app.wire.addressee import AskLinks

    clerk = person("clerk", "number.state", municipality=HERE)
    asked = AskLinks(procedure="child_allowance_claim", business_numbers=(number,))
    return world.exchange.addressee.states(call(clerk, world.clock.now()), asked).states[0]


def test_a_person_without_a_code_waits_until_the_next_business_day_and_is_then_answered(fresh: World) -> None:
    accepted = fresh.make(NEWCOMER)
    fresh.carry()
    assert fresh.state(accepted).state == "no_code"
    assert link_state(fresh, NEWCOMER).code_state == "passed_on"
    fresh.clock.move(hours=24)  # Saturday
    fresh.carry()
    assert fresh.state(accepted).state == "no_code"
    fresh.clock.move(hours=48)  # Monday the 23rd is 勤労感謝の日
    fresh.carry()
    assert fresh.state(accepted).state == "no_code"
    fresh.clock.move(hours=24)
    fresh.carry()
    answer = fresh.state(accepted).answer
    assert (answer.kind, answer.items["income"]) == ("value", 7_777_777)
    assert link_state(fresh, NEWCOMER).code_state == "acquired"
    assert fresh.kinds("nws", HERE).count("code.requested") == 2  # the loading, and this one


def test_the_acquisition_can_be_opened_without_waiting_for_the_day(fresh: World) -> None:
    accepted = fresh.make(NEWCOMER)
    fresh.carry()
    assert fresh.exchange.nws.open_now(HERE) == 1
    fresh.clock.move(minutes=15)
    fresh.carry()
    assert fresh.state(accepted).answer.items["income"] == 7_777_777


def test_without_a_linked_number_nothing_is_asked_until_it_is_linked(fresh: World) -> None:
    from app.wire.addressee import LinkNumber

    accepted = fresh.make(UNNUMBERED)
    fresh.carry()
    state = fresh.state(accepted)
    assert (state.state, state.reason) == ("no_code", "number_unknown")
    assert fresh.kinds("intermediary", HERE).count("enquiry.recorded") == 0
    clerk = person("clerk", "number.link", municipality=HERE)
    asked = LinkNumber(
        procedure="child_allowance_claim",
        visit_id="visit-1",
        business_number=UNNUMBERED,
        my_number=my_number(8).text(),
        method="face_a",
    )
    linked = fresh.exchange.addressee.link(call(clerk, fresh.clock.now()), asked)
    assert (linked.number_linked, linked.code_state) == (True, "none")
    fresh.clock.move(minutes=15)
    fresh.carry()
    assert fresh.state(accepted).state == "no_code"
    fresh.exchange.nws.open_now(HERE)
    fresh.clock.move(minutes=15)
    fresh.carry()
    assert fresh.state(accepted).answer.items["income"] == 8


def test_outside_the_hours_of_the_network_an_enquiry_waits_and_in_city_data_does_not(loaded: ServerSettings) -> None:
    exchange = data()
    ruled = replace(exchange, rules=replace(exchange.rules, hours=Hours(8 * 60, 20 * 60, closed_days=True)))
    evening = MovedClock(datetime(2026, 11, 20, 11, 30, tzinfo=UTC))  # Friday 20:30 in Tokyo
    with open_world(loaded, evening, rules=ruled) as world:
        far, near = world.make(MOVED), world.make(LOCAL)
        world.carry()
        state = world.state(far)
        assert state.state == "out_of_hours"
        assert state.next_at == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # Tuesday 8:00: Monday is a holiday
        assert world.state(near).state == "answered"
        world.clock.at = state.next_at
        world.carry()
        assert world.state(far).answer.kind == "value"


class Broken:
    """A neighbour whose process ends at a named moment: before it did anything, or after it did all."""

    def __init__(self, inner, *, after: bool) -> None:
        self._inner = inner
        self._after = after
        self.is_down = True

    def ask(self, letter):
        if not self.is_down:
            return self._inner.ask(letter)
        if self._after:
            self._inner.ask(letter)
        raise Unreachable


@pytest.mark.fault
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("place", ["translate", "intermediary", "permits", "provider"])
def test_a_neighbour_that_falls_silent_costs_time_and_nothing_else(world: World, place: str, *, after: bool) -> None:
    carrier, asking = world.exchange.carrying, world.exchange.asking
    before = world.kinds("intermediary", THERE).count("provision.made")
    if place in {"translate", "intermediary"}:
        broken = Broken(getattr(carrier._neighbours, place), after=after)
        carrier._neighbours = replace(carrier._neighbours, **{place: broken})
    elif place == "permits":
        broken = Broken(asking._neighbours.permits, after=after)
        asking._neighbours = replace(asking._neighbours, permits=broken)
    else:
        broken = Broken(asking._neighbours.providers[THERE], after=after)
        asking._neighbours.providers[THERE] = broken
    accepted = world.make(MOVED)
    world.carry()
    state = world.state(accepted)
    assert (state.state, state.reason) == ("waiting", "office.unreachable")
    assert state.attempts == 1
    assert state.next_at > world.clock.now()
    broken.is_down = False
    world.clock.at = state.next_at
    world.carry()
    assert world.state(accepted).answer.items["income"] == 3_456_789
    assert world.kinds("intermediary", THERE).count("provision.made") == before + 1
    assert isinstance(carrier._neighbours, Neighbours)


class PowerCut(BaseException):
    """The process is gone."""


class Cut:
    """A book of which the n-th write is the last thing that happens: kept or not, nobody hears of it."""

    def __init__(self, book, at: int, *, kept: bool) -> None:
        self._book = book
        self._left = at
        self._kept = kept

    def write(self, work):
        self._left -= 1
        if self._left < 0:
            raise PowerCut
        if self._left == 0:
            if self._kept:
                self._book.write(work)
            raise PowerCut
        return self._book.write(work)

    def read(self, work):
        return self._book.read(work)


def test_one_person_s_enquiries_keep_their_order_and_wait_for_nobody_else(fresh: World) -> None:
    first = fresh.make(NEWCOMER)
    other = fresh.make(MOVED)
    second = fresh.make(NEWCOMER)
    fresh.carry()
    assert [fresh.state(one).state for one in (first, other, second)] == ["no_code", "answered", "waiting"]
    fresh.exchange.nws.open_now(HERE)
    fresh.clock.move(minutes=15)
    fresh.carry()
    assert [fresh.state(one).state for one in (first, second)] == ["answered", "answered"]
