"""担当と引継ぎ: who has a case, and its way to another section, where somebody accepts it or says why not."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.book import Handover, Holding
from app.backend.desk.service.shelf import ASSIGN, TEND, Shelf, holding_of
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import SHORTEST_REASON
from app.domain.call import Call
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk_book import AnswerHandover, CaseDone, GiveCase, HandOver, HandoverMark

WAITING, ACCEPTED, DECLINED, WITHDRAWN = "waiting", "accepted", "declined", "withdrawn"


class Handing:
    """Both sections see a hand-over; what the case says stays with who may read its procedure."""

    def __init__(self, book: DeskBook, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf

    def give(self, call: Call, asked: GiveCase) -> CaseDone:
        """Take a case, give it to a colleague, or to nobody.

        Errors: NotAllowed, also for giving it to others or taking it from them without that right; Conflict when
        somebody was first; Refused ``unknown_owner`` for somebody whom nobody here knows.
        """
        place = ("case.given", "", asked.application_id)
        return self._once(call, asked, place, lambda unit: self._give(unit, call, asked))

    def hand_over(self, call: Call, asked: HandOver) -> CaseDone:
        """Send a case to another section.

        Errors: NotAllowed for who neither works with it nor received it; Conflict; NotUnderstood for a section that
        there is not; Refused ``hand_over_waits``, ``hand_over_here``.
        """
        place = ("case.handed_over", "", asked.application_id)
        return self._once(call, asked, place, lambda unit: self._hand_over(unit, call, asked))

    def answer(self, call: Call, asked: AnswerHandover) -> CaseDone:
        """Accept, decline or take back. Errors: NotAllowed; Conflict; Refused ``reason_missing`` for a "no"."""
        place = ("case.hand_over_answered", "", asked.handover_id)
        return self._once(call, asked, place, lambda unit: self._answer(unit, call, asked))

    def _once(
        self,
        call: Call,
        asked: GiveCase | HandOver | AnswerHandover,
        place: tuple[str, str, str],
        work: Callable[[DeskUnit], CaseDone],
    ) -> CaseDone:
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, CaseDone, lambda: work(unit)))

    def _give(self, unit: DeskUnit, call: Call, asked: GiveCase) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        holding = _holding(unit, case, procedure)
        me = call.actor.staff_id
        if asked.owner not in {me, ""} or holding.owner not in {me, ""}:
            call.demand(ASSIGN, case.procedure)
        if holding.version != asked.version:
            raise Conflict(version=holding.version)
        names = {**unit.names(call.municipality), me: call.actor.name, "": ""}
        if asked.owner not in names:
            raise Refused("unknown_owner")
        kept = replace(
            holding, owner=asked.owner, owner_name=names[asked.owner], since=call.at, version=holding.version + 1
        )
        unit.keep_holding(kept)
        return _done(unit, call, case, ("case.given", kept.version, asked.owner))

    def _hand_over(self, unit: DeskUnit, call: Call, asked: HandOver) -> CaseDone:
        case = unit.case(call.municipality, asked.application_id)
        procedure = None if case is None else self._shelf.procedures.get(case.procedure)
        if case is None or procedure is None or not may_hand_over(call, case):
            raise NotAllowed
        if asked.to_section not in {one.section for one in self._shelf.procedures.values()}:
            raise NotUnderstood(what="section")
        known = unit.handovers(call.municipality, case.application_id)
        if any(one.handover_id == asked.handover_id for one in known):
            raise Conflict(version=1)
        if any(one.state == WAITING for one in known):
            raise Refused("hand_over_waits")
        holding = _holding(unit, case, procedure)
        from_section = self._from(call, holding)
        if asked.to_section == from_section:
            raise Refused("hand_over_here")
        given = Handover(
            call.municipality, asked.handover_id, 1, case.application_id, from_section, asked.to_section,
            call.actor.staff_id, call.actor.name, call.at, WAITING, asked.note.strip(),
        )  # fmt: skip
        unit.keep_handover(given)
        return _done(unit, call, case, ("case.handed_over", 1, asked.to_section))

    def _from(self, call: Call, holding: Holding) -> str:
        """Where it comes from: where it lies if the giver works there, else from who received it for the others."""
        mine = self._shelf.sections(call)
        if holding.section in mine:
            return holding.section
        return min(mine, default=call.actor.department)

    def _answer(self, unit: DeskUnit, call: Call, asked: AnswerHandover) -> CaseDone:
        known = unit.handover(call.municipality, asked.handover_id)
        if known is None or not self._concerned(call, known, asked.outcome):
            raise NotAllowed
        case = unit.case(call.municipality, known.application_id)
        procedure = None if case is None else self._shelf.procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        if known.version != asked.version or known.state != WAITING:
            raise Conflict(version=known.version)
        if asked.outcome == DECLINED and len(asked.note.strip()) < SHORTEST_REASON:
            raise Refused("reason_missing")
        took = asked.outcome != WITHDRAWN
        answered = replace(
            known,
            state=asked.outcome,
            answer=asked.note.strip(),
            taken_by=call.actor.staff_id if took else "",
            taken_name=call.actor.name,
            taken_at=call.at,
            version=known.version + 1,
        )
        unit.keep_handover(answered)
        if asked.outcome == ACCEPTED:
            self._lay_there(unit, call, (case, procedure), known)
        return _done(unit, call, case, ("case.hand_over_answered", answered.version, asked.outcome))

    def _lay_there(self, unit: DeskUnit, call: Call, of: tuple[Case, Procedure], known: Handover) -> None:
        """From now on it is the acceptor's."""
        case, procedure = of
        holding = _holding(unit, case, procedure)
        unit.keep_holding(
            replace(
                holding,
                section=known.to_section,
                owner=call.actor.staff_id,
                owner_name=call.actor.name,
                since=call.at,
                version=holding.version + 1,
            )
        )

    def _concerned(self, call: Call, known: Handover, outcome: str) -> bool:
        if outcome == WITHDRAWN:
            return known.given_by == call.actor.staff_id
        is_there = known.to_section in self._shelf.sections(call)
        return outcome in {ACCEPTED, DECLINED} and is_there and known.given_by != call.actor.staff_id

    def marks(self, unit: DeskUnit, call: Call, handovers: tuple[Handover, ...]) -> tuple[HandoverMark, ...]:
        """For who looks."""
        lines = unit.lines(call.municipality, tuple({one.application_id for one in handovers}))
        return tuple(
            HandoverMark(
                handover_id=one.handover_id,
                application_id=one.application_id,
                number=lines[one.application_id].number,
                procedure=lines[one.application_id].procedure,
                from_section=one.from_section,
                to_section=one.to_section,
                given_name=one.given_name,
                given_at=one.given_at,
                state=one.state,
                note=one.note,
                answer=one.answer,
                taken_name=one.taken_name,
                taken_at=one.taken_at,
                version=one.version,
                may=tuple(
                    what
                    for what in (ACCEPTED, DECLINED, WITHDRAWN)
                    if one.state == WAITING and self._concerned(call, one, what)
                ),
            )
            for one in handovers
        )


def may_hand_over(call: Call, case: Case) -> bool:
    """Who works with it, and who received it."""
    return case.author == call.actor.staff_id or allowed(call.actor, TEND, case.procedure, ANY, day=call.day)


def _holding(unit: DeskUnit, case: Case, procedure: Procedure) -> Holding:
    known = unit.holdings(case.municipality, [case.application_id]).get(case.application_id)
    return holding_of(case, procedure, known)


def _done(unit: DeskUnit, call: Call, case: Case, what: tuple[str, int, str]) -> CaseDone:
    kind, version, to = what
    unit.remember(call.actor)
    act = act_of(call, kind, visit=case.visit_id, about=case.application_id, number=case.number, to=to)
    return CaseDone(application_id=case.application_id, version=version, proof=unit.record(act))
