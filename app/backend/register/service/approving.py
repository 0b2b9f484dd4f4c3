"""本登録: another person approves or refuses what waits, one by one or several up to a cap."""

from dataclasses import dataclass, replace

from app.backend.register.service.changing import ChangeBook, ChangeUnit, Entry
from app.backend.register.service.deciding import Signature, carry_out
from app.backend.register.service.drafting import Draft
from app.backend.register.service.guard import refusals_kept
from app.backend.register.service.match import Matcher
from app.backend.register.service.protecting import moved_out
from app.backend.register.service.showing import masked
from app.backend.register.service.waiting import APPROVED, DECIDE, REFUSED, WAITING, Waiting
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.register_rules import Effect, RegisterRules
from app.errors import Refused
from app.wire.message import encode
from app.wire.register_change import (
    Approval,
    Approvals,
    ApproveAll,
    ApproveEntries,
    AskEntries,
    EntryRef,
    EntryRow,
    RefuseEntry,
)

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class _Decision:
    """What an approval is asked with. ``is_single``: one entry by itself, whose findings may be confirmed."""

    is_single: bool
    confirmed: frozenset[str]


class ApprovalService:
    """The use cases of who decides."""

    def __init__(self, book: ChangeBook, matcher: Matcher, rules: RegisterRules, waiting: Waiting) -> None:
        self._book = book
        self._match = matcher
        self._rules = rules
        self._waits = waiting

    def refuse(self, call: Call, asked: RefuseEntry) -> EntryRow:
        """Another person turns it down. Errors: Refused ``reason_missing``, ``same_person``, ``not_waiting``."""
        call.demand(DECIDE)
        reason = asked.reason.strip()[:_LONGEST_REASON]

        def refuse(unit: ChangeUnit) -> EntryRow:
            entry = self._waits.waiting(unit, call, asked.entry_id, asked.version)
            if entry.entered_by == call.actor.staff_id:
                raise Refused("same_person")
            return self._waits.ended(unit, call, replace(entry, reason=reason), REFUSED)

        with refusals_kept(self._book, call, "entry.refuse", asked.entry_id):
            if not reason:
                raise Refused("reason_missing")
            return self._book.write(lambda unit: unit.once(call, asked, EntryRow, lambda: refuse(unit)))

    def approve(self, call: Call, asked: ApproveEntries) -> Approvals:
        """本登録 of those named; each by itself, a line for each. Errors: Refused ``too_many`` above the cap.

        Outcomes: approved, not_here, not_waiting, changed, same_person, own_matter, restrained, overtaken,
        blocked, finding_not_confirmed (one entry), needs_single (several: one with findings or a protected person).
        """
        call.demand(DECIDE)
        if len(asked.entries) > self._rules.bulk_cap:
            raise Refused("too_many", most=self._rules.bulk_cap)
        how = _Decision(len(asked.entries) == 1, frozenset(asked.confirmed))

        def approve(unit: ChangeUnit) -> Approvals:
            return Approvals(rows=tuple(self._approve(unit, call, one, how) for one in asked.entries))

        return self._book.write(lambda unit: unit.once(call, asked, Approvals, lambda: approve(unit)))

    def approve_all(self, call: Call, asked: ApproveAll) -> Approvals:
        """本登録 of what waits, oldest first, up to the cap; what may not be approved in bulk is left, with why."""
        call.demand(DECIDE)
        how = _Decision(is_single=False, confirmed=frozenset())

        def approve(unit: ChangeUnit) -> Approvals:
            waiting = self._waits.listed(unit, call, AskEntries(office=asked.office, person=asked.person))
            rows: list[Approval] = []
            for entry in waiting:
                if sum(row.outcome == APPROVED for row in rows) == self._rules.bulk_cap:
                    return Approvals(rows=tuple(rows), more=True)
                rows.append(self._approve(unit, call, EntryRef(entry_id=entry.entry_id, version=entry.version), how))
            return Approvals(rows=tuple(rows))

        return self._book.write(lambda unit: unit.once(call, asked, Approvals, lambda: approve(unit)))

    def _approve(self, unit: ChangeUnit, call: Call, ref: EntryRef, how: _Decision) -> Approval:
        entry = unit.entries.one(call.municipality, ref.entry_id)
        if entry is None:
            return Approval(entry_id=ref.entry_id, outcome="not_here")
        draft = self._waits.draft(unit, call, entry, hold=True) if entry.state == WAITING else None
        outcome, found = self._outcome(unit, call, (entry, ref), draft, how)
        if outcome != APPROVED or draft is None:
            unit.record(act_of(call, "entry.not_approved", about=entry.entry_id, code=outcome))
            return Approval(
                entry_id=entry.entry_id, outcome=outcome, state=entry.state, version=entry.version, findings=found
            )
        return self._approved(unit, call, entry, draft)

    def _outcome(
        self, unit: ChangeUnit, call: Call, which: tuple[Entry, EntryRef], draft: Draft | None, how: _Decision
    ) -> tuple[str, tuple[str, ...]]:
        """Whether it can be approved now, and which checks stand in the way."""
        entry, ref = which
        if draft is None:
            return "not_waiting", ()
        if entry.version != ref.version:
            return "changed", ()
        if why := self._waits.why_not(unit, call, entry, draft):
            return why, draft.found("error") if why == "blocked" else ()
        open_ones = draft.found("confirm")
        if not how.is_single and open_ones:
            return "needs_single", open_ones
        missing = tuple(one for one in open_ones if one not in how.confirmed)
        return ("finding_not_confirmed", missing) if missing else (APPROVED, ())

    def _approved(self, unit: ChangeUnit, call: Call, entry: Entry, draft: Draft) -> Approval:
        by = Signature(
            call.municipality, entry.entry_id, entry.entered_by, entry.entered_at, call.actor.staff_id, call.at
        )
        numbers = carry_out(unit, self._match, draft, by)
        if draft.change.kind.effect is Effect.LEAVE:
            moved_out(unit, call.municipality, numbers)
        filing = draft.change.filing
        done = replace(
            entry,
            state=APPROVED,
            content=encode(masked(filing)),
            decided_by=call.actor.staff_id,
            decided_at=call.at,
            version=entry.version + 1,
        )
        unit.entries.put(done, draft.concerned)
        act = act_of(
            call,
            "entry.approved",
            visit=filing.visit_id,
            about=entry.entry_id,
            change=entry.kind,
            people=",".join(numbers),
            entered_by=entry.entered_by,
        )
        proof = unit.record(act)
        return Approval(entry_id=entry.entry_id, outcome=APPROVED, state=APPROVED, version=done.version, proof=proof)
