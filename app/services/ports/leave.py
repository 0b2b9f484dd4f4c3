"""Leave to take a 個人番号 by code A: the backend gives it for one visit and procedure, never offline."""

from typing import Protocol

from app.services.ports.seat import Press, Session


class NumberLeave(Protocol):
    """Asked before the card is. Errors: NotAllowed (no right, or a procedure without numbers), Unreachable."""

    def ask(self, press: Press, session: Session, visit_id: str, procedure: str) -> None:
        """Return if this person may take a number now for this procedure; the asking is a ledger record.

        Needs the right ``number.confirm`` for the procedure, and the visit open at this very terminal.
        """
        ...
