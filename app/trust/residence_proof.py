"""Did the immigration authority sign what a residence card holds? Issuer and record, each answered by itself.

Source: MOJ 在留カード等仕様書 V1.3, 3.3.4.9 and 3.4.3 (first generation: RSA-2048 over front image and photo, each
filled up with zeros); 第２世代 V1.1, 3.3.4.10 and 3.4.3.1, as noted by a public reader (P-384 over printed entries,
photo and name image; the signature as r and s in a row). Published. No key in these chips answers a challenge: a copy
of all files can't be told from the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP384R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from app.domain.clock import TOKYO
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.trust.residence_session import Generation

TEST_ORGANISATION = "TEST-NOT-MOJ"
"""Organisation in every name of the test hierarchy; nothing that bears it is taken in production."""
_RSA_BITS = 2048
_FRONT_BYTES, _PHOTO_BYTES, _NAME_BYTES, _ENTRIES_BYTES = 7000, 3000, 2500, 53
_NUMBER_BYTES = 48
_LONG_LENGTH = 0x82
_HEAD_BYTES = 4
_UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises on bytes that are no certificate."""


@dataclass(frozen=True, slots=True)
class SignedResidence:
    """What a card says is signed. ``parts``: front image and photo, or printed entries, photo and name image (values).

    ``signature`` and ``certificate`` are empty on the cards of children under 16 without a photo (V1.3, 3.3.5).
    """

    generation: Generation
    parts: tuple[bytes, ...] = field(repr=False)
    signature: bytes
    certificate: bytes


@dataclass(frozen=True, slots=True)
class ResidenceAnchors:
    """The authority's certificates per generation; production and test hierarchy never stand together."""

    production: bool
    certificates: Mapping[Generation, tuple[x509.Certificate, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResidenceVerdicts:
    """``until``: last day of the card's certificate, None if it can't be read."""

    issuer: Verdict
    record: Verdict
    until: date | None = None


def load_residence_anchors(folder: Path, *, production: bool) -> ResidenceAnchors:
    """The PEM certificates in ``folder``: ``residence``, then ``production`` or ``test``, then ``first`` or ``second``.

    A certificate of the other hierarchy is not loaded, wherever it lies.
    """
    place = folder / "residence" / ("production" if production else "test")
    found = {}
    for generation in Generation:
        read = (
            x509.load_pem_x509_certificate(path.read_bytes()) for path in sorted((place / generation).glob("*.pem"))
        )
        found[generation] = tuple(each for each in read if _is_test(each.subject) is not production)
    return ResidenceAnchors(production, found)


def check_residence(signed: SignedResidence, anchors: ResidenceAnchors, today: date) -> ResidenceVerdicts:
    """Both verdicts. An authority we do not know is ``NotChecked``, never ``Failed``."""
    if not signed.signature or not signed.certificate:
        unsigned = NotChecked("residence_unsigned")
        return ResidenceVerdicts(unsigned, unsigned)
    certificate = _parsed(signed.certificate)
    if certificate is None or not _fits(signed.generation, certificate):
        return ResidenceVerdicts(Failed("residence_certificate_malformed"), NotChecked("card_no_certificate"))
    until = certificate.not_valid_after_utc.astimezone(TOKYO).date()
    return ResidenceVerdicts(_issuer(signed, certificate, anchors, today), _record(signed, certificate), until)


def _issuer(signed: SignedResidence, certificate: x509.Certificate, anchors: ResidenceAnchors, today: date) -> Verdict:
    if anchors.production and _is_test(certificate.issuer):
        return Failed("card_test_hierarchy")
    named = [each for each in anchors.certificates.get(signed.generation, ()) if each.subject == certificate.issuer]
    if not named:
        return NotChecked("card_issuer_unknown")
    issuers = [each for each in named if _issued(certificate, each)]
    if not issuers:
        return Failed("card_certificate_altered")
    if not any(_in_force(certificate, today) and _in_force(each, today) for each in issuers):
        return NotChecked("residence_certificate_expired")
    return Verified()


def _record(signed: SignedResidence, certificate: x509.Certificate) -> Verdict:
    key, message = certificate.public_key(), _message(signed)
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signed.signature, message, PKCS1v15(), SHA256())
        elif isinstance(key, EllipticCurvePublicKey):
            key.verify(_dss(signed.signature), message, ECDSA(SHA256()))
    except InvalidSignature:
        return Failed("card_record_altered")
    return Verified()


def _message(signed: SignedResidence) -> bytes:
    """The parts filled up with zeros to the length that the specification gives each."""
    second = (_ENTRIES_BYTES, _PHOTO_BYTES, _NAME_BYTES)
    sizes = (_FRONT_BYTES, _PHOTO_BYTES) if signed.generation is Generation.FIRST else second
    return b"".join(part.ljust(size, b"\x00") for part, size in zip(signed.parts, sizes, strict=True))


def _dss(signature: bytes) -> bytes:
    """The two numbers as DER, which is how the library takes them; anything but 2 × 48 bytes is handed on as it is."""
    if len(signature) != 2 * _NUMBER_BYTES:
        return signature
    first, second = signature[:_NUMBER_BYTES], signature[_NUMBER_BYTES:]
    return encode_dss_signature(int.from_bytes(first, "big"), int.from_bytes(second, "big"))


def _parsed(der: bytes) -> x509.Certificate | None:
    """The certificate without the zeros that fill its place on the card."""
    if len(der) < _HEAD_BYTES or der[1] != _LONG_LENGTH:
        return None
    whole = der[: _HEAD_BYTES + int.from_bytes(der[2:_HEAD_BYTES], "big")]
    try:
        certificate = x509.load_der_x509_certificate(whole)
        certificate.public_key()
        _ = (certificate.issuer, certificate.extensions, certificate.not_valid_after_utc)
    except _UNREADABLE:
        return None
    return certificate if certificate.serial_number > 0 else None  # RFC 5280 4.1.2.2; the library only warns


def _fits(generation: Generation, certificate: x509.Certificate) -> bool:
    """The kind of key its generation signs with, in a certificate that is no authority's."""
    key = certificate.public_key()
    if generation is Generation.FIRST:
        fits = isinstance(key, RSAPublicKey) and key.key_size == _RSA_BITS
    else:
        fits = isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP384R1)
    found = [each.value for each in certificate.extensions if isinstance(each.value, x509.BasicConstraints)]
    return fits and not any(each.ca for each in found)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _in_force(certificate: x509.Certificate, today: date) -> bool:
    first, last = (
        each.astimezone(TOKYO).date() for each in (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    )
    return first <= today <= last


def _is_test(name: x509.Name) -> bool:
    return any(each.value == TEST_ORGANISATION for each in name)
