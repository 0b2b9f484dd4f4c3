"""Signed messages between slices: JSON web signatures (RFC 7515) whose header is made of the fields of the message."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from app.errors import Refused
from app.trust.framing import framed
from app.trust.sign import SigningKey, VerifyKey

ALGORITHM = "Ed25519"
"""What a key signs with belongs to the key; another algorithm is another key. Name: RFC 9864, published."""


_HEADERS = json.JSONEncoder(separators=(",", ":"))
_SHORT = 128


@dataclass(frozen=True, slots=True)
class Signed:
    """A message as it travels. ``sender``: the name a key is known by; ``kind``: name and version of the message.

    ``algorithm`` is what the message claims; it is compared with the key's own and never followed.
    """

    sender: str
    kind: str
    body: bytes
    key_id: str
    signature: bytes
    algorithm: str = ALGORITHM


class KeyFinder(Protocol):
    """Knows everybody's keys."""

    def find(self, sender: str, key_id: str, algorithm: str) -> VerifyKey:
        """The key that a letter names. Errors: Refused as ``verify_message``."""
        ...


@dataclass(frozen=True, slots=True)
class PresentKeys:
    """One key for each sender, for ever."""

    keys: Mapping[str, VerifyKey]

    def find(self, sender: str, key_id: str, algorithm: str) -> VerifyKey:
        """See ``KeyFinder``."""
        key = self.keys.get(sender)
        if key is None:
            raise Refused(reason="unknown_sender")
        if key.key_id != key_id:
            raise Refused(reason="unknown_key")
        if algorithm != ALGORITHM:
            raise Refused(reason="wrong_algorithm")
        return key


def sign_message(key: SigningKey, sender: str, kind: str, body: bytes) -> Signed:
    """Sign ``body`` as ``sender``."""
    unsigned = Signed(sender, kind, body, key.public.key_id, b"")
    return Signed(sender, kind, body, key.public.key_id, key.sign(_under_signature(unsigned)))


class Proven:
    """Which messages this process signed itself or has proved already, lately: the same bytes are proved once.

    A message goes through several slices of a process, and each reads it under its signature: a third of all signatures
    were proved three times (measured). Remembered is a digest of key, message and signature together; whether the key
    may sign now is asked every time.
    """

    def __init__(self, most: int = 8192) -> None:
        self._most = most
        self._young: set[bytes] = set()
        self._old: set[bytes] = set()

    def add(self, key: VerifyKey, signed: Signed) -> None:
        """Remember that its signature holds."""
        self._keep(_mark(key, signed))

    def holds(self, key: VerifyKey, signed: Signed) -> bool:
        """Whether its signature holds: known, or proved now and remembered."""
        mark = _mark(key, signed)
        if self._has(mark):
            return True
        holds = key.verify(_under_signature(signed), signed.signature)
        if holds:
            self._keep(mark)
        return holds

    def knows(self, key: VerifyKey, signed: Signed) -> bool:
        """Whether it is known to hold; False says nothing."""
        return self._has(_mark(key, signed))

    def _has(self, mark: bytes) -> bool:
        return mark in self._young or mark in self._old

    def _keep(self, mark: bytes) -> None:
        if len(self._young) >= self._most:
            self._old, self._young = self._young, set()
        self._young.add(mark)


def verify_message(
    public_keys: Mapping[str, VerifyKey] | KeyFinder, signed: Signed, proven: Proven | None = None
) -> bytes:
    """The body, once the signature is proved. ``public_keys``: sender → its present key, or who finds them.

    ``proven``: what was proved before, to be added to.

    Errors: Refused with reason ``unknown_sender``, ``unknown_key`` (none of the sender's keys), ``wrong_algorithm``,
    ``expired_key``, ``early_key`` or ``bad_signature``. Kind, time and repetition are the receiver's to judge.
    """
    finder = PresentKeys(public_keys) if isinstance(public_keys, Mapping) else public_keys
    key = finder.find(signed.sender, signed.key_id, signed.algorithm)
    holds = key.verify(_under_signature(signed), signed.signature) if proven is None else proven.holds(key, signed)
    if not holds:
        raise Refused(reason="bad_signature")
    return signed.body


def compact(signed: Signed) -> str:
    """The message as a compact JWS, for whoever proves it with another program."""
    return (_under_signature(signed) + b"." + _encoded(signed.signature)).decode("ascii")


def _mark(key: VerifyKey, signed: Signed) -> bytes:
    parts = (key.raw, signed.sender, signed.kind, signed.key_id, signed.algorithm, signed.body, signed.signature)
    return hashlib.sha256(framed("madoguchi proven", parts)).digest()


def _under_signature(signed: Signed) -> bytes:
    said = (signed.algorithm, signed.sender, signed.key_id, signed.kind)
    header = _short_header(*said) if max(map(len, said)) <= _SHORT else _header(*said)
    return header + _encoded(signed.body)


def _header(algorithm: str, sender: str, key_id: str, kind: str) -> bytes:
    header = {"alg": algorithm, "iss": sender, "kid": key_id, "typ": kind}
    return _encoded(_HEADERS.encode(header).encode()) + b"."


_short_header = lru_cache(maxsize=4096)(_header)
"""The same few headers stand over all letters. What a stranger wrote at length is kept nowhere."""


def _encoded(plain: bytes) -> bytes:
    return urlsafe_b64encode(plain).rstrip(b"=")
