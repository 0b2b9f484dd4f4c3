"""Changes that are collected before they are proposed: each can be undone, and how everything would stand with them."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from app.wire.staff_change import (
    BundleChange,
    DepartmentChange,
    DepartmentRow,
    PartChange,
    PersonChange,
    PersonRow,
    PostsChange,
    RightsChange,
    Roster,
    TerminalChange,
    TerminalRow,
)

_KINDS = (PersonChange, DepartmentChange, PostsChange, RightsChange, TerminalChange)


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """まとめた変更: in the order they were made; ``earlier``: what undo goes back to."""

    changes: tuple[PartChange, ...] = ()
    earlier: tuple[tuple[PartChange, ...], ...] = ()

    def put(self, change: PartChange, roster: Roster) -> "ChangeDraft":
        """With ``change`` in place of one of the same kind and subject; one that changes nothing is left out."""
        others = tuple(one for one in self.changes if key_of(one) != key_of(change))
        wanted = others if is_as_it_stands(change, overlaid(roster, others)) else (*others, change)
        return self._then(wanted)

    def without(self, place: int) -> "ChangeDraft":
        """The change at ``place`` taken out, and what hangs on a person who would not be entered any more."""
        gone = self.changes[place]
        kept = (one for at, one in enumerate(self.changes) if at != place)
        return self._then(tuple(one for one in kept if not _hangs_on(one, gone)))

    def undone(self) -> "ChangeDraft":
        """As it was before the last step."""
        return ChangeDraft(self.earlier[-1], self.earlier[:-1]) if self.earlier else self

    def as_one(self) -> PartChange | BundleChange:
        """What is proposed. There is at least one change."""
        return self.changes[0] if len(self.changes) == 1 else BundleChange(parts=self.changes)

    def touches(self, kind: type, subject: str) -> bool:
        """Whether a change of that kind and subject is in it."""
        return (kind, subject) in map(key_of, self.changes)

    def _then(self, changes: tuple[PartChange, ...]) -> "ChangeDraft":
        return self if changes == self.changes else ChangeDraft(changes, (*self.earlier, self.changes))


def key_of(change: PartChange) -> tuple[type, str]:
    """Kind and subject."""
    match change:
        case DepartmentChange():
            return DepartmentChange, change.department
        case TerminalChange():
            return TerminalChange, change.terminal
        case _:
            return type(change), change.staff_id


def is_as_it_stands(change: PartChange, roster: Roster) -> bool:
    """Whether the change would leave everything as it is. A terminal's never does: enrolling anew means something."""
    if isinstance(change, TerminalChange):
        return False
    if isinstance(change, PersonChange) and all(one.staff_id != change.staff_id for one in roster.people):
        return False
    if isinstance(change, DepartmentChange) and all(one.department != change.department for one in roster.departments):
        return False
    return overlaid(roster, (change,)) == overlaid(roster, ())


def overlaid(roster: Roster, changes: tuple[PartChange, ...], at: datetime | None = None) -> Roster:
    """``roster`` as it would be with ``changes``; ``effective`` stays what it is today. ``at``: of new terminals."""
    people = {one.staff_id: one for one in roster.people}
    departments = {one.department: one for one in roster.departments}
    terminals = {one.terminal: one for one in roster.terminals}
    for change in sorted(changes, key=lambda one: _KINDS.index(type(one))):
        match change:
            case PersonChange():
                people[change.staff_id] = _person(people.get(change.staff_id), change)
            case PostsChange() if change.staff_id in people:
                people[change.staff_id] = replace(people[change.staff_id], posts=change.posts)
            case RightsChange() if change.staff_id in people:
                people[change.staff_id] = replace(people[change.staff_id], rights=change.rights)
            case DepartmentChange():
                sections = tuple(sorted({*change.sections}))
                row = DepartmentRow(department=change.department, sections=sections, rights=change.rights)
                departments[change.department] = row
            case TerminalChange() if at is not None:
                terminals[change.terminal] = _terminal(terminals.get(change.terminal), change, at)
            case _:
                pass
    return replace(
        roster,
        people=tuple(sorted(people.values(), key=lambda one: one.staff_id)),
        departments=tuple(sorted(departments.values(), key=lambda one: one.department)),
        terminals=tuple(sorted(terminals.values(), key=lambda one: one.terminal)),
    )


def _hangs_on(change: PartChange, gone: PartChange) -> bool:
    is_of_newcomer = isinstance(gone, PersonChange) and isinstance(change, PostsChange | RightsChange)
    return is_of_newcomer and key_of(change)[1] == key_of(gone)[1]


def _person(known: PersonRow | None, change: PersonChange) -> PersonRow:
    if known is not None:
        return replace(known, name=change.name, office=change.office, active=change.active)
    return PersonRow(
        staff_id=change.staff_id,
        name=change.name,
        office=change.office,
        active=change.active,
        posts=(),
        rights=(),
        effective=(),
    )


def _terminal(known: TerminalRow | None, change: TerminalChange, at: datetime) -> TerminalRow:
    if change.revoked and known is not None:
        return replace(known, revoked_at=at)
    return TerminalRow(
        terminal=change.terminal,
        window=change.window,
        enrolled_at=at,
        revoked_at=None,
        certificate=change.certificate,
        display_checked_by="",
    )
