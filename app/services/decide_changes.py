"""Changes of staff, rights and terminals: what waits beside what stands now, and the second administrator's word."""

from dataclasses import dataclass

from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.staff_changes import StaffChanges
from app.services.record_act import Doing, recorded
from app.wire.staff_change import (
    AnyChange,
    BundleChange,
    ChangeRow,
    PersonChange,
    PostsChange,
    RightsChange,
    Roster,
    ScheduleChange,
)

READ, DECIDE = "staff.read", "staff.decide"
"""The acts a right is needed for: seeing staff and changes, and deciding."""


@dataclass(frozen=True, slots=True)
class ChangesSeen:
    """Changes, the newest first, and how everything stands today."""

    rows: tuple[ChangeRow, ...]
    roster: Roster


class DecideChanges:
    """The use cases of the second administrator."""

    def __init__(self, desk: StaffChanges, journal: Journal) -> None:
        self._desk = desk
        self._journal = journal

    def shown(self, press: Press, session: Session, *, decided: bool = False) -> ChangesSeen:
        """What waits, or what was ``decided``, with what it is to replace."""

        def read() -> ChangesSeen:
            rows = self._desk.changes(press, session, decided=decided).rows
            return ChangesSeen(rows, self._desk.roster(press, session))

        doing = Doing("staff_changes.shown")
        return recorded(self._journal, (press, session), doing, read, lambda seen: {"changes": len(seen.rows)})

    def roster(self, press: Press, session: Session) -> Roster:
        """Who belongs to the office, and who is signed in."""
        doing = Doing("staff_roster.shown")
        return recorded(self._journal, (press, session), doing, lambda: self._desk.roster(press, session))

    def approve(self, press: Press, session: Session, change: ChangeRow) -> ChangeRow:
        """Errors: NotAllowed for the proposer and who is concerned; Refused(change_expired); Conflict."""
        return recorded(
            self._journal,
            (press, session),
            _doing("staff_change.approved", change),
            lambda: self._desk.approve(press, session, change.change_id),
        )

    def reject(self, press: Press, session: Session, change: ChangeRow, reason: str) -> ChangeRow:
        """Turn it down for ``reason``. Errors as ``approve``; Refused(reason_missing)."""
        return recorded(
            self._journal,
            (press, session),
            _doing("staff_change.rejected", change),
            lambda: self._desk.reject(press, session, change.change_id, reason),
        )


def may_approve_change(change: ChangeRow, staff_id: str) -> bool:
    """Whether this administrator can be the second one; the office enforces it."""
    return (
        change.outcome == "waiting"
        and not change.stale
        and staff_id not in {change.proposed_by, *persons_of(change.change)}
    )


def persons_of(change: AnyChange) -> tuple[str, ...]:
    """Whom a change is about."""
    match change:
        case PersonChange() | PostsChange() | RightsChange():
            return (change.staff_id,)
        case ScheduleChange():
            return tuple(one.staff_id for one in change.transfers)
        case BundleChange():
            return tuple(one for part in change.parts for one in persons_of(part))
        case _:
            return ()


def _doing(kind: str, change: ChangeRow) -> Doing:
    return Doing(kind, about=change.subject, what={"change": change.change_id})
