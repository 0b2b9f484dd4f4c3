"""How much of a lease is used up: counted by every clock there is, the larger count holds, a clock set back ends it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

BACK_S = 60.0
"""How far a clock may be put right backwards without ending a lease: a time service corrects seconds. Assumed."""

KEPT_S = 1.0
"""Whoever looks twice within a second waits for the disk once. Assumed."""


class Ending(StrEnum):
    """How a lease stands."""

    RUNS = "runs"
    OVER = "over"
    CLOCK_BACK = "clock_back"
    TRIES = "tries"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a PC's clocks show. ``boot`` names this running of the machine; ``since_boot_s`` counts on in suspend."""

    boot: str
    since_boot_s: float
    at: datetime


@dataclass(frozen=True, slots=True)
class LeaseCount:
    """A lease of ``lasts_s``; ``used_s`` of it were used up when ``last`` was read."""

    lasts_s: float
    used_s: float
    last: Reading
    ended: Ending = Ending.RUNS

    @property
    def left_s(self) -> float:
        """What is left, 0.0 once it has ended."""
        return max(self.lasts_s - self.used_s, 0.0) if self.ended is Ending.RUNS else 0.0

    def is_worth_keeping(self, later: "LeaseCount") -> bool:
        """Whether ``later`` must be written down: what is not is counted again from here the next time."""
        return later.ended is not self.ended or later.used_s - self.used_s >= KEPT_S

    def counted(self, now: Reading, office_s: float = 0.0) -> "LeaseCount":
        """As of ``now``. ``office_s``: how much later than the grant an instant is that the office itself has told.

        Between two readings as much has passed as the wall clock says or the time since the start of the machine,
        whichever is more; after a restart at least the time since it. What has ended stays ended.
        """
        if self.ended is not Ending.RUNS:
            return self
        by_wall = (now.at - self.last.at).total_seconds()
        if by_wall < -BACK_S:
            return replace(self, last=now, ended=Ending.CLOCK_BACK)
        is_same = now.boot == self.last.boot and now.since_boot_s >= self.last.since_boot_s
        by_run = now.since_boot_s - self.last.since_boot_s if is_same else now.since_boot_s
        used_s = max(self.used_s + max(by_wall, by_run, 0.0), office_s)
        latest = replace(now, at=max(now.at, self.last.at))
        ended = Ending.OVER if used_s >= self.lasts_s else Ending.RUNS
        return replace(self, used_s=used_s, last=latest, ended=ended)
