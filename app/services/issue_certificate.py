"""証明書の交付 at the counter: a draft, numbers, the paper made, handed over or spoiled; all on record."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.errors import PaperNeedsOffice
from app.services.compose_certificate import CertificateWords, compose_certificate
from app.services.needs_office import needs_office
from app.services.paper import PagePress, Paper, PaperMark, set_paper
from app.services.ports.certificates import CertificateOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.certificate import (
    AskCertificate,
    CertificateDraft,
    Copies,
    CopyRow,
    CorrectFee,
    HandCopy,
    IssueCopies,
    Kinds,
    Page,
    PrintCopy,
    SpoilCopy,
)

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with its pages as PNG; guarded items are masked on them."""

    draft: CertificateDraft
    pages: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """The paper itself, and where it is posted to, street first, () for the counter."""

    row: CopyRow
    paper: Paper = field(repr=False)
    address: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CertificatePress:
    """How papers are set: the press, the words of certificates, who certifies, the mark across in training."""

    press: PagePress
    words: CertificateWords
    issuer: str
    mark: str

    def set(
        self, page: Page, *, address: tuple[str, ...] = (), is_draft: bool = False, visit: str = "", kind: str = ""
    ) -> Paper:
        """The paper, for a copy of its own number. Errors: FormFault. Time: some 0.1 s."""
        content = compose_certificate(page, self.words, self.issuer, self.mark, address=address, is_draft=is_draft)
        mark = PaperMark(
            page.form,
            page.number,
            visit,
            page.number,
            bears_number=page.bears_number,
            asks_leave=True,
            is_single=bool(page.number),
            kind=kind,
        )
        names = dict.fromkeys(row.value for block in page.blocks for row in block.rows if row.item == "name")
        return replace(set_paper(self.press, page.title, content, mark), names=tuple(names), post_to=address)


class IssueCertificate:
    """The use case. Without the office nothing is made: a restraint must be looked at live."""

    def __init__(self, office: CertificateOffice, journal: Journal, papers: CertificatePress) -> None:
        self._office = office
        self._journal = journal
        self._papers = papers

    def kinds(self, press: Press, session: Session) -> Kinds:
        """What is issued here. Errors: PaperNeedsOffice, NotAllowed."""
        with needs_office(PaperNeedsOffice):
            return self._office.kinds(press, session)

    def draft(self, press: Press, session: Session, asked: AskCertificate) -> Drafted:
        """To look at. Errors: PaperNeedsOffice, Refused, NotAllowed, FormFault, StoreError."""

        def draft() -> Drafted:
            with needs_office(PaperNeedsOffice):
                found = self._office.draft(press, session, asked)
            return Drafted(found, self._papers.set(found.page, is_draft=True).pages)

        doing = Doing("certificate.drafted", asked.visit_id, asked.persons[0], {"certificate": asked.kind})
        return recorded(self._journal, (press, session), doing, draft)

    def issue(self, press: Press, session: Session, asked: IssueCopies) -> Copies:
        """Each copy takes a number. Errors as for ``draft``; Refused ``changed_since``."""

        def issue() -> Copies:
            with needs_office(PaperNeedsOffice):
                return self._office.issue(press, session, asked)

        wanted = asked.asked
        doing = Doing("certificate.issued", wanted.visit_id, wanted.persons[0], {"certificate": wanted.kind})
        return recorded(self._journal, (press, session), doing, issue, lambda made: {"copies": len(made.rows)})

    def make(self, press: Press, session: Session, row: CopyRow) -> Made:
        """The paper of one number, once; everything is looked at again. Errors: Refused ``may_not_print``."""

        def make() -> Made:
            with needs_office(PaperNeedsOffice):
                asked = PrintCopy(number=row.number, version=row.version)
                found = self._office.print(press, session, asked)
            return Made(found.row, self._papers.set(found.page, visit=row.visit_id, kind=row.kind), found.address)

        doing = Doing("certificate.printed", row.visit_id, row.number, {"bears_number": row.bears_number})
        return recorded(self._journal, (press, session), doing, make, lambda made: {"pages": len(made.paper.pages)})

    def spoil(self, press: Press, session: Session, row: CopyRow, reason: str) -> CopyRow:
        """書損. Errors: Refused ``already_handed``, Conflict."""
        asked = SpoilCopy(number=row.number, version=row.version, reason=reason)
        doing = Doing("certificate.spoiled", row.visit_id, row.number, {"reason": reason})
        return recorded(
            self._journal, (press, session), doing, lambda: self._asked(self._office.spoil, press, session, asked)
        )

    def hand(self, press: Press, session: Session, row: CopyRow, sheets: int) -> CopyRow:
        """Handed over, or posted where that is its way. Errors: Refused ``not_printed``, Conflict."""
        how = "posted" if row.route == "post" else "handed"
        asked = HandCopy(number=row.number, version=row.version, how=how, sheets=sheets)
        doing = Doing(f"certificate.{how}", row.visit_id, row.number, {"sheets": sheets})
        return recorded(
            self._journal, (press, session), doing, lambda: self._asked(self._office.hand, press, session, asked)
        )

    def correct_fee(self, press: Press, session: Session, row: CopyRow, to: tuple[int, str]) -> CopyRow:
        """What was really taken, yen, and why. Errors: Refused ``reason_missing``, Conflict."""
        asked = CorrectFee(number=row.number, version=row.version, yen=to[0], reason=to[1])
        doing = Doing("certificate.fee_corrected", row.visit_id, row.number, {"fee": to[0]})
        return recorded(
            self._journal, (press, session), doing, lambda: self._asked(self._office.correct_fee, press, session, asked)
        )

    def copies(self, press: Press, session: Session, visit_id: str) -> Copies:
        """Of a visit, or of today in the own office ("")."""
        with needs_office(PaperNeedsOffice):
            return self._office.copies(press, session, visit_id)

    @staticmethod
    def _asked(ask: Callable[[Press, Session, A], CopyRow], press: Press, session: Session, asked: A) -> CopyRow:
        with needs_office(PaperNeedsOffice):
            return ask(press, session, asked)
