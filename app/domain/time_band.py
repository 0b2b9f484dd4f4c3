"""Between which two instants an act lies, whatever the clock of its device said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SLACK = timedelta(minutes=2)
"""How far a device's clock may be off before it is called wrong: a time service corrects seconds. Assumed."""


@dataclass(frozen=True, slots=True)
class TimeBand:
    """What was known of time beside the device's clock when an act was recorded.

    ``kept_at``: what the device's clock said when the record was kept. ``run``: names this running of the machine, ""
    where it has no name; ``monotonic_ms`` counts on within one run. ``heard``: the last instant that the backend itself
    had signed, None before the first.
    """

    kept_at: datetime
    run: str
    monotonic_ms: int
    heard: datetime | None


def is_off(device: datetime, band: TimeBand | None, arrived: datetime) -> bool:
    """Whether a device's clock was wrong: an act is later than what was heard before, earlier than its arrival."""
    heard = None if band is None else band.heard
    return device > arrived + SLACK or (heard is not None and device < heard - SLACK)


def surely(device: datetime, band: TimeBand | None, arrived: datetime) -> tuple[datetime, datetime]:
    """The instants between which an act surely lies. ``arrived``: when the backend took it over.

    Without anything heard the device's own clock is the lower bound, as far as it is possible.
    """
    heard = None if band is None else band.heard
    return min(device if heard is None else heard, arrived), arrived
