"""失効確認: the certificate somebody asks about, who issued it, and what can be found out about its revocation.

Sources: RFC 5280 and RFC 6960, published. That every generation of an authority has the same name, so that the issuer
is found by trying its key, is measured on the published certificates (card.md 6.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from app.domain.verdict import NotChecked
from app.errors import NotUnderstood
from app.trust.algorithms import WORTHY_HASHES
from app.trust.certificate_anchors import CertificateAnchor

SKEW = timedelta(minutes=5)
"""How far another one's clock may be ahead of ours. Assumed."""
MOST_CERTIFICATE = 16_384
"""Bytes. The longest certificates of residents have some 2,000. Assumed."""
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    InvalidSignature,
    x509.InvalidVersion,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises on bytes that are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class Questioned:
    """A certificate that one of the known authorities issued."""

    certificate: x509.Certificate = field(repr=False)
    issuer: CertificateAnchor


@dataclass(frozen=True, slots=True)
class Status:
    """What was found out, ``as_of`` (UTC) when. ``since`` (UTC) is None where it is not revoked.

    ``reason``: as RFC 5280 names it, "" when not told.
    """

    as_of: datetime
    since: datetime | None = None
    reason: str = ""

    @property
    def is_revoked(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, slots=True)
class NoStatus:
    """Nothing was found out. ``as_of``: when that was made which does not tell, None where there is nothing."""

    why: NotChecked
    as_of: datetime | None = None
    is_final: bool = False
    """Another source would not know better either."""


def read_questioned(der: bytes, issuers: Sequence[CertificateAnchor], at: datetime) -> Questioned | NoStatus:
    """Find out who issued the certificate, by trying each key; outside its dates no list tells anything of it.

    Errors: NotUnderstood for bytes that are no certificate.
    """
    try:
        certificate = x509.load_der_x509_certificate(der[: MOST_CERTIFICATE + 1])
        holds = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
        found = next((one for one in issuers if is_issued_by(certificate, one)), None)
    except UNREADABLE:
        raise NotUnderstood(what="certificate") from None
    if found is None:
        return NoStatus(NotChecked("revocation_issuer_unknown"), is_final=True)
    if not holds:
        return NoStatus(NotChecked("revocation_out_of_dates"), is_final=True)
    return Questioned(certificate, found)


def is_issued_by(certificate: x509.Certificate, issuer: CertificateAnchor) -> bool:
    """Whether the issuer's very key signed the certificate."""
    try:
        certificate.verify_directly_issued_by(issuer.certificate)
    except UNREADABLE:
        return False
    return isinstance(certificate.signature_hash_algorithm, WORTHY_HASHES)
