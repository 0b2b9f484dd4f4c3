"""A visit's list as its drafts keep it, so that neither a power cut nor the next day loses it."""

from datetime import date

from app.domain.facts import Scalar
from app.domain.interview import Interview, Told, relevant
from app.domain.procedure import Kind
from app.domain.visit_plan import Plan, Planned, Standing
from app.wire.draft import PlanMark


def mark_of(plan: Plan | None) -> PlanMark | None:
    """The list as a draft keeps it; what the 住民票 says is not kept, it is asked again."""
    if plan is None:
        return None
    answers = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in plan.told.answers.items()
    }
    return PlanMark(
        events=tuple(sorted(plan.told.events)),
        answers={name: value for name, value in answers.items() if isinstance(value, str | bool)},
        items=tuple((one.need, one.standing.value, one.added) for one in plan.items),
    )


def plan_from(mark: PlanMark | None, interview: Interview, day: date) -> Plan | None:
    """The list of a draft; what the office's tables no longer know is left out."""
    if mark is None:
        return None
    answers = {one.id: _answer(one.kind, mark.answers[one.id]) for one in interview.questions if one.id in mark.answers}
    known = {one.id for one in interview.events}
    told = relevant(interview, Told(frozenset(mark.events) & known, answers, {}, day))
    needs = {one.id for one in interview.needs}
    items = tuple(Planned(need, Standing(how), added) for need, how, added in mark.items if need in needs)
    return Plan(told, items)


def _answer(kind: Kind, value: Scalar) -> Scalar:
    """Of a date as a draft keeps it the day."""
    return date.fromisoformat(value) if kind is Kind.DATE and isinstance(value, str) else value
