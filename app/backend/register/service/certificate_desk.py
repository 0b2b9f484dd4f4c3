"""Certificates and seals of the register, put together on one book."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.register.service.certificate_asking import CertificateBooks
from app.backend.register.service.certificate_copies import CopyService
from app.backend.register.service.certificates import CertificateService
from app.backend.register.service.changing import ChangeBook
from app.backend.register.service.match import Matcher
from app.backend.register.service.seal_checks import SealBooks
from app.backend.register.service.seals import SealService
from app.domain.capacity import CapacityTable
from app.domain.certificate_rules import CertificateRules
from app.domain.fees import FeeTable
from app.domain.identity import Document
from app.domain.names import NameFolder
from app.domain.register_rules import RegisterRules
from app.domain.seal_rules import SealRules


@dataclass(frozen=True, slots=True)
class IssueBooks:
    """The data that certificates and seals go by."""

    certificates: CertificateRules
    fees: FeeTable
    seals: SealRules
    capacities: CapacityTable
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True)
class CertificateDesk:
    """The use cases, by what they are about."""

    certificates: CertificateService
    copies: CopyService
    seals: SealService


def certificate_desk(
    book: ChangeBook, folder: NameFolder, changes: RegisterRules, books: IssueBooks
) -> CertificateDesk:
    """``folder`` must be the one that the register's index is made with."""
    own = CertificateBooks(books.certificates, books.fees, books.capacities, books.documents)
    certificates = CertificateService(book, own, changes)
    seals = SealBooks(books.seals, books.fees, books.capacities, books.documents)
    return CertificateDesk(
        certificates=certificates,
        copies=CopyService(book, certificates, books.certificates),
        seals=SealService(book, Matcher(folder), seals),
    )
