"""受付: an application reaches the office; number and receipt date are given once and never change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.backend.desk.ports import Case, Content, DeskBook, DeskUnit, Taken
from app.backend.desk.service.cases import RECEPTION, application_of, roles_of
from app.backend.desk.service.facts import check_facts
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import Act, Application, Move, advance
from app.domain.call import Call
from app.domain.clock import business_date
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import HandIn, Receipt

SKEW = timedelta(minutes=5)
"""How far a terminal's clock may be ahead of the backend's. Assumed."""
_APRIL = 4


class Reception:
    """Takes applications in. Nothing that a check finds stops a reception."""

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure]) -> None:
        self._book = book
        self._procedures = procedures

    def hand_in(self, call: Call, asked: HandIn) -> Receipt:
        """Take an application in, or a returned one in again.

        Errors: NotAllowed; Conflict when somebody was first or the key came with something else; Refused
        ``unknown_procedure``, ``unknown_field``, ``wrong_kind``, ``receipt_in_future``, ``wrong_state``,
        ``not_author``.
        """
        place = ("application.hand_in", asked.visit_id, asked.application_id)
        return watched(self._book, call, place, lambda unit: self._hand_in(unit, call, asked))

    def _hand_in(self, unit: DeskUnit, call: Call, asked: HandIn) -> Receipt:
        call.demand("application.receive", asked.procedure)
        procedure = self._procedures.get(asked.procedure)
        if procedure is None:
            raise Refused("unknown_procedure")
        if asked.roles.capacity not in set(Capacity):
            raise NotUnderstood(what="capacity")
        check_facts(procedure, asked.facts)
        again = asked.version > 0
        return unit.once(
            call,
            asked,
            Receipt,
            lambda: (self._again if again else self._first)(unit, call, asked, procedure),
        )

    def _first(self, unit: DeskUnit, call: Call, asked: HandIn, procedure: Procedure) -> Receipt:
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
        year = business_year(day)
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
            content=_content(asked, None),
            steps=(_taken(call, Act.RECEIVE, asked),),
            answers=(),
            version=received.version,
            content_version=received.version,
        )
        unit.add_case(case)
        unit.drop_draft(call.municipality, asked.application_id)
        return _receipt(unit, call, case)

    def _again(self, unit: DeskUnit, call: Call, asked: HandIn, procedure: Procedure) -> Receipt:
        case = unit.case(call.municipality, asked.application_id)
        if case is None or case.procedure != asked.procedure:
            raise NotAllowed
        if case.version != asked.version:
            raise Conflict(version=case.version)
        if case.author != call.actor.staff_id:
            raise Refused("not_author")
        move = Move(Act.RESUBMIT, call.actor.staff_id, call.at, looked=asked.confirmed_findings)
        moved = advance(procedure, application_of(procedure, case), move)
        renewed = replace(
            case,
            procedure_version=procedure.version,
            state=moved.state.value,
            waiting_since=call.at,
            content=_content(asked, case),
            version=moved.version,
            content_version=moved.version,
        )
        step = procedure.step(RECEPTION)
        unit.advance(renewed, _taken(call, Act.RESUBMIT, asked), step.not_by if step else ())
        unit.drop_draft(call.municipality, asked.application_id)
        return _receipt(unit, call, renewed)


def business_year(day: date) -> int:
    """年度: the year in whose April the business year began."""
    return day.year if day.month >= _APRIL else day.year - 1


def _content(asked: HandIn, earlier: Case | None) -> Content:
    before = None if earlier is None else earlier.content.facts
    looked = asked.confirmed_findings if earlier is None else (*earlier.content.looked, *asked.confirmed_findings)
    return Content(asked.roles, asked.facts, before, asked.evidence, tuple(dict.fromkeys(looked)))


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


def _receipt(unit: DeskUnit, call: Call, case: Case) -> Receipt:
    unit.remember(call.actor)
    act = act_of(
        call,
        "application.handed_in",
        visit=case.visit_id,
        about=case.application_id,
        procedure=case.procedure,
        number=case.number,
        receipt_date=case.receipt_date.isoformat(),
        version=case.version,
    )
    return Receipt(
        application_id=case.application_id,
        number=case.number,
        receipt_date=case.receipt_date,
        state=case.state,
        version=case.version,
        proof=unit.record(act),
    )
