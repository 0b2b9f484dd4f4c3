"""What the book, a case, its papers and the board say, made of messages: words, days, marks."""

from collections.abc import Mapping
from datetime import date, datetime

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.domain.procedure import Procedure
from app.ui.kit import Kit
from app.ui.screens.book_handovers import HandoverLine
from app.ui.screens.book_list import BookLine
from app.ui.widgets.chip import Kind
from app.wire.desk_book import BookPage, BookRow, HandoverMark

SOON_DAYS = 7
"""From when on a last day is marked. Assumed."""
_STATES: dict[str, Kind] = {
    "approved": "success",
    "rejected": "error",
    "returned": "warning",
    "withdrawn": "quiet",
}
_HANDOVERS: dict[str, Kind] = {"waiting": "warning", "accepted": "success", "declined": "error"}


class CaseWords:
    """How cases, their steps, periods and papers are called. ``procedures``: id → procedure."""

    def __init__(self, kit: Kit, procedures: Mapping[str, Procedure]) -> None:
        self._kit, self.procedures = kit, procedures

    def word(self, table: str, code: str) -> str:
        """The word for a code."""
        return self._kit.messages.word(table, code)

    def procedure_title(self, name: str) -> str:
        """How a procedure is called in short."""
        known = self.procedures.get(name)
        return known.short_title if known else name

    def step_title(self, procedure: str, step: str) -> str:
        """How a step of a procedure is called."""
        known = self.procedures.get(procedure)
        found = known.step(step) if known else None
        return found.title if found else step

    def clock_label(self, procedure: str, clock: str) -> str:
        """How a period of a procedure is called."""
        known = self.procedures.get(procedure)
        return next((one.label for one in known.clocks if one.id == clock), clock) if known else clock

    def paper_title(self, procedure: str, paper: str, label: str = "") -> str:
        """How a paper is called: by the procedure, or as the office named it."""
        known = self.procedures.get(procedure)
        return next((one.label for one in known.papers if one.id == paper), label or paper) if known else label or paper

    def state(self, row: BookRow) -> str:
        """Where a case stands, with the step it waits for; what was granted in its procedure's own word."""
        known = self.procedures.get(row.procedure)
        if row.state == "approved" and known is not None and not row.step:
            return known.approval
        words = self._kit.texts.book
        if row.papers_until is not None:
            return words.until_papers(short_day(row.papers_until))
        said = self.word("book_state", row.state)
        long = known.step(row.step) if known and row.step else None
        return words.at_step(said.partition("（")[0], long.title) if long is not None and long.phase else said

    def due(self, row: BookRow, today: date) -> tuple[str, Kind]:
        """Its last day, marked when it comes near."""
        if row.due_on is None:
            return self._kit.texts.book.no_due, "quiet"
        return wareki_short(row.due_on), due_kind(row.due_on, today)

    def owner(self, row: BookRow, me: str) -> str:
        """Whose it is."""
        words = self._kit.texts.book
        return words.nobody if not row.owner else words.mine if row.owner == me else row.owner_name


class BookReader(CaseWords):
    """Makes the lines of the book and of hand-overs."""

    def lines(self, page: BookPage, me: str, today: date) -> tuple[BookLine, ...]:
        """Lines of the book."""
        return tuple(self._line(one, me, today) for one in page.rows)

    def lead(self, page: BookPage) -> str:
        """How many there are."""
        words = self._kit.texts.book
        if not page.rows:
            return ""
        return words.lead_more(len(page.rows)) if page.more else words.lead(len(page.rows))

    def handovers_door(self, page: BookPage) -> str:
        """The word on the door to hand-overs, with how many wait for this person's section."""
        waiting = sum("accepted" in one.may for one in page.handovers)
        words = self._kit.texts.book
        return words.handovers_waiting(waiting) if waiting else words.handovers

    def handovers(self, page: BookPage) -> tuple[HandoverLine, ...]:
        """Lines of the list of hand-overs."""
        return tuple(self._handover(one) for one in page.handovers)

    def _line(self, row: BookRow, me: str, today: date) -> BookLine:
        due, kind = self.due(row, today)
        mark: Kind = "warning" if row.papers_until is not None else _STATES.get(row.state, "information")
        return BookLine(
            application_id=row.application_id,
            number=row.number,
            received=wareki_short(row.receipt_date),
            procedure=self.procedure_title(row.procedure),
            applicant=row.applicant or self._kit.texts.book.masked,
            channel=self.word("channel", row.channel),
            state=self.state(row),
            kind=mark,
            owner=self.owner(row, me),
            due=due,
            due_kind=kind,
        )

    def _handover(self, one: HandoverMark) -> HandoverLine:
        words = self._kit.texts.handovers
        said = words.said(one.given_name, one.note) if one.note else words.no_note
        answered = words.answered(one.taken_name, one.answer) if one.answer else ""
        return HandoverLine(
            handover_id=one.handover_id,
            number=one.number,
            procedure=self.procedure_title(one.procedure),
            way=words.from_to(one.from_section, one.to_section),
            given=words.given_by(one.given_name, moment(one.given_at)),
            state=self.word("handover_state", one.state),
            kind=_HANDOVERS.get(one.state, "quiet"),
            said="　".join(part for part in (said, answered) if part),
            version=one.version,
            may=one.may,
        )


def due_kind(day: date, today: date) -> Kind:
    """How a last day is marked."""
    if day < today:
        return "error"
    return "warning" if (day - today).days <= SOON_DAYS else "quiet"


def short_day(day: date) -> str:
    """A day within the year."""
    return f"{day.month}/{day.day}"


def moment(at: datetime) -> str:
    """Day and time in the office."""
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {local:%H:%M}"
