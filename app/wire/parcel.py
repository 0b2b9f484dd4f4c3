"""Parcels: messages that a counter keeps until they arrive, sealed so that only the receiving slice reads them."""

from app.wire.message import Message


class AskParcelKey(Message, frozen=True):
    """Ask a slice for the key that its parcels are sealed to."""


class ParcelKey(Message, frozen=True):
    """``box``: X25519 public key of the slice. ``log``: Ed25519 public key of its checkpoints (32 bytes each)."""

    box: bytes
    log: bytes


class Parcel(Message, frozen=True):
    """A sealed message for the endpoint that takes messages of the name ``kind``; delivered under its own key, so once.

    ``box`` was made by ``seal_to`` for ``parcel_context``.
    """

    kind: str
    box: bytes


class ParcelAnswer(Message, frozen=True):
    """What the endpoint answered, as JSON bytes of its own type."""

    answer: bytes


def parcel_context(municipality: str, kind: str, key: str) -> tuple[str, ...]:
    """What a parcel's seal is bound to: it opens for no other municipality, kind or key."""
    return ("parcel", municipality, kind, key)
