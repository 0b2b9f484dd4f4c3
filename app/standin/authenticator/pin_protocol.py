"""The two ways in which a PIN and its token travel encrypted. Source: CTAP 2.1 section 6.5.6 and 6.5.7, published."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.standin.authenticator.faults import CommandRefused, Status

_BLOCK = 16
_KEY = 32
_MAC_ONE = 16


@dataclass(frozen=True, slots=True)
class Shared:
    """The secret of one key agreement: ``mac`` and ``cipher`` keys, under protocol ``version`` (1 or 2)."""

    version: int
    mac: bytes
    cipher: bytes
    random: Callable[[int], bytes]

    def encrypt(self, plain: bytes) -> bytes:
        """AES-256-CBC: protocol 1 with a zero vector, protocol 2 with a random one in front."""
        start = bytes(_BLOCK) if self.version == 1 else self.random(_BLOCK)
        encryptor = Cipher(algorithms.AES(self.cipher), modes.CBC(start)).encryptor()
        body = encryptor.update(plain) + encryptor.finalize()
        return body if self.version == 1 else start + body

    def decrypt(self, data: bytes) -> bytes:
        """Errors: CommandRefused when the length fits no cipher text."""
        start, body = (bytes(_BLOCK), data) if self.version == 1 else (data[:_BLOCK], data[_BLOCK:])
        if not body or len(body) % _BLOCK or len(start) != _BLOCK:
            raise CommandRefused(Status.INVALID_PARAMETER)
        decryptor = Cipher(algorithms.AES(self.cipher), modes.CBC(start)).decryptor()
        return decryptor.update(body) + decryptor.finalize()

    def holds(self, message: bytes, given: bytes) -> bool:
        """Whether ``given`` authenticates ``message``."""
        return authenticates(self.version, self.mac, message, given)


def authenticates(version: int, key: bytes, message: bytes, given: bytes) -> bool:
    """HMAC-SHA-256: its first half in protocol 1, whole in protocol 2."""
    mac = hmac.digest(key, message, "sha256")
    return hmac.compare_digest(mac[:_MAC_ONE] if version == 1 else mac, given)


class KeyAgreement:
    """The card's key pair for agreeing on secrets; new at each power-up."""

    def __init__(self, random: Callable[[int], bytes]) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._random = random

    def public(self) -> dict[int, Any]:
        """The public key as COSE, with the algorithm that the standard writes there (-25)."""
        numbers = self._key.public_key().public_numbers()
        return {1: 2, 3: -25, -1: 1, -2: numbers.x.to_bytes(_KEY, "big"), -3: numbers.y.to_bytes(_KEY, "big")}

    def agree(self, version: int, peer: dict[int, Any]) -> Shared:
        """The secret shared with the platform's key. Errors: CommandRefused for a key that is none."""
        try:
            x, y = (int.from_bytes(peer[part], "big") for part in (-2, -3))
            other = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        except (KeyError, TypeError, ValueError):
            raise CommandRefused(Status.INVALID_PARAMETER) from None
        point = self._key.exchange(ec.ECDH(), other)
        if version == 1:
            key = hashlib.sha256(point).digest()
            return Shared(version, key, key, self._random)
        return Shared(version, _derived(point, b"CTAP2 HMAC key"), _derived(point, b"CTAP2 AES key"), self._random)


def _derived(point: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, bytes(_KEY), purpose).derive(point)
