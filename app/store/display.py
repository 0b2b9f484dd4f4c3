"""Which monitor is the resident's, as this PC remembers it in terminal.db."""

from app.services.ports.resident_display import Monitor
from app.store.memos import read_message, write_message
from app.store.terminal import Terminal
from app.wire.message import Message

_NAME = "resident_monitor"


class _Monitor(Message, frozen=True):
    manufacturer: str
    model: str
    serial: str
    name: str


class DisplayBook:
    """``DisplayMemory`` on this PC's store."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def monitor(self) -> Monitor | None:
        kept = self._terminal.database.read(lambda connection: read_message(connection, _NAME, _Monitor))
        return None if kept is None else Monitor(kept.manufacturer, kept.model, kept.serial, kept.name)

    def remember(self, monitor: Monitor | None) -> None:
        kept = None
        if monitor is not None:
            kept = _Monitor(
                manufacturer=monitor.manufacturer, model=monitor.model, serial=monitor.serial, name=monitor.name
            )
        self._terminal.database.write(lambda connection: write_message(connection, _NAME, kept))
