"""How the office's processes stand, as a terminal may ask before anybody has signed in."""

from typing import Protocol

from app.services.ports.seat import Press
from app.wire.health import HealthState


class OfficeState(Protocol):
    """The office as it looks at itself."""

    def state(self, press: Press) -> HealthState:
        """Each part with its state, and the office's time. Errors: Unreachable, NotAllowed. Blocks up to 10 s."""
        ...
