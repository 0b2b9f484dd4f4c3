"""きょうの手続: what a visit is to do, made of an interview and changed by the clerk; one visit, several procedures."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.interview import Interview, Need, Suggested, Told, Way, suggested, suggestion


class Standing(StrEnum):
    """How a need stands in this visit. ``TOLD``: it is only told of, with the slip."""

    TODAY = "today"
    TOLD = "told"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Planned:
    """A need of the visit. ``added``: by the clerk, nothing in the interview suggests it."""

    need: str
    standing: Standing
    added: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The list of a visit; what the interview heard is kept with it, so that it can be gone through again."""

    told: Told = field(repr=False)
    items: tuple[Planned, ...] = ()

    def standing(self, need: str) -> Standing | None:
        """How it stands; None if it is not on the list."""
        return next((one.standing for one in self.items if one.need == need), None)

    def set(self, need: str, standing: Standing) -> "Plan":
        """With that standing; what is done stays done."""
        items = tuple(
            replace(one, standing=standing) if one.need == need and one.standing is not Standing.DONE else one
            for one in self.items
        )
        return replace(self, items=items)

    def without(self, need: str) -> "Plan":
        """Taken off the list, unless it is done."""
        items = tuple(one for one in self.items if one.need != need or one.standing is Standing.DONE)
        return replace(self, items=items)


def plan_of(interview: Interview, told: Told, before: Plan | None = None) -> Plan:
    """The list after an interview: what can be done here is for today, the rest is told of.

    ``before``: the list until now; what is done stays, and so does what the clerk added or put off.
    """
    fresh = [Planned(one.need.id, _first(one.need)) for one in suggested(interview, told)]
    if before is None:
        return Plan(told, tuple(fresh))
    names = {one.need for one in fresh}
    known = {one.need: one for one in before.items}
    kept = [replace(one, standing=known[one.need].standing) if one.need in known else one for one in fresh]
    others = [one for one in before.items if one.need not in names and (one.added or one.standing is Standing.DONE)]
    return _sorted(interview, Plan(told, (*kept, *others)))


def add(interview: Interview, plan: Plan, need: Need) -> Plan:
    """With a need that the clerk adds; one that is there already stays as it is."""
    if plan.standing(need.id) is not None:
        return plan
    return _sorted(interview, replace(plan, items=(*plan.items, Planned(need.id, _first(need), added=True))))


def done(interview: Interview, plan: Plan, procedure: str) -> Plan:
    """An application of ``procedure`` was handed in."""
    for one in interview.needs:
        if one.procedure == procedure:
            plan = plan.set(one.id, Standing.DONE)
    return plan


def rows(interview: Interview, plan: Plan) -> Iterator[tuple[Planned, Suggested]]:
    """Each item with why, by when and what to bring."""
    for item in plan.items:
        need = interview.need(item.need)
        if need is not None:
            yield item, suggestion(need, plan.told)


def first_open(interview: Interview, plan: Plan) -> Need | None:
    """What to do next here: the first that is for today and not done."""
    needs = (interview.need(one.need) for one in plan.items if one.standing is Standing.TODAY)
    return next((one for one in needs if one is not None and one.way is not Way.ELSEWHERE), None)


def _first(need: Need) -> Standing:
    return Standing.TOLD if need.way is Way.ELSEWHERE else Standing.TODAY


def _sorted(interview: Interview, plan: Plan) -> Plan:
    order = [one.id for one in interview.needs]
    return replace(plan, items=tuple(sorted(plan.items, key=lambda one: order.index(one.need))))
