"""What the office has granted somebody, and who they therefore are at the door today."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from app.backend.staff.ports import Session, StaffMember, StaffUnit
from app.domain.clock import business_date
from app.domain.rights import Actor, Right, Standing, effective
from app.wire.staff import RightRow


def standing(unit: StaffUnit, municipality: str, staff_id: str) -> Standing:
    """Posts, own rights, and the departments of the posts."""
    posts = unit.posts(municipality, staff_id)
    names = {post.department for post in posts}
    departments = tuple(one for one in unit.departments(municipality) if one.name in names)
    return Standing(posts, unit.rights(municipality, staff_id), departments)


def everybody(unit: StaffUnit, municipality: str) -> Iterator[tuple[StaffMember, Standing]]:
    """Each person with what they were granted: read as a whole, so that a large office is no slower than its rows."""
    posts, rights = unit.all_posts(municipality), unit.all_rights(municipality)
    departments = {one.name: one for one in unit.departments(municipality)}
    for member in unit.members(municipality):
        own = posts.get(member.staff_id, ())
        mine = tuple(departments[name] for name in sorted({post.department for post in own}) if name in departments)
        yield member, Standing(own, rights.get(member.staff_id, ()), mine)


def is_in_service(unit: StaffUnit, member: StaffMember, day: date) -> bool:
    """Whether the person works here on ``day``: not let go, and in a post."""
    return member.is_active and bool(standing(unit, member.municipality, member.staff_id).posts_on(day))


def actor_of(
    unit: StaffUnit, session: Session, member: StaffMember, sections: Mapping[str, str], at: datetime
) -> Actor | None:
    """Who the session stands for at ``at``; None for somebody without a post on that business date."""
    day = business_date(at)
    granted = standing(unit, member.municipality, member.staff_id)
    posts = granted.posts_on(day)
    if not posts or not member.is_active:
        return None
    return Actor(
        municipality=member.municipality,
        staff_id=member.staff_id,
        name=member.name,
        department=posts[0].department,
        terminal=session.terminal,
        rights=effective(granted, sections, day),
    )


def right_row(right: Right) -> RightRow:
    """A right as it travels."""
    return RightRow(
        act=right.act,
        procedure=right.procedure,
        item_class=right.item_class,
        since=right.since,
        until=right.until,
    )


def right_of(row: RightRow) -> Right:
    """A right as it is kept."""
    return Right(row.act, row.procedure, row.item_class, row.since, row.until)
