"""Refusals are recorded before they are told; a restraint on viewing closes what shows a person."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.present import may_release
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import NotAllowed, NotUnderstood, Refused

_ID_LENGTH = 64


@contextlib.contextmanager
def refusals_kept(book: ChangeBook, call: Call, kind: str, about: str) -> Iterator[None]:
    """Record as ``<kind>_refused`` what is refused within."""
    try:
        yield
    except (NotAllowed, Refused) as refusal:
        code = refusal.reason if isinstance(refusal, Refused) else refusal.code
        refused = act_of(call, f"{kind}_refused", about=about[:_ID_LENGTH], code=code)
        book.write(lambda unit: unit.record(refused))
        raise


def demand_id(given: str) -> str:
    """Errors: NotUnderstood for an identifier that a caller can't have made."""
    if not given or len(given) > _ID_LENGTH or not given.replace("-", "").isalnum() or not given.isascii():
        raise NotUnderstood(what="id")
    return given


def is_restrained(person: Resident, act: str, call: Call) -> bool:
    """Whether ``act`` on this person is held with level error."""
    return any(one.act == act and one.level == "error" and one.holds_on(call.day) for one in person.restraints)


def is_let_through(
    unit: ChangeUnit, call: Call, person: Resident, act: str, at: datetime | None = None, visit_id: str | None = None
) -> bool:
    """Whether a release that two people made is in force, and who asks is not the one who agreed to it.

    ``visit_id``: the visit it is used in, where a release that was asked for in another one does not count.
    """
    found = unit.measures.releases(person.municipality, person.business_number, at or call.at)
    mine = (one for one in found if visit_id is None or one.visit_id in {"", visit_id})
    return any(one.act == act and one.granted_by not in {"", call.actor.staff_id} for one in mine)


def is_closed_to(unit: ChangeUnit, call: Call, persons: Iterable[Resident]) -> bool:
    """Whether one of ``persons`` may not be looked at by who asks."""
    if may_release(call):
        return False
    held = (one for one in persons if is_restrained(one, "view", call))
    return any(not is_let_through(unit, call, one, "view") for one in held)


def views_released(book: ChangeBook) -> Callable[[Call, Resident], bool]:
    """Whether a release by somebody else lets a request look at a person."""

    def is_released(call: Call, person: Resident) -> bool:
        return book.read(lambda unit: is_let_through(unit, call, person, "view"))

    return is_released
