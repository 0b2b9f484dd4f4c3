"""Four eyes on staff, rights and terminals: one administrator proposes, another one decides; both are records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from app.backend.staff.ports import Change, StaffBook, StaffUnit
from app.backend.staff.service.applying import (
    Applied,
    apply,
    base_of,
    check,
    check_transfer,
    persons_of,
    posts_after,
    rights_after,
    subject_of,
)
from app.backend.staff.service.sessions import StaffRules
from app.backend.staff.service.standing import right_row, standing
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Random
from app.domain.rights import Post, Right, effective
from app.domain.secret import secret
from app.errors import AppError, Conflict, NotAllowed, Refused
from app.trust.passwords import hash_password
from app.wire.message import decode, encode
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskRoster,
    ChangeRow,
    Changes,
    DecideChange,
    DepartmentRow,
    PersonChange,
    PersonRow,
    PostRow,
    ProposeChange,
    Roster,
    SessionRow,
    TerminalRow,
    Transfer,
)

LIFE = timedelta(days=7)
"""How long a change waits for the second administrator. Assumed."""
PROPOSE, DECIDE, READ = "staff.change", "staff.decide", "staff.read"
WAITING, APPROVED, REJECTED, EXPIRED = "waiting", "approved", "rejected", "expired"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PASSWORD_LETTERS = 16
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """What a transfer would make of somebody."""

    posts: tuple[Post, ...]
    posts_after: tuple[Post, ...]
    rights: tuple[Right, ...]
    rights_after: tuple[Right, ...]


class ChangeService:
    """The use cases of administrators."""

    def __init__(self, book: StaffBook, random: Random, rules: StaffRules) -> None:
        self._book = book
        self._random = random
        self._rules = rules

    def propose(self, call: Call, asked: ProposeChange) -> ChangeRow:
        """Keep the wish, nothing else yet. Errors: NotAllowed; Refused as ``applying.check``, ``reason_missing``."""
        call.demand(PROPOSE)
        if not asked.reason.strip():
            raise Refused("reason_missing")

        def keep(unit: StaffUnit) -> ChangeRow:
            check(unit, call.municipality, asked.change)
            change = Change(
                municipality=call.municipality,
                change_id=self._random.token(16).hex(),
                kind=kind_of(asked.change),
                subject=subject_of(asked.change),
                content=encode(asked),
                base=base_of(unit, call.municipality, asked.change),
                reason=asked.reason.strip()[:_LONGEST_REASON],
                proposed_by=call.actor.staff_id,
                proposed_at=call.at,
                expires_at=call.at + LIFE,
            )
            unit.put_change(change)
            _record(unit, call, "staff.change_proposed", change)
            return _row(change)

        return self._book.write(keep)

    def changes(self, call: Call, asked: AskChanges) -> Changes:
        """What waits, or what was decided or has expired."""
        call.demand(READ)
        found = self._book.read(lambda unit: unit.changes(call.municipality))
        rows = (_row(_as_of(call, one)) for one in found)
        return Changes(rows=tuple(row for row in rows if (row.outcome != WAITING) == asked.decided))

    def approve(self, call: Call, asked: DecideChange) -> ChangeRow:
        """Do it.

        Errors: NotAllowed for the proposer and for who is concerned; Refused ``change_expired`` and as ``propose``;
        Conflict when it was decided before or something else was changed meanwhile.
        """
        call.demand(DECIDE)
        outcome = self._book.write(lambda unit: self._approve(unit, call, asked))
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: that it expired stays recorded
        return outcome

    def reject(self, call: Call, asked: DecideChange) -> ChangeRow:
        """Leave everything as it is. The proposer may take a wish back so. Errors as ``approve``."""
        call.demand(DECIDE)

        def reject(unit: StaffUnit) -> ChangeRow | AppError:
            change = _waiting(unit, call, asked)
            if isinstance(change, AppError):
                return change
            return _row(_decided(unit, call, change, REJECTED))

        outcome = self._book.write(reject)
        if isinstance(outcome, AppError):
            raise outcome
        return outcome

    def roster(self, call: Call, _: AskRoster) -> Roster:
        """Everybody with posts and rights, departments, terminals and open sessions. Looking is recorded."""
        call.demand(READ)

        def look(unit: StaffUnit) -> Roster:
            unit.record(act_of(call, "staff.roster_read"))
            return _roster(unit, call, self._rules.sections)

        return self._book.write(look)

    def planned(self, municipality: str, one: Transfer) -> Planned:
        """What a transfer would change; nothing is. Errors: Refused as for a proposal of it."""

        def look(unit: StaffUnit) -> Planned:
            check_transfer(unit, municipality, one)
            posts, rights = unit.posts(municipality, one.staff_id), unit.rights(municipality, one.staff_id)
            return Planned(posts, posts_after(posts, one), rights, rights_after(rights, one))

        return self._book.read(look)

    def _approve(self, unit: StaffUnit, call: Call, asked: DecideChange) -> ChangeRow | AppError:
        change = _waiting(unit, call, asked)
        if isinstance(change, AppError):
            return change
        wish = content_of(change)
        if call.actor.staff_id in {change.proposed_by} | persons_of(wish):
            raise NotAllowed
        if base_of(unit, call.municipality, wish) != change.base:
            raise Conflict(version=0)
        check(unit, call.municipality, wish)
        first = self._first_password(unit, call, wish)
        hashed = hash_password(secret(first), self._rules.strength) if first else ""
        apply(unit, wish, Applied(call, change.proposed_by, hashed))
        return replace_row(_row(_decided(unit, call, change, APPROVED)), first)

    def _first_password(self, unit: StaffUnit, call: Call, wish: AnyChange) -> str:
        if not isinstance(wish, PersonChange) or unit.member(call.municipality, wish.staff_id) is not None:
            return ""
        return "".join(_LETTERS[each % len(_LETTERS)] for each in self._random.token(_PASSWORD_LETTERS))


def kind_of(change: AnyChange) -> str:
    """The kind's name as it travels."""
    return str(type(change).__struct_config__.tag)


def content_of(change: Change) -> AnyChange:
    """What is wished."""
    return decode(change.content, ProposeChange).change


def replace_row(row: ChangeRow, first_password: str) -> ChangeRow:
    """The row with what is said once."""
    return ChangeRow(
        **{name: getattr(row, name) for name in row.__struct_fields__} | {"first_password": first_password}
    )


def _waiting(unit: StaffUnit, call: Call, asked: DecideChange) -> Change | AppError:
    """The change if it still waits. That one has expired is kept, and told after the commit."""
    change = unit.change(call.municipality, asked.change_id)
    if change is None:
        raise NotAllowed
    if change.outcome == WAITING and call.at >= change.expires_at:
        unit.put_change(replace(change, outcome=EXPIRED))
        _record(unit, call, "staff.change_expired", change)
        return Refused("change_expired")
    if change.outcome == EXPIRED:
        return Refused("change_expired")
    return change if change.outcome == WAITING else Conflict(version=0)


def _decided(unit: StaffUnit, call: Call, change: Change, outcome: str) -> Change:
    done = replace(change, outcome=outcome, decided_by=call.actor.staff_id, decided_at=call.at)
    unit.put_change(done)
    _record(unit, call, f"staff.change_{outcome}", change)
    return done


def _record(unit: StaffUnit, call: Call, kind: str, change: Change) -> None:
    what = {"change": change.change_id, "change_kind": change.kind, "proposed_by": change.proposed_by}
    unit.record(act_of(call, kind, about=change.subject, **what))


def _as_of(call: Call, change: Change) -> Change:
    is_over = change.outcome == WAITING and call.at >= change.expires_at
    return replace(change, outcome=EXPIRED) if is_over else change


def _row(change: Change) -> ChangeRow:
    return ChangeRow(
        change_id=change.change_id,
        subject=change.subject,
        change=content_of(change),
        reason=change.reason,
        proposed_by=change.proposed_by,
        proposed_at=change.proposed_at,
        expires_at=change.expires_at,
        outcome=change.outcome,
        decided_by=change.decided_by,
        decided_at=change.decided_at,
    )


def _roster(unit: StaffUnit, call: Call, sections: Mapping[str, str]) -> Roster:
    place = call.municipality
    people = []
    for member in unit.members(place):
        granted = standing(unit, place, member.staff_id)
        people.append(
            PersonRow(
                staff_id=member.staff_id,
                name=member.name,
                office=member.office,
                active=member.is_active,
                posts=tuple(map(_post, granted.posts)),
                rights=tuple(map(right_row, granted.own)),
                effective=tuple(map(right_row, effective(granted, sections, call.day))) if member.is_active else (),
            )
        )
    departments = (
        DepartmentRow(department=one.name, sections=one.sections, rights=tuple(map(right_row, one.rights)))
        for one in unit.departments(place)
    )
    terminals = (
        TerminalRow(**{name: getattr(one, name) for name in TerminalRow.__struct_fields__ if name != "v"})
        for one in unit.terminals(place)
    )
    sessions = (
        SessionRow(**{name: getattr(one, name) for name in SessionRow.__struct_fields__ if name != "v"})
        for one in unit.open_sessions(place, "", call.at)
    )
    return Roster(
        people=tuple(people),
        departments=tuple(departments),
        terminals=tuple(terminals),
        sessions=tuple(sessions),
        sections=dict(sections),
    )


def _post(post: Post) -> PostRow:
    return PostRow(department=post.department, since=post.since, until=post.until)
