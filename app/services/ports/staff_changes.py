"""The office's desk for changes of staff, rights and terminals, which a second administrator decides."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.staff_change import AnyChange, ChangeRow, Changes, Plan, Roster, SignIns, Transfer


class StaffChanges(Protocol):
    """The staff slice's desk for changes. Errors as in ``app.services.ports.office``."""

    def changes(self, press: Press, session: Session, *, decided: bool) -> Changes:
        """What waits, or ``decided``: what does no more."""
        ...

    def propose(self, press: Press, session: Session, change: AnyChange, reason: str) -> ChangeRow:
        """Errors besides: Refused with what can't be."""
        ...

    def withdraw(self, press: Press, session: Session, change_id: str) -> ChangeRow:
        """The proposer takes it back. Errors besides: NotAllowed, Refused ``change_expired``, Conflict."""
        ...

    def approve(self, press: Press, session: Session, change_id: str) -> ChangeRow:
        """The second administrator agrees; ``ChangeRow.first_password`` is said once.

        Errors besides: NotAllowed for the proposer and for who is concerned, Refused ``change_expired``, Conflict.
        """
        ...

    def reject(self, press: Press, session: Session, change_id: str, reason: str) -> ChangeRow:
        """The second administrator turns it down. Errors besides: as ``approve``, Refused ``reason_missing``."""
        ...

    def plan(self, press: Press, session: Session, transfers: tuple[Transfer, ...]) -> Plan:
        """What transfers would make of everybody."""
        ...

    def sign_ins(self, press: Press, session: Session, *, refused: bool) -> SignIns:
        """The last tries to sign in and unlock; looking is recorded there."""
        ...

    def roster(self, press: Press, session: Session) -> Roster:
        """Everybody, every department and terminal, and who is signed in; looking is recorded there."""
        ...
