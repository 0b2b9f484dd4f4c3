"""職員カード: the card or key with which a member of staff shows to be there, on a reader for staff only."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.secret import Secret
from app.errors import StaffCardAbsent


@dataclass(frozen=True, slots=True)
class CardAsked:
    """What the office wants the card to answer. ``asked`` names it; ``options`` is WebAuthn's request as JSON."""

    asked: str
    options: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A card's answer: WebAuthn's ``assertion`` as JSON, and ``key``, the card's name (see ``key_name``).

    ``kept``: 32 bytes that this card alone gives for a salt, its holder verified (FIDO2 hmac-secret); None where no
    salt was given or the card, its reader or the operating system does not offer it. It is in no other field.
    """

    assertion: str = field(repr=False)
    key: str
    kept: Secret | None = None


def key_name(credential_id: bytes) -> str:
    """What a registered card is called: SHA-256 of its credential id, hexadecimal."""
    return hashlib.sha256(credential_id).hexdigest()


class StaffCards(Protocol):
    """The readers for staff cards; a resident's card on another reader never hears a word of this."""

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:
        """Have the card on the staff reader answer, its holder verified by ``pin``.

        ``salt``: 32 bytes for which the card is to give what it keeps. Blocks for about a second.

        Errors: StaffCardAbsent, StaffPinWrong(left), StaffPinBlocked, StaffCardAgain (take it off and put it back),
        StaffCardUnknown (registered nowhere here), and those of readers (ServiceDown, CardSilent, CardRemoved).
        """
        ...

    def register(self, asked: CardAsked, pin: Secret) -> str:
        """Have the card on the staff reader make a new key for its holder, verified by ``pin`` (WebAuthn's answer).

        Blocks for about two seconds. Errors: those of ``answer`` but StaffCardUnknown only for a card that can't do
        this; StaffCardTaken, StaffPinMissing.
        """
        ...

    def is_there(self) -> bool:
        """Whether a card lies on the reader for staff, as last looked at."""
        ...

    def watch(self, gone: Callable[[], None]) -> None:
        """Call ``gone`` each time a card is taken off the reader for staff, on a thread of its own: it only queues."""
        ...

    def close(self) -> None:
        """Let the readers go."""
        ...


class NoStaffReader:
    """A PC without a reader for staff cards."""

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:  # noqa: ARG002 -- as its port
        raise StaffCardAbsent

    def register(self, asked: CardAsked, pin: Secret) -> str:  # noqa: ARG002 -- as its port
        raise StaffCardAbsent

    def is_there(self) -> bool:
        """No card can lie on what is not there."""
        return False

    def watch(self, gone: Callable[[], None]) -> None:
        """There is nothing to see."""

    def close(self) -> None:
        """Nothing is open."""
