"""What the counter asks of the boundary to the resident network: how far changes are, and when it is open."""

from datetime import date
from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.jukirelay_staff import CalendarView, Forwarding, Linkage


class NetworkBoundary(Protocol):
    """The boundary, as members of staff see it. Errors: those of a line; NotAllowed without the right."""

    def forwarding(self, press: Press, session: Session, *, subject: str = "", entry_id: str = "") -> Forwarding:
        """How far the changes of a person or an entry are on their way, and when those that wait go."""
        ...

    def calendar(self, press: Press, session: Session) -> CalendarView:
        """Hours, stops and extra runs."""
        ...

    def linkage(self, press: Press, session: Session, days: tuple[date, date], subject: str = "") -> Linkage:
        """Linkage records of these days (both included), of one person or all."""
        ...
