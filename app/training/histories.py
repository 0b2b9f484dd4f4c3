"""What happened to the people of the large city before: their changes as the register's own history keeps them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from app.backend.register.ports import Resident
from app.backend.register.service.changing import HouseholdPast, ItemDelta, Membership, Past, Removed
from app.backend.register.service.states import deltas, state_of
from app.backend.register.store.bulk import Newcomer
from app.standin.city.dweller import Dweller

_CLERK, _APPROVER = "load-1", "load-2"
_ENTERED, _DECIDED = time(2, 0), time(5, 30)
"""Of the day, UTC: late morning and afternoon in Japan."""
_MOVED_IN, _MOVED, _TO_WARD, _LEFT, _DIED = "move_in", "change_of_address", "ward_change", "move_out", "death"
"""Kinds of resources/tables/register_entries.toml."""


def newcomers(people: Sequence[tuple[Dweller, Resident]]) -> list[Newcomer]:
    """People of one portion with their past. Whole households stand together."""
    homes: dict[str, list[tuple[Dweller, Resident]]] = {}
    for pair in people:
        homes.setdefault(pair[1].household_number, []).append(pair)
    return [_newcomer(one, resident, homes[resident.household_number]) for one, resident in people]


def _newcomer(one: Dweller, resident: Resident, home: Sequence[tuple[Dweller, Resident]]) -> Newcomer:
    if not one.moved_in_on and len(one.stays) == 1 and one.removed_on is None:
        return Newcomer(resident)
    removed = () if one.removed_on is None else (_removed(one, resident, one.removed_on),)
    return Newcomer(resident, tuple(_past(one)), removed, tuple(_left_home(one, home)))


def _past(one: Dweller) -> Iterator[Past]:
    """Every change that is told, oldest first: moved in, moved within the city, removed.

    Of an entry the address and where from are told, not the whole record: as of changes taken over from another system.
    """
    if one.moved_in_on is not None:
        first = one.stays[0]
        new = {"address": first.address, "ward": first.ward, "moved_from": one.former_address, "resident": "yes"}
        yield _change(one, _MOVED_IN, one.moved_in_on, deltas({}, new | {"moved_in_on": one.moved_in_on.isoformat()}))
    for before, after in zip(one.stays, one.stays[1:], strict=False):
        found = (ItemDelta("address", before.address, after.address),)
        if before.ward == after.ward:
            yield _change(one, _MOVED, after.since, found)
        else:
            yield _change(one, _TO_WARD, after.since, (*found, ItemDelta("ward", before.ward, after.ward)))
    if one.removed_on is not None:
        gone = {"removed_on": one.removed_on.isoformat(), "removed_why": one.removed_why, "resident": "no"}
        gone |= {"moved_to": one.moved_to} if one.moved_to else {}
        yield _change(one, _kind(one), one.removed_on, deltas({"resident": "yes"}, gone))


def _removed(one: Dweller, resident: Resident, day: date) -> Removed:
    """The record as it stood when it left the register."""
    state = state_of(resident, has_number=True)
    return Removed(day, _kind(one), resident.ward, tuple(sorted(state.items())))


def _left_home(one: Dweller, home: Sequence[tuple[Dweller, Resident]]) -> Iterator[HouseholdPast]:
    """That somebody left a household in which others stayed."""
    stayed = [Membership(other.business_number, other.relation) for other, _ in home if other.is_resident]
    if one.removed_on is not None and stayed:
        before = [*stayed, Membership(one.business_number, one.relation)]
        yield HouseholdPast(_entry(one, one.removed_on), _kind(one), one.removed_on, _sorted(before), _sorted(stayed))


def _change(one: Dweller, kind: str, day: date, found: tuple[ItemDelta, ...]) -> Past:
    return Past(
        entry_id=_entry(one, day),
        kind=kind,
        reason="",
        event_day=day,
        event_written="",
        filed_day=day,
        entered_by=_CLERK,
        entered_at=datetime.combine(day, _ENTERED, UTC),
        decided_by=_APPROVER,
        decided_at=datetime.combine(day, _DECIDED, UTC),
        deltas=found,
    )


def _kind(one: Dweller) -> str:
    return _DIED if one.removed_why == _DIED else _LEFT


def _entry(one: Dweller, day: date) -> str:
    return f"load-{one.serial}-{day.isoformat()}"


def _sorted(members: Sequence[Membership]) -> tuple[Membership, ...]:
    return tuple(sorted(members, key=lambda one: one.business_number))
