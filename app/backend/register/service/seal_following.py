"""What becomes of a registered seal when the register changes: who is gone, or has another name, has none any more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeUnit
from app.backend.register.service.seal_checks import names_of
from app.backend.register.service.seal_rows import CANCELLED
from app.domain.act import Act
from app.domain.seal_rules import fits

ITSELF = "slice:register"


def seals_follow(
    unit: ChangeUnit,
    fold: Callable[[str], str],
    entry: tuple[str, date, datetime],
    before: Mapping[str, Resident],
    changed: Iterable[Resident],
) -> None:
    """Cancel what does not hold any more, in the transaction of the change. ``entry``: its id, day, and when approved.

    A seal stays whose text still is a name of the person, whatever else of the name has changed.
    """
    entry_id, day, at = entry
    for after in changed:
        was = before.get(after.business_number)
        if was is None or (was.is_resident == after.is_resident and names_of(was) == names_of(after)):
            continue
        seal = unit.seals.open_of(after.municipality, after.business_number)
        if seal is None or (after.is_resident and fits(seal.text, names_of(after), fold)):
            continue
        why = "name_changed" if after.is_resident else "removed"
        done = replace(
            seal, state=CANCELLED, cancelled_on=day, cancelled_why=why, cancelled_by=ITSELF, version=seal.version + 1
        )
        unit.seals.put(done)
        what = (("code", why), ("entry", entry_id), ("seal", seal.seal_id))
        about = after.business_number
        act = Act("seal.cancelled", at, after.municipality, ITSELF, "", entry_id, about=about, what=what)
        unit.record(act)
