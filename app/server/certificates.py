"""Certificates and seals of one process: the register's desk for them, by the shipped data."""

from app.backend.register.http import certificate_endpoints
from app.backend.register.service.certificate_desk import IssueBooks, certificate_desk
from app.backend.register.service.changing import ChangeBook
from app.domain.certificate_rules import parse_certificates
from app.domain.fees import parse_fees
from app.domain.seal_rules import parse_seals
from app.server import shipped
from app.shipped import read_toml
from app.wire.endpoint import Endpoint


def issue_books() -> IssueBooks:
    """What is issued, for what fee, which seals are registered. Errors: DataFault naming file and place."""
    identity = shipped.identity_rules()
    return IssueBooks(
        certificates=parse_certificates(read_toml("tables", "certificates.toml")),
        fees=parse_fees(read_toml("tables", "fees.toml")),
        seals=parse_seals(read_toml("tables", "seals.toml")),
        capacities=identity.capacities,
        documents=identity.documents,
    )


def build_certificates(book: ChangeBook) -> tuple[Endpoint, ...]:
    """The endpoints, on the register's own store."""
    return certificate_endpoints(certificate_desk(book, shipped.name_folder(), shipped.register_rules(), issue_books()))
