"""Four eyes on staff, rights and terminals: one administrator proposes, another one decides; both are records."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from app.backend.staff.ports import Change, StaffBook, StaffUnit
from app.backend.staff.service.applying import Applied, apply, base_of, check, newcomers, persons_of, subject_of
from app.backend.staff.service.enrolling import issue_codes
from app.backend.staff.service.planning import Planned, planned, planned_row
from app.backend.staff.service.roster import roster_of
from app.backend.staff.service.sessions import StaffRules
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Random
from app.domain.secret import secret
from app.errors import AppError, Conflict, NotAllowed, Refused
from app.trust.passwords import hash_password
from app.wire.message import decode, encode
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskPlan,
    AskRoster,
    AskSignIns,
    ChangeRow,
    Changes,
    DecideChange,
    Plan,
    ProposeChange,
    RejectChange,
    Roster,
    SignInRow,
    SignIns,
    Transfer,
)

LIFE = timedelta(days=7)
"""How long a change waits for the second administrator. Assumed."""
PROPOSE, DECIDE, READ = "staff.change", "staff.decide", "staff.read"
WAITING, APPROVED, REJECTED = "waiting", "approved", "rejected"
WITHDRAWN, EXPIRED = "withdrawn", "expired"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PASSWORD_LETTERS = 16
_LONGEST_REASON = 200


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
        """What waits, and whether it still could be done; or what was decided, withdrawn or has expired."""
        call.demand(READ)

        def look(unit: StaffUnit) -> Changes:
            found = (_as_of(call, one) for one in unit.changes(call.municipality))
            wanted = (one for one in found if (one.outcome != WAITING) == asked.decided)
            return Changes(rows=tuple(_row(one, stale=_is_stale(unit, one)) for one in wanted))

        return self._book.read(look)

    def approve(self, call: Call, asked: DecideChange) -> ChangeRow:
        """Do it.

        Errors: NotAllowed for the proposer and for who is concerned; Refused ``change_expired`` and as ``propose``;
        Conflict when it was decided before or something else was changed meanwhile.
        """
        call.demand(DECIDE)
        return self._after_commit(lambda unit: self._approve(unit, call, asked))

    def reject(self, call: Call, asked: RejectChange) -> ChangeRow:
        """Leave everything as it is. Errors: NotAllowed for the proposer; ``reason_missing``; else as ``approve``."""
        call.demand(DECIDE)
        reason = asked.reason.strip()[:_LONGEST_REASON]
        if not reason:
            raise Refused("reason_missing")

        def reject(unit: StaffUnit) -> ChangeRow | AppError:
            change = _waiting(unit, call, asked.change_id)
            if isinstance(change, AppError):
                return change
            if change.proposed_by == call.actor.staff_id:
                raise NotAllowed
            return _row(_decided(unit, call, replace(change, decision_reason=reason), REJECTED))

        return self._after_commit(reject)

    def withdraw(self, call: Call, asked: DecideChange) -> ChangeRow:
        """The proposer takes a wish back. Errors: NotAllowed for everybody else; else as ``approve``."""
        call.demand(PROPOSE)

        def withdraw(unit: StaffUnit) -> ChangeRow | AppError:
            change = _waiting(unit, call, asked.change_id)
            if isinstance(change, AppError):
                return change
            if change.proposed_by != call.actor.staff_id:
                raise NotAllowed
            return _row(_decided(unit, call, change, WITHDRAWN))

        return self._after_commit(withdraw)

    def plan(self, call: Call, asked: AskPlan) -> Plan:
        """What transfers would make of everybody, each with what the office would refuse; nothing is changed."""
        call.demand(PROPOSE)
        place = call.municipality
        return self._book.read(lambda unit: Plan(rows=tuple(planned_row(unit, place, one) for one in asked.transfers)))

    def sign_ins(self, call: Call, asked: AskSignIns) -> SignIns:
        """The last tries to sign in and unlock, with causes. Looking is recorded."""
        call.demand(READ)

        def look(unit: StaffUnit) -> SignIns:
            unit.record(act_of(call, "staff.sign_ins_read"))
            found = unit.tries(call.municipality, refused=asked.refused)
            names = [name for name in SignInRow.__struct_fields__ if name != "v"]
            return SignIns(rows=tuple(SignInRow(**{name: getattr(one, name) for name in names}) for one in found))

        return self._book.write(look)

    def roster(self, call: Call, _: AskRoster) -> Roster:
        """Everybody with posts and rights, departments, terminals and open sessions. Looking is recorded."""
        call.demand(READ)

        def look(unit: StaffUnit) -> Roster:
            unit.record(act_of(call, "staff.roster_read"))
            return roster_of(unit, call, self._rules.sections)

        return self._book.write(look)

    def planned(self, municipality: str, one: Transfer) -> Planned:
        """What a transfer would change; nothing is. Errors: Refused as for a proposal of it."""
        return self._book.read(lambda unit: planned(unit, municipality, one))

    def _after_commit(self, work: Callable[[StaffUnit], ChangeRow | AppError]) -> ChangeRow:
        outcome = self._book.write(work)
        if isinstance(outcome, AppError):
            raise outcome  # only now: that a change expired stays recorded
        return outcome

    def _approve(self, unit: StaffUnit, call: Call, asked: DecideChange) -> ChangeRow | AppError:
        change = _waiting(unit, call, asked.change_id)
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
        codes = issue_codes(unit, self._random, call, wish) if self._rules.enrols else {}
        return replace_row(_row(_decided(unit, call, change, APPROVED)), first, codes)

    def _first_password(self, unit: StaffUnit, call: Call, wish: AnyChange) -> str:
        if not newcomers(unit, call.municipality, wish):
            return ""
        return "".join(_LETTERS[each % len(_LETTERS)] for each in self._random.token(_PASSWORD_LETTERS))


def kind_of(change: AnyChange) -> str:
    """The kind's name as it travels."""
    return str(type(change).__struct_config__.tag)


def content_of(change: Change) -> AnyChange:
    """What is wished."""
    return decode(change.content, ProposeChange).change


def replace_row(row: ChangeRow, first_password: str, enrolment_codes: Mapping[str, str]) -> ChangeRow:
    """The row with what is said once."""
    said = {"first_password": first_password, "enrolment_codes": dict(enrolment_codes)}
    return ChangeRow(**{name: getattr(row, name) for name in row.__struct_fields__} | said)


def _waiting(unit: StaffUnit, call: Call, change_id: str) -> Change | AppError:
    """The change if it still waits. That one has expired is kept, and told after the commit."""
    change = unit.change(call.municipality, change_id)
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


def _is_stale(unit: StaffUnit, change: Change) -> bool:
    """Whether a change that waits can't be approved any more: something else changed what it would replace."""
    return change.outcome == WAITING and base_of(unit, change.municipality, content_of(change)) != change.base


def _row(change: Change, *, stale: bool = False) -> ChangeRow:
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
        decision_reason=change.decision_reason,
        stale=stale,
    )
