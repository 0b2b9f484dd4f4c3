"""The logs of all slices, as a counter that witnesses them meets them."""

from typing import Protocol

from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.wire.ledger import MeetLogs, OfferedLogs


class LogOffice(Protocol):
    """Where every log of the municipality is shown."""

    def meet(self, session: Session, way: Carriage, asked: MeetLogs) -> OfferedLogs: ...
