"""Signed messages between slices: sender and kind stand under the signature with the body."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from app.trust.framing import framed
from app.trust.sign import SigningKey, VerifyKey


@dataclass(frozen=True, slots=True)
class Signed:
    """A message as it travels. ``sender``: the name a key is known by; ``kind``: name and version of the message."""

    sender: str
    kind: str
    body: bytes
    key_id: str
    signature: bytes


def sign_message(key: SigningKey, sender: str, kind: str, body: bytes) -> Signed:
    """Sign ``body`` as ``sender``."""
    key_id = key.public.key_id
    return Signed(sender, kind, body, key_id, key.sign(_under_signature(sender, kind, key_id, body)))


def verify_message(public_keys: Mapping[str, VerifyKey], signed: Signed) -> bytes:
    """The body, once the signature is proved. ``public_keys``: sender → its present key.

    Errors: Refused with reason ``unknown_sender``, ``unknown_key`` (not the sender's present key) or ``bad_signature``.
    Kind, time and repetition are the receiver's to judge.
    """
    key = public_keys.get(signed.sender)
    if key is None:
        raise Refused(reason="unknown_sender")
    if key.key_id != signed.key_id:
        raise Refused(reason="unknown_key")
    if not key.verify(_under_signature(signed.sender, signed.kind, signed.key_id, signed.body), signed.signature):
        raise Refused(reason="bad_signature")
    return signed.body


def _under_signature(sender: str, kind: str, key_id: str, body: bytes) -> bytes:
    return framed("madoguchi message 1", [sender, kind, key_id, body])
