"""Papers that the counter makes from what it has itself: the slips that a resident takes home."""

from typing import Protocol

from app.domain.act import Act, Detail
from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection
from app.errors import FormFault
from app.paper.press import FormPress
from app.services.compose_application import FORM as SHEET
from app.services.compose_application import SheetOf, SheetStyle, compose_application
from app.services.compose_form import FormWords, Issuer
from app.services.compose_visit_slip import FORM, Served, SlipWords, compose_visit_slip
from app.services.paper import Paper, PaperMark, set_paper
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.ui.flows.visit_acts import ReceiptSlip

RECEIPT = "receipt"


class VisitJournal(Journal, Protocol):
    """A journal that can be read by visit."""

    def acts_of_visit(self, visit_id: str) -> tuple[Act, ...]: ...


class Papers:
    """Makes 受付票: number, date, procedure; no 個人番号, and of the person only the name. Making one is an act."""

    def __init__(self, press: FormPress, words: FormWords, issuer: Issuer, journal: Journal) -> None:
        self._press, self._words, self._issuer, self._journal = press, words, issuer, journal

    def slip(self, at: Press, session: Session, asked: ReceiptSlip) -> Paper:
        """The slip in pages.

        Errors: FormFault where the procedure has no such output; StoreError when no act can be kept: then nothing is
        shown.
        """
        output = next((one for one in asked.procedure.outputs if one.kind == RECEIPT), None)
        if output is None:
            raise FormFault(what=RECEIPT)
        words = self._words
        rows = (FormRow(words.number, asked.number), FormRow(words.received_on, wareki(asked.receipt_date)))
        roles = asked.draft.roles
        content = FormContent(
            form=output.form,
            title=output.title,
            number=asked.number,
            issued_on=wareki(asked.receipt_date),
            issuer=self._issuer.title,
            addressee=f"{roles.applicant.name} {words.honorific}" if roles else "",
            lead=output.text,
            sections=(FormSection(words.case, rows),),
            reasons=(),
            instruction=tuple(line for line in output.instruction.splitlines() if line.strip()),
            mark=words.mark,
        )
        mark = PaperMark(output.form, asked.number, asked.draft.visit_id, asked.draft.draft_id)
        paper = set_paper(self._press, output.title, content, mark)
        said: dict[str, Detail] = {"output": output.id, "number": asked.number, "pages": len(paper.pages)}
        self._journal.write(
            session.act(at, "paper.shown", visit=asked.draft.visit_id, about=asked.draft.draft_id, **said)
        )
        return paper


class ApplicationSheets:
    """Makes 申請書: before the hand-in to be read and signed, after it with number and date. Making one is an act."""

    def __init__(self, press: FormPress, style: SheetStyle, journal: Journal) -> None:
        self._press, self._style, self._journal = press, style, journal

    def sheet(self, at: Press, session: Session, asked: ReceiptSlip) -> Paper:
        """The sheet in pages. Errors: FormFault; StoreError when no act can be kept: then nothing is shown."""
        draft = asked.draft
        of = SheetOf(draft, asked.procedure, asked.number, asked.receipt_date if asked.number else None)
        content = compose_application(of, business_date(at.at), self._style)
        mark = PaperMark(SHEET, content.number, draft.visit_id, draft.draft_id)
        paper = set_paper(self._press, content.title, content, mark)
        said: dict[str, Detail] = {"output": SHEET, "number": content.number, "pages": len(paper.pages)}
        self._journal.write(session.act(at, "paper.shown", visit=draft.visit_id, about=draft.draft_id, **said))
        return paper


class VisitSlips:
    """Makes 応対票 of what this PC's journal holds of a visit; making one is an act too."""

    def __init__(
        self, press: FormPress, words: SlipWords, style: tuple[Issuer, str, str], journal: VisitJournal
    ) -> None:
        self._press, self._words, self._style, self._journal = press, words, style, journal

    def slip(self, at: Press, session: Session, visit: Visit, served: Served) -> Paper:
        """The slip in pages. Errors: FormFault; StoreError when no act can be kept: then nothing is shown."""
        acts = self._journal.acts_of_visit(visit.visit_id)
        content = compose_visit_slip((at, visit), served, acts, self._words, self._style)
        paper = set_paper(self._press, content.title, content, PaperMark(FORM, visit=visit.visit_id))
        self._journal.write(session.act(at, "paper.shown", visit=visit.visit_id, output=FORM, pages=len(paper.pages)))
        return paper
