"""The shape all messages share, and their coding as strict JSON."""

from typing import TypeVar

import msgspec

from app.errors import NotUnderstood

VERSION = 1
"""What this program speaks. A backend that speaks N also takes N-1."""


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One message; ``v`` is its version."""

    v: int = VERSION


class Nothing(Message, frozen=True):
    """A question or answer without content."""


M = TypeVar("M")


def encode(message: object) -> bytes:
    """The message as JSON bytes, keys in the order of the type: equal values give equal bytes."""
    return msgspec.json.encode(message)


def decode(body: bytes, kind: type[M]) -> M:
    """The message in ``body``; anything else than exactly its shape is ``NotUnderstood``."""
    try:
        return msgspec.json.decode(body, type=kind, strict=True)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise NotUnderstood(what=str(error)) from error
