"""S02-0b, S01-10a, S01-10b, S01-10c, K-02, C-41, C-53: hours, stops, pace, state, statistics, unused enquiries."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from app.domain.exchange_rules import Hours
from app.domain.procedure import Basis
from app.domain.rights import Right
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.settings import ServerSettings
from app.wire.relay_office import (
    AnnounceStop,
    AskNotUsed,
    AskOperating,
    AskRuns,
    AskStatistics,
    EndStop,
    NotePapers,
    PaperMark,
    StopRow,
)
from tests.edge.backend.exchange.world import (
    HERE,
    LOCAL,
    MOVED,
    NETWORK,
    NO_ROW,
    PROCEDURE,
    THERE,
    UNDECLARED,
    World,
    data,
    open_world,
    question,
)
from tests.support.slices import MORNING, MovedClock, call, person

OPERATOR = person("operator", "exchange.watch", "exchange.operate", municipality=HERE)
NEIGHBOUR = person("neighbour", "exchange.watch", "exchange.operate", municipality=THERE)
CLERK = person("clerk", Right("paper.note", PROCEDURE), municipality=HERE)
_numbers = count(1)


def announce(world: World, side: str = "network", actor=OPERATOR, **changed) -> StopRow:
    now = world.clock.now()
    given = {"stop_id": f"stop-{next(_numbers)}", "side": side, "since": now, "until": None, "reason": "fault"}
    return world.exchange.office.steering.announce(call(actor, now), AnnounceStop(**(given | changed)))


def end(world: World, stop: StopRow) -> StopRow:
    now = world.clock.now()
    asked = EndStop(stop_id=stop.stop_id, version=stop.version, until=now)
    return world.exchange.office.steering.end(call(OPERATOR, now), asked)


@pytest.mark.seed("C-41")
def test_a_stop_holds_back_one_side_and_what_waited_goes_on_when_it_ends(world: World) -> None:
    stop = announce(world)
    far, near = world.make(MOVED), world.make(LOCAL)
    assert (far.expected_at, near.expected_at) == (None, world.clock.now())  # nobody knows; at once
    world.carry()
    assert (world.state(far).state, world.state(far).next_step) == ("out_of_hours", "wait")
    assert world.state(near).answer.kind == "value"
    state = world.exchange.office.steering.operating(call(OPERATOR, world.clock.now()), AskOperating())
    assert [(one.side, one.why, one.opens_at is None) for one in state.sides] == [
        ("network", "stop", True),
        ("city", "", False),
    ]
    assert [one.stop_id for one in state.stops] == [stop.stop_id]
    assert state.waiting >= 1
    elsewhere = world.exchange.office.steering.operating(call(NEIGHBOUR, world.clock.now()), AskOperating())
    assert (elsewhere.stops, elsewhere.sides[0].why) == ((), "")
    end(world, stop)
    world.clock.move(minutes=15)
    world.carry()
    assert world.state(far).answer.kind == "value"
    assert {"stop.announced", "stop.ended"} <= set(world.kinds("relay", HERE))


def test_the_city_s_own_systems_have_their_stops_too(world: World) -> None:
    stop = announce(world, "city", until=world.clock.now() + timedelta(hours=1))
    near = world.make(LOCAL)
    assert near.expected_at == stop.until
    world.carry()
    assert (world.state(near).state, world.state(near).expected_at) == ("out_of_hours", stop.until)
    world.clock.move(hours=1)
    world.carry()
    assert world.state(near).answer.kind == "value"


def test_a_stop_is_announced_with_its_reason_once_and_ended_as_it_was_seen(world: World) -> None:
    now = world.clock.now()
    for lie, reason in (({"reason": "whim"}, "stop_reason_missing"), ({"until": now}, "span_out_of_order")):
        with pytest.raises(Refused) as refused:
            announce(world, **lie)
        assert refused.value.reason == reason
    with pytest.raises(NotUnderstood):
        announce(world, "nowhere")
    stop = announce(world, until=now + timedelta(minutes=1))
    with pytest.raises(Conflict):
        announce(world, stop_id=stop.stop_id)
    with pytest.raises(Conflict):
        end(world, StopRow(**{name: getattr(stop, name) for name in stop.__struct_fields__} | {"version": 9}))
    end(world, stop)
    with pytest.raises(NotAllowed):
        end(world, stop)


def test_a_planned_stop_of_the_calendar_is_known_to_the_clerk_before_it_ends(loaded: ServerSettings) -> None:
    """C-41: the year's end, holidays by the calendar, and the expected time in the answer to the enquiry itself."""
    exchange = data()
    service = data(is_training=False)
    ruled = replace(
        exchange,
        rules=replace(exchange.rules, hours=Hours(8 * 60, 20 * 60, closed_days=True)),
        sides=replace(exchange.sides, stops=service.sides.stops),
    )
    clock = MovedClock(datetime(2026, 12, 28, 11, 30, tzinfo=UTC))  # Monday 20:30 in Tokyo
    with open_world(loaded, clock, rules=ruled) as world:
        accepted = world.make(MOVED, requested_on=date(2026, 12, 28))
        opens = datetime(2027, 1, 3, 23, 0, tzinfo=UTC)  # Monday the 4th, 8:00
        assert accepted.expected_at == opens
        world.carry()
        state = world.state(accepted)
        assert (state.state, state.next_at, state.expected_at) == ("out_of_hours", opens, opens)
        clock.at = opens
        world.carry()
        assert world.state(accepted).answer.kind == "value"
        assert world.state(accepted).expected_at is None


@pytest.mark.twin("C-41")
def test_no_more_is_sent_in_a_minute_than_the_platform_bears(loaded: ServerSettings) -> None:
    exchange = data()
    slow = replace(exchange, sides=replace(exchange.sides, per_minute=2))
    with open_world(loaded, MovedClock(MORNING + timedelta(hours=2)), rules=slow) as world:
        made = [world.make(subject) for subject in (MOVED, UNDECLARED, NO_ROW)]
        world.carry()
        assert sorted(world.state(one).state for one in made) == ["answered", "answered", "waiting"]
        near = world.make(LOCAL)
        world.carry()
        assert world.state(near).state == "answered"  # the city's own data are not of the platform
        world.clock.move(minutes=1)
        world.carry()
        assert [world.state(one).state for one in made] == ["answered"] * 3


@pytest.mark.seed("C-53")
def test_statistics_count_by_month_procedure_and_state_and_name_nobody(world: World) -> None:
    world.clock.at = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo
    world.answer(MOVED, requested_on=date(2026, 12, 31))
    steering = world.exchange.office.steering
    asked = AskStatistics(since=date(2026, 12, 1), until=date(2027, 1, 31))
    rows = steering.statistics(call(OPERATOR, world.clock.now()), asked).rows
    assert [(one.month, one.procedure, one.state, one.count) for one in rows] == [
        ("2026-12", PROCEDURE, "answered", rows[0].count)
    ]
    before = AskStatistics(since=date(2026, 12, 1), until=date(2026, 12, 30))
    less = steering.statistics(call(OPERATOR, world.clock.now()), before).rows
    assert sum(one.count for one in less) == rows[0].count - 1
    assert steering.statistics(call(NEIGHBOUR, world.clock.now()), asked).rows == ()
    long = AskStatistics(since=date(2020, 1, 1), until=date(2026, 1, 1))
    with pytest.raises(Refused):
        steering.statistics(call(OPERATOR, world.clock.now()), long)


def test_papers_that_an_enquiry_could_have_replaced_are_reported_by_procedure(world: World) -> None:
    """The audit office's finding: of the papers that were brought, how many enquiries were made all the same."""
    steering = world.exchange.office.steering
    made = world.make(MOVED)
    names = (made.enquiry_id, "never-made-1", "never-made-2")
    papers = tuple(PaperMark(enquiry_id=name, enquiry=NETWORK, paper="tax_certificate") for name in names)
    noted = NotePapers(procedure=PROCEDURE, papers=papers)
    assert steering.note_papers(call(CLERK, world.clock.now()), noted).count == 3
    assert steering.note_papers(call(CLERK, world.clock.now()), noted).count == 0
    asked = AskNotUsed(since=world.clock.now().date(), until=world.clock.now().date())
    (row,) = steering.not_used(call(OPERATOR, world.clock.now()), asked).rows
    assert (row.procedure, row.enquiry, row.paper) == (PROCEDURE, NETWORK, "tax_certificate")
    assert (row.taken, row.asked, row.is_permitted) == (3, 1, True)
    assert steering.not_used(call(NEIGHBOUR, world.clock.now()), asked).rows == ()
    other = (PaperMark(enquiry_id="x", enquiry=NETWORK, paper="pension_certificate"),)
    wrong = NotePapers(procedure=PROCEDURE, papers=other)
    with pytest.raises(Refused):
        steering.note_papers(call(CLERK, world.clock.now()), wrong)
    with pytest.raises(NotAllowed):
        steering.note_papers(call(OPERATOR, world.clock.now()), noted)


@pytest.mark.twin("C-53")
def test_nobody_without_the_right_sees_or_steers(world: World) -> None:
    nobody = call(person("nobody", "enquiry.read", municipality=HERE), world.clock.now())
    steering, day = world.exchange.office.steering, date(2026, 11, 20)
    stop = AnnounceStop(stop_id="s", side="network", since=world.clock.now(), until=None, reason="fault")
    for act in (
        lambda: steering.operating(nobody, AskOperating()),
        lambda: steering.announce(nobody, stop),
        lambda: steering.end(nobody, EndStop(stop_id="s", version=1, until=world.clock.now())),
        lambda: steering.statistics(nobody, AskStatistics(since=day, until=day)),
        lambda: steering.runs(nobody, AskRuns()),
        lambda: steering.not_used(nobody, AskNotUsed(since=day, until=day)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_without_the_person_s_signed_consent_a_row_that_asks_for_it_is_refused(loaded: ServerSettings) -> None:
    """S01-2: consent is demanded where the procedure's row says so."""
    exchange = data()
    strict = replace(exchange, sides=replace(exchange.sides, consents=frozenset({"required", "unknown"})))
    with open_world(loaded, MovedClock(), rules=strict) as world:
        with pytest.raises(Refused) as refused:
            world.make(MOVED)
        assert refused.value.reason == "consent_missing"
        assert world.answer(MOVED, consent="signed").kind == "value"


def test_the_old_series_is_refused_at_the_relay_after_its_last_day(loaded: ServerSettings) -> None:
    """S01-2: 別表第二 ended on 2024-05-26; a procedure that still stands on it asks nothing."""
    exchange = data()
    rule = exchange.enquiries[PROCEDURE, NETWORK]
    for until, reason in ((date(2024, 5, 26), "not_in_force"), (None, "not_in_force")):
        stale = replace(rule, basis=(Basis("old", "74", None, until, "P"),))
        ruled = replace(exchange, enquiries={**exchange.enquiries, (PROCEDURE, NETWORK): stale})
        with open_world(loaded, MovedClock(), rules=ruled) as world:
            with pytest.raises(Refused) as refused:
                world.make(MOVED)
            assert refused.value.reason == reason


HOUSE = {
    "enquiry": "child_residence_elsewhere",
    "information": "住民票関係情報",
    "purpose": "別居している児童の住所と世帯を確認するため",
    "tax_year": 0,
    "provider": THERE,
}


def test_what_belongs_to_no_year_is_asked_as_of_a_day_of_the_municipality_that_the_case_names(world: World) -> None:
    """S01-2: the reference date travels in the signed request; nobody there is registered in the replica."""
    answer = world.answer(MOVED, **HOUSE, as_of=date(2026, 11, 20))
    assert (answer.kind, answer.provider, answer.tax_year) == ("no_data", THERE, 0)
    for lie, reason in (
        ({"as_of": None}, "wrong_reference_date"),
        ({"as_of": date(2026, 11, 21)}, "wrong_reference_date"),
        ({"as_of": date(2020, 1, 1)}, "wrong_reference_date"),
        ({"as_of": date(2026, 11, 20), "tax_year": 2026}, "wrong_reference_date"),
        ({"as_of": date(2026, 11, 20), "provider": ""}, "unknown_provider"),
        ({"as_of": date(2026, 11, 20), "provider": HERE}, "own_city"),
    ):
        with pytest.raises(Refused) as refused:
            world.make(MOVED, **(HOUSE | lie))
        assert refused.value.reason == reason
    with pytest.raises(Refused):
        world.make(MOVED, as_of=date(2026, 11, 20))  # a tax year is no day
    assert question(MOVED).as_of is None


def test_what_ended_long_ago_leaves_the_relay_and_its_record_stays(world: World) -> None:
    """S01-10d: the run of the day, told among the runs; what is younger or still open is not touched."""
    expiring, steering = world.exchange.office.expiring, world.exchange.office.steering
    world.clock.at = datetime(2028, 3, 1, 1, 0, tzinfo=UTC)
    old = world.make(MOVED, tax_year=2027, requested_on=date(2028, 3, 1), provider=THERE)
    world.carry()
    assert world.state(old).state in {"answered", "refused"}
    stop = announce(world)
    still_open = world.make(UNDECLARED, tax_year=2027, requested_on=date(2028, 3, 1), provider=THERE)
    world.carry()
    world.clock.move(days=365)
    while expiring.turn():
        pass
    assert world.state(old) is not None
    world.clock.move(days=2)
    while expiring.turn():
        pass
    assert world.state(old) is None
    assert world.state(still_open).state == "out_of_hours"
    found = steering.runs(call(OPERATOR, world.clock.now()), AskRuns()).rows
    run = next(one for one in found if one.kind == "expiry" and one.rows)
    assert (run.state, run.ended_at is not None) == ("done", True)
    assert not expiring.turn()  # once a day
    kept = [what for _, what in world.acts("relay", HERE) if what.get("enquiry") == old.enquiry_id]
    assert kept
    assert "relay.expired" in world.kinds("relay", HERE)
    end(world, stop)


def test_what_still_waits_or_is_young_is_never_deleted(world: World) -> None:
    stop = announce(world)
    waiting = world.make(MOVED)
    world.carry()
    world.clock.move(days=800)
    while world.exchange.office.expiring.turn():
        pass
    assert world.state(waiting).state == "out_of_hours"
    end(world, stop)
