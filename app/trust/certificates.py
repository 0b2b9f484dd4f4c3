"""What a certificate of 公的個人認証 is worth: made by its authority, in its period, for this purpose, its chip here.

Sources: card.md 6.1 and 6.2, read out of published authority certificates and of leaves by several readers; the
profile itself is not public. What it does not establish is marked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from app.domain.certificate import KEY_NOT_USED, CertificateVerdicts, Period, Purpose
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import BadCardData
from app.trust.algorithms import WORTHY_HASHES, Algorithm, algorithm_of
from app.trust.certificate_anchors import CertificateAnchor, CertificateAnchors, is_test

E = TypeVar("E", bound=x509.ExtensionType)
_FAULTS = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises for bytes that are no certificate, at once or when a part is looked at."""


@dataclass(frozen=True, slots=True)
class HolderCertificate:
    """A certificate read out of a card, with everything looked at that a verdict needs; not proven by itself."""

    der: bytes
    parsed: x509.Certificate
    extensions: x509.Extensions
    key: CertificatePublicKeyTypes
    period: Period

    @property
    def algorithm(self) -> Algorithm:
        """How its key signs. Errors: BadCardData for a key of a kind no card is known to have."""
        found = algorithm_of(self.key)
        if found is None:
            raise BadCardData(what="certificate_key")
        return found


def parse_certificate(der: bytes) -> HolderCertificate:
    """A certificate from its bytes, nothing after it. Errors: BadCardData."""
    try:
        parsed = x509.load_der_x509_certificate(der)
        period = Period(parsed.not_valid_before_utc, parsed.not_valid_after_utc)
        _ = (parsed.subject, parsed.issuer)  # read now: what can't be read is found here and not by a verdict
        return HolderCertificate(der, parsed, parsed.extensions, parsed.public_key(), period)
    except _FAULTS:
        raise BadCardData(what="certificate") from None


def check_certificate(
    certificate: HolderCertificate, purpose: Purpose, anchors: CertificateAnchors, at: datetime
) -> CertificateVerdicts:
    """Issuer, dates and purpose, each by itself; chip and revocation are not asked here."""
    made_by, issuer = _issuer(certificate, anchors, at)
    return CertificateVerdicts(
        issuer=issuer,
        dates=_dates(certificate.period, at),
        purpose=_purpose(certificate, purpose, anchors, made_by),
        chip=KEY_NOT_USED,
    )


def check_answer(certificate: HolderCertificate, issuer: Verdict, challenge: bytes, answer: bytes) -> Verdict:
    """The chip signed our own challenge with the key of this certificate.

    Of a certificate that was altered the key may be anybody's: a right answer is ``NotChecked`` then.
    """
    algorithm = algorithm_of(certificate.key)
    if algorithm is None:
        return NotChecked("certificate_key_unknown")
    if not algorithm.verify(certificate.key, challenge, answer):
        return Failed("card_copied")
    return NotChecked("card_key_unproven") if isinstance(issuer, Failed) else Verified()


def _issuer(
    certificate: HolderCertificate, anchors: CertificateAnchors, at: datetime
) -> tuple[CertificateAnchor | None, Verdict]:
    """Which authority signed it, found by trying: generations of an authority share one name.

    No fitting authority is ``NotChecked``: that says nothing about the certificate. Only if it names the very key of
    one we have, and that one did not sign it, it was altered.
    """
    parsed = certificate.parsed
    if anchors.production and is_test(parsed.issuer):
        return None, Failed("certificate_test_hierarchy")
    candidates = [anchor for anchor in anchors.authorities if anchor.certificate.subject == parsed.issuer]
    for anchor in candidates:
        if _signed_by(parsed, anchor):
            return anchor, Verified() if anchor.holds_at(at) else Failed("certificate_authority_expired")
    hinted = _issuer_key(certificate)
    if hinted is not None and any(anchor.key_identifier == hinted for anchor in candidates):
        return None, Failed("certificate_altered")
    return None, NotChecked("certificate_issuer_unknown")


def _signed_by(parsed: x509.Certificate, anchor: CertificateAnchor) -> bool:
    try:
        if not isinstance(parsed.signature_hash_algorithm, WORTHY_HASHES):
            return False
        parsed.verify_directly_issued_by(anchor.certificate)
    except (InvalidSignature, *_FAULTS):
        return False
    return True


def _dates(period: Period, at: datetime) -> Verdict:
    if at < period.first:
        return Failed("certificate_not_yet_valid")
    return Failed("certificate_expired") if at > period.last else Verified()


def _purpose(
    certificate: HolderCertificate, purpose: Purpose, anchors: CertificateAnchors, made_by: CertificateAnchor | None
) -> Verdict:
    """The first thing that stands against this use, else Verified."""
    if made_by is not None and made_by.purpose is not purpose:
        return Failed("certificate_of_other_authority")
    extensions = certificate.extensions
    if any(each.critical and isinstance(each.value, x509.UnrecognizedExtension) for each in extensions):
        return Failed("certificate_extension_unknown")
    if _is_authority(extensions):
        return Failed("certificate_of_authority")
    if not _policies(extensions) & anchors.policies[purpose]:
        return Failed("certificate_policy_wrong")
    return Verified() if _may_be_used(extensions, purpose) else Failed("certificate_usage_wrong")


def _is_authority(extensions: x509.Extensions) -> bool:
    constraints = _found(extensions, x509.BasicConstraints)
    usage = _found(extensions, x509.KeyUsage)
    return bool((constraints and constraints.ca) or (usage and (usage.key_cert_sign or usage.crl_sign)))


def _policies(extensions: x509.Extensions) -> frozenset[str]:
    policies = _found(extensions, x509.CertificatePolicies)
    return frozenset(each.policy_identifier.dotted_string for each in policies or ())


def _may_be_used(extensions: x509.Extensions, purpose: Purpose) -> bool:
    """Key usage: digitalSignature for both; a signature certificate binds its holder too (nonRepudiation).

    Source: card.md 6.2: for the signature certificate by one source, for user authentication assumed.
    """
    usage = _found(extensions, x509.KeyUsage)
    if usage is None or not usage.digital_signature:
        return False
    return usage.content_commitment or purpose is Purpose.USER_AUTHENTICATION


def _issuer_key(certificate: HolderCertificate) -> bytes | None:
    identifier = _found(certificate.extensions, x509.AuthorityKeyIdentifier)
    return identifier.key_identifier if identifier is not None else None


def _found(extensions: x509.Extensions, kind: type[E]) -> E | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
