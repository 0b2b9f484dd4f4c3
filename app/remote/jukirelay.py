"""The boundary to the resident network over the line."""

from datetime import date

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.jukirelay_staff import AskCalendar, AskForwarding, AskLinkage, CalendarView, Forwarding, Linkage


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
