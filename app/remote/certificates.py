"""Certificates and seals of the register, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.certificate import (
    AskCertificate,
    AskCopies,
    AskKinds,
    CertificateDraft,
    Copies,
    CopyRow,
    CorrectFee,
    HandCopy,
    IssueCopies,
    Kinds,
    PrintCopy,
    PrintedCopy,
    SpoilCopy,
)
from app.wire.seal import AnswerLetter, AskSeals, CancelSeal, RegisterSeal, SealDone, SealRow, Seals

_AT, _SEALS = "/register/v1/certificate", "/register/v1/seal"


class HttpCertificates:
    """See ``CertificateOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def kinds(self, press: Press, session: Session) -> Kinds:
        return self._line.ask(f"{_AT}/kinds", AskKinds(), Kinds, headers(press, session))

    def draft(self, press: Press, session: Session, asked: AskCertificate) -> CertificateDraft:
        return self._line.ask(f"{_AT}/draft", asked, CertificateDraft, headers(press, session))

    def issue(self, press: Press, session: Session, asked: IssueCopies) -> Copies:
        return self._line.ask(f"{_AT}/issue", asked, Copies, headers(press, session))

    def copies(self, press: Press, session: Session, visit_id: str) -> Copies:
        return self._line.ask(f"{_AT}/copies", AskCopies(visit_id=visit_id), Copies, headers(press, session))

    def print(self, press: Press, session: Session, asked: PrintCopy) -> PrintedCopy:
        return self._line.ask(f"{_AT}/print", asked, PrintedCopy, headers(press, session))

    def spoil(self, press: Press, session: Session, asked: SpoilCopy) -> CopyRow:
        return self._line.ask(f"{_AT}/spoil", asked, CopyRow, headers(press, session))

    def hand(self, press: Press, session: Session, asked: HandCopy) -> CopyRow:
        return self._line.ask(f"{_AT}/hand", asked, CopyRow, headers(press, session))

    def correct_fee(self, press: Press, session: Session, asked: CorrectFee) -> CopyRow:
        return self._line.ask(f"{_AT}/fee", asked, CopyRow, headers(press, session))


class HttpSeals:
    """See ``SealOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def seals(self, press: Press, session: Session, about: tuple[str, str]) -> Seals:
        asked = AskSeals(business_number=about[0], visit_id=about[1])
        return self._line.ask(f"{_SEALS}s", asked, Seals, headers(press, session))

    def register(self, press: Press, session: Session, asked: RegisterSeal) -> SealDone:
        return self._line.ask(f"{_SEALS}/register", asked, SealDone, headers(press, session))

    def answer(self, press: Press, session: Session, asked: AnswerLetter) -> SealRow:
        return self._line.ask(f"{_SEALS}/answer", asked, SealRow, headers(press, session))

    def cancel(self, press: Press, session: Session, asked: CancelSeal) -> SealRow:
        return self._line.ask(f"{_SEALS}/cancel", asked, SealRow, headers(press, session))
