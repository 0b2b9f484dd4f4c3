"""What is counted without persons: steps of visits, answers to alerts, steps of cases; and how counters stand now."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.review import AlertCount, Measured, Passage, ToldCounter
from app.backend.desk.service.authority import READ
from app.backend.desk.service.waiting import OPEN
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO, business_date
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.domain.spread import percentile
from app.errors import NotUnderstood
from app.wire.desk_counts import (
    AlertAnswer,
    AlertNumbers,
    AlertsCounted,
    AskAlertCounts,
    AskCounters,
    AskNumbers,
    CounterNow,
    CounterSaid,
    CountersNow,
    Numbers,
    PeriodNumbers,
    ReturnNumbers,
    Spread,
    StepMeasure,
    StepNumbers,
)
from app.wire.message import Nothing, decode, encode

WATCH, READ_NUMBERS = "counter.watch", "numbers.read"
SILENT = timedelta(seconds=90)
"""After that a counter that said nothing is told as silent; it speaks every 20 s. Assumed."""
LONGEST = timedelta(days=400)
ANSWERS = ("overridden", "heeded", "handed_over")
STEPS = ("visit", "call", "identity", "search", "form", "check", "hand_in", "close")
_TO_REVIEW = 50
"""Percent of overrides above which a kind of alert is to be mended or removed. Source: counter-ux.md 5.2, published."""


class Counting:
    """The use cases."""

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure]) -> None:
        self._book = book
        self._procedures = procedures

    def tell(self, call: Call, said: CounterSaid) -> Nothing:
        """A counter says how it stands; only the last word is kept, and it is no act."""
        actor = call.actor
        told = ToldCounter(call.municipality, actor.terminal, actor.staff_id, actor.department, call.at, encode(said))

        def keep(unit: DeskUnit) -> Nothing:
            unit.remember(actor)
            unit.tell(told)
            return Nothing()

        return self._book.write(keep)

    def now(self, call: Call, asked: AskCounters) -> CountersNow:
        """The counters of the caller's department. Looking is recorded once, not each time it is read anew."""
        call.demand(WATCH)
        readable = self._readable(call)

        def look(unit: DeskUnit) -> CountersNow:
            names = unit.names(call.municipality)
            waiting = unit.waiting(call.municipality, OPEN, readable)
            told = unit.told(call.municipality, call.actor.department)
            today = (one for one in told if business_date(one.told_at) == call.day)
            return CountersNow(
                counters=tuple(_now(call, one, names) for one in today),
                cases=len(waiting),
                oldest=waiting[0].waiting_since if waiting else None,
            )

        found = self._book.read(look)
        if not asked.again:
            act = act_of(call, "counters.viewed", counters=len(found.counters))
            self._book.write(lambda unit: unit.record(act))
        return found

    def numbers(self, call: Call, asked: AskNumbers) -> Numbers:
        """p50 and p90 of visits and steps, returns and why, by period. Errors: NotAllowed; NotUnderstood."""
        call.demand(READ_NUMBERS)
        if asked.by not in _FIRST or not timedelta() <= asked.until - asked.since <= LONGEST:
            raise NotUnderstood(what="period")
        readable = self._readable(call)
        since, until = _midnight(asked.since), _midnight(asked.until + timedelta(days=1))

        def look(unit: DeskUnit) -> tuple[tuple[Measured, ...], list[Passage]]:
            measured = unit.measured(call.municipality, asked.since, asked.until)
            return measured, unit.passages(call.municipality, readable, since, until)

        measured, passages = self._book.read(look)
        act = act_of(call, "numbers.viewed", since=asked.since.isoformat(), until=asked.until.isoformat())
        self._book.write(lambda unit: unit.record(act))
        cases = _cases(passages)
        mine = [one for one in measured if not one.procedure or one.procedure in readable]
        return Numbers(
            steps=(*_at_counters(mine), *_in_office(cases)),
            returns=_returns(passages),
            periods=_periods(cases, _FIRST[asked.by]),
        )

    def alerts(self, call: Call, asked: AskAlertCounts) -> AlertsCounted:
        """How alerts were answered, and which are to be looked at. Errors: NotAllowed; NotUnderstood."""
        call.demand(READ_NUMBERS)
        if not timedelta() <= asked.until - asked.since <= LONGEST:
            raise NotUnderstood(what="period")
        found = self._book.read(lambda unit: unit.alert_counts(call.municipality, asked.since, asked.until))
        act = act_of(call, "alerts.viewed", kinds=len({one.kind for one in found}))
        self._book.write(lambda unit: unit.record(act))
        answered: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
        for one in found:
            answered[one.month, one.kind][one.answer] += one.count
        latest = sorted(answered, key=lambda key: (-key[0].toordinal(), key[1]))
        return AlertsCounted(rows=tuple(_alert(key, answered[key]) for key in latest))

    def _readable(self, call: Call) -> list[str]:
        return [name for name in self._procedures if allowed(call.actor, READ, name, ANY, day=call.day)]


def count_visit(unit: DeskUnit, call: Call, steps: Iterable[StepMeasure], alerts: Iterable[AlertAnswer]) -> None:
    """Add what a visit took to the counts of its day; unknown steps and answers count for nothing."""
    for one in steps:
        if one.step in STEPS:
            for unit_name, value in (("seconds", one.seconds), ("keys", one.keys)):
                measured = Measured(call.day, one.procedure, one.step, unit_name, value, 1)
                unit.count_step(call.municipality, measured)
    for alert in alerts:
        if alert.answer in ANSWERS and alert.count:
            count = AlertCount(call.day.replace(day=1), alert.kind, alert.answer, alert.count)
            unit.count_alert(call.municipality, count)


def _now(call: Call, one: ToldCounter, names: Mapping[str, str]) -> CounterNow:
    said = decode(one.said, CounterSaid)
    silent = call.at - one.told_at > SILENT and said.state != "closed"
    return CounterNow(
        terminal=one.terminal,
        name="" if said.state == "closed" else names.get(one.staff_id, one.staff_id),
        told_at=one.told_at,
        is_silent=silent,
        said=said,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO).astimezone(UTC)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


_FIRST: dict[str, Callable[[date], date]] = {"week": _week, "month": _month}


def _spread(values: Mapping[int, int]) -> Spread:
    return Spread(count=sum(values.values()), p50=percentile(values, 50), p90=percentile(values, 90))


def _at_counters(measured: Iterable[Measured]) -> list[StepNumbers]:
    counted: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    for one in measured:
        counted[one.procedure, one.step, one.unit][one.value] += one.count
    order = {name: at for at, name in enumerate(STEPS)}
    keys = sorted(counted, key=lambda key: (key[0], order.get(key[1], len(order)), key[2]))
    return [StepNumbers(procedure=p, step=s, unit=u, spread=_spread(counted[p, s, u])) for p, s, u in keys]


def _cases(passages: Iterable[Passage]) -> list[list[Passage]]:
    """The steps of each case, in their order."""
    found: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        found[one.case].append(one)
    return list(found.values())


def _minutes(earlier: Passage, later: Passage) -> int:
    return max(0, int((later.at - earlier.at).total_seconds() // 60))


def _in_office(cases: Iterable[list[Passage]]) -> list[StepNumbers]:
    """How long each step of the office was waited for, from the end of the one before."""
    counted: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for steps in cases:
        for earlier, later in pairwise(steps):
            counted[later.procedure, later.step][_minutes(earlier, later)] += 1
    return [StepNumbers(procedure=p, step=s, unit="minutes", spread=_spread(counted[p, s])) for p, s in sorted(counted)]


def _returns(passages: Iterable[Passage]) -> tuple[ReturnNumbers, ...]:
    counted = Counter((one.procedure, one.reason) for one in passages if one.outcome == "returned")
    rows = sorted(counted.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    return tuple(ReturnNumbers(procedure=p, reason=r, count=count) for (p, r), count in rows)


def _periods(cases: Iterable[list[Passage]], first_of: Callable[[date], date]) -> tuple[PeriodNumbers, ...]:
    """By the period in which a case reached the office."""
    grouped: dict[tuple[date, str], list[list[Passage]]] = defaultdict(list)
    for steps in cases:
        grouped[first_of(business_date(steps[0].at)), steps[0].procedure].append(steps)
    return tuple(_period(key, grouped[key]) for key in sorted(grouped))


def _period(key: tuple[date, str], cases: list[list[Passage]]) -> PeriodNumbers:
    ended = [steps for steps in cases if steps[-1].outcome in {"approved", "rejected"}]
    took = Counter(_minutes(steps[0], steps[-1]) for steps in ended)
    return PeriodNumbers(
        first=key[0],
        procedure=key[1],
        received=len(cases),
        decided=len(ended),
        returned=sum(one.outcome == "returned" for steps in cases for one in steps),
        minutes=_spread(took),
    )


def _alert(key: tuple[date, str], answers: Mapping[str, int]) -> AlertNumbers:
    overridden, heeded, handed = (answers.get(name, 0) for name in ANSWERS)
    shown = overridden + heeded + handed
    return AlertNumbers(
        month=key[0],
        kind=key[1],
        shown=shown,
        overridden=overridden,
        heeded=heeded,
        handed_over=handed,
        to_review=overridden * 100 > shown * _TO_REVIEW,
    )
