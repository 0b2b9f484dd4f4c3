"""Ed25519 (RFC 8032): our own signatures on messages, receipts and checkpoints."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.domain.secret import Secret
from app.errors import WrongKey

KEY_SIZE = 32
SIGNATURE_SIZE = 64
_KEY_ID_LABEL = b"madoguchi ed25519 key\n"
_KNOWN = 4096
"""Public keys that are kept made up. Assumed: more than there are municipalities."""


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public half: 32 raw bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_SIZE:
            raise WrongKey(what="verify_key")

    @property
    def key_id(self) -> str:
        """16 hex digits that name this key; a name, not a proof."""
        return _key_id(self.raw)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` was made over ``message`` by the private half."""
        try:
            _public(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """The private half. Shows only its key id, can't be pickled."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = VerifyKey(key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's random source."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: Secret) -> Self:
        """The key of 32 secret bytes; the same ones give the same key."""
        with seed.lent() as raw:
            return cls(Ed25519PrivateKey.from_private_bytes(bytes(raw)))

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: Secret | None) -> Self:
        """Read what ``to_pem`` wrote. Errors: WrongKey for a wrong passphrase, another kind of key or damage."""
        try:
            key = load_pem_private_key(pem, passphrase.reveal() if passphrase else None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise WrongKey(what="signing_key") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise WrongKey(what="signing_key")
        return cls(key)

    def to_pem(self, passphrase: Secret | None) -> bytes:
        """PKCS #8 as PEM, encrypted unless ``passphrase`` is None."""
        protection: KeySerializationEncryption = NoEncryption()
        if passphrase is not None:
            protection = BestAvailableEncryption(passphrase.reveal())
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message gives the same signature."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"<SigningKey {self.public.key_id}>"

    def __reduce__(self) -> str:
        raise TypeError("a signing key can't be pickled")


@lru_cache(maxsize=_KNOWN)
def _public(raw: bytes) -> Ed25519PublicKey:
    """The library's key of 32 bytes: making it costs a tenth of a proof."""
    return Ed25519PublicKey.from_public_bytes(raw)


@lru_cache(maxsize=_KNOWN)
def _key_id(raw: bytes) -> str:
    return hashlib.sha256(_KEY_ID_LABEL + raw).hexdigest()[:16]
