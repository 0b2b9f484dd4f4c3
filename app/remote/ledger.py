"""The logs of all slices over the line."""

from app.link.line import Headers, Line
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.wire.ledger import MeetLogs, OfferedLogs


class HttpLogs:
    """See ``LogOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def meet(self, session: Session, way: Carriage, asked: MeetLogs) -> OfferedLogs:
        return self._line.ask("/ledger/v1/meet", asked, OfferedLogs, Headers(way.trace, way.key, session.token))
