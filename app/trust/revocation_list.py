"""失効リスト (CRL, RFC 5280): whose it is, of when, and whether a certificate stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from app.domain.verdict import NotChecked
from app.trust.algorithms import WORTHY_HASHES
from app.trust.certificate_anchors import CertificateAnchor
from app.trust.revocation import SKEW, UNREADABLE, NoStatus, Questioned, Status

FORGED = NotChecked("revocation_list_forged")
STALE = NotChecked("revocation_list_stale")
NOT_COVERED = NotChecked("revocation_list_other")
EARLY = NotChecked("revocation_time_wrong")
_KNOWN = (x509.CRLNumber, x509.IssuingDistributionPoint, x509.AuthorityKeyIdentifier)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list with the signature of ``issuer`` on it. ``made_at`` to ``until`` (UTC): while it may be used."""

    issuer: CertificateAnchor
    number: int
    made_at: datetime
    until: datetime
    _crl: x509.CertificateRevocationList = field(repr=False)

    def is_current(self, at: datetime) -> bool:
        """Whether it may be used at ``at``: after ``until`` it says nothing any more."""
        return at <= self.until

    def covers(self, questioned: Questioned) -> bool:
        """Whether the certificate would stand on this list: same key of the issuer, and same part of its lists."""
        return questioned.issuer == self.issuer and _is_in_part(_part(self._crl), questioned.certificate)

    def status(self, questioned: Questioned, at: datetime) -> Status | NoStatus:
        """What the list says of the certificate at ``at``."""
        if not self.covers(questioned):
            return NoStatus(NOT_COVERED)
        if not self.is_current(at):
            return NoStatus(STALE, self.made_at)
        entry = self._crl.get_revoked_certificate_by_serial_number(questioned.certificate.serial_number)
        if entry is None:
            return Status(self.made_at)
        return Status(self.made_at, entry.revocation_date_utc, _reason(entry))


def read_list(der: bytes, issuers: Sequence[CertificateAnchor], at: datetime) -> RevocationList | NotChecked:
    """The list in ``der`` if one of ``issuers`` signed it, found by trying each key: generations share a name.

    A list that says less than everything (changes only, some reasons, other authorities' certificates) is not taken.
    """
    try:
        crl = x509.load_der_x509_crl(der)
        issuer = next((one for one in issuers if _is_signed_by(crl, one)), None)
        if issuer is None:
            return FORGED
        return _read(crl, issuer, at)
    except UNREADABLE:
        return NotChecked("revocation_list_unreadable")


def _read(crl: x509.CertificateRevocationList, issuer: CertificateAnchor, at: datetime) -> RevocationList | NotChecked:
    if crl.next_update_utc is None or not _is_complete(crl):
        return NOT_COVERED
    if crl.last_update_utc > at + SKEW:
        return EARLY
    number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    return RevocationList(issuer, number, crl.last_update_utc, crl.next_update_utc, crl)


def _is_signed_by(crl: x509.CertificateRevocationList, issuer: CertificateAnchor) -> bool:
    key = issuer.certificate.public_key()
    if crl.issuer != issuer.certificate.subject or not _may_sign(issuer.certificate):
        return False
    strong = isinstance(crl.signature_hash_algorithm, WORTHY_HASHES)
    return strong and crl.is_signature_valid(key)  # type: ignore[arg-type]


def _may_sign(certificate: x509.Certificate) -> bool:
    """RFC 5280 6.3.3 f: where an authority's key has its uses named, lists must be among them."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _is_complete(crl: x509.CertificateRevocationList) -> bool:
    if any(one.critical and not isinstance(one.value, _KNOWN) for one in crl.extensions):
        return False
    part = _part(crl)
    return part is None or not (
        part.indirect_crl
        or part.only_some_reasons
        or part.only_contains_ca_certs
        or part.only_contains_attribute_certs
        or part.relative_name
    )


def _part(crl: x509.CertificateRevocationList) -> x509.IssuingDistributionPoint | None:
    try:
        return crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return None


def _is_in_part(part: x509.IssuingDistributionPoint | None, certificate: x509.Certificate) -> bool:
    """A list for one part names the place that certificates of that part name too (RFC 5280 6.3.3 b)."""
    if part is None or part.full_name is None:
        return True
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return False
    return any(name in part.full_name for point in points for name in point.full_name or ())


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        return str(entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value)
    except x509.ExtensionNotFound:
        return ""
