"""Sealing: AES-256-GCM bound to its place, and boxes that only one receiver's key opens (X25519, HKDF-SHA-256).

A sealed value: format (1 byte, 1 = AES-256-GCM) · key version (2 bytes) · nonce (12 bytes) · ciphertext and tag.
A box: format (1 byte, 2 = X25519 + HKDF-SHA-256 + AES-256-GCM) · receiver's key id (8 bytes) · ephemeral public key
(32 bytes) · ciphertext and tag. Header and context are authenticated: a value moved to another place does not open.
"""

import hashlib
import os
from collections.abc import Sequence
from itertools import count
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.secret import Secret, taken
from app.errors import WrongKey
from app.trust.framing import Framer, framed

Context = tuple[str, ...]
"""Where a value belongs: table, column, key, municipality, version."""

KEY_SIZE = 32
_LABEL = "madoguchi seal"
_NONCE_SIZE = 12
_TAG_SIZE = 16
_SEALED = b"\x01"
_SEALED_HEADER = 3
_NONCE_END = _SEALED_HEADER + _NONCE_SIZE
_BOXED = b"\x02"
_BOX_ID_SIZE = 8
_BOXED_HEADER = 1 + _BOX_ID_SIZE + KEY_SIZE


def new_key() -> Secret:
    """32 bytes from the operating system's random source."""
    return taken(os.urandom(KEY_SIZE))


def derive(key: Secret, label: str) -> Secret:
    """A key for one use (HKDF-SHA-256, RFC 5869): another label gives an independent key."""
    with key.lent() as raw:
        return taken(_hkdf(raw, b"", framed("madoguchi derive", [label]), KEY_SIZE))


def seal(key: Secret, plain: bytes | bytearray, context: Context, *, key_version: int = 1) -> bytes:
    """Encrypt ``plain`` for the place ``context``; 31 bytes are added. ``key_version``: 0-65535, in clear."""
    return seal_all(key, [(plain, context)], key_version=key_version)[0]


def seal_all(
    key: Secret, values: Sequence[tuple[bytes | bytearray, Context]], *, key_version: int = 1
) -> tuple[bytes, ...]:
    """Each value sealed for its own place, as ``seal`` does it; the key is taken out once."""
    _demand_size(key)
    header = _SEALED + key_version.to_bytes(2, "big")
    if len(values) == 1:  # nothing to be framed alike
        (plain, context), nonce = values[0], os.urandom(_NONCE_SIZE)
        with key.lent() as raw:
            cipher = AESGCM(raw)
            return (header + nonce + cipher.encrypt(nonce, plain, framed(_LABEL, [header, *context])),)
    sealed, framer, nonces = [], Framer(_LABEL, header), os.urandom(_NONCE_SIZE * len(values))
    with key.lent() as raw:
        cipher = AESGCM(raw)
        for begin, (plain, context) in zip(count(0, _NONCE_SIZE), values, strict=False):
            nonce = nonces[begin : begin + _NONCE_SIZE]
            sealed.append(header + nonce + cipher.encrypt(nonce, plain, framer.framed(context)))
    return tuple(sealed)


def open_sealed(key: Secret, box: bytes, context: Context) -> bytes:
    """What ``seal`` was given. Errors: WrongKey for another key, another place, an unknown format or damage."""
    return open_all(key, [(box, context)])[0]


def open_all(key: Secret, boxes: Sequence[tuple[bytes, Context]]) -> list[bytes]:
    """As ``open_sealed`` for each; the key is taken out once."""
    _demand_size(key)
    opened, framers = [], dict[bytes, Framer]()
    try:
        with key.lent() as raw:
            cipher = AESGCM(raw)
            for box, context in boxes:
                if box[:1] != _SEALED or len(box) < _SEALED_HEADER + _NONCE_SIZE + _TAG_SIZE:
                    raise WrongKey(what="sealed")
                header, nonce, rest = box[:_SEALED_HEADER], box[_SEALED_HEADER:_NONCE_END], box[_NONCE_END:]
                if len(boxes) == 1:  # nothing to be framed alike
                    return [cipher.decrypt(nonce, rest, framed(_LABEL, [header, *context]))]
                framer = framers.get(header) or framers.setdefault(header, Framer(_LABEL, header))
                opened.append(cipher.decrypt(nonce, rest, framer.framed(context)))
    except InvalidTag as error:
        raise WrongKey(what="sealed") from error
    return opened


def key_version_of(box: bytes) -> int:
    """The key version a sealed value names, so that the right key is fetched; not yet authenticated."""
    if box[:1] != _SEALED or len(box) < _SEALED_HEADER:
        raise WrongKey(what="sealed")
    return int.from_bytes(box[1:_SEALED_HEADER], "big")


class BoxKey:
    """A receiver's key pair (X25519). Shows only its key id, can't be pickled."""

    __slots__ = ("_key", "public")

    def __init__(self, key: X25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> Self:
        """A new pair from the operating system's random source."""
        return cls(X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: Secret) -> Self:
        """Read what ``to_bytes`` gave. Errors: WrongKey for another length."""
        if len(raw) != KEY_SIZE:
            raise WrongKey(what="box_key")
        with raw.lent() as private:
            return cls(X25519PrivateKey.from_private_bytes(private))

    def to_bytes(self) -> Secret:
        """The private half, 32 bytes."""
        return taken(self._key.private_bytes_raw())

    @property
    def key_id(self) -> str:
        """16 hex digits that name this pair; a name, not a proof."""
        return _box_id(self.public).hex()

    def agree(self, ephemeral: bytes) -> Secret:
        """The secret shared with ``ephemeral``. Errors: WrongKey for a point of small order."""
        try:
            return taken(self._key.exchange(X25519PublicKey.from_public_bytes(ephemeral)))
        except ValueError as error:
            raise WrongKey(what="box") from error

    def __repr__(self) -> str:
        return f"<BoxKey {self.key_id}>"

    def __reduce__(self) -> str:
        raise TypeError("a box key can't be pickled")


def seal_to(public: bytes, plain: bytes | bytearray, context: Context) -> bytes:
    """Encrypt for the holder of ``public``; even the sender can't open it again. 57 bytes longer than ``plain``."""
    ephemeral = BoxKey.generate()
    header = _BOXED + _box_id(public) + ephemeral.public
    key, nonce = _box_secrets(ephemeral.agree(public), ephemeral.public, public)
    with key.lent() as raw:
        cipher = AESGCM(raw)
        return header + cipher.encrypt(nonce, plain, framed("madoguchi box", [header, *context]))


def open_box(box_key: BoxKey, box: bytes, context: Context) -> bytes:
    """What ``seal_to`` was given. Errors: WrongKey for another receiver, another place, an unknown format or damage."""
    if box[:1] != _BOXED or len(box) < _BOXED_HEADER + _TAG_SIZE:
        raise WrongKey(what="box")
    header, ephemeral = box[:_BOXED_HEADER], box[1 + _BOX_ID_SIZE : _BOXED_HEADER]
    key, nonce = _box_secrets(box_key.agree(ephemeral), ephemeral, box_key.public)
    try:
        with key.lent() as raw:
            cipher = AESGCM(raw)
            return cipher.decrypt(nonce, box[_BOXED_HEADER:], framed("madoguchi box", [header, *context]))
    except InvalidTag as error:
        raise WrongKey(what="box") from error


def receiver_of(box: bytes) -> str:
    """The key id of the receiver a box names, so that the right key is fetched; not yet authenticated."""
    if box[:1] != _BOXED or len(box) < _BOXED_HEADER:
        raise WrongKey(what="box")
    return box[1 : 1 + _BOX_ID_SIZE].hex()


def _demand_size(key: Secret) -> None:
    if len(key) != KEY_SIZE:
        raise WrongKey(what="key_length")


def _box_id(public: bytes) -> bytes:
    return hashlib.sha256(b"madoguchi x25519 key\n" + public).digest()[:_BOX_ID_SIZE]


def _box_secrets(shared: Secret, ephemeral: bytes, receiver: bytes) -> tuple[Secret, bytes]:
    """Key and nonce of one box: both fresh, since the ephemeral key is."""
    size = KEY_SIZE + _NONCE_SIZE
    with shared.lent() as raw:
        made = taken(_hkdf(raw, ephemeral + receiver, framed("madoguchi box key", []), size))
    with made.lent() as both:
        return Secret(both[:KEY_SIZE]), bytes(both[KEY_SIZE:])


def _hkdf(key: bytearray, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt or None, info=info).derive(key)
