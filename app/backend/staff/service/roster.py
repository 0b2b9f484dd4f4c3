"""Everybody as administrators see them: read as a whole, so that a large office is no slower than its rows."""

from collections.abc import Mapping

from app.backend.staff.ports import StaffUnit
from app.backend.staff.service.standing import right_row
from app.domain.call import Call
from app.domain.rights import Post, Standing, effective
from app.wire.staff_change import DepartmentRow, PersonRow, PostRow, Roster, SessionRow, TerminalRow


def roster_of(unit: StaffUnit, call: Call, sections: Mapping[str, str]) -> Roster:
    """Everybody with posts and rights, departments, terminals and open sessions, as of the call's day."""
    place = call.municipality
    posts, rights = unit.all_posts(place), unit.all_rights(place)
    departments = {one.name: one for one in unit.departments(place)}
    people = []
    for member in unit.members(place):
        own = posts.get(member.staff_id, ())
        mine = tuple(departments[name] for name in sorted({post.department for post in own}) if name in departments)
        granted = Standing(own, rights.get(member.staff_id, ()), mine)
        people.append(
            PersonRow(
                staff_id=member.staff_id,
                name=member.name,
                office=member.office,
                active=member.is_active,
                posts=tuple(map(post_row, granted.posts)),
                rights=tuple(map(right_row, granted.own)),
                effective=tuple(map(right_row, effective(granted, sections, call.day))) if member.is_active else (),
            )
        )
    return Roster(
        people=tuple(people),
        departments=tuple(
            DepartmentRow(department=one.name, sections=one.sections, rights=tuple(map(right_row, one.rights)))
            for one in departments.values()
        ),
        terminals=tuple(
            TerminalRow(**{name: getattr(one, name) for name in TerminalRow.__struct_fields__ if name != "v"})
            for one in unit.terminals(place)
        ),
        sessions=tuple(
            SessionRow(**{name: getattr(one, name) for name in SessionRow.__struct_fields__ if name != "v"})
            for one in unit.open_sessions(place, "", call.at)
        ),
        sections=dict(sections),
    )


def post_row(post: Post) -> PostRow:
    """A post as it travels."""
    return PostRow(department=post.department, since=post.since, until=post.until)
