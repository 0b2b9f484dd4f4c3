"""C-31, R-060: the office's own numbers, counters now and answers to alerts; nothing in them is anybody's own.

Both engines; each with what must not happen.
"""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.backend.desk.store.review_tables import alert_table, measure_table
from app.domain.spread import percentile
from app.errors import NotAllowed, NotUnderstood
from app.wire.desk import CloseVisit, Decide, OpenVisit
from app.wire.desk_counts import (
    AlertAnswer,
    AskAlertCounts,
    AskCounters,
    AskNumbers,
    CounterSaid,
    Fault,
    Numbers,
    StepMeasure,
)
from tests.edge.backend.desk.conftest import CHECKER, CLAIM, DECIDER, EXAMINER, Office, having
from tests.support.slices import MINAMI, MORNING, acts, person

CLERK = person("001", "visit.open", *having("application.receive", "application.read"), terminal="T-001")
BOSS = person("012", "counter.watch", "numbers.read", *having("application.read"))
MONTH = date(2026, 11, 1)


def close(office: Office, name: str, *steps: StepMeasure, alerts: tuple[AlertAnswer, ...] = (), key: str = "") -> None:
    visits, call = office.desk.visits, office.call(CLERK)
    visits.open(call, OpenVisit(visit_id=name, ticket="A1", opened_at=MORNING))
    closed = CloseVisit(visit_id=name, closed_at=MORNING, steps=steps, alerts=alerts)
    visits.close(office.call(CLERK, key), closed)


def took(step: str, seconds: int, keys: int, procedure: str = CLAIM) -> StepMeasure:
    return StepMeasure(step=step, procedure=procedure, seconds=seconds, keys=keys)


def numbers(office: Office, actor=BOSS, by: str = "week") -> Numbers:
    asked = AskNumbers(since=MONTH, until=date(2026, 11, 30), by=by)
    return office.desk.counting.numbers(office.call(actor), asked)


def of(found: Numbers, step: str, unit: str) -> tuple[int, int | None, int | None]:
    (spread,) = (one.spread for one in found.steps if (one.step, one.unit) == (step, unit))
    return spread.count, spread.p50, spread.p90


def test_minutes_and_keys_of_visits_are_spread_over_the_office(office: Office) -> None:
    for at, seconds in enumerate((40, 60, 90, 600)):
        close(office, f"v{at}", took("form", seconds, 10 + at))
    found = numbers(office)
    assert of(found, "form", "seconds") == (4, 60, 600)
    assert of(found, "form", "keys") == (4, 11, 13)


def test_too_few_are_counted_and_not_told(office: Office) -> None:
    for at in range(2):
        close(office, f"v{at}", took("visit", 100, 5))
    assert of(numbers(office), "visit", "seconds") == (2, None, None)


def test_what_is_kept_of_a_visit_names_neither_visit_nor_clerk(office: Office) -> None:
    close(office, "visit-of-hanako", took("form", 40, 10), alerts=(AlertAnswer(kind="late", answer="heeded"),))
    kept = office.slice.database.read(
        lambda c: [tuple(row) for table in (measure_table, alert_table) for row in c.execute(select(table))]
    )
    assert len(kept) == 3
    said = repr(kept)
    assert not any(word in said for word in ("visit-of-hanako", "001'", "T-001", CLERK.name))


def test_a_visit_that_is_closed_twice_counts_once(office: Office) -> None:
    close(office, "v1", took("form", 40, 10), key="k1")
    closed = CloseVisit(visit_id="v1", closed_at=MORNING, steps=(took("form", 40, 10),))
    office.desk.visits.close(office.call(CLERK, "k1"), closed)
    assert of(numbers(office), "form", "seconds")[0] == 1


def test_a_step_that_there_is_not_counts_for_nothing(office: Office) -> None:
    close(office, "v1", took("nap", 40, 10), alerts=(AlertAnswer(kind="late", answer="laughed"),))
    assert numbers(office).steps == ()
    asked = AskAlertCounts(since=MONTH, until=MONTH)
    assert office.desk.counting.alerts(office.call(BOSS), asked).rows == ()


def test_steps_of_cases_returns_and_their_reasons_stand_by_week(office: Office) -> None:
    for name in ("a1", "a2", "a3"):
        office.receive(name)
    office.slice.clock.move(minutes=20)
    office.check(CHECKER)
    office.slice.clock.move(minutes=40)
    office.examine(EXAMINER)
    office.desk.review.decide(office.call(DECIDER), Decide(application_id="a1", version=3, outcome="approved"))
    found = numbers(office)
    assert of(found, "reception_check", "minutes") == (1, None, None)
    (week,) = found.periods
    assert (week.first, week.received, week.decided, week.returned) == (date(2026, 11, 16), 3, 1, 0)
    assert (week.minutes.count, week.minutes.p50) == (1, None)


def test_returns_are_told_by_reason(office: Office) -> None:
    office.receive()
    office.check(CHECKER, outcome="returned", reason="paper_missing")
    found = numbers(office, by="month")
    assert [(one.procedure, one.reason, one.count) for one in found.returns] == [(CLAIM, "paper_missing", 1)]
    (month,) = found.periods
    assert (month.first, month.returned) == (MONTH, 1)


def test_who_may_not_read_a_procedure_gets_no_numbers_of_it(office: Office) -> None:
    for at in range(3):
        close(office, f"v{at}", took("form", 40, 10))
    office.receive()
    stranger = person("013", "numbers.read")
    found = numbers(office, stranger)
    assert (found.steps, found.periods, found.returns) == ((), (), ())
    for actor in (CLERK, CHECKER, person("012", "numbers.read", municipality=MINAMI)):
        if actor.municipality == MINAMI:
            assert numbers(office, actor).steps == ()
        else:
            with pytest.raises(NotAllowed):
                numbers(office, actor)


@pytest.mark.parametrize(
    ("since", "until", "by"),
    [(MONTH, date(2026, 10, 1), "week"), (date(2024, 1, 1), MONTH, "week"), (MONTH, MONTH, "clerk")],
)
def test_a_period_that_makes_no_sense_is_refused(office: Office, since: date, until: date, by: str) -> None:
    with pytest.raises(NotUnderstood):
        office.desk.counting.numbers(office.call(BOSS), AskNumbers(since=since, until=until, by=by))


def test_an_alert_that_is_mostly_overridden_goes_to_the_review(office: Office) -> None:
    ways = ["overridden"] * 6 + ["heeded"] * 4
    close(office, "v1", alerts=tuple(AlertAnswer(kind="late_claim", answer=way) for way in ways))
    close(office, "v2", alerts=(AlertAnswer(kind="restraint", answer="handed_over", count=2),))
    even = (AlertAnswer(kind="even", answer="overridden"), AlertAnswer(kind="even", answer="heeded"))
    close(office, "v3", alerts=even)
    asked = AskAlertCounts(since=MONTH, until=MONTH)
    rows = {one.kind: one for one in office.desk.counting.alerts(office.call(BOSS), asked).rows}
    assert (rows["late_claim"].shown, rows["late_claim"].overridden, rows["late_claim"].to_review) == (10, 6, True)
    assert (rows["restraint"].handed_over, rows["restraint"].to_review) == (2, False)
    assert not rows["even"].to_review
    with pytest.raises(NotAllowed):
        office.desk.counting.alerts(office.call(CLERK), asked)


def say(office: Office, actor=CLERK, **more) -> None:
    given = {"window": "3", "state": "form", "since": MORNING}
    office.desk.counting.tell(office.call(actor), CounterSaid(**(given | more)))


def now(office: Office, actor=BOSS, *, again: bool = False):
    return office.desk.counting.now(office.call(actor), AskCounters(again=again))


def test_a_supervisor_sees_who_serves_and_what_is_broken(office: Office) -> None:
    say(office, faults=(Fault(part="printer", code="paper_out"),), outgoing=2)
    office.receive()
    found = now(office)
    (one,) = found.counters
    assert (one.terminal, one.name, one.said.state, one.is_silent) == ("T-001", CLERK.name, "form", False)
    assert one.said.faults == (Fault(part="printer", code="paper_out"),)
    assert (found.cases, found.oldest) == (1, MORNING)


def test_only_the_last_word_counts_and_silence_is_told(office: Office) -> None:
    say(office)
    say(office, state="waiting")
    assert [one.said.state for one in now(office).counters] == ["waiting"]
    office.slice.clock.move(seconds=91)
    assert now(office).counters[0].is_silent
    say(office, state="closed")
    office.slice.clock.move(hours=1)
    (closed,) = now(office).counters
    assert (closed.is_silent, closed.name) == (False, "")


def test_yesterday_s_counters_and_other_departments_are_not_shown(office: Office) -> None:
    say(office)
    elsewhere = replace(person("014", terminal="T-009"), department="税務")
    say(office, elsewhere, state="waiting")
    assert [one.terminal for one in now(office).counters] == ["T-001"]
    assert now(office, person("012", "counter.watch", municipality=MINAMI)).counters == ()
    with pytest.raises(NotAllowed):
        now(office, CHECKER)
    office.slice.clock.move(days=1)
    assert now(office).counters == ()


def test_a_list_that_stays_open_is_recorded_once(office: Office) -> None:
    say(office)
    now(office)
    now(office, again=True)
    kinds = [kind for kind, _ in acts(office.slice, CLERK.municipality)]
    assert kinds.count("counters.viewed") == 1


def test_nearest_rank() -> None:
    assert percentile({}, 50) is None
    assert percentile({1: 1, 2: 1}, 50) is None
    assert [percentile({1: 5, 2: 4, 100: 1}, share) for share in (50, 90, 91)] == [1, 2, 100]
