"""Is this card made by the card authority, unaltered, and no copy? Three questions about a My Number card.

Source of all layouts: card.md 3.2, 3.3, 3.5: read out of test cards by one public reader program, the arithmetic
checked; the interface specification itself is not public. Layouts stand in this module and in app/card only.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.domain.verdict import Failed, NotChecked, Verdict, Verified

_CERTIFICATE_HEAD = bytes.fromhex("7F218202335F4E820129")
_SIGNATURE_HEAD = bytes.fromhex("5F37820100")
_BODY_BYTES = 297
_KEY_ID_BYTES = 16
_KEY_HEAD = bytes.fromhex("900301000191820100")
_KEY_BYTES = 265
_SIGNATURE_BYTES = 256
_EXPONENT = 65537
_FACE_DIGEST_HEAD = bytes.fromhex("3071300D060960864801650304020105000460")
"""DigestInfo with the object identifier of SHA-256 but 96 bytes of digest: stock verifiers refuse it."""
_TEST_HIERARCHY = b"6"
"""Key ids of the test hierarchy begin with this digit, those of production with 5 (card.md 3.5)."""


@dataclass(frozen=True, slots=True)
class SignedFace:
    """What the face signature covers: three groups of whole objects, each hashed by itself, without the expiry."""

    personal: bytes
    images: bytes
    photo: bytes
    signature: bytes
    card_key: bytes


@dataclass(frozen=True, slots=True)
class SignedAttributes:
    """The signed digests of the attribute application; ``covered`` is both digest objects as they stand."""

    number_digest: bytes
    attributes_digest: bytes
    covered: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedKey:
    """A card's own public key under a signature; ``covered``: the signed objects as they stand.

    Of the attribute application it is the key alone, of the face application the picture of the number and the key.
    """

    card_key: bytes
    covered: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class CardAnchors:
    """The card authority's public keys, by their 16-byte key id. ``production`` and test keys never stand together."""

    production: bool
    keys: Mapping[bytes, RSAPublicKey] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a card's certificate says of its issuer, and the key it certifies (None: it can't be read)."""

    issuer: Verdict
    key: RSAPublicKey | None


def load_anchors(folder: Path, *, production: bool) -> CardAnchors:
    """The trust anchors in ``folder``, ``card/production/`` or ``card/test/``: a PEM per key, named by its id in hex.

    An anchor whose key id belongs to the other hierarchy is not loaded, wherever it lies.
    """
    keys: dict[bytes, RSAPublicKey] = {}
    for path in sorted((folder / "card" / ("production" if production else "test")).glob("*.pem")):
        key_id = bytes.fromhex(path.stem)
        key = load_pem_public_key(path.read_bytes())
        if isinstance(key, RSAPublicKey) and key_id.startswith(_TEST_HIERARCHY) is not production:
            keys[key_id] = key
    return CardAnchors(production, keys)


def check_certificate(certificate: bytes, anchors: CardAnchors) -> Certificate:
    """Step 1: the certificate was made by a card authority we know.

    An authority we do not know is ``NotChecked``, never ``Failed``: that says nothing about the card. A card of the
    test hierarchy fails in production by name.
    """
    parts = _split(certificate)
    if parts is None:
        return Certificate(Failed("card_certificate_malformed"), None)
    body, signature = parts
    key = public_key(body[2 * _KEY_ID_BYTES :])
    if key is None:
        return Certificate(Failed("card_certificate_malformed"), None)
    issuer_id = body[:_KEY_ID_BYTES]
    if anchors.production and issuer_id.startswith(_TEST_HIERARCHY):
        return Certificate(Failed("card_test_hierarchy"), key)
    anchor = anchors.keys.get(issuer_id)
    if anchor is None:
        return Certificate(NotChecked("card_issuer_unknown"), key)
    return Certificate(_signed(anchor, signature, body, "card_certificate_altered"), key)


def check_face(face: SignedFace, certificate: Certificate) -> Verdict:
    """Step 2 for the face: the groups of objects are those that were signed."""
    if certificate.key is None:
        return NotChecked("card_no_certificate")
    groups = (face.personal, face.images, face.photo)
    digest = b"".join(hashlib.sha256(group).digest() for group in groups)
    try:
        block = certificate.key.recover_data_from_signature(face.signature, PKCS1v15(), None)
    except InvalidSignature:
        return Failed("card_record_altered")
    return Verified() if block == _FACE_DIGEST_HEAD + digest else Failed("card_record_altered")


def check_attributes(record: SignedAttributes, covered: bytes, certificate: Certificate) -> Verdict:
    """Step 2 for the basic four: ``covered`` has the signed digest."""
    return _check_digest(record, record.attributes_digest, covered, certificate)


def check_number(record: SignedAttributes, covered: bytes, certificate: Certificate) -> Verdict:
    """Step 2 for the 個人番号: ``covered``, the file with its filler, has the signed digest."""
    return _check_digest(record, record.number_digest, covered, certificate)


def check_key(record: SignedKey, certificate: Certificate) -> Verdict:
    """Step 2 for an application's own key, and for the picture of the number where that is signed with it."""
    if certificate.key is None:
        return NotChecked("card_no_certificate")
    return _signed(certificate.key, record.signature, record.covered, "card_record_altered")


def check_chip(card_key: bytes, challenge: bytes, answer: bytes | None, record: Verdict) -> Verdict:
    """Step 3: the chip signed our challenge with the key that stands in the signed record.

    With a record that is not verified the key may be anybody's: a right answer is ``NotChecked`` then. A verified one
    says that its chip can sign: no answer (None) is ``Failed`` then, or a copy would only have to stay silent.
    """
    if answer is None:
        return Failed("card_did_not_sign") if isinstance(record, Verified) else NotChecked("card_key_unproven")
    key = public_key(card_key)
    if key is None:
        return Failed("card_key_malformed")
    verdict = _signed(key, answer, challenge, "card_copied")
    if isinstance(verdict, Verified) and not isinstance(record, Verified):
        return NotChecked("card_key_unproven")
    return verdict


def worse(first: Verdict, second: Verdict) -> Verdict:
    """The answer to one question asked of two things: failed before not checked before verified."""
    for kind in (Failed, NotChecked):
        for verdict in (first, second):
            if isinstance(verdict, kind):
                return verdict
    return first


def public_key(value: bytes) -> RSAPublicKey | None:
    """The key of a key object (exponent 65537, 2,048 bits), None if it is not of that shape."""
    if len(value) != _KEY_BYTES or not value.startswith(_KEY_HEAD):
        return None
    try:
        return RSAPublicNumbers(_EXPONENT, int.from_bytes(value[len(_KEY_HEAD) :], "big")).public_key()
    except ValueError:
        return None


def _split(certificate: bytes) -> tuple[bytes, bytes] | None:
    """Body (297 bytes) and signature; filler after the certificate is left aside."""
    end_of_body = len(_CERTIFICATE_HEAD) + _BODY_BYTES
    end_of_head = end_of_body + len(_SIGNATURE_HEAD)
    signature = certificate[end_of_head : end_of_head + _SIGNATURE_BYTES]
    whole = (
        certificate.startswith(_CERTIFICATE_HEAD)
        and certificate[end_of_body:end_of_head] == _SIGNATURE_HEAD
        and len(signature) == _SIGNATURE_BYTES
    )
    return (certificate[len(_CERTIFICATE_HEAD) : end_of_body], signature) if whole else None


def _check_digest(record: SignedAttributes, digest: bytes, covered: bytes, certificate: Certificate) -> Verdict:
    if certificate.key is None:
        return NotChecked("card_no_certificate")
    if hashlib.sha256(covered).digest() != digest:
        return Failed("card_record_altered")
    return _signed(certificate.key, record.signature, record.covered, "card_record_altered")


def _signed(key: RSAPublicKey, signature: bytes, message: bytes, reason: str) -> Verdict:
    try:
        key.verify(signature, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        return Failed(reason)
    return Verified()
