"""A change of the register as it stands on the form: what a draft keeps of it until the office has it."""

from collections.abc import Mapping
from typing import Any, Self

from msgspec import field
from msgspec.structs import replace

from app.wire.message import Message

SECRET = frozenset({"my_number"})
"""Items that no draft keeps."""


class PersonDraft(Message, frozen=True):
    """One person of the form. ``number``: 宛名番号, "" for who gets a record; ``moves``: whether the change is theirs.

    ``relation`` now and ``after``; ``items`` as typed, days in ISO 8601 or, behind "~", as half typed; ``known``: what
    stands in the record, as far as it is known here.
    """

    number: str = ""
    name: str = ""
    birth: str = ""
    relation: str = ""
    moves: bool = True
    after: str = ""
    items: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def changed(self, **values: Any) -> Self:  # noqa: ANN401 -- the fields' own types
        """The person with something changed."""
        return replace(self, **values)


class FilingDraft(Message, frozen=True):
    """The whole form. ``values`` by field; ``entry_id`` and ``version``: the entry that is being corrected, or ""."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    persons: tuple[PersonDraft, ...] = ()
    announcement_id: str = ""
    entry_id: str = ""
    version: int = 0
    confirmed: tuple[str, ...] = ()

    def changed(self, **values: Any) -> Self:  # noqa: ANN401 -- the fields' own types
        """The form with something changed."""
        return replace(self, **values)

    def with_value(self, name: str, value: str) -> Self:
        """The form with one field changed."""
        return self.changed(values={**self.values, name: value})

    def with_person(self, place: int, person: PersonDraft) -> Self:
        """The form with one person changed."""
        return self.changed(persons=(*self.persons[:place], person, *self.persons[place + 1 :]))

    def kept(self) -> Self:
        """The form without what no draft keeps."""
        return self.changed(persons=tuple(one.changed(items=_without(one.items)) for one in self.persons))


def _without(items: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in items.items() if name not in SECRET}
