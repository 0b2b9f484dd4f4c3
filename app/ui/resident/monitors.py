"""Monitors by what they are, not by their place in a list: the resident's one is found again, or there is none."""

from collections.abc import Sequence

from PySide6.QtGui import QScreen

from app.services.ports.resident_display import Monitor


def monitor_of(screen: QScreen) -> Monitor:
    """What the system tells of the monitor behind ``screen``."""
    return Monitor(screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name())


def find(wanted: Monitor | None, screens: Sequence[QScreen]) -> QScreen | None:
    """The screen of exactly that monitor; None where it is not there or two of them might be it."""
    if wanted is None:
        return None
    found = [one for one in screens if wanted.is_same(monitor_of(one))]
    return found[0] if len(found) == 1 else None
