"""The way of a long case: which steps are done, open or ahead, who may take one now, and by when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.application import SHORTEST_REASON, Application, State, waits_for
from app.domain.days import last_day
from app.domain.procedure import AFTERWARDS, EXAMINATION, Procedure, Step
from app.errors import NotUnderstood, Refused

SKIPPED = "skipped"
"""The outcome of a step that was left out, with its reason."""


class Standing(StrEnum):
    """How a step of a case stands. ``DUE``: it can be begun, or is under way for the acts of the review."""

    AHEAD = "ahead"
    DUE = "due"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a long case as it is kept. ``owner``: staff id; ``done_on`` None: it is under way."""

    step: str
    owner: str
    started_on: date
    due_on: date | None = None
    done_on: date | None = None
    done_by: str = ""
    outcome: str = ""


Stages = Mapping[str, Stage]
"""Of one case, by step."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How a step is to end. ``reason`` in free words, needed for leaving it out."""

    outcome: str
    done_on: date
    reason: str = ""


def standing(procedure: Procedure, application: Application, stages: Stages, step: Step) -> Standing:
    """Where one step of the case is."""
    if not step.phase:
        return _of_review(procedure, application, stages, step)
    kept = stages.get(step.id)
    if kept is None:
        return Standing.DUE if _has_come(application, stages, step) else Standing.AHEAD
    if kept.done_on is None:
        return Standing.OPEN
    return Standing.SKIPPED if kept.outcome == SKIPPED else Standing.DONE


def due_on(step: Step, begun: date) -> date | None:
    """The last day of a step that begins on ``begun``; None where the procedure names no days."""
    return last_day(begun, step.days) if step.days else None


def left_open(procedure: Procedure, stages: Stages) -> tuple[Step, ...]:
    """What is still to be done before the examination can pass."""
    return tuple(one for one in procedure.steps if one.phase == EXAMINATION and not _is_over(stages, one.id))


def demand_begin(procedure: Procedure, application: Application, stages: Stages, step: str, staff: str) -> Step:
    """The step that ``staff`` is to begin. Errors: NotUnderstood; Refused as ``_demand``, ``step_open``."""
    found = _demand(procedure, application, stages, step, staff)
    if found.id in stages:
        raise Refused("step_open", step=found.id)
    return found


def demand_finish(
    procedure: Procedure, application: Application, stages: Stages, step: str, by: tuple[str, Finish]
) -> Step:
    """The step that somebody (``by[0]``) is to end or leave out.

    Errors: NotUnderstood; Refused as ``_demand``, ``step_not_begun``, ``step_done``, ``step_day`` for a day before its
    begin, ``reason_missing`` for one that is left out without a reason.
    """
    staff, how = by
    found = _demand(procedure, application, stages, step, staff)
    kept = stages.get(found.id)
    if kept is not None and kept.done_on is not None:
        raise Refused("step_done", step=found.id)
    if how.outcome == SKIPPED:
        if len(how.reason.strip()) < SHORTEST_REASON:
            raise Refused("reason_missing")
        return found
    if how.outcome not in {one.value for one in found.outcomes}:
        raise NotUnderstood(what="outcome")
    if kept is None:
        raise Refused("step_not_begun", step=found.id)
    if how.done_on < kept.started_on:
        raise Refused("step_day")
    return found


def _demand(procedure: Procedure, application: Application, stages: Stages, name: str, staff: str) -> Step:
    """Errors: Refused ``wrong_state``, ``step_not_yet`` while one before it is open, ``same_person``."""
    step = procedure.step(name)
    if step is None or not step.phase:
        raise NotUnderstood(what="step")
    if application.state is not _STATE[step.phase]:
        raise Refused("wrong_state", state=application.state.value)
    if not all(_is_over(stages, one) for one in step.after):
        raise Refused("step_not_yet", step=step.id)
    if any(staff in _staff_of(application, stages, one) for one in step.not_by):
        raise Refused("same_person", step=step.id)
    return step


_STATE = {EXAMINATION: State.CHECKED, AFTERWARDS: State.APPROVED}


def _staff_of(application: Application, stages: Stages, step: str) -> frozenset[str]:
    kept = stages.get(step)
    own = {kept.owner, kept.done_by} - {""} if kept is not None else set()
    return application.staff_of(step) | own


def _has_come(application: Application, stages: Stages, step: Step) -> bool:
    return application.state is _STATE[step.phase] and all(_is_over(stages, one) for one in step.after)


def _is_over(stages: Stages, step: str) -> bool:
    kept = stages.get(step)
    return kept is not None and kept.done_on is not None


def _of_review(procedure: Procedure, application: Application, stages: Stages, step: Step) -> Standing:
    waits = waits_for(application)
    order = [one.id for one in procedure.steps if not one.phase]
    if waits not in order:
        return Standing.DONE if application.staff_of(step.id) else Standing.AHEAD
    if step.id == waits:
        is_last = step.id == EXAMINATION and left_open(procedure, stages)
        return Standing.AHEAD if is_last else Standing.DUE
    return Standing.DONE if order.index(step.id) < order.index(waits) else Standing.AHEAD
