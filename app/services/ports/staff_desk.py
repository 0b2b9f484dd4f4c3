"""The office's desk for staff cards and passes, as administrators and supervisors use it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.secret import Secret
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.wire.staff import KeyRow, Keys


@dataclass(frozen=True, slots=True)
class OncePass:
    """一時パス: lets one person in once without a card, until ``expires_at``. It is told, never kept."""

    text: Secret = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card that answered what ``asked`` names. ``label``: what it is called among its holder's cards."""

    staff_id: str
    label: str
    asked: str
    answer: str = field(repr=False)


class StaffDesk(Protocol):
    """The staff slice's desk. Errors as in ``app.services.ports.office``; NotAllowed for somebody who is not there."""

    def ask_registration(self, press: Press, session: Session, staff_id: str) -> CardAsked:
        """What a new card of ``staff_id`` is to be asked, good for three minutes."""
        ...

    def register(self, press: Press, session: Session, card: NewCard) -> KeyRow:
        """Keep the card; it is good once approved. Errors besides: SecondFactorRefused(reason), Conflict."""
        ...

    def approve(self, press: Press, session: Session, key_id: str) -> KeyRow:
        """Agree as the second administrator. Errors besides: NotAllowed for the first one and for the holder."""
        ...

    def revoke(self, press: Press, session: Session, key_id: str) -> KeyRow: ...

    def cards(self, press: Press, session: Session, staff_id: str) -> Keys:
        """All cards of a person; "": everybody's that wait for approval."""
        ...

    def issue_pass(self, press: Press, session: Session, staff_id: str, reason: str) -> OncePass:
        """A pass in place of a card. ``reason``: lost, forgotten, broken. Errors besides: NotAllowed for oneself."""
        ...
