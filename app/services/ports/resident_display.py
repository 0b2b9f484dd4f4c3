"""Which monitor is the resident's: its identity, and where this PC remembers it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor. ``name``: the connector it hangs on, as the system calls it; the others may be empty."""

    manufacturer: str
    model: str
    serial: str
    name: str

    def is_same(self, other: "Monitor") -> bool:
        """By maker, model and serial number; without a serial number also by its connector."""
        if (self.manufacturer, self.model, self.serial) != (other.manufacturer, other.model, other.serial):
            return False
        return bool(self.serial) or self.name == other.name

    @property
    def said(self) -> str:
        """What a person reads on its back, as far as it tells."""
        return " ".join(one for one in (self.manufacturer, self.model, self.serial) if one) or self.name


class DisplayMemory(Protocol):
    """この PC の住民側画面: kept on this PC. Errors of both: DiskFull, StoreBusy."""

    def monitor(self) -> Monitor | None:
        """The one that was chosen; None where none was."""
        ...

    def remember(self, monitor: Monitor | None) -> None:
        """From now on this one, or none."""
        ...
