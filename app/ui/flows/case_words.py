"""One case as text to show: facts, track, steps, what happened; its papers and letters; what falls due."""

from collections.abc import Iterator
from datetime import date

from app.domain.case_track import SKIPPED
from app.domain.clock import business_date
from app.domain.era import wareki_short
from app.ui.flows.book_words import CaseWords, due_kind, short_day
from app.ui.screens.case_board import BoardShown, DueLine
from app.ui.screens.case_card import DELAY, CaseShown, StageLine
from app.ui.screens.case_papers import PaperLine, RequestLine
from app.ui.widgets.chip import Kind
from app.ui.widgets.day_bars import DayBar
from app.ui.widgets.steps import Step, StepState
from app.ui.widgets.timeline import Happening
from app.wire.desk_book import CaseCard
from app.wire.desk_case import Board, DueRow, PaperMark, RequestMark, TrackMark

WEEK_DAYS = 7
_STEPS = {
    "ahead": StepState.AHEAD,
    "due": StepState.CURRENT,
    "open": StepState.CURRENT,
    "done": StepState.DONE,
    "skipped": StepState.SKIPPED,
}
_KINDS: dict[str, Kind] = {"due": "information", "open": "information", "done": "success", "skipped": "quiet"}
_PAPERS: dict[str, Kind] = {"present": "success", "missing": "warning", "promised": "information"}
_REQUESTS: dict[str, Kind] = {"open": "warning", "answered": "success", "passed": "information"}


class CaseReader(CaseWords):
    """Makes the screens of one case."""

    def shown(self, card: CaseCard, today: date) -> CaseShown:
        """The whole card."""
        delays = any(one.delay and one.delayed_to is None for one in card.clocks) and card.row.due_on is not None
        may = (*card.may, *((DELAY,) if delays and "papers" in card.may else ()))
        name = card.row.procedure
        return CaseShown(
            name=card.row.applicant or self._kit.texts.book.masked,
            facts=self._facts(card),
            steps=tuple(Step(self.step_title(name, one.step), _STEPS[one.standing]) for one in card.track),
            stages=tuple(self._stage(name, one, today) for one in card.track),
            history=tuple(one for _, one in sorted(self._events(card), key=lambda each: each[0], reverse=True)),
            may=may,
        )

    def outcomes(self, procedure: str, step: str) -> tuple[tuple[str, str], ...]:
        """What may come of a step."""
        known = self.procedures.get(procedure)
        found = known.step(step) if known else None
        return tuple((one.value, one.label) for one in found.outcomes) if found else ()

    def papers(self, card: CaseCard) -> tuple[PaperLine, ...]:
        """Lines of the list of papers."""
        return tuple(self._paper(card.row.procedure, one) for one in card.papers)

    def requests(self, card: CaseCard) -> tuple[RequestLine, ...]:
        """Lines of the list of letters, the latest first."""
        labels = {one.paper: one.label for one in card.papers}
        may = "papers" in card.may
        return tuple(
            self._request(
                one, [self.paper_title(card.row.procedure, name, labels.get(name, "")) for name in one.papers], may=may
            )
            for one in reversed(card.requests)
        )

    def _facts(self, card: CaseCard) -> tuple[tuple[str, str], ...]:
        words, row = self._kit.texts.case_card, card.row
        owner = words.nobody
        if row.owner and row.owner_since is not None:
            owner = words.owner_since(row.owner_name, short_day(business_date(row.owner_since)))
        facts = [
            (words.number, row.number),
            (words.received, wareki_short(row.receipt_date)),
            (words.channel, self.word("channel", row.channel)),
            (words.owner, owner),
            (words.resident_state, self.word("resident_state", row.resident_state)),
        ]
        soonest = min(card.clocks, key=lambda one: one.delayed_to or one.due_on, default=None)
        if soonest is not None:
            label = self.clock_label(row.procedure, soonest.clock)
            day = wareki_short(soonest.delayed_to or soonest.due_on)
            said = words.clock_due(label, day) if soonest.delayed_to is None else words.clock_delayed(label, day)
            facts.append((words.clock, said))
        return tuple(facts)

    def _stage(self, procedure: str, one: TrackMark, today: date) -> StageLine:
        words, known = self._kit.texts.case_card, self.procedures.get(procedure)
        step = known.step(one.step) if known else None
        outcome = dict(self.outcomes(procedure, one.step)).get(one.outcome, "")
        day = short_day(one.done_on) if one.done_on else ""
        result = words.done_on(outcome, day) if outcome else day
        if one.outcome == SKIPPED:
            result = one.note
        letter = known.output(step.letter) if known and step and step.letter and one.standing == "done" else None
        due = wareki_short(one.due_on) if one.due_on and one.standing == "open" else ""
        why = self.word("why_not", one.why_not) if one.why_not in {"same_person", "no_right"} else ""
        return StageLine(
            step=one.step,
            title=step.title if step else one.step,
            role=step.role if step else "",
            state=self.word("standing", one.standing),
            kind=_KINDS.get(one.standing, "quiet"),
            by=one.by,
            since=short_day(one.since) if one.since else "",
            due=due,
            due_kind=due_kind(one.due_on, today) if one.due_on else "quiet",
            result=result or why,
            may=one.may,
            letter=letter.title if letter else "",
        )

    def _events(self, card: CaseCard) -> list[tuple[date, Happening]]:
        """What happened, by day."""
        words = self._kit.texts.case_events
        day, came = card.row.receipt_date, words.came_event(self.word("channel", card.row.channel))
        return [(day, self._happened(day, "", came)), *self._step_events(card), *self._other_events(card)]

    def _step_events(self, card: CaseCard) -> Iterator[tuple[date, Happening]]:
        words, name = self._kit.texts.case_events, card.row.procedure
        for one in card.track:
            title = self.step_title(name, one.step)
            if one.done_on is not None and one.step != "reception":
                outcome = dict(self.outcomes(name, one.step)).get(one.outcome, "") or self.word("standing", "done")
                said = words.skipped_event(title) if one.outcome == SKIPPED else words.step_event(title, outcome)
                yield one.done_on, self._happened(one.done_on, one.by, said, one.note)
            if one.version and one.since is not None and one.outcome != SKIPPED:
                yield one.since, self._happened(one.since, one.by, words.begun_event(title))

    def _other_events(self, card: CaseCard) -> Iterator[tuple[date, Happening]]:
        words = self._kit.texts.case_events
        for request in card.requests:
            said = words.asked_event(short_day(request.due_on))
            yield request.sent_on, self._happened(request.sent_on, request.by, said, request.note)
            if request.closed_at is not None:
                day, state = business_date(request.closed_at), self.word("request_state", request.state)
                yield day, self._happened(day, "", words.closed_event(state))
        for given in card.handovers:
            day, said = business_date(given.given_at), words.handed_event(given.from_section, given.to_section)
            yield day, self._happened(day, given.given_name, said, given.note)
        for clock in card.clocks:
            if clock.delayed_to is not None:
                said = words.delay_event(short_day(clock.delayed_to))
                yield clock.due_on, self._happened(clock.due_on, clock.delayed_name, said, clock.reason)

    @staticmethod
    def _happened(day: date, who: str, title: str, detail: str = "") -> Happening:
        return Happening(wareki_short(day), who, title, detail)

    def _paper(self, procedure: str, one: PaperMark) -> PaperLine:
        return PaperLine(
            paper=one.paper,
            title=self.paper_title(procedure, one.paper, one.label),
            state=self.word("paper_state", one.state),
            kind=_PAPERS.get(one.state, "quiet"),
            promised=wareki_short(one.promised_on) if one.promised_on else "",
            by=one.by,
        )

    def _request(self, one: RequestMark, titles: list[str], *, may: bool) -> RequestLine:
        acts = {"open": ("reminded", "answered", "withdrawn"), "passed": ("answered",)}.get(one.state, ())
        return RequestLine(
            position=one.position,
            sent=wareki_short(one.sent_on),
            due=wareki_short(one.due_on),
            state=self.word("request_state", one.state),
            kind=_REQUESTS.get(one.state, "quiet"),
            papers="、".join(titles),
            reminded=wareki_short(one.reminded_on) if one.reminded_on else "",
            may=acts if may else (),
        )


class BoardReader(CaseWords):
    """Makes the board of what falls due."""

    def shown(self, board: Board) -> BoardShown:
        """The whole board, counted from the office's own day."""
        words = self._kit.texts.case_board
        left = [(one.due_on - board.today).days for one in board.rows]
        counts = (
            (words.count_overdue, sum(days < 0 for days in left)),
            (words.count_today, sum(days == 0 for days in left)),
            (words.count_week, sum(0 < days <= WEEK_DAYS for days in left)),
            (words.count_later, sum(days > WEEK_DAYS for days in left)),
        )
        bars = tuple(
            DayBar(
                label=short_day(one.day),
                said=words.bar(short_day(one.day), one.clocks, one.steps, one.papers),
                parts=(one.clocks, one.steps, one.papers),
            )
            for one in board.days
        )
        return BoardShown(
            counts=tuple((label, words.count(count)) for label, count in counts),
            bars=bars,
            rows=tuple(self._row(one, days) for one, days in zip(board.rows, left, strict=True)),
        )

    def _row(self, one: DueRow, days: int) -> DueLine:
        words = self._kit.texts.case_board
        soon = words.this_week(days) if days <= WEEK_DAYS else words.later(days)
        when = words.overdue(-days) if days < 0 else words.today if days == 0 else soon
        kind: Kind = "error" if days < 0 else "warning" if days <= WEEK_DAYS else "quiet"
        what = {"clock": self.clock_label, "step": self.step_title}.get(one.kind)
        note = words.delayed if one.delayed else words.delay_asked if one.delay and days < 0 else ""
        return DueLine(
            application_id=one.application_id,
            when=when,
            kind=kind,
            day=wareki_short(one.due_on),
            number=one.number,
            procedure=self.procedure_title(one.procedure),
            what=what(one.procedure, one.what) if what else words.papers,
            owner=one.owner_name or words.nobody,
            note=note,
        )
