"""What a transfer would make of somebody, before anybody proposes it."""

from dataclasses import dataclass

from app.backend.staff.ports import StaffUnit
from app.backend.staff.service.applying import check_transfer, posts_after, rights_after
from app.backend.staff.service.roster import post_row
from app.backend.staff.service.standing import right_row
from app.domain.rights import Post, Right
from app.errors import Refused
from app.wire.staff_change import PlannedRow, Transfer


@dataclass(frozen=True, slots=True)
class Planned:
    """What a transfer would make of somebody."""

    posts: tuple[Post, ...]
    posts_after: tuple[Post, ...]
    rights: tuple[Right, ...]
    rights_after: tuple[Right, ...]


def planned(unit: StaffUnit, municipality: str, one: Transfer) -> Planned:
    """Before and after. Errors: Refused as for a proposal of it."""
    check_transfer(unit, municipality, one)
    posts, rights = unit.posts(municipality, one.staff_id), unit.rights(municipality, one.staff_id)
    return Planned(posts, posts_after(posts, one), rights, rights_after(rights, one))


def planned_row(unit: StaffUnit, municipality: str, one: Transfer) -> PlannedRow:
    """The same as it travels; what would be refused says so."""
    try:
        found = planned(unit, municipality, one)
    except Refused as refused:
        return PlannedRow(staff_id=one.staff_id, refused=refused.reason)
    return PlannedRow(
        staff_id=one.staff_id,
        posts=tuple(map(post_row, found.posts)),
        posts_after=tuple(map(post_row, found.posts_after)),
        rights_off=tuple(right_row(right) for right in found.rights if right not in found.rights_after),
        rights_on=tuple(right_row(right) for right in found.rights_after if right not in found.rights),
    )
