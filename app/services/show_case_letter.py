"""事案の手紙: what a step, a delay or missing papers tell the applicant, set in pages and kept as an act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.procedure import Output, Procedure
from app.domain.tables import Table
from app.errors import PaperNeedsOffice
from app.services.compose_form import FormWords, Issuer
from app.services.needs_office import needs_office
from app.services.paper import PagePress, Paper, PaperMark, set_paper
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.desk_book import CaseCard

LETTER_FORM = "notice"
"""The template of these letters."""


@dataclass(frozen=True, slots=True)
class CaseLetterWords:
    """The words that no procedure owns."""

    case: str
    number: str
    received_on: str
    papers: str
    until: str
    note: str
    outcome: str
    done_on: str
    due_on: str
    delayed_to: str


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """Which letter. ``rows``: what it says besides number and day of receipt; ``reason``: why, "" for none."""

    output: Output
    rows: tuple[tuple[str, str], ...]
    reason: str = ""


def parse_case_letter_words(values: Mapping[str, object]) -> CaseLetterWords:
    """Make them of resources/text/case_letters.toml. Errors: DataFault for a missing or unknown word."""
    table = Table(values, "case_letters.toml")
    return table.finish(CaseLetterWords(**{name: table.text(name) for name in CaseLetterWords.__slots__}))


class ShowCaseLetter:
    """The use case. ``paper``: sets a form in pages; ``live``: asks the office something."""

    def __init__(
        self,
        journal: Journal,
        paper: PagePress,
        words: tuple[CaseLetterWords, FormWords],
        issuer: Issuer,
        live: Callable[[Press, Session], object],
    ) -> None:
        self._journal = journal
        self._paper = paper
        self.words, self._form_words = words
        self._issuer = issuer
        self._live = live

    def __call__(self, press: Press, session: Session, card: CaseCard, letter: CaseLetter) -> Paper:
        """The letter's pages. Errors: FormFault, PaperNeedsOffice, StoreError when no act is kept."""
        content = self._content(card, letter, business_date(press.at))
        what, row = {"output": letter.output.id}, card.row
        mark = PaperMark(
            letter.output.form,
            row.number,
            card.visit_id,
            row.application_id,
            asks_leave=True,
            persons=(card.applicant_number,) if card.applicant_number else (),
            addressee=card.applicant_number,
        )
        doing = Doing("case.letter_shown", visit=card.visit_id, about=card.row.application_id, what={**what})

        def made() -> Paper:
            with needs_office(PaperNeedsOffice):
                self._live(press, session)
            return set_paper(self._paper, content.title, content, mark)

        return recorded(self._journal, (press, session), doing, made, lambda paper: {"pages": len(paper.pages)})

    def _content(self, card: CaseCard, letter: CaseLetter, today: date) -> FormContent:
        words, row = self.words, card.row
        rows = (
            FormRow(words.number, row.number),
            FormRow(words.received_on, wareki(row.receipt_date)),
            *(FormRow(label, value) for label, value in letter.rows if value),
        )
        return FormContent(
            form=LETTER_FORM,
            title=letter.output.title,
            number=row.number,
            issued_on=wareki(today),
            issuer=self._issuer.title,
            addressee=f"{row.applicant} {self._form_words.honorific}",
            lead=letter.output.text,
            sections=(FormSection(words.case, rows),),
            reasons=(letter.reason,) if letter.reason else (),
            instruction=(),
            mark=self._form_words.mark,
        )


def papers_output(procedure: Procedure) -> Output | None:
    """The procedure's letter about missing papers."""
    return next((one for one in procedure.outputs if one.kind == "correction"), None)


def delay_output(procedure: Procedure) -> Output | None:
    """The procedure's notice of delay."""
    return next((one for one in procedure.outputs if one.kind == "delay_notice"), None)


def stage_output(procedure: Procedure, step: str) -> Output | None:
    """The letter of a step."""
    known = procedure.step(step)
    return procedure.output(known.letter) if known and known.letter else None
