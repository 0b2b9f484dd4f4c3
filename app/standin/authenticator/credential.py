"""What the card keeps for one person at one office: a signing key and the secrets of hmac-secret."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

ES256 = -7
_COORDINATE = 32


@dataclass(frozen=True, slots=True)
class Credential:
    """One key, bound to ``rp_id``. ``with_uv`` and ``without_uv``: the two secrets of hmac-secret (CTAP 2.1, 12.5)."""

    credential_id: bytes
    rp_id: str
    user: dict[str, Any]
    key: ec.EllipticCurvePrivateKey
    with_uv: bytes
    without_uv: bytes

    @property
    def cose(self) -> dict[int, Any]:
        """The public key, ES256 on P-256."""
        numbers = self.key.public_key().public_numbers()
        x, y = (part.to_bytes(_COORDINATE, "big") for part in (numbers.x, numbers.y))
        return {1: 2, 3: ES256, -1: 1, -2: x, -3: y}

    @property
    def public(self) -> bytes:
        """``cose`` as it travels."""
        return cbor2.dumps(self.cose, canonical=True)

    def sign(self, message: bytes) -> bytes:
        """ECDSA over SHA-256, DER."""
        return self.key.sign(message, ec.ECDSA(SHA256()))

    def secret(self, salts: bytes, *, verified: bool) -> bytes:
        """One output of 32 bytes for each salt of 32 bytes."""
        key = self.with_uv if verified else self.without_uv
        return b"".join(hmac.digest(key, salts[at : at + 32], "sha256") for at in range(0, len(salts), 32))


def rp_hash(rp_id: str) -> bytes:
    """The first part of authenticator data."""
    return hashlib.sha256(rp_id.encode()).digest()
