"""A record as items with texts: what differs between two states, and how a record stood on an earlier day."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ItemDelta, Past
from app.domain.rights import ItemClass
from app.wire.register_change import ItemChange, StateItem

State = dict[str, str]
GUARDED = {"my_number": ItemClass.MY_NUMBER, "resident_code": ItemClass.RESIDENT_CODE} | dict.fromkeys(
    ("residence_status", "status_until", "card_number"), ItemClass.RESIDENCE_STATUS
)
"""Items whose values show by a right that names their class only."""
KNOWN = "set"
"""What stands in the place of a 個人番号: that there is one, never which."""
_OWN = (
    "name",
    "kana",
    "sex",
    "relation",
    "household_number",
    "former_name",
    "alias",
    "latin_name",
    "moved_from",
    "resident_code",
    "residence_status",
)
_MORE = (
    "legal_kana",
    "birth_written",
    "former_name_kana",
    "alias_kana",
    "kanji_name",
    "nationality",
    "card_number",
    "origin",
    "origin_head",
    "moved_to",
    "removed_why",
)


def state_of(resident: Resident | None, *, has_number: bool) -> State:
    """The items that are not empty; dates as ISO text. Nobody has none."""
    if resident is None:
        return {}
    more = resident.more
    days = {
        "birth": resident.birth,
        "moved_in_on": resident.moved_in_on,
        "planned_move_out_on": resident.planned_move_out_on,
        "status_until": more.status_until,
        "removed_on": more.removed_on,
    }
    found = {name: str(getattr(resident, name)) for name in _OWN} | {name: str(getattr(more, name)) for name in _MORE}
    found |= {name: day.isoformat() for name, day in days.items() if day is not None}
    found |= {"address": resident.address, "ward": resident.ward, "my_number": KNOWN if has_number else ""}
    found["resident"] = "yes" if resident.is_resident else "no"
    return {name: value for name, value in found.items() if value}


def deltas(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ItemDelta, ...]:
    """What differs, by item."""
    names = sorted(before.keys() | after.keys())
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(ItemDelta(name, old, new) for name, old, new in pairs if old != new)


def state_on(now: Mapping[str, str], past: Sequence[Past], day: date) -> State:
    """The record as it held on ``day``: later changes taken back. ``past``: oldest entered first.

    A change counts from the day it happened, not from the day it was entered; where that day is not known, from the
    day it was filed.
    """
    state = dict(now)
    for one in reversed(past):
        if (one.event_day or one.filed_day) > day:
            for delta in one.deltas:
                state[delta.item] = delta.before
    return {name: value for name, value in state.items() if value}


def shown_changes(found: Iterable[ItemDelta], shown: Set[ItemClass]) -> tuple[ItemChange, ...]:
    """The differences for who may see the classes ``shown``; that a guarded item changed is told, not to what."""
    return tuple(
        ItemChange(item=one.item, before=one.before, after=one.after)
        if GUARDED.get(one.item) is None or GUARDED[one.item] in shown
        else ItemChange(item=one.item, before="", after="", masked=True)
        for one in found
    )


def shown_items(state: Mapping[str, str], shown: Set[ItemClass]) -> tuple[StateItem, ...]:
    """A state for who may see the classes ``shown``."""
    return tuple(
        StateItem(item=name, value=value)
        if GUARDED.get(name) is None or GUARDED[name] in shown
        else StateItem(item=name, value="", masked=True)
        for name, value in sorted(state.items())
    )
