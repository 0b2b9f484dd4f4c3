"""本登録: carries an approved filing out, with history, households, removed records and the line of changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import msgspec

from app.backend.register.ports import PastName, Resident, Restraint
from app.backend.register.service.applying import Allotted, Group, applied, others
from app.backend.register.service.changing import ChangeUnit, HouseholdPast, Membership, Past, Removed
from app.backend.register.service.drafting import Draft
from app.backend.register.service.match import Matcher
from app.backend.register.service.pairing import named_before
from app.backend.register.service.protecting import joins
from app.backend.register.service.records import line_of, occasion_of
from app.backend.register.service.seal_following import seals_follow
from app.backend.register.service.states import State, deltas, state_of
from app.domain.register_rules import Effect
from app.wire.message import decode, encode
from app.wire.register_change import Filing, KeepAnnouncement

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose change it is: the entry, who entered it and who approved it."""

    municipality: str
    entry_id: str
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime


def carry_out(unit: ChangeUnit, matcher: Matcher, draft: Draft, by: Signature) -> tuple[str, ...]:
    """Write what ``draft`` says; the 宛名番号 of who changed. Numbers are given out only here."""
    change, filing = draft.change, draft.change.filing
    group = _with_numbers(unit, draft.group)
    fresh = sum(one is None for one in group.persons)
    allotted = Allotted(
        by.municipality,
        tuple(unit.plans.next_person(by.municipality) for _ in range(fresh)),
        unit.plans.next_household(by.municipality) if filing.household == "new" and not change.is_planned else "",
    )
    before = {one.business_number: one for one in group.known}
    after = tuple(_inheriting(one, group) for one in applied(change, group, allotted))
    after = tuple(_remembering(before.get(one.business_number), one, change.day) for one in after)
    changed = (*after, *others(change, group))
    changed = tuple(one for one in changed if before.get(one.business_number) != one)
    for one in changed:
        _keep(unit, matcher, draft, by, (before.get(one.business_number), one))
    _keep_households(unit, draft, by, (before.values(), changed))
    seals_follow(unit, matcher.fold, (by.entry_id, change.day, by.decided_at), before, changed)
    numbers = tuple(one.business_number for one in changed)
    first = unit.past.tell(by.municipality, by.entry_id, numbers)
    occasion = occasion_of(change.kind.id, filing, (by.entry_id, by.decided_at))
    told = line_of(first, occasion, before, changed)
    unit.line.lay(by.municipality, told, by.decided_at)
    unit.network.lay(by.municipality, told)
    if filing.announcement_id:
        _take_from_announcement(unit, by.municipality, filing)
    return numbers


def _take_from_announcement(unit: ChangeUnit, municipality: str, filing: Filing) -> None:
    """Who was entered stands in it no more; who announced to come and did not is waited for."""
    announced = unit.plans.announcement(municipality, filing.announcement_id)
    if announced is None:
        return
    said = decode(announced.content, KeepAnnouncement)
    entered = set(named_before(filing.persons, said.persons))
    rest = tuple(one for place, one in enumerate(said.persons) if place not in entered)
    if len(rest) == len(said.persons):
        return
    unit.plans.erase(municipality, filing.announcement_id)
    if rest:
        content = encode(msgspec.structs.replace(said, persons=rest))
        unit.plans.announce(replace(announced, content=content))


def _keep(
    unit: ChangeUnit, matcher: Matcher, draft: Draft, by: Signature, pair: tuple[Resident | None, Resident]
) -> None:
    """One person's new record, with what it replaces."""
    change, (before, after) = draft.change, pair
    unit.put(after, matcher.terms(after))
    joins(unit, by.municipality, after)
    if after.restraints != (before.restraints if before else ()):
        unit.network.note_held(by.municipality, [after.business_number])
    old, new = _state(before), _state(after)
    past = Past(
        entry_id=by.entry_id,
        kind=change.kind.id,
        reason=change.filing.reason,
        event_day=change.filing.event_day,
        event_written=change.filing.event_written,
        filed_day=change.filing.filed_day,
        entered_by=by.entered_by,
        entered_at=by.entered_at,
        decided_by=by.decided_by,
        decided_at=by.decided_at,
        deltas=deltas(old, new),
    )
    unit.past.add(by.municipality, after.business_number, past)
    _plan(unit, draft, by, after)
    is_gone = before is not None and before.is_resident and not after.is_resident
    is_moved = before is not None and change.kind.effect is Effect.TRANSFER and before.ward != after.ward
    if before is not None and (is_gone or is_moved):
        removed = Removed(change.day, change.kind.id, before.ward, tuple(sorted((old | _end(new)).items())))
        unit.past.add_removed(by.municipality, after.business_number, removed)


def _end(state: State) -> State:
    """What a removed record says of its end."""
    said = ("removed_on", "removed_why", "moved_to", "resident")
    return {name: state[name] for name in said if name in state}


def _plan(unit: ChangeUnit, draft: Draft, by: Signature, after: Resident) -> None:
    if after.planned_move_out_on is None:
        unit.plans.drop(by.municipality, after.business_number)
    elif draft.change.is_planned:
        unit.plans.plan(by.municipality, after.planned_move_out_on, after.business_number, by.entry_id)


def _keep_households(
    unit: ChangeUnit, draft: Draft, by: Signature, states: tuple[Iterable[Resident], tuple[Resident, ...]]
) -> None:
    """The households whose members or relations differ now."""
    before = {one.business_number: one for one in states[0]}
    after = before | {one.business_number: one for one in states[1]}
    numbers = dict.fromkeys(one.household_number for one in (*before.values(), *after.values()))
    for number in numbers:
        was, now = _members(before.values(), number), _members(after.values(), number)
        if was != now:
            past = HouseholdPast(by.entry_id, draft.change.kind.id, draft.change.filing.event_day, was, now)
            unit.past.add_household(by.municipality, number, past)


def _members(persons: Iterable[Resident], household_number: str) -> tuple[Membership, ...]:
    mine = (one for one in persons if one.household_number == household_number and one.is_resident)
    return tuple(
        sorted((Membership(one.business_number, one.relation) for one in mine), key=lambda one: one.business_number)
    )


def _with_numbers(unit: ChangeUnit, group: Group) -> Group:
    """The group with each 個人番号 opened: a record is written whole."""

    def opened(one: Resident) -> Resident:
        return replace(one, my_number=unit.number(one.municipality, one.business_number))

    return Group(
        tuple(None if one is None else opened(one) for one in group.persons),
        tuple(map(opened, group.left)),
        tuple(map(opened, group.joined)),
    )


def _inheriting(one: Resident, group: Group) -> Resident:
    """Who enters a household comes under what restrains the household."""
    if not group.joined or one.household_number != group.joined[0].household_number:
        return one
    own = set(one.restraints)
    found: dict[Restraint, None] = {}
    for member in group.joined:
        found |= dict.fromkeys(held for held in member.restraints if held.scope == "household" and held not in own)
    return replace(one, restraints=(*one.restraints, *found)) if found else one


def _remembering(before: Resident | None, after: Resident, day: date) -> Resident:
    """Who has another name now is still found by the one before."""
    if before is None:
        return after
    now = {one.name for one in after.written} | {one.name for one in after.past_names}
    gone = (one for one in before.written if one.name and one.name not in now)
    past = tuple(PastName(one.name, one.kana, day - _DAY) for one in gone)
    return replace(after, past_names=(*after.past_names, *past)) if past else after


def _state(one: Resident | None) -> State:
    return state_of(one, has_number=one is not None and one.my_number is not None)
