"""受付: an application reaches the office; number and receipt date are given once and never change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.backend.desk.ports import Addressee, Addresses, Case, Content, DeskBook, DeskUnit, Taken
from app.backend.desk.service.cases import RECEPTION, application_of, people_of, roles_of
from app.backend.desk.service.clocks import start_clocks
from app.backend.desk.service.evidence import Judge, Judged, Known, evidence_act
from app.backend.desk.service.facts import check_facts
from app.backend.desk.service.leave import has_leave
from app.backend.desk.service.notices import addressee, queue_if_due
from app.backend.desk.service.outside import demand_outside, lay_in_book, outside_hand_in, to_be_entered
from app.backend.desk.service.takeover import owners_before
from app.backend.desk.service.watched import refusals_kept
from app.domain.act import act_of
from app.domain.application import Act, Application, Move, advance
from app.domain.call import Call
from app.domain.clock import business_date
from app.domain.identity import Means
from app.domain.merge import changed
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import Evidence, HandIn, Receipt
from app.wire.desk_book import ReceiveOutside
from app.wire.desk_marks import FieldMark
from app.wire.signature import changed_since, is_whole

SKEW = timedelta(minutes=5)
"""How far a terminal's clock may be ahead of the backend's. Assumed."""
_APRIL = 4


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is handed in, for which procedure, and where a notice of it would go."""

    asked: HandIn
    procedure: Procedure
    to: Addressee | None
    outside: ReceiveOutside | None = None


class Reception:
    """Takes applications in. Nothing that a check finds, and nobody unconfirmed, stops a reception.

    ``judge`` counts the evidence anew: the counter's word that somebody was confirmed decides nothing.
    """

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure], judge: Judge, addresses: Addresses) -> None:
        self._book = book
        self._procedures = procedures
        self._judge = judge
        self._addresses = addresses

    def hand_in(self, call: Call, asked: HandIn) -> Receipt:
        """Take an application in, or a returned one in again.

        Errors: NotAllowed; Conflict when somebody was first or the key came with something else; Refused
        ``unknown_procedure``, ``unknown_field``, ``wrong_kind``, ``receipt_in_future``, ``wrong_state``,
        ``not_author``; ``draft_taken`` by somebody else.
        """
        place = ("application.hand_in", asked.visit_id, asked.application_id)
        with refusals_kept(self._book, call, place):
            procedure = self._checked(call, asked)
            wish = _Wish(asked, procedure, addressee(self._addresses, call, procedure, asked))
            return self._book.write(lambda unit: self._hand_in(unit, call, wish))

    def receive_outside(self, call: Call, asked: ReceiveOutside) -> Receipt:
        """Take in what came by post or telephone, or what the office begins: it lies with its author to be entered.

        Its receipt date is the day on which it arrived. Errors: as ``hand_in``; NotUnderstood for an unknown channel
        or paper.
        """
        with refusals_kept(self._book, call, ("application.hand_in", "", asked.application_id)):
            hand_in = outside_hand_in(call, asked)
            procedure = self._checked(call, hand_in)
            demand_outside(call, procedure, asked)
            to = addressee(self._addresses, call, procedure, hand_in)
            wish = _Wish(hand_in, procedure, to, asked)
            return self._book.write(lambda unit: unit.once(call, asked, Receipt, lambda: self._first(unit, call, wish)))

    def _checked(self, call: Call, asked: HandIn) -> Procedure:
        call.demand("application.receive", asked.procedure)
        procedure = self._procedures.get(asked.procedure)
        if procedure is None:
            raise Refused("unknown_procedure")
        if asked.roles.capacity not in set(Capacity):
            raise NotUnderstood(what="capacity")
        check_facts(procedure, asked.facts)
        if asked.signature is not None and not is_whole(asked.signature, asked.application_id, asked.procedure):
            raise NotUnderstood(what="signature")
        return procedure

    def _hand_in(self, unit: DeskUnit, call: Call, wish: _Wish) -> Receipt:
        work = self._again if wish.asked.version > 0 else self._first
        return unit.once(call, wish.asked, Receipt, lambda: work(unit, call, wish))

    def _judged(self, unit: DeskUnit, call: Call, wish: _Wish, earlier: tuple[Evidence, ...]) -> Judged:
        asked = wish.asked
        by_code_a = any(one.method is Means.CODE_A for one in asked.evidence)
        known = Known(earlier, by_code_a and has_leave(unit, call, asked.visit_id, asked.procedure))
        return self._judge.judge(call, wish.procedure, wish.asked, known)

    def _first(self, unit: DeskUnit, call: Call, wish: _Wish) -> Receipt:
        asked, procedure = wish.asked, wish.procedure
        before = owners_before(unit, call, _draft_id(asked), asked.reached_at)
        known = unit.case(call.municipality, asked.application_id)
        if known is not None:
            raise Conflict(version=known.version)
        if asked.reached_at > call.at + SKEW:
            raise Refused("receipt_in_future")
        day = min(business_date(asked.reached_at), call.day)
        draft = Application(
            id=asked.application_id,
            municipality=call.municipality,
            procedure=procedure.id,
            procedure_version=procedure.version,
            roles=roles_of(asked.roles),
            facts={},
            version=0,
        )
        move = Move(Act.RECEIVE, call.actor.staff_id, call.at, receipt_date=day, looked=asked.confirmed_findings)
        received = advance(procedure, draft, move)
        year, judged = business_year(day), self._judged(unit, call, wish, ())
        case = Case(
            municipality=call.municipality,
            application_id=asked.application_id,
            visit_id=asked.visit_id,
            procedure=procedure.id,
            procedure_version=procedure.version,
            state=received.state.value,
            number=f"{year}-{unit.next_number(call.municipality, year):06}",
            receipt_date=day,
            reached_at=asked.reached_at,
            waiting_since=call.at,
            author=call.actor.staff_id,
            content=_content(call, asked, judged, None),
            steps=(_taken(call, Act.RECEIVE, asked), *_prepared(unit, call, before)),
            answers=(),
            version=received.version,
            content_version=received.version,
        )
        if wish.outside is not None:
            case = to_be_entered(call, case, wish.outside)
        unit.add_case(case)
        lay_in_book(unit, call, procedure, case, wish.outside)
        unit.drop_draft(call.municipality, _draft_id(asked))
        return _receipt(unit, call, case, (wish, judged, ()))

    def _again(self, unit: DeskUnit, call: Call, wish: _Wish) -> Receipt:
        asked, procedure = wish.asked, wish.procedure
        case = unit.case(call.municipality, asked.application_id)
        if case is None or case.procedure != asked.procedure:
            raise NotAllowed
        if case.version != asked.version:
            raise Conflict(version=case.version)
        before = owners_before(unit, call, _draft_id(asked), asked.reached_at)
        if case.author not in {call.actor.staff_id, *before}:
            raise Refused("not_author")
        move = Move(Act.RESUBMIT, call.actor.staff_id, call.at, looked=asked.confirmed_findings)
        moved = advance(procedure, application_of(procedure, case), move)
        judged = self._judged(unit, call, wish, case.content.evidence)
        renewed = replace(
            case,
            procedure_version=procedure.version,
            state=moved.state.value,
            waiting_since=call.at,
            content=_content(call, asked, judged, case),
            version=moved.version,
            content_version=moved.version,
        )
        step = procedure.step(RECEPTION)
        unit.advance(renewed, _taken(call, Act.RESUBMIT, asked), step.not_by if step else ())
        start_clocks(unit, procedure, renewed)
        unit.drop_draft(call.municipality, _draft_id(asked))
        return _receipt(unit, call, renewed, (wish, judged, case.content.evidence))


def business_year(day: date) -> int:
    """年度: the year in whose April the business year began."""
    return day.year if day.month >= _APRIL else day.year - 1


def _content(call: Call, asked: HandIn, judged: Judged, earlier: Case | None) -> Content:
    before = None if earlier is None else earlier.content.facts
    looked = asked.confirmed_findings if earlier is None else (*earlier.content.looked, *asked.confirmed_findings)
    unique = tuple(dict.fromkeys(looked))
    consequence = judged.outcome.consequence.value
    made = Content(asked.roles, judged.facts, before, judged.evidence, unique, consequence, asked.signature)
    if earlier is None:
        return replace(made, set_aside=asked.set_aside)
    marks = {one.path: one for one in earlier.content.marks}
    for place in changed(earlier.content.facts, judged.facts):
        marks[str(place)] = FieldMark(path=str(place), name=call.actor.name, at=call.at)
    kept = (*earlier.content.set_aside, *asked.set_aside)
    return replace(made, marks=tuple(marks.values()), set_aside=tuple(dict.fromkeys(kept)))


def _taken(call: Call, act: Act, asked: HandIn) -> Taken:
    return Taken(
        act=act.value,
        step=RECEPTION,
        outcome="handed_in",
        staff_id=call.actor.staff_id,
        name=call.actor.name,
        at=call.at,
        reason="",
        note="",
        looked=asked.confirmed_findings,
    )


def _signed(asked: HandIn) -> dict[str, str]:
    """What the ledger keeps of a signature: its digest, how it was given, and whether anything was changed after it."""
    mark = asked.signature
    if mark is None:
        return {}
    state = "changed" if changed_since(mark, asked.facts) else "holds"
    return {"signed": mark.digest, "signed_by": mark.means.value, "signature": state}


def _draft_id(asked: HandIn) -> str:
    return asked.draft_id or asked.application_id


def _prepared(unit: DeskUnit, call: Call, before: tuple[str, ...]) -> tuple[Taken, ...]:
    """Who entered the application before it was taken over had a hand in it: they don't review it either."""
    names = unit.names(call.municipality) if before else {}
    return tuple(
        Taken(Act.AMEND.value, RECEPTION, "prepared", one, names.get(one, one), call.at, "", "", ()) for one in before
    )


def _receipt(unit: DeskUnit, call: Call, case: Case, done: tuple[_Wish, Judged, tuple[Evidence, ...]]) -> Receipt:
    wish, judged, earlier = done
    unit.remember(call.actor)
    for one in judged.evidence:
        if one not in earlier:
            unit.record(evidence_act(call, case.visit_id, case.application_id, one))
    for name in judged.dropped:
        unit.record(act_of(call, "number.dropped", visit=case.visit_id, about=case.application_id, field=name))
    queue_if_due(unit, call, case, wish.to)
    act = act_of(
        call,
        "application.handed_in",
        visit=case.visit_id,
        about=case.application_id,
        procedure=case.procedure,
        number=case.number,
        receipt_date=case.receipt_date.isoformat(),
        version=case.version,
        consequence=case.content.consequence,
        not_counted=len(wish.asked.evidence) - len(judged.evidence),
        **_signed(wish.asked),
        people=people_of(wish.asked.roles),
    )
    return Receipt(
        application_id=case.application_id,
        number=case.number,
        receipt_date=case.receipt_date,
        state=case.state,
        version=case.version,
        proof=unit.record(act),
        consequence=case.content.consequence,
    )
