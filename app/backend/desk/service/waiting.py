"""処理待ち: what waits for whom, why it wants a second look, what is held, and what may go with others at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from msgspec import structs

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.review import Hold, Protections
from app.backend.desk.service.authority import READ, Reach, reach_of
from app.backend.desk.service.cases import application_of, entry_of
from app.domain.act import act_of
from app.domain.application import State
from app.domain.call import Call
from app.domain.case_risk import UNSAFE, Risk, Watch, risks
from app.domain.clock import TOKYO
from app.domain.delegation import Delegation
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.wire.desk import AskQueue, Queue, QueueEntry
from app.wire.desk_marks import HoldMark, RiskMark

RECEIVE, SEE = "application.receive", "restraint.see"
IN_BATCH = ("reception_check", "decision")
"""Steps that are passed at once with others; an examination rests on answers of its own."""
OPEN = tuple(state.value for state in State if not state.final and state is not State.DRAFT)
_ENDED = tuple(state.value for state in State if state.final)
_STEP_OF = {"received": "reception_check", "checked": "examination", "examined": "decision", "returned": "reception"}


@dataclass(frozen=True, slots=True)
class Books:
    """What the queue rests on: procedures, the office's table of decisions, who is under a restraint."""

    procedures: Mapping[str, Procedure]
    delegation: Delegation
    protections: Protections


@dataclass(frozen=True, slots=True)
class _Found:
    """Cases with what stands beside them, read in one transaction."""

    cases: tuple[Case, ...]
    holds: Mapping[str, Hold]
    tickets: Mapping[str, str]
    names: Mapping[str, str]
    reach: Reach


class WaitingCases:
    """The queue."""

    def __init__(self, book: DeskBook, books: Books) -> None:
        self._book = book
        self._books = books
        self._procedures = books.procedures

    def queue(self, call: Call, asked: AskQueue) -> Queue:
        """What waits, oldest first. Without ``states`` only what waits for a step that this person has the right to.

        Of the states in which nothing waits any more, what came into them today.
        """
        found = self._book.read(lambda unit: self._look(unit, call, asked))
        people = {name for case in found.cases for name in people_in(case)}
        protected = self._books.protections.protected(call, people) if people else frozenset[str]()
        entries = tuple(self._entry(call, found, case, protected) for case in found.cases)
        shown = tuple(entry for entry in entries if asked.states or _concerns(entry))
        act = act_of(call, "queue.viewed", entries=len(shown))
        self._book.write(lambda unit: unit.record(act))
        return Queue(entries=shown, batch=self._books.delegation.batch)

    def _look(self, unit: DeskUnit, call: Call, asked: AskQueue) -> _Found:
        readable = [name for name in self._procedures if allowed(call.actor, READ, name, ANY, day=call.day)]
        states = [state for state in asked.states if state in OPEN] if asked.states else OPEN
        ended = [state for state in asked.states if state in _ENDED]
        cases = unit.waiting(call.municipality, states, readable)
        returned = self._returned(unit, call, states, readable)
        cases = tuple(sorted((*cases, *returned), key=lambda case: (case.waiting_since, case.application_id)))
        if ended:
            today = datetime.combine(call.day, time(), TOKYO).astimezone(UTC)
            cases = (*cases, *unit.waiting(call.municipality, ended, readable, today))
        ids = [case.application_id for case in cases]
        return _Found(
            cases,
            unit.holds(call.municipality, ids),
            unit.tickets(call.municipality, [case.visit_id for case in cases]),
            unit.names(call.municipality),
            reach_of(unit, call, self._books.delegation),
        )

    def _returned(self, unit: DeskUnit, call: Call, states: Sequence[str], seen: Sequence[str]) -> tuple[Case, ...]:
        """What was returned to this person, of procedures that another section is in charge of."""
        mine = [name for name in self._procedures if name not in seen]
        mine = [name for name in mine if allowed(call.actor, RECEIVE, name, ANY, day=call.day)]
        if State.RETURNED not in states or not mine:
            return ()
        found = unit.waiting(call.municipality, (State.RETURNED.value,), mine)
        return tuple(case for case in found if is_returned_to(call, case))

    def _entry(self, call: Call, found: _Found, case: Case, protected: frozenset[str]) -> QueueEntry:
        procedure = self._procedures[case.procedure]
        entry = entry_of(found.reach.asker(), procedure, case)
        seen = risks_of(call, procedure, case, (self._books.delegation, protected))
        hold = found.holds.get(case.application_id)
        step = next(iter(entry.may), "")
        safe = step in IN_BATCH and hold is None and not is_unsafe(seen) and not _had_a_hand(call, case)
        return structs.replace(
            entry,
            ticket=found.tickets.get(case.visit_id, ""),
            risks=tuple(RiskMark(kind=one.kind.value, detail=one.detail) for one in seen),
            hold=None if hold is None else held(hold, found.names),
            in_batch=safe,
        )


def risks_of(call: Call, procedure: Procedure, case: Case, by: tuple[Delegation, frozenset[str]]) -> tuple[Risk, ...]:
    """Why this case wants a second look, as far as who asks may know. An ended case wants none."""
    delegation, protected = by
    if case.state in _ENDED:
        return ()
    watch = Watch(
        at=call.at,
        waiting_since=case.waiting_since,
        late_minutes=delegation.late_minutes.get(_STEP_OF.get(case.state, ""), _NEVER),
        protected=bool(protected & people_in(case)),
        may_see=allowed(call.actor, SEE, case.procedure, ANY, day=call.day),
    )
    return risks(procedure, application_of(procedure, case), case.content.looked, watch)


_NEVER = 10**9


def is_unsafe(seen: Sequence[Risk]) -> str:
    """The kind of the first risk that keeps a case out of a batch, "" for none."""
    return next((one.kind.value for one in seen if one.kind in UNSAFE), "")


def people_in(case: Case) -> frozenset[str]:
    """The 宛名番号 of everybody the case names."""
    roles = case.content.roles
    people = (roles.presenter, roles.applicant, *roles.subjects, *roles.number_givers)
    return frozenset(one.business_number for one in people if one.business_number)


def held(hold: Hold, names: Mapping[str, str]) -> HoldMark:
    """A hold as it is told."""
    by = names.get(hold.staff_id, hold.staff_id)
    return HoldMark(until=hold.until, reason=hold.reason, note=hold.note, by=by, since=hold.since)


def is_returned_to(call: Call, case: Case | None) -> bool:
    """Whether this person received it and it waits for them: who takes it in again may look at it."""
    return case is not None and case.state == State.RETURNED.value and case.author == call.actor.staff_id


def _had_a_hand(call: Call, case: Case) -> bool:
    return any(taken.staff_id == call.actor.staff_id for taken in case.steps)


def _concerns(entry: QueueEntry) -> bool:
    """Whether this person has the right to the step that is due, be it that another one must take it."""
    return bool(entry.may) or bool({"same_person", "beyond_authority"} & set(entry.why_not.values()))
