"""Periods that the office has to keep: counted at the reception, anew with each hand-in, put off by a notice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.book import KeptClock
from app.backend.desk.service.shelf import TEND, Shelf
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import SHORTEST_REASON, State
from app.domain.call import Call
from app.domain.days import last_day
from app.domain.deadlines import office_limits
from app.domain.procedure import Procedure, ProcedureClock
from app.errors import Conflict, NotUnderstood, Refused
from app.wire.desk_book import CaseDone
from app.wire.desk_case import ClockMark, TellDelay
from app.wire.facts import facts_from_wire


def start_clocks(unit: DeskUnit, procedure: Procedure, case: Case) -> None:
    """Keep the office's periods of a case that was handed in, for the first time or again."""
    known = unit.clocks(case.municipality, [case.application_id]).get(case.application_id, {})
    for limit in office_limits(procedure, facts_from_wire(procedure, case.content.facts), case.receipt_date):
        before = known.get(limit.clock)
        if before is None:
            new = KeptClock(case.municipality, case.application_id, limit.clock, 1, case.receipt_date, limit.last_day)
            unit.keep_clock(new)
        elif before.due_on != limit.last_day:
            unit.keep_clock(replace(before, due_on=limit.last_day, version=before.version + 1))


def clock_marks(procedure: Procedure, kept: Mapping[str, KeptClock]) -> tuple[ClockMark, ...]:
    """For who looks at the case."""
    rules = {one.id: one for one in procedure.clocks}
    return tuple(_mark(procedure, rules[one.clock], one) for one in kept.values() if one.clock in rules)


class Delays:
    """延期: the office tells why it can't keep a period, and until when it will decide."""

    def __init__(self, book: DeskBook, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf

    def tell(self, call: Call, asked: TellDelay) -> CaseDone:
        """Keep that a notice of delay went out.

        Errors: NotAllowed; Conflict; NotUnderstood for a period without such a notice; Refused ``wrong_state``,
        ``reason_missing``, ``delay_day`` for a day in the past, before the period's end or beyond the law's limit.
        """
        place = ("case.delayed", "", asked.application_id)
        return watched(
            self._book,
            call,
            place,
            lambda unit: unit.once(call, asked, CaseDone, lambda: self._tell(unit, call, asked)),
        )

    def _tell(self, unit: DeskUnit, call: Call, asked: TellDelay) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        rule = next((one for one in procedure.clocks if one.id == asked.clock and one.delay), None)
        kept = unit.clocks(call.municipality, [case.application_id]).get(case.application_id, {}).get(asked.clock)
        if rule is None or kept is None:
            raise NotUnderstood(what="clock")
        if kept.version != asked.version:
            raise Conflict(version=kept.version)
        if State(case.state).final:
            raise Refused("wrong_state", state=case.state)
        reason, limit = asked.reason.strip(), _limit(procedure, rule, kept)
        if len(reason) < SHORTEST_REASON:
            raise Refused("reason_missing")
        if asked.until < max(kept.due_on, call.day) or (limit is not None and asked.until > limit):
            raise Refused("delay_day")
        told = replace(
            kept, delayed_to=asked.until, delayed_name=call.actor.name, delayed_at=call.at, reason=reason,
            version=kept.version + 1,
        )  # fmt: skip
        unit.keep_clock(told)
        unit.remember(call.actor)
        what = {"clock": asked.clock, "due": kept.due_on.isoformat(), "until": asked.until.isoformat()}
        act = act_of(call, "case.delayed", visit=case.visit_id, about=case.application_id, number=case.number, **what)
        return CaseDone(application_id=case.application_id, version=told.version, proof=unit.record(act))


def _limit(procedure: Procedure, rule: ProcedureClock, kept: KeptClock) -> date | None:
    """The last day that the law lets a notice of delay name."""
    last = next((one for one in procedure.clocks if one.id == rule.until), None)
    return None if last is None else last_day(kept.started_on, last.days, extend=last.extend)


def _mark(procedure: Procedure, rule: ProcedureClock, kept: KeptClock) -> ClockMark:
    return ClockMark(
        clock=kept.clock,
        started_on=kept.started_on,
        due_on=kept.due_on,
        delayed_to=kept.delayed_to,
        delayed_name=kept.delayed_name,
        reason=kept.reason,
        version=kept.version,
        delay=rule.delay,
        delay_limit=_limit(procedure, rule, kept),
    )
