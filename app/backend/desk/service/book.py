"""受付簿: the applications of a section as lists and cards; looking is recorded."""

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.book import Wanted
from app.backend.desk.service.clocks import clock_marks
from app.backend.desk.service.handing import Handing, may_hand_over
from app.backend.desk.service.papers import paper_marks, request_marks
from app.backend.desk.service.shelf import ASSIGN, READ, TEND, Beside, Shelf, beside, row_of
from app.backend.desk.service.track import track_marks
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import State
from app.domain.call import Call
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import NotAllowed
from app.wire.desk_book import ANYBODY, AskBook, AskCase, BookPage, CaseCard, Colleague

MOST = 200
"""Applications on one page. Assumed."""
_UNDER_WAY = tuple(state.value for state in State if not state.final and state is not State.DRAFT)
_STATES = frozenset(state.value for state in State)


class Book:
    """Reads; what is done with cases stands in ``handing``, ``track``, ``papers`` and ``clocks``."""

    def __init__(self, book: DeskBook, shelf: Shelf, handing: Handing) -> None:
        self._book = book
        self._shelf = shelf
        self._handing = handing

    def page(self, call: Call, asked: AskBook) -> BookPage:
        """The applications that this person's sections have, the latest receipt first, and hand-overs besides."""
        reached = self._shelf.reached(call, READ)
        chosen = tuple(name for name in reached if asked.procedure in {"", name})
        states = tuple(one for one in asked.states if one in _STATES) or (() if asked.number else _UNDER_WAY)
        wanted = Wanted(
            procedures=chosen,
            states=states,
            owner=None if asked.owner == ANYBODY else asked.owner,
            since=asked.since,
            until=asked.until,
            number=asked.number.strip(),
            limit=MOST + 1,
        )

        def look(unit: DeskUnit) -> BookPage:
            ids = unit.in_book(call.municipality, wanted)
            kept = beside(unit, call.municipality, ids[:MOST])
            cases = unit.book_cases(call.municipality, ids[:MOST])
            rows = (row_of(call, self._shelf.procedures[one.procedure], one, kept[one.application_id]) for one in cases)
            sections, me = tuple(self._shelf.sections(call)), call.actor.staff_id
            given = unit.handovers_of(call.municipality, sections, me)
            page = BookPage(
                rows=tuple(rows),
                handovers=self._handing.marks(unit, call, given),
                colleagues=_colleagues(unit, call),
                more=len(ids) > MOST,
            )
            unit.remember(call.actor)
            unit.record(act_of(call, "book.viewed", entries=len(page.rows)))
            return page

        return self._book.write(look)

    def card(self, call: Call, asked: AskCase) -> CaseCard:
        """How one case stands. Errors: NotAllowed when there is none that this person may read or received."""
        place = ("case.viewed", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: self._card(unit, call, asked))

    def _card(self, unit: DeskUnit, call: Call, asked: AskCase) -> CaseCard:
        case = unit.case(call.municipality, asked.application_id)
        procedure = None if case is None else self._shelf.procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        if case.author != call.actor.staff_id:
            call.demand(READ, case.procedure)
        kept = beside(unit, call.municipality, [case.application_id])[case.application_id]
        unit.remember(call.actor)
        unit.record(act_of(call, "case.viewed", visit=case.visit_id, about=case.application_id, number=case.number))
        return self._made(unit, call, (procedure, case), kept)

    def _made(self, unit: DeskUnit, call: Call, of: tuple[Procedure, Case], kept: Beside) -> CaseCard:
        procedure, case = of
        given = unit.handovers(call.municipality, case.application_id)
        tends = allowed(call.actor, TEND, case.procedure, ANY, day=call.day)
        papers = unit.papers(call.municipality, case.application_id)
        acts = (
            ("take", tends),
            ("assign", allowed(call.actor, ASSIGN, case.procedure, ANY, day=call.day)),
            ("hand_over", may_hand_over(call, case)),
            ("papers", tends),
        )
        row = row_of(call, procedure, case, kept)
        return CaseCard(
            row=row,
            visit_id=case.visit_id,
            track=track_marks(call, procedure, case, kept.stages),
            clocks=clock_marks(procedure, kept.clocks),
            papers=paper_marks(procedure, case, papers),
            requests=request_marks(kept.requests, call.day),
            handovers=self._handing.marks(unit, call, given),
            colleagues=_colleagues(unit, call),
            sections=tuple(sorted({one.section for one in self._shelf.procedures.values()})),
            may=tuple(name for name, may in acts if may),
            applicant_number=case.content.roles.applicant.business_number if row.applicant else "",
        )


def _colleagues(unit: DeskUnit, call: Call) -> tuple[Colleague, ...]:
    """Whom the desk has seen at work, by name: from among them an owner is chosen."""
    names = {**unit.names(call.municipality), call.actor.staff_id: call.actor.name}
    return tuple(Colleague(staff_id=one, name=name) for one, name in sorted(names.items()))
