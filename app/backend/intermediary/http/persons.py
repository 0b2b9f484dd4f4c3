"""Persons at the office's doors: references come in and go out, the 統合宛名番号 stays inside."""

import contextlib
from collections.abc import Callable
from typing import TypeVar

import msgspec

from app.backend.intermediary.service.references import PersonReferences
from app.domain.call import Call
from app.errors import NotUnderstood, Refused
from app.wire.message import Message
from app.wire.provision import FlagKept, FlagRow, Flags, ReleaseView
from app.wire.replica_file import FoundReplica

A = TypeVar("A", bound=Message)
G = TypeVar("G", bound=Message)
Does = Callable[[Call, A], G]
_NOBODY = "?"
"""No number: refused wherever one is asked for."""


class Persons:
    """Puts numbers in the place of references, and references in the place of numbers."""

    def __init__(self, references: PersonReferences) -> None:
        self._references = references

    def asks(self, does: Does[A, G]) -> Does[A, G]:
        """``does`` for messages that name a ``person``. Errors: NotUnderstood; Refused ``reference_over``."""

        def asked(call: Call, message: A) -> G:
            try:
                number = self._references.opened(call, getattr(message, "person"))  # noqa: B009 -- not all have it
            except (NotUnderstood, Refused):
                with contextlib.suppress(NotUnderstood):  # whoever has no right hears that first
                    does(call, msgspec.structs.replace(message, person=_NOBODY))
                raise
            return does(call, msgspec.structs.replace(message, person=number))

        return asked

    def release(self, does: Does[A, ReleaseView]) -> Does[A, ReleaseView]:
        """A view that names its person, and the persons of its marks."""

        def shown(call: Call, message: A) -> ReleaseView:
            view = does(call, message)
            flags = tuple(self._flag(call, one) for one in view.flags)
            return msgspec.structs.replace(view, person=self._references.made(call, view.person), flags=flags)

        return shown

    def flags(self, does: Does[A, Flags]) -> Does[A, Flags]:
        """A list of marks."""

        def shown(call: Call, message: A) -> Flags:
            return Flags(rows=tuple(self._flag(call, one) for one in does(call, message).rows))

        return shown

    def flag(self, does: Does[A, FlagKept]) -> Does[A, FlagKept]:
        """One mark."""

        def shown(call: Call, message: A) -> FlagKept:
            kept = does(call, message)
            return msgspec.structs.replace(kept, row=self._flag(call, kept.row))

        return shown

    def replica(self, does: Does[A, FoundReplica]) -> Does[A, FoundReplica]:
        """What is registered of a person."""

        def shown(call: Call, message: A) -> FoundReplica:
            found = does(call, message)
            return msgspec.structs.replace(found, person=self._references.made(call, found.person))

        return shown

    def _flag(self, call: Call, row: FlagRow) -> FlagRow:
        return msgspec.structs.replace(row, person=self._references.made(call, row.person))
