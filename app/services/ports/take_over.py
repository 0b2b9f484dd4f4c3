"""What supervisors need of the office and of this PC: who sits where, sealed drafts, and the key that opens them."""

from dataclasses import dataclass
from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.draft import Draft
from app.wire.staff import SeatRow
from app.wire.takeover import DraftTaken, TakenDraft, WaitingDraft


class Seats(Protocol):
    """The staff slice's list of open sessions. Errors as in ``app.services.ports.office``."""

    def seats(self, press: Press, session: Session) -> tuple[SeatRow, ...]: ...

    def end(self, press: Press, session: Session, name: str) -> None:
        """End somebody's session. Errors besides: NotAllowed where it has ended or is not one's section's."""
        ...


class TakeOverDesk(Protocol):
    """The desk's sealed drafts. Errors as in ``app.services.ports.office``."""

    def offer(self, press: Press, session: Session, box: bytes) -> None:
        """Under this public key the person opens drafts at this terminal."""
        ...

    def keys(self, press: Press, session: Session) -> tuple[bytes, ...]:
        """Public keys of those who may take over in this person's section."""
        ...

    def waiting(self, press: Press, session: Session) -> tuple[WaitingDraft, ...]: ...

    def take(self, press: Press, session: Session, draft: WaitingDraft, receiver: str) -> DraftTaken:
        """Errors besides: NotAllowed, Conflict, Refused ``draft_not_for_you``."""
        ...

    def taken(self, press: Press, session: Session) -> tuple[TakenDraft, ...]: ...


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key of the open work: its public half, and what it is called."""

    box: bytes
    key_id: str


class DraftKeys(Protocol):
    """Under which keys copies are sealed here, and what opens a copy that was taken over."""

    def own(self) -> OwnKey:
        """Errors: WorkClosed."""
        ...

    def seal_to(self, boxes: tuple[bytes, ...]) -> None:
        """From now on copies are sealed to these keys besides the office's own."""
        ...

    def open(self, draft_id: str, sealed: bytes) -> Draft:
        """Errors: WorkClosed, WrongKey, NotUnderstood."""
        ...
