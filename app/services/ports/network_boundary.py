"""What the counter asks of the boundary to the resident network: how far changes are, and when it is open."""

from datetime import date
from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.jukirelay_staff import (
    AskDelivery,
    CalendarView,
    DecideSpan,
    EndSpan,
    Forwarding,
    Halted,
    HaltedSettled,
    Linkage,
    ProposeSpan,
    Queued,
    SettleHalted,
    SpanRow,
)


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

    def propose_span(self, press: Press, session: Session, asked: ProposeSpan) -> SpanRow:
        """Errors besides: Refused ``span_out_of_order``, ``reason_missing``."""
        ...

    def end_span(self, press: Press, session: Session, asked: EndSpan) -> SpanRow:
        """Errors besides: Refused ``span_out_of_order``, ``change_waiting``, ``not_waiting``; Conflict."""
        ...

    def decide_span(self, press: Press, session: Session, asked: DecideSpan) -> SpanRow:
        """Errors besides: Refused ``same_person``, ``not_waiting``; Conflict."""
        ...

    def halted(self, press: Press, session: Session) -> Halted: ...
    def settle(self, press: Press, session: Session, asked: SettleHalted) -> HaltedSettled:
        """Errors besides: Refused ``reason_missing``, ``place_missing``, ``not_waiting``; Conflict."""
        ...

    def deliver(self, press: Press, session: Session, asked: AskDelivery) -> Queued: ...
    def reload(self, press: Press, session: Session) -> None:
        """Have the register tell everything anew."""
        ...
