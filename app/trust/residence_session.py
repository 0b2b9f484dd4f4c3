"""The encrypted talk with a residence card: mutual authentication by card number, then a key for one session.

Source: MOJ 在留カード等仕様書 V1.3, annexes 1 and 2 (first generation: two-key triple DES, retail MAC); 第２世代
在留カード等仕様書 V1.1, annexes 1 and 2, as noted by a public reader (AES-128, CMAC). Both published; their worked
examples are our tests. What the card then sends carries no checksum: only the signature over its files tells whether
it is genuine (residence_proof.py).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from app.domain.secret import Secret
from app.errors import BadCardData

NONCE_BYTES = 24
"""What our side brings: 8 bytes to recognise the answer, 16 bytes towards the session key."""
_CHALLENGE_BYTES, _KEY_BYTES, _MAC_BYTES = 8, 16, 8
_SEALED_BYTES = 32
_DES_BYTES, _AES_BYTES = 8, 16
_FIRST_KEY = bytes.fromhex("00000001")
_PAD = b"\x80"


class Generation(StrEnum):
    """Which of the two residence cards; both circulate together until about 2033 (the old ones' last day, assumed)."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Session:
    """What is agreed until the card loses power."""

    generation: Generation
    key: bytes = field(repr=False)

    def seal(self, plain: bytes) -> bytes:
        """Encrypt for the card, padded with 80 00 …."""
        return _encrypt(self.generation, self.key, _padded(self.generation, plain))

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt what the card sent and take its padding off. Errors: BadCardData."""
        if not sealed or len(sealed) % _block_bytes(self.generation):
            raise BadCardData(what="sealed length")
        plain, _, filler = _decrypt(self.generation, self.key, sealed).rpartition(_PAD)
        if filler.strip(b"\x00") or len(filler) >= _block_bytes(self.generation):
            raise BadCardData(what="sealed padding")
        return plain


@dataclass(frozen=True, slots=True)
class Greeting:
    """Our half of the mutual authentication; ``message`` goes to the card, ``session`` understands its answer."""

    generation: Generation
    challenge: bytes
    key: bytes = field(repr=False)
    nonce: bytes = field(repr=False)

    @classmethod
    def to_card(cls, generation: Generation, number: Secret, challenge: bytes, nonce: bytes) -> "Greeting":
        """For a card that gave this ``challenge``; ``nonce``: 24 fresh random bytes. Errors: BadCardData."""
        if len(challenge) != _CHALLENGE_BYTES:
            raise BadCardData(what="challenge")
        if len(nonce) != NONCE_BYTES:
            raise ValueError(len(nonce))
        return cls(generation, challenge, _number_key(number), nonce)

    @property
    def message(self) -> bytes:
        """40 bytes: our secrets, encrypted, and their checksum."""
        ours, towards_key = self.nonce[:_CHALLENGE_BYTES], self.nonce[_CHALLENGE_BYTES:]
        sealed = _encrypt(self.generation, self.key, ours + self.challenge + towards_key)
        return sealed + _mac(self.generation, self.key, sealed)

    def session(self, answer: bytes) -> Session:
        """The session, if the card knows its number too and answered this very greeting. Errors: BadCardData."""
        sealed, mac = answer[:_SEALED_BYTES], answer[_SEALED_BYTES:]
        if len(answer) != _SEALED_BYTES + _MAC_BYTES:
            raise BadCardData(what="handshake length")
        if not hmac.compare_digest(mac, _mac(self.generation, self.key, sealed)):
            raise BadCardData(what="handshake checksum")
        plain = _decrypt(self.generation, self.key, sealed)
        expected = self.challenge + self.nonce[:_CHALLENGE_BYTES]
        if not hmac.compare_digest(plain[: len(expected)], expected):
            raise BadCardData(what="handshake nonce")
        mixed = bytes(a ^ b for a, b in zip(self.nonce[_CHALLENGE_BYTES:], plain[len(expected) :], strict=True))
        return Session(self.generation, _sha1_key(mixed + _FIRST_KEY))


def _number_key(number: Secret) -> bytes:
    return _sha1_key(number.reveal())


def _sha1_key(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()[:_KEY_BYTES]


def _block_bytes(generation: Generation) -> int:
    return _DES_BYTES if generation is Generation.FIRST else _AES_BYTES


def _cipher(generation: Generation, key: bytes) -> Cipher[modes.CBC]:
    """In CBC from a start of zeros, as both specifications have it."""
    algorithm = TripleDES(key + key[:_DES_BYTES]) if generation is Generation.FIRST else AES(key)
    return Cipher(algorithm, modes.CBC(bytes(_block_bytes(generation))))


def _encrypt(generation: Generation, key: bytes, plain: bytes) -> bytes:
    return _cipher(generation, key).encryptor().update(plain)


def _decrypt(generation: Generation, key: bytes, sealed: bytes) -> bytes:
    return _cipher(generation, key).decryptor().update(sealed)


def _padded(generation: Generation, plain: bytes) -> bytes:
    block = _block_bytes(generation)
    return plain + _PAD + bytes(-(len(plain) + 1) % block)


def _mac(generation: Generation, key: bytes, data: bytes) -> bytes:
    if generation is Generation.FIRST:
        return _retail_mac(key, data)
    maker = CMAC(AES(key))
    maker.update(data)
    return maker.finalize()[:_MAC_BYTES]


def _retail_mac(key: bytes, data: bytes) -> bytes:
    """ISO/IEC 9797-1 algorithm 3, padding method 2: single DES along the chain, triple DES at its end."""
    left, right = key[:_DES_BYTES], key[_DES_BYTES:]
    padded = _padded(Generation.FIRST, data)
    chain = Cipher(TripleDES(left * 3), modes.CBC(bytes(_DES_BYTES))).encryptor().update(padded)[-_DES_BYTES:]
    back = Cipher(TripleDES(right * 3), modes.ECB()).decryptor().update(chain)  # noqa: S305 - one block, as 9797-1 says
    return Cipher(TripleDES(left * 3), modes.ECB()).encryptor().update(back)  # noqa: S305 - as above
