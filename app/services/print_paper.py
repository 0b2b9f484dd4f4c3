"""印刷: a paper goes to a named printer, and what became of it is what the queue says; each sheet is on record."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.act import Detail
from app.domain.clock import Random
from app.domain.print_rules import PrintRules
from app.domain.printing import (
    MOST_COPIES,
    JobState,
    JobStatus,
    PrintChoice,
    Printer,
    PrintJob,
    PrintOrder,
    job_title,
)
from app.errors import AppError, PaperHeldBack, PaperNeedsOffice, PrintRefused
from app.services.needs_office import needs_office
from app.services.paper import PagePress, Paper, PaperMark
from app.services.ports.memory import Journal
from app.services.ports.print_choices import PrintChoices
from app.services.ports.printing import Printing
from app.services.ports.seat import Press, Session

SENT, ENDED, CANCELLED = "paper.sent", "paper.ended", "paper.cancel_asked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a paper is to be printed. ``again``: why once more, a code and what was written; ("", "") the first time."""

    choice: PrintChoice
    again: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper that a queue has taken. ``job`` and ``title`` say nothing of anybody.

    ``is_restrained``: somebody on it is; it is handed to nobody but whose it is.
    """

    job: PrintJob
    mark: PaperMark = field(repr=False)
    title: str
    pages: int
    copies: int
    is_restrained: bool = False

    @property
    def sheets(self) -> int:
        """How many pages come out in all."""
        return self.pages * self.copies


@dataclass(frozen=True, slots=True)
class PrintParts:
    """What printing needs of the edges. ``choices``: remembered.

    ``live``: asks the office whether this paper may go out now; True where somebody restrained stands on it.
    """

    printing: Printing
    press: PagePress
    choices: PrintChoices
    live: Callable[[Press, Session, PaperMark], bool]


class PrintPaper:
    """The use case."""

    def __init__(self, parts: PrintParts, journal: Journal, rules: PrintRules, random: Random) -> None:
        self._parts, self._journal, self._random = parts, journal, random
        self.rules = rules

    def printers(self, session: Session, kind: str) -> tuple[tuple[Printer, ...], PrintChoice | None]:
        """What there is, and where this person printed this kind last. Errors: PrintServiceGone, StoreError."""
        return self._parts.printing.printers(), self._parts.choices.choice(session.actor.staff_id, kind)

    def send(self, press: Press, session: Session, paper: Paper, wanted: Wanted) -> Sent:
        """Hand it to the printer's queue; the act is kept before a sheet can come out.

        Errors: PaperHeldBack; PaperNeedsOffice; Refused ``may_not_print`` (a restraint); PrintRefused, also for a
        number of copies that can't be meant; those of ``Printing.submit``; FormFault;
        StoreError when no act can be kept: then nothing is printed.
        """
        choice = wanted.choice
        is_restrained = self._demand(press, session, paper, choice)
        pdf = self._parts.press.press(paper.content)
        order = PrintOrder(choice.printer, job_title(self._random), choice.tray, choice.copies)
        said = _said(paper, order, wanted.again) | ({"restrained": True} if is_restrained else {})
        self._write(press, session, (SENT, paper.mark), said)
        try:
            job = self._parts.printing.submit(pdf, order)
        except AppError as error:
            self._write(
                press, session, (ENDED, paper.mark), {"title": order.title, "end": "refused", "code": error.code}
            )
            raise
        self._parts.choices.keep_choice(session.actor.staff_id, paper.mark.kind or paper.mark.form, choice)
        return Sent(job, paper.mark, order.title, len(paper.pages), choice.copies, is_restrained=is_restrained)

    def look(self, press: Press, session: Session, sent: Sent) -> JobStatus:
        """How it stands; its end is kept before it is told. Errors: PrintServiceGone: ask again; StoreError."""
        status = self._parts.printing.status(sent.job)
        if status.is_over:
            said: dict[str, Detail] = {
                "title": sent.title,
                "printer": sent.job.printer,
                "end": status.state.value,
                "sheets": sent.sheets if status.state is JobState.PRINTED else 0,
            }
            self._write(press, session, (ENDED, sent.mark), said)
        return status

    def cancel(self, press: Press, session: Session, sent: Sent) -> None:
        """Ask for its end; ``look`` says how it ended. Errors: PrintRefused, PrintServiceGone, StoreError."""
        self._write(press, session, (CANCELLED, sent.mark), {"title": sent.title, "printer": sent.job.printer})
        self._parts.printing.cancel(sent.job)

    def give_up(self, press: Press, session: Session, sent: Sent) -> None:
        """Nobody waits for its end any more: the record says that it is not known. Errors: StoreError."""
        said: dict[str, Detail] = {"title": sent.title, "printer": sent.job.printer, "end": "not_followed", "sheets": 0}
        self._write(press, session, (ENDED, sent.mark), said)

    def _demand(self, press: Press, session: Session, paper: Paper, choice: PrintChoice) -> bool:
        """Whether somebody restrained stands on it."""
        if held := self.rules.holding(paper.mark.form, paper.faults):
            raise PaperHeldBack(count=len(held))
        if not 1 <= choice.copies <= (1 if paper.mark.is_single else MOST_COPIES):
            raise PrintRefused(printer=choice.printer)
        if paper.mark.asks_leave:
            with needs_office(PaperNeedsOffice):
                return self._parts.live(press, session, paper.mark)
        return False

    def _write(self, press: Press, session: Session, act: tuple[str, PaperMark], said: dict[str, Detail]) -> None:
        kind, mark = act
        self._journal.write(session.act(press, kind, visit=mark.visit, about=mark.about, form=mark.form, **said))


def _said(paper: Paper, order: PrintOrder, again: tuple[str, str]) -> dict[str, Detail]:
    """What the record keeps. Source: 住民記録システム標準仕様書 10.2 (printer, pages, 個人番号, number), published."""
    said: dict[str, Detail] = {
        "title": order.title,
        "printer": order.printer,
        "tray": order.tray,
        "pages": len(paper.pages),
        "copies": order.copies,
        "bears_number": paper.mark.bears_number,
        "number": paper.mark.number,
    }
    reason, words = again
    return {**said, "again": reason, "again_words": words} if reason else said
