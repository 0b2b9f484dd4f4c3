"""補正: which papers of a case are there, which are missing or promised; letters that ask for them until a day."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.backend.desk.ports import Case, DeskBook, DeskUnit
from app.backend.desk.ports.book import KeptPaper, PaperRequest
from app.backend.desk.service.shelf import TEND, Shelf
from app.backend.desk.service.watched import watched
from app.domain.act import Act, Detail, act_of
from app.domain.application import State
from app.domain.call import Call
from app.domain.clock import Clock, business_date
from app.domain.conditions import Scope, holds
from app.domain.procedure import Procedure
from app.errors import Conflict, NotUnderstood, Refused
from app.wire.answered import answered_facts
from app.wire.desk_book import CaseDone
from app.wire.desk_case import MarkPaper, PaperMark, RequestMark, RequestPapers, TendRequest

log = logging.getLogger(__name__)
PRESENT, MISSING, PROMISED, NOT_NEEDED = "present", "missing", "promised", "not_needed"
OPEN, ANSWERED, PASSED, WITHDRAWN, REMINDED = "open", "answered", "passed", "withdrawn", "reminded"
LONGEST_LABEL, MOST_PAPERS = 120, 40
TOGETHER = 64
"""Requests that are closed in one transaction. Assumed."""


class PaperDesk:
    """Nothing here stops a reception or a decision: whoever examines decides on what there is."""

    def __init__(self, book: DeskBook, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf

    def mark(self, call: Call, asked: MarkPaper) -> CaseDone:
        """Keep how it is with a paper. Errors: NotAllowed; Conflict; NotUnderstood; Refused ``promise_day``."""
        return self._once(call, asked, lambda unit: self._mark(unit, call, asked))

    def request(self, call: Call, asked: RequestPapers) -> CaseDone:
        """Keep that papers were asked for by letter.

        Errors: NotAllowed; NotUnderstood; Refused ``wrong_state``, ``papers_missing`` for a letter about none,
        ``papers_asked`` while an earlier letter waits, ``request_day`` for a day that is not ahead.
        """
        return self._once(call, asked, lambda unit: self._request(unit, call, asked))

    def tend(self, call: Call, asked: TendRequest) -> CaseDone:
        """A reminder, an answer, or a letter taken back. Errors: NotAllowed; Conflict; Refused ``request_closed``."""
        return self._once(call, asked, lambda unit: self._tend(unit, call, asked))

    def _once(
        self, call: Call, asked: MarkPaper | RequestPapers | TendRequest, work: Callable[[DeskUnit], CaseDone]
    ) -> CaseDone:
        place = ("case.papers", "", asked.application_id)
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, CaseDone, lambda: work(unit)))

    def _mark(self, unit: DeskUnit, call: Call, asked: MarkPaper) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        known, label = {one.id for one in procedure.papers}, asked.label.strip()[:LONGEST_LABEL]
        papers = unit.papers(call.municipality, case.application_id)
        before = papers.get(asked.paper)
        is_known = asked.paper in known or before is not None or bool(label)
        if not is_known or asked.state not in {PRESENT, MISSING, PROMISED, NOT_NEEDED} or len(papers) > MOST_PAPERS:
            raise NotUnderstood(what="paper")
        if asked.version != (0 if before is None else before.version):
            raise Conflict(version=0 if before is None else before.version)
        if asked.state == PROMISED and (asked.promised_on is None or asked.promised_on < call.day):
            raise Refused("promise_day")
        paper = KeptPaper(
            call.municipality, case.application_id, asked.paper, asked.version + 1, asked.state, call.actor.name,
            call.at, asked.promised_on if asked.state == PROMISED else None,
            label or ("" if before is None else before.label),
        )  # fmt: skip
        unit.keep_paper(paper)
        return _done(
            unit, call, case, ("case.paper_marked", paper.version, {"paper": asked.paper, "state": asked.state})
        )

    def _request(self, unit: DeskUnit, call: Call, asked: RequestPapers) -> CaseDone:
        case, procedure = self._shelf.found(unit, call, asked.application_id, TEND)
        if State(case.state).final:
            raise Refused("wrong_state", state=case.state)
        marked = unit.papers(call.municipality, case.application_id)
        if not asked.papers or not set(asked.papers) <= {*(one.id for one in procedure.papers), *marked}:
            raise Refused("papers_missing")
        before = unit.requests(call.municipality, [case.application_id]).get(case.application_id, ())
        if any(one.state == OPEN for one in before):
            raise Refused("papers_asked")
        if asked.due_on <= call.day:
            raise Refused("request_day")
        request = PaperRequest(
            call.municipality, case.application_id, len(before), 1, call.day, asked.due_on, OPEN, call.actor.name,
            asked.papers, asked.note.strip(),
        )  # fmt: skip
        unit.keep_request(request)
        for name in asked.papers:
            self._put(unit, call, case, (name, MISSING), marked.get(name))
        what: dict[str, Detail] = {"papers": len(asked.papers), "due": asked.due_on.isoformat()}
        return _done(unit, call, case, ("case.papers_requested", 1, what))

    def _tend(self, unit: DeskUnit, call: Call, asked: TendRequest) -> CaseDone:
        case, _ = self._shelf.found(unit, call, asked.application_id, TEND)
        requests = unit.requests(call.municipality, [case.application_id]).get(case.application_id, ())
        request = next((one for one in requests if one.position == asked.position), None)
        if request is None or asked.outcome not in {REMINDED, ANSWERED, WITHDRAWN}:
            raise NotUnderstood(what="request")
        if request.version != asked.version:
            raise Conflict(version=request.version)
        if request.state != OPEN and not (request.state == PASSED and asked.outcome == ANSWERED):
            raise Refused("request_closed")
        marked = unit.papers(call.municipality, case.application_id)
        if asked.outcome == REMINDED:
            changed = replace(request, reminded_on=call.day, version=request.version + 1)
        else:
            changed = replace(request, state=asked.outcome, closed_at=call.at, version=request.version + 1)
        unit.keep_request(changed)
        for name in asked.present if asked.outcome == ANSWERED else ():
            if name in request.papers:
                self._put(unit, call, case, (name, PRESENT), marked.get(name))
        what: dict[str, Detail] = {"outcome": asked.outcome, "papers": len(asked.present)}
        return _done(unit, call, case, ("case.papers_tended", changed.version, what))

    @staticmethod
    def _put(unit: DeskUnit, call: Call, case: Case, to: tuple[str, str], before: KeptPaper | None) -> None:
        name, state = to
        if before is not None and before.state == state:
            return
        version = 1 if before is None else before.version + 1
        label = "" if before is None else before.label
        unit.keep_paper(
            KeptPaper(
                call.municipality, case.application_id, name, version, state, call.actor.name, call.at, None, label
            )
        )


class PassedRequests:
    """Called by a pump: where the day in a letter has passed, the case goes back to be examined on what there is."""

    def __init__(self, book: DeskBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def turn(self) -> bool:
        """Close what has passed; whether there was any."""
        return self._book.write(self._close) > 0

    def _close(self, unit: DeskUnit) -> int:
        now = self._clock.now()
        passed = unit.passed_requests(business_date(now), TOGETHER)
        for one in passed:
            unit.keep_request(replace(one, state=PASSED, closed_at=now, version=one.version + 1))
            what = (("due", one.due_on.isoformat()), ("papers", len(one.papers)))
            about = (one.municipality, "slice:desk", "", "papers", "", one.application_id)
            unit.record(Act("case.papers_passed", now, *about, what))
        if passed:
            log.info("letters whose day has passed were closed", extra={"count": len(passed)})
        return len(passed)


def paper_marks(procedure: Procedure, case: Case, kept: Mapping[str, KeptPaper]) -> tuple[PaperMark, ...]:
    """The papers that this case needs by the procedure, and those that the office marked or named."""
    facts = answered_facts(procedure, case.content.facts, case.answers)
    scope = Scope(facts, case.receipt_date)
    needed = [one.id for one in procedure.papers if holds(one.when, scope)]
    names = [*needed, *(name for name in kept if name not in needed)]
    return tuple(_mark(name, kept.get(name)) for name in names)


def request_marks(requests: Sequence[PaperRequest], today: date) -> tuple[RequestMark, ...]:
    """The letters. One whose day has passed says so on that day, whether or not it was closed yet."""
    return tuple(
        RequestMark(
            position=one.position,
            sent_on=one.sent_on,
            due_on=one.due_on,
            reminded_on=one.reminded_on,
            state=PASSED if one.state == OPEN and one.due_on < today else one.state,
            closed_at=one.closed_at,
            by=one.by_name,
            papers=one.papers,
            note=one.note,
            version=one.version,
        )
        for one in requests
    )


def _mark(name: str, kept: KeptPaper | None) -> PaperMark:
    if kept is None:
        return PaperMark(paper=name, label="", state=MISSING, promised_on=None, by="", version=0)
    return PaperMark(
        paper=name,
        label=kept.label,
        state=kept.state,
        promised_on=kept.promised_on,
        by=kept.changed_name,
        version=kept.version,
    )


def _done(unit: DeskUnit, call: Call, case: Case, what: tuple[str, int, dict[str, Detail]]) -> CaseDone:
    kind, version, said = what
    unit.remember(call.actor)
    act = act_of(call, kind, visit=case.visit_id, about=case.application_id, number=case.number, **said)
    return CaseDone(application_id=case.application_id, version=version, proof=unit.record(act))
