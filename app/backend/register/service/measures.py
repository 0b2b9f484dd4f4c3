"""支援措置 and other restraints hold from the request on; ending one takes another person."""

from dataclasses import replace
from datetime import timedelta

from app.backend.register.service.changing import ChangeBook, ChangeUnit, Measure, SystemBlock
from app.backend.register.service.guard import demand_id, refusals_kept
from app.backend.register.service.match import Matcher
from app.backend.register.service.protecting import (
    ACTIVE,
    END,
    ENDED,
    EXTEND,
    MOVED_OUT,
    OPEN,
    PROTECTIVE,
    PROVISIONAL,
    START,
    TURNED_DOWN,
    alert_of,
    last_day_of,
    mark,
    members_of,
    renewable_from,
)
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.register_rules import RegisterRules
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.register import RestraintMark
from app.wire.register_restraint import (
    AskMeasures,
    ChangeMeasure,
    DecideMeasure,
    MarkSystem,
    MeasureRow,
    Measures,
    MeasureView,
    OpenMeasure,
    RequestMeasure,
    SystemRow,
)

SET, DECIDE, SEE = "restraint.set", "restraint.decide", "restraint.see"
ACTS, LEVELS = ("view", "issue", "edit"), ("error", "confirm")
_USUAL = (("view", "error"), ("issue", "error"))
_LONGEST = 1000
_MOST_ROWS, _MOST_NAMES = 200, 10


class MeasureService:
    """The use cases of restraints."""

    def __init__(self, book: ChangeBook, matcher: Matcher, rules: RegisterRules) -> None:
        self._book = book
        self._match = matcher
        self._rules = rules

    def request(self, call: Call, asked: RequestMeasure) -> MeasureRow:
        """Restrain from now on (仮支援措置). Errors: NotAllowed; Conflict; NotUnderstood; ``reason_missing``."""
        call.demand(SET)
        measure_id = demand_id(asked.measure_id)
        acts = tuple((one.act, one.level) for one in asked.acts) or (_USUAL if asked.kind == PROTECTIVE else ())
        is_shaped = asked.kind in {PROTECTIVE, "other"} and asked.scope in {"person", "household"} and asked.persons
        if not is_shaped or not acts or any(act not in ACTS or level not in LEVELS for act, level in acts):
            raise NotUnderstood(what="measure")

        def keep(unit: ChangeUnit) -> MeasureRow:
            if (known := unit.measures.one(call.municipality, measure_id)) is not None:
                raise Conflict(version=known.version)
            members = members_of(unit, call.municipality, asked.persons, asked.scope)
            if members is None:
                raise NotAllowed
            since = asked.since or call.day
            usual_end = last_day_of(self._rules, since) if asked.kind == PROTECTIVE else None
            measure = Measure(
                municipality=call.municipality,
                measure_id=measure_id,
                kind=asked.kind,
                state=PROVISIONAL,
                scope=asked.scope,
                acts=acts,
                members=tuple(sorted(one.business_number for one in members)),
                since=since,
                until=asked.until or usual_end,
                reason=asked.reason.strip()[:_LONGEST],
                asked_by=call.actor.staff_id,
                asked_at=call.at,
                lead=asked.lead,
                offender=asked.offender[:_LONGEST],
                opinion=asked.opinion[:_LONGEST],
                change=START,
            )
            for system in self._rules.systems:
                self._block(unit, call, measure, system.id, "set" if system.is_own else "asked")
            return self._kept(unit, call, measure, "restraint.requested")

        with refusals_kept(self._book, call, "restraint.request", measure_id):
            if not asked.reason.strip():
                raise Refused("reason_missing")
            return self._book.write(lambda unit: unit.once(call, asked, MeasureRow, lambda: keep(unit)))

    def change(self, call: Call, asked: ChangeMeasure) -> MeasureRow:
        """Ask that it end or go on; nothing changes yet.

        Errors: Refused ``too_early`` for an extension, ``change_waiting``, ``reason_missing``, ``not_waiting``.
        """
        call.demand(SET)
        if asked.change not in {END, EXTEND}:
            raise NotUnderstood(what="change")

        def keep(unit: ChangeUnit) -> MeasureRow:
            measure = self._open(unit, call, asked.measure_id, asked.version)
            if measure.change not in {"", MOVED_OUT}:
                raise Refused("change_waiting")
            until = None
            if asked.change == EXTEND:
                if measure.until is None or call.day < renewable_from(self._rules, measure.until):
                    raise Refused("too_early")
                until = last_day_of(self._rules, measure.until + timedelta(days=1))
            wish = replace(
                measure,
                change=asked.change,
                change_until=until,
                asked_by=call.actor.staff_id,
                asked_at=call.at,
                version=measure.version + 1,
            )
            unit.measures.put(wish)
            unit.record(act_of(call, f"restraint.{asked.change}_asked", about=measure.measure_id))
            return self._row(unit, call, wish)

        with refusals_kept(self._book, call, "restraint.change", asked.measure_id):
            if not asked.reason.strip():
                raise Refused("reason_missing")
            return self._book.write(lambda unit: unit.once(call, asked, MeasureRow, lambda: keep(unit)))

    def decide(self, call: Call, asked: DecideMeasure) -> MeasureRow:
        """Another person decides. Errors: Refused ``same_person``, ``reason_missing``, ``not_waiting``; Conflict."""
        call.demand(DECIDE)
        if asked.outcome not in {"approved", "refused"}:
            raise NotUnderstood(what="outcome")

        def keep(unit: ChangeUnit) -> MeasureRow:
            measure = self._open(unit, call, asked.measure_id, asked.version)
            if measure.change not in {START, END, EXTEND}:
                raise Refused("not_waiting")
            if measure.asked_by == call.actor.staff_id:
                raise Refused("same_person")
            done = _decided(measure, is_approved=asked.outcome == "approved")
            done = replace(done, decided_by=call.actor.staff_id, version=measure.version + 1)
            if done.state not in OPEN:
                for system in self._rules.systems:
                    self._block(unit, call, done, system.id, "lifted" if system.is_own else "to_lift")
            return self._kept(unit, call, done, f"restraint.{measure.change}_{asked.outcome}")

        with refusals_kept(self._book, call, "restraint.decide", asked.measure_id):
            if asked.outcome == "refused" and not asked.reason.strip():
                raise Refused("reason_missing")
            return self._book.write(lambda unit: unit.once(call, asked, MeasureRow, lambda: keep(unit)))

    def measures(self, call: Call, asked: AskMeasures) -> Measures:
        """What holds, alerts first. Errors: NotAllowed without the right to see restraints."""
        call.demand(SEE)

        def look(unit: ChangeUnit) -> Measures:
            place = call.municipality
            found = unit.measures.of_person(place, asked.person) if asked.person else unit.measures.listed(place)
            rank = {one.measure_id: self._rank(call, one) for one in found}
            shown = sorted(found, key=lambda one: (rank[one.measure_id], one.measure_id))[:_MOST_ROWS]
            unit.record(act_of(call, "restraints.listed", about=asked.person, measures=len(shown)))
            rows = tuple(self._row(unit, call, one) for one in shown)
            return Measures(rows=rows, more=len(found) > _MOST_ROWS)

        return self._book.write(look)

    def open(self, call: Call, asked: OpenMeasure) -> MeasureView:
        """One measure with reasons and systems. Errors: NotAllowed where there is none or no right to see it."""
        call.demand(SEE)

        def look(unit: ChangeUnit) -> MeasureView:
            measure = unit.measures.one(call.municipality, asked.measure_id)
            if measure is None:
                raise NotAllowed
            people = ",".join(measure.members)
            unit.record(act_of(call, "restraint.opened", about=measure.measure_id, people=people))
            return MeasureView(
                row=self._row(unit, call, measure),
                reason=measure.reason,
                lead=measure.lead,
                offender=measure.offender,
                opinion=measure.opinion,
                systems=self._systems(unit, measure),
            )

        with refusals_kept(self._book, call, "restraint.open", asked.measure_id):
            return self._book.write(look)

    def mark_system(self, call: Call, asked: MarkSystem) -> MeasureView:
        """Keep that a system says the measure is set, or lifted. Errors: NotAllowed; Refused ``wrong_state``."""
        call.demand(SET)

        def keep(unit: ChangeUnit) -> MeasureView:
            measure = unit.measures.one(call.municipality, asked.measure_id)
            known = {one.system: one for one in unit.measures.blocks(call.municipality, asked.measure_id)}
            if measure is None or asked.system not in known:
                raise NotAllowed
            if asked.state != ("set" if measure.state in OPEN else "lifted"):
                raise Refused("wrong_state")
            self._block(unit, call, measure, asked.system, asked.state)
            what = {"system": asked.system, "state": asked.state}
            unit.record(act_of(call, "restraint.system_marked", about=measure.measure_id, **what))
            row = self._row(unit, call, measure)
            return MeasureView(
                row=row, reason="", lead="", offender="", opinion="", systems=self._systems(unit, measure)
            )

        with refusals_kept(self._book, call, "restraint.system_mark", asked.measure_id):
            return self._book.write(keep)

    def _kept(self, unit: ChangeUnit, call: Call, measure: Measure, kind: str) -> MeasureRow:
        unit.measures.put(measure)
        mark(unit, self._match, measure, call.at)
        unit.record(act_of(call, kind, about=measure.measure_id, people=",".join(measure.members)))
        return self._row(unit, call, measure)

    def _rank(self, call: Call, measure: Measure) -> int:
        """Where it stands in the list: alerts, then what somebody has to decide, then the rest."""
        is_open = measure.state in OPEN
        if is_open and alert_of(self._rules, measure, call.day):
            return 0
        return 1 if is_open and measure.change else 2

    @staticmethod
    def _names(unit: ChangeUnit, measure: Measure) -> tuple[str, ...]:
        found = (unit.person(measure.municipality, number) for number in measure.members[:_MOST_NAMES])
        return tuple("" if one is None else one.resident.name for one in found)

    @staticmethod
    def _block(unit: ChangeUnit, call: Call, measure: Measure, system: str, state: str) -> None:
        block = SystemBlock(system, state, call.actor.staff_id, call.at)
        unit.measures.block(call.municipality, measure.measure_id, block)

    def _systems(self, unit: ChangeUnit, measure: Measure) -> tuple[SystemRow, ...]:
        known = {one.system: one for one in unit.measures.blocks(measure.municipality, measure.measure_id)}
        return tuple(
            SystemRow(system=one.id, title=one.title, state=found.state, by=found.by, at=found.at)
            for one in self._rules.systems
            if (found := known.get(one.id)) is not None
        )

    def _row(self, unit: ChangeUnit, call: Call, measure: Measure) -> MeasureRow:
        is_open = measure.state in OPEN
        wanted = "set" if is_open else "lifted"
        waits = measure.change if measure.change != MOVED_OUT else ""
        is_mine = measure.asked_by == call.actor.staff_id
        may_decide = is_open and waits and not is_mine and allowed(call.actor, DECIDE, ANY, ANY, day=call.day)
        return MeasureRow(
            measure_id=measure.measure_id,
            kind=measure.kind,
            state=measure.state,
            scope=measure.scope,
            persons=measure.members,
            acts=tuple(RestraintMark(act=act, level=level) for act, level in measure.acts),
            since=measure.since,
            until=measure.until,
            alert=alert_of(self._rules, measure, call.day) if is_open else "",
            waits_for=waits if is_open else "",
            may=("decide",) if may_decide else (),
            complete=all(one.state == wanted for one in self._systems(unit, measure)),
            version=measure.version,
            names=self._names(unit, measure),
        )

    @staticmethod
    def _open(unit: ChangeUnit, call: Call, measure_id: str, version: int) -> Measure:
        measure = unit.measures.one(call.municipality, measure_id)
        if measure is None:
            raise NotAllowed
        if measure.state not in OPEN:
            raise Refused("not_waiting")
        if measure.version != version:
            raise Conflict(version=measure.version)
        return measure


def _decided(measure: Measure, *, is_approved: bool) -> Measure:
    """What becomes of the measure."""
    match measure.change, is_approved:
        case "start", True:
            return replace(measure, state=ACTIVE, change="")
        case "start", False:
            return replace(measure, state=TURNED_DOWN, change="")
        case "end", True:
            return replace(measure, state=ENDED, change="")
        case "extend", True:
            return replace(measure, until=measure.change_until, change="", change_until=None)
        case _:
            return replace(measure, change="", change_until=None)
