"""Signed messages between slices: JSON web signatures (RFC 7515) whose header is made of the fields of the message."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.errors import Refused
from app.trust.sign import SigningKey, VerifyKey

ALGORITHM = "Ed25519"
"""What a key signs with belongs to the key; another algorithm is another key. Name: RFC 9864, published."""


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


def verify_message(public_keys: Mapping[str, VerifyKey] | KeyFinder, signed: Signed) -> bytes:
    """The body, once the signature is proved. ``public_keys``: sender → its present key, or who finds them.

    Errors: Refused with reason ``unknown_sender``, ``unknown_key`` (none of the sender's keys), ``wrong_algorithm``,
    ``expired_key``, ``early_key`` or ``bad_signature``. Kind, time and repetition are the receiver's to judge.
    """
    finder = PresentKeys(public_keys) if isinstance(public_keys, Mapping) else public_keys
    key = finder.find(signed.sender, signed.key_id, signed.algorithm)
    if not key.verify(_under_signature(signed), signed.signature):
        raise Refused(reason="bad_signature")
    return signed.body


def compact(signed: Signed) -> str:
    """The message as a compact JWS, for whoever proves it with another program."""
    return (_under_signature(signed) + b"." + _encoded(signed.signature)).decode("ascii")


def _under_signature(signed: Signed) -> bytes:
    header = {"alg": signed.algorithm, "iss": signed.sender, "kid": signed.key_id, "typ": signed.kind}
    return _encoded(json.dumps(header, separators=(",", ":")).encode()) + b"." + _encoded(signed.body)


def _encoded(plain: bytes) -> bytes:
    return urlsafe_b64encode(plain).rstrip(b"=")
