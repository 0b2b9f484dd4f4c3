"""The shape all messages share, and their coding as strict JSON."""

import re
from typing import TypeVar

import msgspec

from app.errors import NotUnderstood

VERSION = 1
"""What this program speaks."""
OLDEST = max(1, VERSION - 1)
"""The oldest version that is still taken: a backend that speaks N also takes N-1."""


_PLACE = re.compile(r" at `(\$[A-Za-z0-9_.\[\]]*)`$")


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One message; ``v`` is its version. It shows its type only: what is in it reaches no log and no traceback."""

    v: int = VERSION

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


def demand_version(message: object) -> None:
    """Errors: NotUnderstood for a message of a version that this program does not speak."""
    if isinstance(message, Message) and not OLDEST <= message.v <= VERSION:
        raise NotUnderstood(what="version")


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
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotUnderstood(what=_place(str(error))) from None


def _place(said: str) -> str:
    """Where a message could not be read, as ``$.field[...]``: the library's sentence may repeat what stands there."""
    found = _PLACE.search(said)
    return "$" if found is None else found[1]
