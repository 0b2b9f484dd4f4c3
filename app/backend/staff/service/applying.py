"""What a change of staff, departments or terminals does to the book once a second administrator agreed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.backend.staff.ports import StaffMember, StaffUnit, Terminal
from app.backend.staff.service.standing import right_of
from app.domain.call import Call
from app.domain.password_rules import REMEMBERED
from app.domain.rights import Department, Post, Right, holds
from app.errors import Refused
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AnyChange,
    BundleChange,
    DepartmentChange,
    PartChange,
    PersonChange,
    PostRow,
    PostsChange,
    RightsChange,
    ScheduleChange,
    TerminalChange,
    Transfer,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """``proposer`` wished it, ``call`` is of who agreed; ``password_hash`` for somebody new."""

    call: Call
    proposer: str
    password_hash: str = ""


@dataclass(frozen=True, slots=True)
class Arriving:
    """Who and which departments come by the same change."""

    people: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


def subject_of(change: AnyChange) -> str:
    """What is changed: staff id, department or terminal; a schedule's first day; the first part's of a bundle."""
    match change:
        case PersonChange() | PostsChange() | RightsChange():
            return change.staff_id
        case DepartmentChange():
            return change.department
        case TerminalChange():
            return change.terminal
        case ScheduleChange():
            return min((one.on for one in change.transfers), default=date.min).isoformat()
        case BundleChange():
            return subject_of(change.parts[0])


def persons_of(change: AnyChange) -> frozenset[str]:
    """Whose rights or place the change is about: none of them may agree to it."""
    match change:
        case PersonChange() | PostsChange() | RightsChange():
            return frozenset({change.staff_id})
        case ScheduleChange():
            return frozenset(one.staff_id for one in change.transfers)
        case BundleChange():
            return frozenset().union(*map(persons_of, change.parts))
        case _:
            return frozenset()


def base_of(unit: StaffUnit, municipality: str, change: AnyChange) -> bytes:
    """Digest of everything that the change would replace, as it is now."""
    return hashlib.sha256(repr(_known(unit, municipality, change)).encode()).digest()


def _known(unit: StaffUnit, place: str, change: AnyChange) -> object:
    match change:
        case PersonChange():
            member = unit.member(place, change.staff_id)
            return None if member is None else (member.name, member.office, member.is_active)
        case DepartmentChange():
            return [one for one in unit.departments(place) if one.name == change.department]
        case TerminalChange():
            terminal = unit.terminal(place, change.terminal)
            return None if terminal is None else (terminal.enrolled_at, terminal.revoked_at)
        case BundleChange():
            return [_known(unit, place, part) for part in change.parts]
        case _:
            return [(unit.posts(place, one), unit.rights(place, one)) for one in sorted(persons_of(change))]


def check(unit: StaffUnit, municipality: str, change: AnyChange) -> None:
    """Refuse what can't be done.

    Errors: Refused with ``unknown_staff``, ``unknown_department``, ``period_reversed``, ``display_not_confirmed``,
    ``unknown_terminal``, ``certificate_given_up``, ``nothing_to_change``, ``said_twice`` or ``several_new``, each with
    ``name``.
    """
    match change:
        case ScheduleChange():
            _demand(bool(change.transfers), "nothing_to_change", "")
            for one in change.transfers:
                check_transfer(unit, municipality, one)
        case BundleChange():
            _check_bundle(unit, municipality, change)
        case _:
            _check_part(unit, municipality, change, Arriving())


def newcomers(unit: StaffUnit, municipality: str, change: AnyChange) -> tuple[str, ...]:
    """Staff ids that this change enters, or gives a first password once more."""
    parts = change.parts if isinstance(change, BundleChange) else (change,)
    named = [part for part in parts if isinstance(part, PersonChange)]
    return tuple(one.staff_id for one in named if one.new_password or unit.member(municipality, one.staff_id) is None)


def _check_bundle(unit: StaffUnit, municipality: str, change: BundleChange) -> None:
    _demand(bool(change.parts), "nothing_to_change", "")
    said: set[tuple[type, str]] = set()
    for part in change.parts:
        key = (type(part), subject_of(part))
        _demand(key not in said, "said_twice", key[1])
        said.add(key)
    _demand(len(newcomers(unit, municipality, change)) <= 1, "several_new", "")
    arriving = Arriving(
        frozenset(part.staff_id for part in change.parts if isinstance(part, PersonChange)),
        frozenset(part.department for part in change.parts if isinstance(part, DepartmentChange)),
    )
    for part in change.parts:
        _check_part(unit, municipality, part, arriving)


def _check_part(unit: StaffUnit, municipality: str, change: PartChange, arriving: Arriving) -> None:
    match change:
        case PersonChange():
            _demand(bool(change.staff_id and change.name), "unknown_staff", change.staff_id)
        case DepartmentChange():
            _demand(bool(change.department), "unknown_department", change.department)
            _check_periods(change.department, change.rights)
        case PostsChange():
            _demand_staff(unit, municipality, change.staff_id, arriving)
            for post in change.posts:
                _demand_post(unit, municipality, post, arriving)
        case RightsChange():
            _demand_staff(unit, municipality, change.staff_id, arriving)
            _check_periods(change.staff_id, change.rights)
        case TerminalChange():
            _check_terminal(unit, municipality, change)


def _check_periods(name: str, rights: Iterable[RightRow]) -> None:
    for one in rights:
        _demand(one.since is None or one.until is None or one.since <= one.until, "period_reversed", name)


def check_transfer(unit: StaffUnit, municipality: str, one: Transfer) -> None:
    """Errors as ``check``, and Refused ``other_post`` for somebody who is not where they are to leave."""
    _demand_staff(unit, municipality, one.staff_id, Arriving())
    _demand(bool(one.leaves or one.department), "nothing_to_change", one.staff_id)
    eve = one.on - timedelta(days=1)
    held = {post.department for post in unit.posts(municipality, one.staff_id) if holds(post.since, post.until, eve)}
    _demand(not one.leaves or one.leaves in held, "other_post", one.staff_id)
    if one.department:
        _demand_post(unit, municipality, PostRow(department=one.department, since=one.on, until=one.until), Arriving())


def apply(unit: StaffUnit, change: AnyChange, applied: Applied) -> None:
    """Do it. It was checked in the same transaction."""
    match change:
        case ScheduleChange():
            for one in change.transfers:
                _transfer(unit, applied.call.municipality, one)
        case BundleChange():
            for part in sorted(change.parts, key=lambda part: not isinstance(part, PersonChange)):
                _apply_part(unit, part, applied)
        case _:
            _apply_part(unit, change, applied)


def _apply_part(unit: StaffUnit, change: PartChange, applied: Applied) -> None:
    place = applied.call.municipality
    match change:
        case PersonChange():
            _put_person(unit, change, applied)
        case DepartmentChange():
            rights = tuple(map(right_of, change.rights))
            unit.put_department(place, Department(change.department, tuple(sorted({*change.sections})), rights))
        case PostsChange():
            posts = (Post(one.department, one.since, one.until) for one in change.posts)
            unit.put_posts(place, change.staff_id, _in_order(posts))
        case RightsChange():
            unit.put_rights(place, change.staff_id, tuple(map(right_of, change.rights)))
        case TerminalChange():
            _put_terminal(unit, change, applied)


def _put_terminal(unit: StaffUnit, change: TerminalChange, applied: Applied) -> None:
    place, at = applied.call.municipality, applied.call.at
    known = unit.terminal(place, change.terminal)
    if change.revoked and known is not None:
        unit.put_terminal(replace(known, revoked_at=known.revoked_at or at))
        unit.drop_enrolment_code(place, change.terminal)
        return
    fresh = Terminal(place, change.terminal, change.window, at, None, change.certificate, applied.proposer)
    unit.put_terminal(fresh)
    unit.drop_enrolment_code(place, change.terminal)


def posts_after(posts: Sequence[Post], one: Transfer) -> tuple[Post, ...]:
    """The posts with the transfer in them: the one that is left ends on the eve."""
    eve = one.on - timedelta(days=1)
    kept = [
        replace(post, until=eve) if post.department == one.leaves and holds(post.since, post.until, eve) else post
        for post in posts
    ]
    fresh = [Post(one.department, one.on, one.until)] if one.department else []
    return _in_order([*kept, *fresh])


def rights_after(rights: Sequence[Right], one: Transfer) -> tuple[Right, ...]:
    """The person's own rights: those before the transfer end on the eve, the new ones begin with it."""
    eve = one.on - timedelta(days=1)
    ended = [
        replace(right, until=eve if right.until is None else min(right.until, eve))
        for right in rights
        if right.since is None or right.since <= eve
    ]
    fresh = [replace(right_of(row), since=row.since or one.on, until=row.until or one.until) for row in one.rights]
    return (*ended, *fresh)


def _transfer(unit: StaffUnit, place: str, one: Transfer) -> None:
    unit.put_posts(place, one.staff_id, posts_after(unit.posts(place, one.staff_id), one))
    unit.put_rights(place, one.staff_id, rights_after(unit.rights(place, one.staff_id), one))


def _put_person(unit: StaffUnit, change: PersonChange, applied: Applied) -> None:
    place = applied.call.municipality
    known = unit.member(place, change.staff_id)
    if known is not None and change.new_password:
        former = (known.password_hash, *unit.former_passwords(place, change.staff_id))[:REMEMBERED]
        unit.put_former_passwords(place, change.staff_id, former)
    is_given = known is None or change.new_password
    member = StaffMember(
        municipality=place,
        municipality_name=change.municipality_name,
        office=change.office,
        staff_id=change.staff_id,
        name=change.name,
        department="" if known is None else known.department,
        password_hash=applied.password_hash if known is None or is_given else known.password_hash,
        is_active=change.active,
        must_change=is_given or (known is not None and known.must_change),
    )
    unit.put_member(member, applied.call.at)


def _check_terminal(unit: StaffUnit, municipality: str, change: TerminalChange) -> None:
    known = unit.terminal(municipality, change.terminal)
    if change.revoked:
        _demand(known is not None, "unknown_terminal", change.terminal)
        return
    _demand(change.display_hidden, "display_not_confirmed", change.terminal)
    given_up = bool(change.certificate) and unit.is_given_up(municipality, change.terminal, change.certificate)
    _demand(not given_up, "certificate_given_up", change.terminal)


def _demand_staff(unit: StaffUnit, municipality: str, staff_id: str, arriving: Arriving) -> None:
    is_known = staff_id in arriving.people or unit.member(municipality, staff_id) is not None
    _demand(is_known, "unknown_staff", staff_id)


def _demand_post(unit: StaffUnit, municipality: str, post: PostRow, arriving: Arriving) -> None:
    is_known = post.department in arriving.departments or unit.has_department(municipality, post.department)
    _demand(is_known, "unknown_department", post.department)
    is_forward = post.since is None or post.until is None or post.since <= post.until
    _demand(is_forward, "period_reversed", post.department)


def _demand(is_so: bool, reason: str, name: str) -> None:  # noqa: FBT001 -- what is demanded
    if not is_so:
        raise Refused(reason, name=name[:64])


def _in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(sorted(posts, key=lambda post: (post.since or date.min, post.department)))
