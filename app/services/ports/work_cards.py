"""What opens a person's work on this PC beside the password: the staff card, where it keeps something for a salt."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from app.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class CardKept:
    """What a staff card (``key``: its name) gave for ``salt``: 32 bytes, which open the work sealed for that card."""

    key: str
    salt: bytes
    kept: Secret


class WorkCards(Protocol):
    """Which staff cards open somebody's work on this PC, besides the password and the office's recovery key."""

    def salt(self, staff_id: str) -> bytes:
        """What the person's cards are asked for: 32 bytes, the same as long as one of them opens the work."""
        ...

    def has(self, staff_id: str) -> bool:
        """Whether a card opens this person's work here."""
        ...

    def open(self, staff_id: str, card: CardKept) -> bool:
        """Open the person's work by the card; False, and nothing is open, where this card opens nothing.

        Errors: KeyringLocked, StoreBusy.
        """
        ...

    def admit(self, staff_id: str, card: CardKept) -> None:
        """From now on the card opens the work, which is open. Errors: WorkClosed."""
        ...

    def carry(self, staff_id: str, password: Secret) -> None:
        """From now on this password opens the work, which is open, and no earlier one does. Errors: WorkClosed.

        Time: one argon2id computation where the password is the same as before, else two.
        """
        ...

    def keep(self, staff_id: str, keys: Collection[str]) -> tuple[str, ...]:
        """Of the person's cards only ``keys`` open the work from now on; those that don't any more."""
        ...
