"""Sets and lifts the marks of a measure on everybody it covers; who moves out keeps them, provisionally."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.backend.register.ports import Resident, Restraint
from app.backend.register.service.changing import ChangeUnit, Measure
from app.backend.register.service.match import Matcher
from app.backend.register.service.records import is_marked, line_of, mark_told
from app.domain.days import add_months
from app.domain.register_rules import RegisterRules

PROTECTIVE = "protective"
PROVISIONAL, ACTIVE, ENDED, TURNED_DOWN = "provisional", "active", "ended", "refused"
START, END, EXTEND = "start", "end", "extend"
MOVED_OUT = "moved_out"
OPEN = frozenset({PROVISIONAL, ACTIVE})
_DAY = timedelta(days=1)


def last_day_of(rules: RegisterRules, since: date) -> date:
    """The last day of a measure that begins, or goes on, on ``since``."""
    return add_months(since, rules.measure_months) - _DAY


def renewable_from(rules: RegisterRules, until: date) -> date:
    """The first day on which an extension may be asked for."""
    return add_months(until, -rules.renewal_months)


def alert_of(rules: RegisterRules, measure: Measure, today: date) -> str:
    """What is to be told of a measure that holds. Source: 住民記録システム標準仕様書 3.4, published."""
    if measure.change == MOVED_OUT:
        return MOVED_OUT
    if measure.until is None:
        return ""
    if measure.until < today:
        return "lapsed"
    return "ending" if today >= renewable_from(rules, measure.until) else ""


def mark(unit: ChangeUnit, matcher: Matcher, measure: Measure, at: datetime) -> None:
    """Make the marks on everybody in the measure what it says; none where it holds no more. Others are told of it."""
    wanted = tuple(
        Restraint(act, level, measure.since, measure.until, measure.kind, measure.measure_id, measure.scope)
        for act, level in measure.acts
        if measure.state in OPEN
    )
    before: dict[str, Resident] = {}
    changed: list[Resident] = []
    for number in sorted(measure.members):
        found = unit.person(measure.municipality, number)
        if found is None:
            continue
        person = replace(found.resident, my_number=unit.number(measure.municipality, number))
        others = tuple(one for one in person.restraints if one.measure_id != measure.measure_id)
        marked = replace(person, restraints=(*others, *wanted))
        _put(unit, matcher, marked)
        if is_marked(marked) != is_marked(person):
            before[number] = person
            changed.append(marked)
    unit.network.note_held(measure.municipality, sorted(measure.members))
    _tell(unit, measure, before, changed, at)


def _put(unit: ChangeUnit, matcher: Matcher, person: Resident) -> None:
    """Keep the person; what waits about them is not overtaken by a mark."""
    version = unit.put(person, matcher.terms(person))
    unit.entries.rebase(person.municipality, person.business_number, person.version, version)


def _tell(
    unit: ChangeUnit, measure: Measure, before: dict[str, Resident], changed: Sequence[Resident], at: datetime
) -> None:
    """Lay the marks into the line of changes: to every receiver they come in order with what is told of the person."""
    if not changed:
        return
    place = measure.municipality
    first = unit.past.tell(place, measure.measure_id, [one.business_number for one in changed])
    told = line_of(first, mark_told(at), before, changed)
    unit.line.lay(place, told, at)
    unit.network.lay(place, told)


def members_of(unit: ChangeUnit, municipality: str, persons: Iterable[str], scope: str) -> tuple[Resident, ...] | None:
    """Everybody a measure covers; None if one of ``persons`` is not here."""
    found: dict[str, Resident] = {}
    for number in persons:
        one = unit.person(municipality, number)
        if one is None:
            return None
        found[number] = one.resident
        if scope == "household":
            home = unit.household(municipality, one.resident.household_number)
            found |= {each.resident.business_number: each.resident for each in home if each.resident.is_resident}
    return tuple(found.values())


def moved_out(unit: ChangeUnit, municipality: str, numbers: Iterable[str]) -> None:
    """Who moves out must apply anew at the new place; here the measure goes on as a provisional one."""
    for number in numbers:
        person = unit.person(municipality, number)
        if person is None or person.resident.is_resident:
            continue
        for measure in unit.measures.of_person(municipality, number):
            if measure.kind == PROTECTIVE and measure.state == ACTIVE:
                moved = replace(measure, state=PROVISIONAL, change=MOVED_OUT, version=measure.version + 1)
                unit.measures.put(moved)


def joins(unit: ChangeUnit, municipality: str, person: Resident) -> None:
    """Count a person whom a household's restraint now covers among the members of its measure."""
    for measure_id in dict.fromkeys(one.measure_id for one in person.restraints if one.measure_id):
        measure = unit.measures.one(municipality, measure_id)
        if measure is not None and person.business_number not in measure.members:
            members = (*measure.members, person.business_number)
            unit.measures.put(replace(measure, members=members, version=measure.version + 1))
