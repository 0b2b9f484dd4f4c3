"""The diagnosis of this PC, opened from the sign-in and from between two tasks: which parts it looks at, and how."""

from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.client.counter import TLS_KEY, Counter
from app.client.printing import open_printing, shipped_print_rules
from app.domain.clock import Random
from app.errors import DiskFull
from app.services import diagnose as part
from app.services.diagnose import Diagnose, Finding, Probe, State
from app.services.ports.seat import Press
from app.store.room import free_bytes
from app.store.vault import Vault
from app.trust.authority import expires
from app.ui.background import Lane
from app.ui.flows.diagnostics import DiagnosticsActs, DiagnosticsFlow
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.window import Window


class DiagnosticsWing(QObject):
    """Works as long as the window stands. ``may_open``: whether the person is between two tasks."""

    def __init__(
        self,
        counter: Counter,
        face: tuple[Kit, Window],
        lane: Lane,
        means: tuple[Random, Callable[[], Press]],
        may_open: Callable[[], bool],
    ) -> None:
        kit, self._window = face
        super().__init__(self._window)
        diagnose = Diagnose(probes(counter, kit, *means))
        acts = DiagnosticsActs(diagnose, _version(), partial(_chosen, self._window), written)
        self.flow = DiagnosticsFlow(kit, lane, acts)
        self._may_open = may_open
        self._back: Screen | None = None
        self._window.left_over.connect(self._on_left_over)
        self.flow.left.connect(self._leave)

    def end(self) -> None:
        """The session has ended."""
        self._back = None
        self.flow.end()

    def open(self) -> None:
        """From where the person stands, if that is between two tasks; back there afterwards."""
        here = self._window.current
        if here is not None and here is not self.flow.screen and self._may_open():
            self._back = here
            self._window.open_screen(self.flow.screen)
            self.flow.begin()

    def _on_left_over(self, action: str) -> None:
        if action == "diagnose":
            self.open()

    def _leave(self) -> None:
        back, self._back = self._back, None
        if back is not None and self._window.current is self.flow.screen:
            self._window.open_screen(back)


def probes(counter: Counter, kit: Kit, random: Random, at: Callable[[], Press]) -> dict[str, Probe]:
    """What is looked at, in this order: what stands on the desk first, the office last."""
    clock, tls = kit.clock, counter.settings.tls
    printing = open_printing(counter.settings, shipped_print_rules())
    return {
        "readers": lambda: part.readers(counter.cases.check_readers()),
        "printers": lambda: part.printers(printing.printers()),
        "disk": lambda: part.disk(free_bytes(counter.settings.folder)),
        "keyring": lambda: _keyring(counter, random),
        "certificate": lambda: part.ending("certificate", expires(tls.certificate.read_bytes()), clock.now()),
        "authority": lambda: part.ending("authority", expires(tls.authority.read_bytes()), clock.now()),
        "outbox": lambda: part.outbox(counter.memory.postbox.waiting(), clock.now()),
        "network": lambda: part.office(counter.office.health, at, clock),
    }


def _keyring(counter: Counter, random: Random) -> tuple[Finding, ...]:
    """Whether the keyring is open and has this PC's key; the key itself is wiped at once."""
    key = Vault(counter.settings.keyring_service, random).find(TLS_KEY)
    if key is None:
        return (Finding("keyring", State.UNWELL, "key_absent"),)
    key.wipe()
    return (Finding("keyring"),)


def written(place: str, text: str) -> None:
    """Write the result. Errors: DiskFull."""
    try:
        Path(place).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DiskFull from error


def _chosen(window: QWidget, title: str, name: str, kinds: str) -> str | None:
    chosen, _ = QFileDialog.getSaveFileName(window, title, name, kinds)
    return chosen or None


def _version() -> str:
    try:
        return version("madoguchi")
    except PackageNotFoundError:
        return "0"
