"""The PC's clocks that count on while it sleeps, and which running of the machine this is."""

import sys
import time
from pathlib import Path

from app.domain.clock import Clock
from app.domain.lease import Reading

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class MachineUptime:
    """See ``Uptime``. Source: clock_gettime(2), CLOCK_BOOTTIME, and random(4), boot_id (published).

    Elsewhere the monotonic clock, which on Windows counts suspend too, and no name: a restart shows by its going back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._boot = _BOOT.read_text("ascii").strip() if sys.platform == "linux" else ""

    def reading(self) -> Reading:
        """All clocks now."""
        if sys.platform == "linux":
            since_s = time.clock_gettime(time.CLOCK_BOOTTIME)
        else:
            since_s = time.monotonic()
        return Reading(self._boot, since_s, self._clock.now())
