"""長い事案: the steps of a long case, each begun by somebody, ended with what came of it, or left out with a reason."""

from collections.abc import Mapping

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.book import KeptStage
from app.backend.desk.service.cases import application_of
from app.backend.desk.service.shelf import TEND, Shelf
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import Application
from app.domain.call import Call
from app.domain.case_track import (
    SKIPPED,
    Finish,
    Stage,
    Standing,
    demand_begin,
    demand_finish,
    due_on,
    left_open,
    standing,
)
from app.domain.clock import business_date
from app.domain.procedure import Procedure, Step
from app.domain.rights import ANY, allowed
from app.errors import Conflict, Refused
from app.wire.desk_book import CaseDone
from app.wire.desk_case import BeginStage, FinishStage, TrackMark

_NOTHING: Mapping[str, KeptStage] = {}


def demand_steps_done(unit: DeskUnit, procedure: Procedure, case: Case) -> None:
    """Errors: Refused ``steps_open`` while a step of the long case is left before the examination can pass."""
    kept = unit.stages(case.municipality, [case.application_id]).get(case.application_id, _NOTHING)
    open_ = left_open(procedure, {name: one.stage for name, one in kept.items()})
    if open_:
        raise Refused("steps_open", step=open_[0].title)


class Track:
    """What is done with the steps of long cases; the acts of the review are taken in the review."""

    def __init__(self, book: DeskBook, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf

    def begin(self, call: Call, asked: BeginStage) -> CaseDone:
        """A step begins today.

        Errors: NotAllowed; NotUnderstood; Refused ``wrong_state``, ``step_not_yet``, ``step_open``, ``same_person``,
        ``unknown_owner``.
        """
        place = ("case.step_begun", "", asked.application_id)
        return watched(
            self._book,
            call,
            place,
            lambda unit: unit.once(call, asked, CaseDone, lambda: self._begin(unit, call, asked)),
        )

    def finish(self, call: Call, asked: FinishStage) -> CaseDone:
        """A step ends, or is left out.

        Errors as ``begin``; Conflict; Refused ``step_not_begun``, ``step_done``, ``step_day``, ``reason_missing``.
        """
        place = ("case.step_ended", "", asked.application_id)
        return watched(
            self._book,
            call,
            place,
            lambda unit: unit.once(call, asked, CaseDone, lambda: self._finish(unit, call, asked)),
        )

    def _begin(self, unit: DeskUnit, call: Call, asked: BeginStage) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        owner = asked.owner or call.actor.staff_id
        names = {**unit.names(call.municipality), call.actor.staff_id: call.actor.name}
        if owner not in names:
            raise Refused("unknown_owner")
        stages = _stages(unit, case)
        step = demand_begin(procedure, application_of(procedure, case), stages, asked.step, owner)
        call.demand(step.act, case.procedure)
        stage = Stage(step.id, owner, call.day, due_on(step, call.day))
        unit.keep_stage(KeptStage(call.municipality, case.application_id, 1, stage, names[owner]))
        return self._done(unit, call, case, ("case.step_begun", step.id, "", 1))

    def _finish(self, unit: DeskUnit, call: Call, asked: FinishStage) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        stages, me = _stages(unit, case), call.actor
        how = Finish(asked.outcome, min(asked.done_on, call.day), asked.note)
        if asked.done_on > call.day:
            raise Refused("step_day")
        step = demand_finish(procedure, application_of(procedure, case), stages, asked.step, (me.staff_id, how))
        call.demand(step.act, case.procedure)
        before = unit.stages(call.municipality, [case.application_id]).get(case.application_id, _NOTHING).get(step.id)
        if asked.version != (0 if before is None else before.version):
            raise Conflict(version=0 if before is None else before.version)
        began = call.day if before is None else before.stage.started_on
        stage = Stage(
            step=step.id,
            owner=me.staff_id if before is None else before.stage.owner,
            started_on=began,
            due_on=None if before is None else before.stage.due_on,
            done_on=how.done_on,
            done_by=me.staff_id,
            outcome=how.outcome,
        )
        name = me.name if before is None else before.owner_name
        version = asked.version + 1
        unit.keep_stage(
            KeptStage(call.municipality, case.application_id, version, stage, name, me.name, asked.note.strip())
        )
        kind = "case.step_skipped" if how.outcome == SKIPPED else "case.step_ended"
        return self._done(unit, call, case, (kind, step.id, how.outcome, version))

    @staticmethod
    def _done(unit: DeskUnit, call: Call, case: Case, what: tuple[str, str, str, int]) -> CaseDone:
        """``what``: act, step, outcome (which says something about a person and stays out of the record), version."""
        unit.remember(call.actor)
        kind, step, _, version = what
        act = act_of(call, kind, visit=case.visit_id, about=case.application_id, number=case.number, step=step)
        return CaseDone(application_id=case.application_id, version=version, proof=unit.record(act))


def track_marks(call: Call, procedure: Procedure, case: Case, kept: Mapping[str, KeptStage]) -> tuple[TrackMark, ...]:
    """All steps of a case, in their order, with what this person may do."""
    application = application_of(procedure, case)
    stages = {name: one.stage for name, one in kept.items()}
    made = []
    for step in procedure.steps:
        at = standing(procedure, application, stages, step)
        if step.phase:
            made.append(_long(call, procedure, application, (step, at), kept))
        else:
            made.append(_review(case, step, at))
    return tuple(made)


def _stages(unit: DeskUnit, case: Case) -> dict[str, Stage]:
    kept = unit.stages(case.municipality, [case.application_id]).get(case.application_id, _NOTHING)
    return {name: one.stage for name, one in kept.items()}


def _long(
    call: Call,
    procedure: Procedure,
    application: Application,
    at: tuple[Step, Standing],
    kept: Mapping[str, KeptStage],
) -> TrackMark:
    step, where = at
    one = kept.get(step.id)
    may, why_not = _may(call, procedure, application, at, {name: each.stage for name, each in kept.items()})
    stage = None if one is None else one.stage
    return TrackMark(
        step=step.id,
        standing=where,
        owner="" if stage is None else stage.owner,
        by="" if one is None else one.done_name or one.owner_name,
        since=None if stage is None else stage.started_on,
        due_on=None if stage is None else stage.due_on,
        done_on=None if stage is None else stage.done_on,
        outcome="" if stage is None else stage.outcome,
        note="" if one is None else one.note,
        version=0 if one is None else one.version,
        may=may,
        why_not=why_not,
    )


def _may(
    call: Call,
    procedure: Procedure,
    application: Application,
    at: tuple[Step, Standing],
    stages: Mapping[str, Stage],
) -> tuple[tuple[str, ...], str]:
    step, where = at
    if where not in {Standing.DUE, Standing.OPEN}:
        return (), ""
    if not all(allowed(call.actor, one, procedure.id, ANY, day=call.day) for one in (TEND, step.act)):
        return (), "no_right"
    how = Finish(SKIPPED, call.day, step.title * 5)
    try:
        demand_finish(procedure, application, stages, step.id, (call.actor.staff_id, how))
    except Refused as refusal:
        return (), refusal.reason
    return ("begin", "skip") if where is Standing.DUE else ("finish", "skip"), ""


def _review(case: Case, step: Step, at: Standing) -> TrackMark:
    """An act of the review: who took it last, and since when it waits."""
    taken = next((one for one in reversed(case.steps) if one.step == step.id), None)
    done = taken if at is Standing.DONE else None
    return TrackMark(
        step=step.id,
        standing=at,
        owner="" if done is None else done.staff_id,
        by="" if done is None else done.name,
        since=business_date(case.waiting_since) if at is Standing.DUE else None,
        due_on=None,
        done_on=None if done is None else business_date(done.at),
        outcome="" if done is None else done.outcome,
        note="",
        version=0,
    )
