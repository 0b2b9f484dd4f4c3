"""How near a resident is to the member of staff who looks: told as kinds for the record, never as names or places."""

from collections.abc import Sequence

from app.backend.register.ports import Acquaintance, RegisterUnit, Resident
from app.domain.access import Near
from app.domain.address import fold_address
from app.domain.call import Call
from app.domain.names import NameFolder

_BLOCK_PARTS = 2
"""Town and its first number make the class of an address: 中央一丁目 of 中央一丁目2番3号. Assumed to be near."""


def near_to(unit: RegisterUnit, call: Call, resident: Resident, folder: NameFolder) -> tuple[Near, ...]:
    """The kinds that hold. Who staff are in the register is known by a keyed token and a sealed number only."""
    known = unit.known(call.municipality, call.actor.staff_id, resident.business_number)
    own = known.own
    home: Resident | None = resident if own == resident.business_number else None
    if own and home is None and (found := unit.person(call.municipality, own)) is not None:
        home = found.resident
    return near_of(known, home, call, resident, folder)


def near_of(
    known: Acquaintance, home: Resident | None, call: Call, resident: Resident, folder: NameFolder
) -> tuple[Near, ...]:
    """As ``near_to``, of what is read already. ``home``: the record of who looks, where it is kept."""
    found: list[Near] = []
    if any(held.holds_on(call.day) for held in resident.restraints):
        found.append(Near.GUARDED)
    if _surname(call.actor.name, folder) in {_surname(name, folder) for name in resident.names} - {""}:
        found.append(Near.SURNAME)
    if known.own == resident.business_number:
        found.append(Near.SELF)
    elif known.is_staff:
        found.append(Near.COLLEAGUE)
    if home is not None:
        found += _of_home(home, resident, folder)
    return tuple(found)


def told(near: Sequence[Near]) -> str:
    """As it stands in a record."""
    return ",".join(near)


def _of_home(home: Resident, resident: Resident, folder: NameFolder) -> list[Near]:
    lives_alike = _block(home.address, folder) == _block(resident.address, folder) != ""
    kinds = ((Near.HOUSEHOLD, home.household_number == resident.household_number), (Near.ADDRESS, lives_alike))
    return [kind for kind, holds in kinds if holds]


def _surname(name: str, folder: NameFolder) -> str:
    parts = name.split()
    return folder.for_search(parts[0]) if len(parts) > 1 else ""


def _block(address: str, folder: NameFolder) -> str:
    parts = fold_address(address, folder).split("-")
    return "-".join(parts[:_BLOCK_PARTS]) if len(parts) > 1 else ""
