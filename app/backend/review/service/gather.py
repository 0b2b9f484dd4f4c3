"""Reads accesses and the steps of matters out of the slices' acts, and puts matters together."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime

from app.backend.review.ports import Page, Placed, Step
from app.domain.access import Access, Matter, Near, Watched, Way
from app.domain.act import Act
from app.domain.application import State

_WAYS = {
    "register.searched": Way.SEARCH,
    "number.searched": Way.SEARCH,
    "register.opened": Way.OPEN,
    "register.open_refused": Way.OPEN,
    "history.opened": Way.OPEN,
    "history.open_refused": Way.OPEN,
    "item.shown": Way.ITEM,
    "print.let": Way.PRINT,
    "application.viewed": Way.FILE,
    "visit.read": Way.FILE,
    "enquiry.accepted": Way.ENQUIRY,
    "enquiry.answer_read": Way.ANSWER,
}
"""Kinds of acts that are looks at somebody."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS = frozenset({
    "visit.opened",
    "visit.closed",
    "application.handed_in",
    "application.viewed",
    "application.checked",
    "application.examined",
    "application.decided",
})
_FINAL = frozenset(state.value for state in State if state.final)


def page_of(log: str, placed: Sequence[Placed]) -> Page:
    """What acts of one log tell; ``placed`` is not empty."""
    acts = [(one.position, one.act) for one in placed if one.act is not None]
    accesses = tuple(_access(f"{log}:{place}", act) for place, act in acts if act.kind in _WAYS)
    steps = tuple(_step(act) for _, act in acts if act.kind in _STEPS)
    last = max((act.at for _, act in acts), default=_LONG_AGO)
    return Page(log, placed[0].position, placed[-1].position + 1, last, accesses, steps)


def watched_of(pages: Iterable[Page], wide: Set[str]) -> Watched:
    """Everything gathered, in the order of time. ``wide``: procedures that name the household."""
    accesses: list[Access] = []
    steps: list[Step] = []
    for page in pages:
        accesses += page.accesses
        steps += page.steps
    accesses.sort(key=lambda one: one.at)
    steps.sort(key=lambda one: one.at)
    homes = {one.person: one.household for one in accesses if one.person and one.household}
    applicants = {one.application: one.people[0] for one in steps if one.application and one.people}
    named = [_named(one, applicants) for one in accesses]
    return Watched(named, _matters(steps, homes, wide))


def _named(access: Access, applicants: Mapping[str, str]) -> Access:
    """A look at a case file is a look at its applicant; the file stood in the place of the person until here."""
    if access.way is not Way.FILE or not access.person:
        return access
    return replace(access, person=applicants.get(access.person, ""))


def _access(ref: str, act: Act) -> Access:
    said = act.detail()
    near = [Near(kind) for kind in _listed(said.get("near")) if kind in set(Near)]
    if act.kind in {"register.open_refused", "history.open_refused"} and said.get("code") == "restrained":
        near = [Near.GUARDED]
    return Access(
        ref=ref,
        at=act.at,
        way=_WAYS[act.kind],
        staff_id=act.staff_id,
        terminal=act.terminal,
        person=act.about if act.kind != "visit.read" else "",
        found=_listed(said.get("found")),
        household=str(said.get("household") or ""),
        visit=act.visit,
        procedure=str(said.get("procedure") or ""),
        reason=str(said.get("reason") or ""),
        near=tuple(near),
    )


def _step(act: Act) -> Step:
    said = act.detail()
    is_case = act.kind.startswith("application.")
    return Step(
        at=act.at,
        kind=act.kind,
        visit=act.visit,
        staff_id=act.staff_id,
        terminal=act.terminal,
        application=act.about if is_case else "",
        procedure=str(said.get("procedure") or ""),
        state=str(said.get("state") or ""),
        people=_listed(said.get("people")),
    )


def _matters(steps: Iterable[Step], homes: Mapping[str, str], wide: Set[str]) -> dict[str, Matter]:
    matters: dict[str, Matter] = {}
    for step in steps:
        if step.visit:
            known = matters.get(step.visit) or Matter(step.visit, step.terminal, step.at, None, frozenset())
            matters[step.visit] = _after(known, step, homes, wide)
    return matters


def _after(matter: Matter, step: Step, homes: Mapping[str, str], wide: Set[str]) -> Matter:
    """The matter once ``step`` was taken. Who looked at a file while it waited had the right to: the door asked."""
    if step.kind == "visit.closed":
        return replace(matter, closed_at=step.at)
    over = matter.waits_until is not None and step.at > matter.waits_until
    if step.kind == "application.viewed" and over:
        return matter
    matter = replace(matter, staff=matter.staff | {step.staff_id})
    if step.kind == "application.handed_in":
        people = matter.people | set(step.people)
        return replace(
            matter,
            people=people,
            households=frozenset(homes[one] for one in people if one in homes),
            procedures=matter.procedures | {step.procedure},
            wide=matter.wide or step.procedure in wide,
            waits_from=matter.waits_from or step.at,
            waits_until=None,
        )
    return replace(matter, waits_until=step.at) if step.state in _FINAL else matter


def _listed(value: object) -> tuple[str, ...]:
    return tuple(part for part in str(value or "").split(",") if part)
