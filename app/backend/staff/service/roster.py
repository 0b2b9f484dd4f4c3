"""Everybody as administrators see them."""

from collections.abc import Mapping

from app.backend.staff.ports import StaffUnit
from app.backend.staff.service.standing import everybody, right_row
from app.domain.call import Call
from app.domain.rights import Post, effective
from app.wire.staff_change import DepartmentRow, PersonRow, PostRow, Roster, SessionRow, TerminalRow


def roster_of(unit: StaffUnit, call: Call, sections: Mapping[str, str]) -> Roster:
    """Everybody with posts and rights, departments, terminals and open sessions, as of the call's day."""
    place = call.municipality
    people = []
    for member, granted in everybody(unit, place):
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
            for one in unit.departments(place)
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
