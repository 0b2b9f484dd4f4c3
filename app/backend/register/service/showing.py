"""Entries and history as whoever asks may see them: guarded items by the right that names them only."""

from collections.abc import Iterable, Sequence

import msgspec

from app.backend.register.service.changing import Entry, Past, Removed
from app.backend.register.service.drafting import Draft
from app.backend.register.service.pairing import named_before
from app.backend.register.service.states import deltas, shown_changes, shown_items, state_of
from app.domain.register_rules import RegisterRules
from app.domain.rights import ItemClass
from app.wire.register_change import (
    EntryRow,
    Filing,
    FindingMark,
    HistoryLine,
    PersonChange,
    PersonPart,
    RemovedRecord,
    without_guarded,
)

GUARDED_IN_FILINGS = {"resident_code": ItemClass.RESIDENT_CODE, "residence_status": ItemClass.RESIDENCE_STATUS}


def masked(filing: Filing, shown: frozenset[ItemClass] = frozenset()) -> Filing:
    """The filing without guarded items that are not ``shown``; never with a 個人番号."""
    names = frozenset(name for name, one in GUARDED_IN_FILINGS.items() if one in shown)

    def part(one: PersonPart) -> PersonPart:
        return msgspec.structs.replace(one, items=without_guarded(one.items, names))

    return msgspec.structs.replace(filing, persons=tuple(map(part, filing.persons)))


def refilled(filing: Filing, before: Filing) -> Filing:
    """A correction whose guarded items, where left None, are those entered first for the same person."""
    known = {one.business_number: one for one in before.persons if one.business_number}
    fresh = [one for one in before.persons if not one.business_number]
    places = named_before(filing.persons, [one.items for one in fresh])
    earlier = [
        known.get(one.business_number) if place is None else fresh[place]
        for one, place in zip(filing.persons, places, strict=True)
    ]
    pairs = zip(filing.persons, earlier, strict=True)
    return msgspec.structs.replace(filing, persons=tuple(one if old is None else _kept(one, old) for one, old in pairs))


def _kept(part: PersonPart, before: PersonPart) -> PersonPart:
    names = ("my_number", *GUARDED_IN_FILINGS)
    values = {name: getattr(before.items, name) for name in names if getattr(part.items, name) is None}
    return msgspec.structs.replace(part, items=msgspec.structs.replace(part.items, **values))


def people_of(draft: Draft) -> tuple[str, ...]:
    """The names of the persons of a filing."""
    return tuple(one.name for one in draft.after)


def row_of(
    rules: RegisterRules,
    entry: Entry,
    filing: Filing,
    said: tuple[Sequence[str], Sequence[FindingMark]],
    now: tuple[tuple[str, ...], str, bool],
) -> EntryRow:
    """A line of the list. ``said``: names, findings; ``now``: what may be done, what stands in the way, overtaken."""
    may, why_not, overtaken = now
    return EntryRow(
        entry_id=entry.entry_id,
        kind=entry.kind,
        title=rules.kind(entry.kind).title,
        state=entry.state,
        office=entry.office,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
        filed_day=filing.filed_day,
        event_day=filing.event_day,
        people=tuple(said[0]),
        findings=tuple(said[1]),
        may=may,
        version=entry.version,
        why_not=why_not,
        overtaken=overtaken,
        decided_by=entry.decided_by,
        decided_at=entry.decided_at,
        reason=entry.reason,
    )


def changes_of(draft: Draft, shown: frozenset[ItemClass]) -> tuple[PersonChange, ...]:
    """What each person's record would change to."""
    known = {one.business_number: one for one in draft.group.known}
    given = [part.items.my_number is not None for part in draft.change.filing.persons]
    found = []
    for place, after in enumerate((*draft.after, *draft.others)):
        before = known.get(after.business_number)
        is_given = place < len(given) and given[place]
        items = deltas(state_of(before, has_number=False), state_of(after, has_number=is_given))
        number = "" if before is None else after.business_number
        found.append(PersonChange(business_number=number, name=after.name, items=shown_changes(items, shown)))
    return tuple(found)


def line_of(rules: RegisterRules, past: Past, shown: frozenset[ItemClass]) -> HistoryLine:
    """One change as a line of the history."""
    return HistoryLine(
        entry_id=past.entry_id,
        kind=past.kind,
        title=rules.kind(past.kind).title,
        reason=past.reason,
        event_day=past.event_day,
        event_written=past.event_written,
        filed_day=past.filed_day,
        entered_by=past.entered_by,
        entered_at=past.entered_at,
        decided_by=past.decided_by,
        decided_at=past.decided_at,
        items=shown_changes(past.deltas, shown),
    )


def removed_of(found: Iterable[Removed], shown: frozenset[ItemClass]) -> tuple[RemovedRecord, ...]:
    """Removed records, newest first."""
    return tuple(
        RemovedRecord(day=one.day, why=one.why, ward=one.ward, items=shown_items(dict(one.items), shown))
        for one in reversed(tuple(found))
    )
