"""The register's desk for certificates and seals, as a counter sees it."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.certificate import (
    AskCertificate,
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
from app.wire.seal import AnswerLetter, CancelSeal, RegisterSeal, SealDone, SealRow, Seals


class CertificateOffice(Protocol):
    """Copies and what becomes of them. Errors as in ``app.services.ports.office``."""

    def kinds(self, press: Press, session: Session) -> Kinds: ...
    def draft(self, press: Press, session: Session, asked: AskCertificate) -> CertificateDraft:
        """Errors besides: Refused ``nothing_to_issue`` whatever the reason, and why a request does not hold."""
        ...

    def issue(self, press: Press, session: Session, asked: IssueCopies) -> Copies: ...
    def copies(self, press: Press, session: Session, visit_id: str) -> Copies:
        """Of a visit, or, with "", of today in the own office."""
        ...

    def print(self, press: Press, session: Session, asked: PrintCopy) -> PrintedCopy:
        """Errors besides: Refused ``may_not_print``, ``changed_since``, ``already_printed``, ``another_day``."""
        ...

    def spoil(self, press: Press, session: Session, asked: SpoilCopy) -> CopyRow: ...
    def hand(self, press: Press, session: Session, asked: HandCopy) -> CopyRow: ...
    def correct_fee(self, press: Press, session: Session, asked: CorrectFee) -> CopyRow: ...


class SealOffice(Protocol):
    """Registered seals. Errors as in ``app.services.ports.office``."""

    def seals(self, press: Press, session: Session, about: tuple[str, str]) -> Seals:
        """Of a person. ``about``: 宛名番号 and the visit."""
        ...

    def register(self, press: Press, session: Session, asked: RegisterSeal) -> SealDone: ...
    def answer(self, press: Press, session: Session, asked: AnswerLetter) -> SealRow: ...
    def cancel(self, press: Press, session: Session, asked: CancelSeal) -> SealRow: ...
