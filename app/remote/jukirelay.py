"""The boundary to the resident network over the line."""

from datetime import date

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire import jukirelay_staff as wire
from app.wire.jukirelay_staff import AskCalendar, AskForwarding, AskLinkage, CalendarView, Forwarding, Linkage
from app.wire.message import Nothing


class HttpNetworkBoundary:
    """See ``NetworkBoundary``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def forwarding(self, press: Press, session: Session, *, subject: str = "", entry_id: str = "") -> Forwarding:
        asked = AskForwarding(subject=subject, entry_id=entry_id)
        return self._line.ask("/jukirelay/v1/state", asked, Forwarding, headers(press, session))

    def calendar(self, press: Press, session: Session) -> CalendarView:
        return self._line.ask("/jukirelay/v1/calendar", AskCalendar(), CalendarView, headers(press, session))

    def linkage(self, press: Press, session: Session, days: tuple[date, date], subject: str = "") -> Linkage:
        asked = AskLinkage(since=days[0], until=days[1], subject=subject)
        return self._line.ask("/jukirelay/v1/linkage", asked, Linkage, headers(press, session))

    def propose_span(self, press: Press, session: Session, asked: wire.ProposeSpan) -> wire.SpanRow:
        return self._line.ask("/jukirelay/v1/span", asked, wire.SpanRow, headers(press, session))

    def end_span(self, press: Press, session: Session, asked: wire.EndSpan) -> wire.SpanRow:
        return self._line.ask("/jukirelay/v1/span/end", asked, wire.SpanRow, headers(press, session))

    def decide_span(self, press: Press, session: Session, asked: wire.DecideSpan) -> wire.SpanRow:
        return self._line.ask("/jukirelay/v1/span/decide", asked, wire.SpanRow, headers(press, session))

    def halted(self, press: Press, session: Session) -> wire.Halted:
        return self._line.ask("/jukirelay/v1/halted", wire.AskHalted(), wire.Halted, headers(press, session))

    def settle(self, press: Press, session: Session, asked: wire.SettleHalted) -> wire.HaltedSettled:
        return self._line.ask("/jukirelay/v1/halted/settle", asked, wire.HaltedSettled, headers(press, session))

    def deliver(self, press: Press, session: Session, asked: wire.AskDelivery) -> wire.Queued:
        return self._line.ask("/jukirelay/v1/delivery", asked, wire.Queued, headers(press, session))

    def reload(self, press: Press, session: Session) -> None:
        self._line.ask("/jukirelay/v1/reload", wire.ReloadReplica(), Nothing, headers(press, session))
