"""The training card authority: certificates and signatures of the test hierarchy. Its private keys are no secret."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.standin.cards.jpki_authority import TrainingJpki, found_jpki
from app.standin.cards.keys import key_file, load_key, new_key, public_key, raw_sign
from app.standin.cards.tlv import tlv

_CHIP_KEYS = 32
_FACE_DIGEST_INFO = bytes.fromhex("3071300d060960864801650304020105000460")


def key_id(number: str, last: int = 0x00) -> bytes:
    """16 bytes: seven digits, 08 05, 001, filler. Source: card.md 3.5, measured on test cards by one source."""
    return number.encode() + b"\x08\x05" + b"001" + bytes([0, 0, 0, last])


FACE_AUTHORITY, FACE_SIGNER = key_id("6000023"), key_id("6900023")
ATTRIBUTE_AUTHORITY, ATTRIBUTE_SIGNER = key_id("6000033"), key_id("6900033")
CARD_AUTHORITY, CARD_SIGNER = key_id("6000020", 0xA8), key_id("6900020", 0xA8)
UNKNOWN_AUTHORITY = key_id("6000099")
_NUMBERS = {
    "face": (FACE_AUTHORITY, FACE_SIGNER),
    "attribute": (ATTRIBUTE_AUTHORITY, ATTRIBUTE_SIGNER),
    "card": (CARD_AUTHORITY, CARD_SIGNER),
}


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
    """Makes the certificates of training cards and hands out their keys.

    ``card``: signs for the card itself; ``chip_keys``: keys of chips, which several training cards share so that one is
    made quickly.
    """

    face: Signer
    attributes: Signer
    card: Signer
    jpki: TrainingJpki
    chip_keys: tuple[RSAPrivateKey, ...]

    @classmethod
    def load(cls, folder: Path) -> "TrainingAuthority":
        """From ``folder`` (resources/training/card). Time: 0.02 s. Errors: FileNotFoundError."""
        face, attributes, card = (_signer(folder, name) for name in _NUMBERS)
        chips = tuple(load_key(path) for path in sorted((folder / "chip").glob("*.pem")))
        return cls(face, attributes, card, TrainingJpki.load(folder / "jpki"), chips)

    def keys_for(self, holder: str) -> tuple[RSAPrivateKey, RSAPrivateKey]:
        """Two different keys for a card's two applications, the same ones for the same holder."""
        half = len(self.chip_keys) // 2
        first = int.from_bytes(hashlib.sha256(holder.encode()).digest()[:4], "big") % half
        return self.chip_keys[first], self.chip_keys[first + half]

    def stranger(self) -> "TrainingAuthority":
        """An authority of cards nobody has an anchor for; certificates as here."""
        key = new_key()
        face, attributes = (signer(key, UNKNOWN_AUTHORITY, subject, key) for subject in (FACE_SIGNER, ATTRIBUTE_SIGNER))
        return replace(self, face=face, attributes=attributes)


def signer(authority: RSAPrivateKey, authority_id: bytes, subject_id: bytes, key: RSAPrivateKey) -> Signer:
    """A signing key, certified by ``authority``."""
    body = authority_id + subject_id + public_key(key)
    signature = authority.sign(body, PKCS1v15(), SHA256())
    return Signer(key, authority_id, tlv(0x7F21, tlv(0x5F4E, body), tlv(0x5F37, signature)))


def found(private: Path, anchors: Path, service: str, *, chips: int = _CHIP_KEYS) -> None:
    """Make everything anew: private keys into ``private``, what is public of them as anchors into ``anchors``.

    ``service``: see ``found_jpki``; ``chips``: how many keys of chips, an even number. Time: 0.1 s a key.
    """
    (private / "chip").mkdir(parents=True, exist_ok=True)
    place = anchors / "card" / "test"
    place.mkdir(parents=True, exist_ok=True)
    for name, (number, _) in _NUMBERS.items():
        key = new_key()
        (private / f"{name}-authority.pem").write_bytes(key_file(key))
        (private / f"{name}-signer.pem").write_bytes(key_file(new_key()))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (place / f"{number.hex()}.pem").write_bytes(public)
    for chip in range(chips):
        (private / "chip" / f"{chip:02d}.pem").write_bytes(key_file(new_key()))
    found_jpki(private / "jpki", anchors / "jpki" / "test", service)


def _signer(folder: Path, name: str) -> Signer:
    authority, own = (load_key(folder / f"{name}-{part}.pem") for part in ("authority", "signer"))
    return signer(authority, *_NUMBERS[name], own)
