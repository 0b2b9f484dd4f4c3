"""The training card authority: certificates and signatures of the test hierarchy. Its private keys are no secret."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.standin.cards.tlv import tlv

KEY_BITS = 2048
_BLOCK_BYTES = KEY_BITS // 8
_FACE_DIGEST_INFO = bytes.fromhex("3071300d060960864801650304020105000460")


def key_id(number: str) -> bytes:
    """16 bytes: seven digits, 08 05, 001, filler. Source: card.md 3.5, measured on test cards by one source."""
    return number.encode() + b"\x08\x05" + b"001" + bytes(4)


FACE_AUTHORITY, FACE_SIGNER = key_id("6000023"), key_id("6900023")
ATTRIBUTE_AUTHORITY, ATTRIBUTE_SIGNER = key_id("6000033"), key_id("6900033")
UNKNOWN_AUTHORITY = key_id("6000099")


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


@dataclass(frozen=True, slots=True)
class Signer:
    """One application's side of the authority: the key that signs records, and its certificate (568 bytes)."""

    key: RSAPrivateKey
    authority_id: bytes
    certificate: bytes

    def sign(self, *objects: bytes) -> bytes:
        """A plain SHA-256 signature over the objects in a row."""
        return self.key.sign(b"".join(objects), PKCS1v15(), SHA256())

    def sign_groups(self, *groups: bytes) -> bytes:
        """The face signature: each group hashed by itself, all digests in one DigestInfo."""
        return raw_sign(self.key, _FACE_DIGEST_INFO + b"".join(hashlib.sha256(group).digest() for group in groups))


@dataclass(frozen=True, slots=True)
class TrainingAuthority:
    """Makes the certificates of training cards and hands out their keys."""

    face: Signer
    attributes: Signer

    @classmethod
    def load(cls, folder: Path) -> "TrainingAuthority":
        """From ``folder`` (resources/training/card). Errors: FileNotFoundError."""
        return cls(
            face=signer(_load(folder / "face-authority.pem"), FACE_AUTHORITY, FACE_SIGNER),
            attributes=signer(_load(folder / "attribute-authority.pem"), ATTRIBUTE_AUTHORITY, ATTRIBUTE_SIGNER),
        )

    @classmethod
    def stranger(cls) -> "TrainingAuthority":
        """An authority nobody has an anchor for."""
        key = new_key()
        return cls(signer(key, UNKNOWN_AUTHORITY, FACE_SIGNER), signer(key, UNKNOWN_AUTHORITY, ATTRIBUTE_SIGNER))


def new_key() -> RSAPrivateKey:
    """A fresh key for a card or a signer."""
    return generate_private_key(65537, KEY_BITS)


def signer(authority: RSAPrivateKey, authority_id: bytes, subject_id: bytes) -> Signer:
    """A new signing key, certified by ``authority``."""
    key = new_key()
    body = authority_id + subject_id + public_key(key)
    signature = authority.sign(body, PKCS1v15(), SHA256())
    return Signer(key, authority_id, tlv(0x7F21, tlv(0x5F4E, body), tlv(0x5F37, signature)))


def found(private: Path, anchors: Path) -> None:
    """Make the training authority: private keys into ``private``, public keys as anchors into ``anchors``."""
    private.mkdir(parents=True, exist_ok=True)
    anchors.mkdir(parents=True, exist_ok=True)
    for name, number in (("face", FACE_AUTHORITY), ("attribute", ATTRIBUTE_AUTHORITY)):
        key = new_key()
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (private / f"{name}-authority.pem").write_bytes(secret)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (anchors / f"{number.hex()}.pem").write_bytes(public)


def _load(path: Path) -> RSAPrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, RSAPrivateKey):
        raise FileNotFoundError(path)
    return key
