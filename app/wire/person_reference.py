"""Messages by which staff name a person to the platform: a 宛名番号 at the counter, a sealed reference behind it."""

from app.wire.message import Message

MOST = 64


class NamePerson(Message, frozen=True):
    """counter → relay: whom a 宛名番号 means, for what is asked of the platform next."""

    business_number: str


class NamedPerson(Message, frozen=True):
    """``person``: a reference for whoever asked, good for an hour; "" while no 個人番号 is known.

    ``code_state``: none, requested, passed_on or acquired.
    """

    person: str
    code_state: str


class AskNames(Message, frozen=True):
    """counter → relay: which 宛名番号 these references mean, at most 64."""

    persons: tuple[str, ...]


class Names(Message, frozen=True):
    """One for each reference, in order; "" for somebody who has no 宛名番号 any more."""

    business_numbers: tuple[str, ...]


class MakeReferences(Message, frozen=True):
    """relay → intermediary: references for ``staff_id`` to these 統合宛名番号."""

    municipality: str
    staff_id: str
    addressee_numbers: tuple[str, ...]


class References(Message, frozen=True):
    """One for each number, in order. Only the intermediary opens them."""

    municipality: str
    persons: tuple[str, ...]


class OpenReferences(Message, frozen=True):
    """relay → intermediary: which 統合宛名番号 are behind references of ``staff_id``."""

    municipality: str
    staff_id: str
    persons: tuple[str, ...]


class OpenedReferences(Message, frozen=True):
    """One for each reference, in order."""

    municipality: str
    addressee_numbers: tuple[str, ...]
