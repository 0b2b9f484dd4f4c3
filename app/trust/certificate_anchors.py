"""Authorities of 公的個人認証 that this installation trusts: files, production and test never loaded together."""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from app.domain.certificate import Purpose
from app.domain.tables import Table
from app.errors import DataFault

log = logging.getLogger(__name__)

_TEST = "TEST"
"""Stands in the organisation's name of every test hierarchy, J-LIS's own (``JPKI-TEST``) and ours (card.md 6.1)."""


@dataclass(frozen=True, slots=True)
class CertificateAnchor:
    """One generation of one authority."""

    purpose: Purpose
    certificate: x509.Certificate
    key_identifier: bytes | None

    def holds_at(self, at: datetime) -> bool:
        """Whether ``at`` lies in its period."""
        return self.certificate.not_valid_before_utc <= at <= self.certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class CertificateAnchors:
    """The authorities trusted here. ``policies``: the policies (dotted) under which a purpose's leaves are issued."""

    production: bool
    authorities: tuple[CertificateAnchor, ...] = ()
    policies: Mapping[Purpose, frozenset[str]] = field(default_factory=lambda: dict.fromkeys(Purpose, frozenset()))


def load_certificate_anchors(folder: Path, *, production: bool) -> CertificateAnchors:
    """The authorities in ``folder``, ``jpki/production/`` or ``jpki/test/``: PEM files below each purpose's folder.

    A certificate whose name belongs to the other hierarchy, or that is no self-signed authority, is not loaded and
    that is logged. Errors: DataFault for a file that is no certificate and for policies that can't be read.
    """
    place = folder / "jpki" / ("production" if production else "test")
    found = [_anchor(path, purpose) for purpose in Purpose for path in sorted((place / purpose).glob("*.pem"))]
    fitting = tuple(each for each in found if is_test(each.certificate.subject) is not production and _is_root(each))
    if len(fitting) < len(found):
        log.warning("authorities not loaded", extra={"count": len(found) - len(fitting)})
    return CertificateAnchors(production, fitting, _policies(place / "policies.toml"))


def is_test(name: x509.Name) -> bool:
    """Whether a name belongs to a test hierarchy."""
    organisations = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return any(_TEST in str(each.value).upper() for each in organisations)


def _anchor(path: Path, purpose: Purpose) -> CertificateAnchor:
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        extensions = certificate.extensions
    except ValueError as error:
        raise DataFault(what="no_certificate", place=path.name) from error
    identifiers = [each.value.digest for each in extensions if isinstance(each.value, x509.SubjectKeyIdentifier)]
    return CertificateAnchor(purpose, certificate, identifiers[0] if identifiers else None)


def _is_root(anchor: CertificateAnchor) -> bool:
    certificate = anchor.certificate
    try:
        certificate.verify_directly_issued_by(certificate)
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return constraints.ca


def _policies(path: Path) -> dict[Purpose, frozenset[str]]:
    try:
        table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, ValueError) as error:
        raise DataFault(what="file_unreadable", place=path.name) from error
    return table.finish({purpose: frozenset(table.texts(purpose)) for purpose in Purpose})
