"""Keys of cards and authorities: new ones, loaded ones, how cards write them, and the bare signature."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_curve_key
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from app.standin.cards.tlv import tlv

KEY_BITS = 2048
_BLOCK_BYTES = KEY_BITS // 8
Key = RSAPrivateKey | EllipticCurvePrivateKey
Digest = SHA256 | SHA384


@dataclass(frozen=True, slots=True)
class Algorithm:
    """How keys of one kind come to be and what they hash with."""

    new: Callable[[], Key]
    digest: Digest


def new_key() -> RSAPrivateKey:
    """A fresh key for a card or a signer. Time: 0.1 s."""
    return generate_private_key(65537, KEY_BITS)


def new_curve_key() -> EllipticCurvePrivateKey:
    """A fresh key of the next generation."""
    return generate_curve_key(SECP384R1())


ALGORITHMS = {"rsa-2048": Algorithm(new_key, SHA256()), "secp384r1": Algorithm(new_curve_key, SHA384())}
"""RSA-2048 on all present cards (card.md 5.2, published by readers); P-384 as announced (card.md 5.4, published)."""


def load_key(path: Path) -> RSAPrivateKey:
    """An RSA key of our own files. Errors: FileNotFoundError."""
    key = load_any_key(path)
    if not isinstance(key, RSAPrivateKey):
        raise FileNotFoundError(path)
    return key


def load_any_key(path: Path) -> Key:
    """A key of our own files; it is not checked, which would take 60 ms. Errors: FileNotFoundError."""
    key = load_pem_private_key(path.read_bytes(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise FileNotFoundError(path)
    return key


def key_file(key: Key) -> bytes:
    """A private key as its file, in clear."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key(key: RSAPrivateKey) -> bytes:
    """A key as cards write it: exponent object, modulus object."""
    numbers = key.public_key().public_numbers()
    return tlv(0x90, numbers.e.to_bytes(3, "big")) + tlv(0x91, numbers.n.to_bytes(_BLOCK_BYTES, "big"))


def raw_sign(key: RSAPrivateKey, payload: bytes) -> bytes:
    """PKCS#1 v1.5 type 1 around ``payload`` as it stands, without a digest of our own."""
    block = b"\x00\x01" + b"\xff" * (_BLOCK_BYTES - 3 - len(payload)) + b"\x00" + payload
    numbers = key.private_numbers()
    value = int.from_bytes(block, "big")
    first, second = pow(value, numbers.dmp1, numbers.p), pow(value, numbers.dmq1, numbers.q)
    whole = second + numbers.q * (numbers.iqmp * (first - second) % numbers.p)
    return whole.to_bytes(_BLOCK_BYTES, "big")
