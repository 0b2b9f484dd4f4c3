"""How the office stands, over the line."""

from app.link.line import Headers, Line
from app.services.ports.seat import Press
from app.wire.health import HealthState
from app.wire.message import Nothing


class HttpHealth:
    """See ``OfficeState``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def state(self, press: Press) -> HealthState:
        return self._line.ask("/health/v1/terminal", Nothing(), HealthState, Headers(press.trace, press.key))
