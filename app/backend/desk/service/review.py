"""点検・審査・決裁: what waits for whom, and the steps that other persons than the author take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import structs

from app.backend.desk.ports import Case, DeskBook, DeskUnit, Enquiries, Taken
from app.backend.desk.service.answers import proven
from app.backend.desk.service.authority import READ, Authority, reach_of
from app.backend.desk.service.cases import application_of, view_of
from app.backend.desk.service.filing import filing_state, queue_filing
from app.backend.desk.service.track import demand_steps_done
from app.backend.desk.service.waiting import RECEIVE, Books, WaitingCases, held, is_returned_to
from app.backend.desk.service.watched import refusals_kept, watched
from app.domain.act import Detail, act_of
from app.domain.application import Act, Move, advance, waits_for
from app.domain.call import Call
from app.domain.procedure import Procedure
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
    StepDone,
)


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
    place: str = ""
    answers: Sequence[AnswerMark] = ()
    given: Mapping[str, AnswerMark] = field(default_factory=dict)


class Review:
    """Everything after the reception."""

    def __init__(self, book: DeskBook, books: Books, enquiries: Enquiries) -> None:
        self._book = book
        self._procedures = books.procedures
        self._delegation = books.delegation
        self._enquiries = enquiries
        self._waiting = WaitingCases(book, books)

    def queue(self, call: Call, asked: AskQueue) -> Queue:
        """See ``WaitingCases.queue``."""
        return self._waiting.queue(call, asked)

    def open(self, call: Call, asked: OpenApplication) -> ApplicationView:
        """One application whole; looking is recorded. Errors: NotAllowed when there is none this person may read."""
        place = ("application.view", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: self._open(unit, call, asked))

    def check(self, call: Call, asked: CheckReception) -> StepDone:
        """受付点検. Errors: NotAllowed; Conflict; Refused ``wrong_state``, ``same_person``, ``reason_missing``.

        NotUnderstood for a ``field`` that the procedure has not, or without a return.
        """
        wish = _Wish(asked.outcome, asked.reason, asked.note, place=asked.field)
        return self._watched(call, asked, _CHECK, wish)

    def examine(self, call: Call, asked: Examine) -> StepDone:
        """審査 on answers that the relay itself confirms; each is laid in as the relay gave it.

        Errors as ``check``, and Refused ``blocked_by_check``, ``unknown_enquiry``, ``unknown_answer``, ``other_case``,
        ``answer_differs``, ``relay_elsewhere``.
        """
        wish = _Wish(asked.outcome, asked.reason, asked.note, asked.confirmed_findings, asked.field, asked.answers)
        return self._watched(call, asked, _EXAMINE, wish)

    def decide(self, call: Call, asked: Decide) -> StepDone:
        """決裁. Errors as ``check``, and Refused ``reason_unknown`` for a rejection, ``beyond_authority`` (``level``).

        For an approval also Refused ``blocked_by_check`` and ``finding_not_confirmed``, both with ``check``.
        """
        wish = _Wish(asked.outcome, asked.reason, asked.note, asked.confirmed_findings, asked.field)
        return self._watched(call, asked, _DECIDE, wish)

    def _open(self, unit: DeskUnit, call: Call, asked: OpenApplication) -> ApplicationView:
        right = RECEIVE if is_returned_to(call, unit.case(call.municipality, asked.application_id)) else READ
        case, procedure = self._found(unit, call, asked.application_id, right)
        act = act_of(call, "application.viewed", visit=case.visit_id, about=case.application_id, version=case.version)
        unit.remember(call.actor)
        unit.record(act)
        filing = filing_state(unit.filing(call.municipality, case.application_id))
        reach, names = reach_of(unit, call, self._delegation), unit.names(call.municipality)
        hold = unit.holds(call.municipality, [case.application_id]).get(case.application_id)
        mark = None if hold is None else held(hold, names)
        return structs.replace(view_of(reach.asker(), procedure, case), filing=filing, hold=mark)

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
        case, procedure, authority = self._may(unit, call, asked.application_id, (step, wish.outcome))
        if case.version != asked.version:
            raise Conflict(version=case.version)
        act = step.outcomes.get(wish.outcome)
        if act is None:
            raise NotUnderstood(what="outcome")
        if wish.place and (act is not Act.RETURN or not procedure.has_place(wish.place)):
            raise NotUnderstood(what="field")
        if act is Act.EXAMINE:
            demand_steps_done(unit, procedure, case)
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
            level="" if authority is None else authority.level.id,
            deputy="" if authority is None else authority.deputy_id,
            field=wish.place,
        )
        rule = procedure.step(step.name)
        unit.advance(moved, taken, rule.not_by if rule else ())
        unit.lay_answers(moved, answers)
        unit.let_go(call.municipality, case.application_id)
        if act is Act.APPROVE:
            queue_filing(unit, call, procedure, moved)
        return self._done(unit, call, moved, (step.kind, taken))

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
    def _done(unit: DeskUnit, call: Call, case: Case, what: tuple[str, Taken]) -> StepDone:
        unit.remember(call.actor)
        kind, taken = what
        by: dict[str, Detail] = {"level": taken.level, "deputy": taken.deputy} if taken.level else {}
        act = act_of(
            call,
            kind,
            visit=case.visit_id,
            about=case.application_id,
            outcome=taken.outcome,
            state=case.state,
            version=case.version,
            **by,
        )
        proof = unit.record(act)
        return StepDone(application_id=case.application_id, state=case.state, version=case.version, proof=proof)

    def _may(
        self, unit: DeskUnit, call: Call, application_id: str, wanted: tuple[_Step, str]
    ) -> tuple[Case, Procedure, Authority | None]:
        """The case, once this person may take the step; of a decision also by what right."""
        step, outcome = wanted
        if step is not _DECIDE:
            return (*self._found(unit, call, application_id, step.right), None)
        case, procedure = self._known(unit, call, application_id)
        authority = reach_of(unit, call, self._delegation).demand(procedure, case, outcome)
        return case, procedure, authority

    def _found(self, unit: DeskUnit, call: Call, application_id: str, right: str) -> tuple[Case, Procedure]:
        """The case and its procedure, if the right covers it; else it looks as if it did not exist."""
        case, procedure = self._known(unit, call, application_id)
        call.demand(right, case.procedure)
        return case, procedure

    def _known(self, unit: DeskUnit, call: Call, application_id: str) -> tuple[Case, Procedure]:
        case = unit.case(call.municipality, application_id)
        procedure = None if case is None else self._procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        return case, procedure
