"""Which of a change or record one system may know: pure, from what was granted to what is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from app.backend.residentbase.ports import APPROVED, Grant, Kept, Use
from app.domain.distribution import ALL, DistributionRules, ReceivingSystem
from app.wire.resident_base import ITEMS, ResidentChange, ResidentItems, told

HOUSEHOLD_ITEMS = frozenset({"name", "relation", "household_number", "resident", "protected"})
"""Items that the household information of the people one lives with depends on."""


def grants(uses: Iterable[Use], rules: DistributionRules, day: date) -> dict[str, Grant]:
    """What each system may be told on ``day``: what its approved uses name, and the list allows today."""
    found: dict[str, Grant] = {}
    for use in uses:
        system = rules.systems.get(use.system)
        if use.state != APPROVED or not use.since <= day <= use.until or system is None:
            continue
        wanted = _with_mark(frozenset(use.items)) & frozenset(system.items)
        before = use.with_before and system.with_before
        known = found.get(use.system)
        if known is not None:
            wanted |= frozenset(known.items)
            before = before or known.with_before
        items = tuple(name for name in ITEMS if name in wanted)
        older = () if known is None else known.uses
        until = use.until if known is None else max(use.until, known.until)
        found[use.system] = Grant(items, before, (*older, use.application_id), until)
    return found


def _with_mark(items: frozenset[str]) -> frozenset[str]:
    """No address without the mark that hides it."""
    return items | {"protected"} if "address" in items else items


def both(then: Grant, now: Grant) -> Grant:
    """What was granted when a change came and still is: nothing that was not, and nothing that no longer is."""
    items = frozenset(now.items)
    return Grant(
        tuple(name for name in then.items if name in items), then.with_before and now.with_before, now.uses, now.until
    )


def concerns(change: Kept, changed: Collection[str], system: ReceivingSystem, grant: Grant) -> bool:
    """Whether the system is to be told: one of its items differs, and the person is one of those it asks about."""
    return (system.whom == ALL or change.is_foreign) and any(name in grant.items for name in changed)


def shared(change: Kept, sequence: int, grant: Grant) -> ResidentChange:
    """The change as the system may know it."""
    before, allowed = None, grant.items
    if grant.with_before and change.before is not None:
        before = narrowed(change.before, allowed)
    return ResidentChange(
        sequence=sequence,
        register_sequence=change.register_sequence,
        subject=change.subject,
        occasion=change.occasion,
        after=narrowed(change.after, allowed),
        before=before,
    )


def narrowed(items: ResidentItems, allowed: Collection[str]) -> ResidentItems:
    """The items that are allowed; the others are absent."""
    return ResidentItems(**{name: value for name, value in told(items).items() if name in allowed})  # type: ignore[arg-type]


def differing(before: ResidentItems | None, after: ResidentItems) -> tuple[ResidentItems | None, ResidentItems]:
    """Only the items that differ, before and after; of a new record those that are not empty."""
    new = told(after)
    if before is None:
        return None, ResidentItems(**{name: value for name, value in new.items() if value not in ("", None)})  # type: ignore[arg-type]
    old = told(before)
    names = [name for name in ITEMS if old.get(name) != new.get(name)]
    return _items(old, names), _items(new, names)


def _items(known: Mapping[str, object], names: Sequence[str]) -> ResidentItems:
    return ResidentItems(**{name: known[name] for name in names if name in known})  # type: ignore[arg-type]


def is_foreign(items: ResidentItems | None) -> bool:
    """Whether the record has a nationality, which no Japanese has."""
    return items is not None and bool(items.nationality)
