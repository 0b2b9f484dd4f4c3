"""点検・審査・決裁: what waits for whom, and the steps that other persons than the author take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from msgspec import structs

from app.backend.desk.ports import Case, DeskBook, DeskUnit, Enquiries, Taken
from app.backend.desk.service.answers import proven
from app.backend.desk.service.cases import application_of, entry_of, view_of
from app.backend.desk.service.filing import filing_state, queue_filing
from app.backend.desk.service.watched import refusals_kept, watched
from app.domain.act import act_of
from app.domain.application import Act, Move, State, advance, waits_for
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import (
    AnswerMark,
    ApplicationView,
    AskQueue,
    CheckReception,
    Decide,
    Examine,
    OpenApplication,
    Queue,
    QueueEntry,
    StepDone,
)

READ, RECEIVE = "application.read", "application.receive"
_OPEN = tuple(state.value for state in State if not state.final and state is not State.DRAFT)
_ENDED = tuple(state.value for state in State if state.final)


@dataclass(frozen=True, slots=True)
class _Step:
    """A kind of step: the act it is recorded as, the right it needs, its name in procedures, what may come of it."""

    kind: str
    right: str
    name: str
    outcomes: Mapping[str, Act]


_CHECK = _Step(
    "application.checked", "application.check", "reception_check", {"passed": Act.CHECK, "returned": Act.RETURN}
)
_EXAMINE = _Step(
    "application.examined", "application.examine", "examination", {"passed": Act.EXAMINE, "returned": Act.RETURN}
)
_DECIDE = _Step(
    "application.decided",
    "application.decide",
    "decision",
    {"approved": Act.APPROVE, "rejected": Act.REJECT, "returned": Act.RETURN},
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What somebody wants to come of a step. ``answers`` as the counter shows them, ``given`` as the relay has them."""

    outcome: str
    reason: str
    note: str
    looked: tuple[str, ...] = ()
    answers: Sequence[AnswerMark] = ()
    given: Mapping[str, AnswerMark] = field(default_factory=dict)


class Review:
    """Everything after the reception."""

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure], enquiries: Enquiries) -> None:
        self._book = book
        self._procedures = procedures
        self._enquiries = enquiries

    def queue(self, call: Call, asked: AskQueue) -> Queue:
        """What waits, oldest first. Without ``states`` only what waits for a step that this person has the right to.

        Of the states in which nothing waits any more, what came into them today.
        """
        readable = [name for name in self._procedures if allowed(call.actor, READ, name, ANY, day=call.day)]
        states = [state for state in asked.states if state in _OPEN] if asked.states else _OPEN
        ended = [state for state in asked.states if state in _ENDED]
        today = datetime.combine(call.day, time(), TOKYO).astimezone(UTC)

        def look(unit: DeskUnit) -> Queue:
            cases = unit.waiting(call.municipality, states, readable)
            returned = self._returned(unit, call, states, readable)
            cases = tuple(sorted((*cases, *returned), key=lambda case: (case.waiting_since, case.application_id)))
            if ended:
                cases = (*cases, *unit.waiting(call.municipality, ended, readable, today))
            entries = tuple(entry_of(call, self._procedures[case.procedure], case) for case in cases)
            return Queue(entries=tuple(entry for entry in entries if asked.states or _concerns(entry)))

        found = self._book.read(look)
        act = act_of(call, "queue.viewed", entries=len(found.entries))
        self._book.write(lambda unit: unit.record(act))
        return found

    def open(self, call: Call, asked: OpenApplication) -> ApplicationView:
        """One application whole; looking is recorded. Errors: NotAllowed when there is none this person may read."""
        place = ("application.view", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: self._open(unit, call, asked))

    def check(self, call: Call, asked: CheckReception) -> StepDone:
        """受付点検. Errors: NotAllowed; Conflict; Refused ``wrong_state``, ``same_person``, ``reason_missing``."""
        wish = _Wish(asked.outcome, asked.reason, asked.note)
        return self._watched(call, asked, _CHECK, wish)

    def examine(self, call: Call, asked: Examine) -> StepDone:
        """審査 on answers that the relay itself confirms; each is laid in as the relay gave it.

        Errors as ``check``, and Refused ``blocked_by_check``, ``unknown_enquiry``, ``unknown_answer``, ``other_case``,
        ``answer_differs``, ``relay_elsewhere``.
        """
        wish = _Wish(asked.outcome, asked.reason, asked.note, asked.confirmed_findings, asked.answers)
        return self._watched(call, asked, _EXAMINE, wish)

    def decide(self, call: Call, asked: Decide) -> StepDone:
        """決裁. Errors as ``check``, and Refused ``reason_unknown`` for a rejection.

        For an approval also Refused ``blocked_by_check`` and ``finding_not_confirmed``, both with ``check``.
        """
        wish = _Wish(asked.outcome, asked.reason, asked.note, asked.confirmed_findings)
        return self._watched(call, asked, _DECIDE, wish)

    def _returned(self, unit: DeskUnit, call: Call, states: Sequence[str], seen: Sequence[str]) -> tuple[Case, ...]:
        """What was returned to this person, of procedures that another section is in charge of."""
        mine = [name for name in self._procedures if name not in seen]
        mine = [name for name in mine if allowed(call.actor, RECEIVE, name, ANY, day=call.day)]
        if State.RETURNED not in states or not mine:
            return ()
        found = unit.waiting(call.municipality, (State.RETURNED.value,), mine)
        return tuple(case for case in found if _is_returned_to(call, case))

    def _open(self, unit: DeskUnit, call: Call, asked: OpenApplication) -> ApplicationView:
        right = RECEIVE if _is_returned_to(call, unit.case(call.municipality, asked.application_id)) else READ
        case, procedure = self._found(unit, call, asked.application_id, right)
        act = act_of(call, "application.viewed", visit=case.visit_id, about=case.application_id, version=case.version)
        unit.remember(call.actor)
        unit.record(act)
        filing = filing_state(unit.filing(call.municipality, case.application_id))
        return structs.replace(view_of(call, procedure, case), filing=filing)

    def _watched(self, call: Call, asked: CheckReception | Examine | Decide, step: _Step, wish: _Wish) -> StepDone:
        with refusals_kept(self._book, call, (step.kind, "", asked.application_id)):
            ids = [answer.enquiry_id for answer in wish.answers]
            wanted = replace(wish, given=self._enquiries.answers(call, ids)) if ids else wish
            return self._book.write(
                lambda unit: unit.once(call, asked, StepDone, lambda: self._take(unit, call, asked, (step, wanted)))
            )

    def _take(
        self,
        unit: DeskUnit,
        call: Call,
        asked: CheckReception | Examine | Decide,
        wanted: tuple[_Step, _Wish],
    ) -> StepDone:
        step, wish = wanted
        case, procedure = self._found(unit, call, asked.application_id, step.right)
        if case.version != asked.version:
            raise Conflict(version=case.version)
        act = step.outcomes.get(wish.outcome)
        if act is None:
            raise NotUnderstood(what="outcome")
        answers = proven(procedure, case, wish.answers, wish.given)
        moved = self._moved(call, procedure, replace(case, answers=(*case.answers, *answers)), (step, wish, act))
        taken = Taken(
            act=act.value,
            step=step.name,
            outcome=wish.outcome,
            staff_id=call.actor.staff_id,
            name=call.actor.name,
            at=call.at,
            reason=wish.reason.strip(),
            note=wish.note.strip(),
            looked=wish.looked,
        )
        rule = procedure.step(step.name)
        unit.advance(moved, taken, rule.not_by if rule else ())
        unit.lay_answers(moved, answers)
        if act is Act.APPROVE:
            queue_filing(unit, call, procedure, moved)
        return self._done(unit, call, moved, (step.kind, wish.outcome))

    @staticmethod
    def _moved(call: Call, procedure: Procedure, case: Case, wanted: tuple[_Step, _Wish, Act]) -> Case:
        """The case one step on, by the domain's rules."""
        step, wish, act = wanted
        application = application_of(procedure, case)
        if waits_for(application) != step.name:
            raise Refused("wrong_state", state=case.state)
        reasons = (wish.reason,) if act is Act.REJECT else ()
        move = Move(act, call.actor.staff_id, call.at, reason=wish.reason, reasons=reasons, looked=wish.looked)
        after = advance(procedure, application, move)
        return replace(case, state=after.state.value, waiting_since=call.at, version=after.version)

    @staticmethod
    def _done(unit: DeskUnit, call: Call, case: Case, what: tuple[str, str]) -> StepDone:
        unit.remember(call.actor)
        kind, outcome = what
        act = act_of(
            call,
            kind,
            visit=case.visit_id,
            about=case.application_id,
            outcome=outcome,
            state=case.state,
            version=case.version,
        )
        proof = unit.record(act)
        return StepDone(application_id=case.application_id, state=case.state, version=case.version, proof=proof)

    def _found(self, unit: DeskUnit, call: Call, application_id: str, right: str) -> tuple[Case, Procedure]:
        """The case and its procedure, if the right covers it; else it looks as if it did not exist."""
        case = unit.case(call.municipality, application_id)
        procedure = None if case is None else self._procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        call.demand(right, case.procedure)
        return case, procedure


def _is_returned_to(call: Call, case: Case | None) -> bool:
    """Whether this person received it and it waits for them: who takes it in again may look at it."""
    return case is not None and case.state == State.RETURNED.value and case.author == call.actor.staff_id


def _concerns(entry: QueueEntry) -> bool:
    """Whether this person has the right to the step that is due, be it that another one must take it."""
    return bool(entry.may) or "same_person" in entry.why_not.values()
