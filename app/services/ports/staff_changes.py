"""The office's desk for changes of staff, rights and terminals, which a second administrator decides."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.staff_change import ChangeRow, Changes, Roster


class StaffChanges(Protocol):
    """The staff slice's desk for changes. Errors as in ``app.services.ports.office``."""

    def changes(self, press: Press, session: Session, *, decided: bool) -> Changes:
        """What waits, or ``decided``: what does no more."""
        ...

    def decide(self, press: Press, session: Session, change_id: str, *, approved: bool) -> ChangeRow:
        """The second administrator's word; ``ChangeRow.first_password`` is said once.

        Errors besides: NotAllowed for the proposer and for who is concerned, Refused ``change_expired``, Conflict.
        """
        ...

    def roster(self, press: Press, session: Session) -> Roster:
        """Everybody, every department and terminal, and who is signed in; looking is recorded there."""
        ...
