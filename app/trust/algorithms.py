"""What a holder's key signs and how: one row per kind of key; the next card's keys are a row, not another path."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm

_SHA256_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
"""DigestInfo of SHA-256 (RFC 8017, published)."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """``kind``: the key's kind as ``key_kind`` names it. ``head`` stands before the digest in what the card signs."""

    kind: str
    digest: str
    head: bytes
    holds: Callable[[CertificatePublicKeyTypes, bytes, bytes], bool]

    def block(self, message: bytes) -> bytes:
        """What is handed to the card for its signature over ``message``."""
        return self.head + self._digest(message)

    def verify(self, key: CertificatePublicKeyTypes, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` is this key's over ``message``."""
        try:
            return self.holds(key, self._digest(message), signature)
        except (InvalidSignature, ValueError):
            return False

    def _digest(self, message: bytes) -> bytes:
        return hashlib.new(self.digest, message).digest()


def key_kind(key: CertificatePublicKeyTypes) -> str:
    """The kind of a public key: "rsa-2048", "secp384r1"; "" for one no card has."""
    match key:
        case RSAPublicKey():
            return f"rsa-{key.key_size}"
        case EllipticCurvePublicKey():
            return key.curve.name
        case _:
            return ""


def algorithm_of(key: CertificatePublicKeyTypes) -> Algorithm | None:
    """How a key of this kind signs; None if no row is known."""
    return next((row for row in ALGORITHMS if row.kind == key_kind(key)), None)


def _rsa(key: CertificatePublicKeyTypes, digest: bytes, signature: bytes) -> bool:
    if not isinstance(key, RSAPublicKey):
        return False
    key.verify(signature, digest, PKCS1v15(), Prehashed(SHA256()))
    return True


def _ecdsa(key: CertificatePublicKeyTypes, digest: bytes, signature: bytes) -> bool:
    """Both forms of an answer are taken, r and s in a row or in DER: the card's form is not published."""
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    half = (key.curve.key_size + 7) // 8
    if len(signature) == 2 * half:
        r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
        signature = encode_dss_signature(r, s)
    key.verify(signature, digest, ECDSA(Prehashed(SHA384())))
    return True


ALGORITHMS = (
    Algorithm("rsa-2048", "sha256", _SHA256_INFO, _rsa),
    Algorithm("secp384r1", "sha384", b"", _ecdsa),
)
"""RSA-2048 with SHA-256: all present cards (card.md 5.2, published by readers). P-384 with SHA-384: the next card as
announced (card.md 5.4, published); that it signs the bare digest is assumed."""

WORTHY_HASHES: tuple[type[HashAlgorithm], ...] = (SHA256, SHA384)
"""With which an authority may have signed a certificate. SHA-1 is not among them."""
