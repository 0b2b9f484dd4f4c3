"""A counter hall for scenarios: windows that stay open from one scenario to the next, a printer, a window far away."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock
from tests.support.city import CounterPlace, TwoCities
from tests.support.clerk import Clerk, clerk_at_window, cost_of, go_home
from tests.support.cups import Cups, Sheets
from tests.support.far_window import FarWindow, far_window
from tests.support.pcscd import DOOR, Pcscd
from tests.support.process import wait_for
from tests.support.world import CardTable

FRONT, BACK = "窓口", "奥"
PRINTER = "counter"


@dataclass
class FarClerk(FarWindow):
    """A clerk at a window in a process of its own; counts as ``Clerk`` does."""

    keys: int = 0
    told: int = 0
    waited_s: float = 0.0

    @property
    def screen(self) -> Any:
        return SimpleNamespace(title=self.ask("title"))

    def type(self, text: str, *, told: bool = False) -> None:
        self.keys += 0 if told else cost_of(text)
        self.told += cost_of(text) if told else 0
        super().type(text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        super().key(key, modifier)


@dataclass
class Outage:
    """The window whose program is killed: the PC stays, with its disk, keyring and reader."""

    place: CounterPlace
    table: CardTable
    env: dict[str, str]
    log: Path
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def open(self) -> FarClerk:
        """The program, started on this PC."""
        window = self.stack.enter_context(far_window(self.place, self.env, self.log))
        return FarClerk(window.process, self.table)

    def close(self) -> None:
        self.stack.close()
        self.table.take()
        self.table.readers.close()


@dataclass
class Hall:
    """Windows by their names, opened when somebody first goes there and kept; one that a failure left is made anew."""

    cities: TwoCities
    pcscd: Pcscd
    application: QApplication
    cups: Cups
    keyring: dict[str, str]
    folder: Path
    _windows: dict[str, tuple[contextlib.ExitStack, Clerk]] = field(default_factory=dict)
    _sheets: Sheets | None = None
    _printers: int = 0

    def clerk(self, name: str, bot: QtBot) -> Clerk:
        """Somebody before that window, which has the keyboard."""
        if name not in self._windows:
            stack = contextlib.ExitStack()
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setenv("CUPS_SERVER", str(self.cups.door))
            made = stack.enter_context(clerk_at_window(self.cities, self.pcscd, self.application, bot))
            self._windows[name] = stack, made
        _, clerk = self._windows[name]
        clerk.bot = bot
        clerk.window.activateWindow()
        bot.waitUntil(clerk.window.isActiveWindow)
        return clerk

    def outage(self) -> Outage:
        """A PC of its own whose program runs in a process of its own."""
        readers = PcscReaders(SystemClock())
        wait_for(lambda: len(readers.seen().readers) == len(self.pcscd.ports), "the readers")
        env = {**self.keyring, "PCSCLITE_CSOCK_NAME": str(DOOR)}
        table = CardTable(self.cities, self.pcscd, readers)
        return Outage(self.cities.counter_place(), table, env, self.folder / "window.log")

    def printer(self) -> Sheets:
        """The printer at the counter, set up when it is first asked for."""
        if self._sheets is None:
            self._printers += 1
            self._sheets = self.cups.add(PRINTER + str(self._printers), "1階 カウンター")
        return self._sheets

    def tidy(self, bot: QtBot, *, failed: bool) -> None:
        """After a scenario: cards taken, the printer gone, every window on its first screen, nobody signed in."""
        if failed:
            self._close_windows()
        for name, (_, clerk) in self._windows.items():
            clerk.table.take()
            go_home(self.clerk(name, bot))
        self._take_printer()

    def close(self) -> None:
        self._close_windows()
        self._take_printer()

    def _take_printer(self) -> None:
        """Nobody else's paper comes out where one scenario set it up."""
        if self._sheets is not None:
            self._sheets.as_at_first()
            self._sheets = None
            self.cups.remove(PRINTER + str(self._printers))

    def _close_windows(self) -> None:
        """The last one first: what was opened since a window goes with it."""
        while self._windows:
            _, (stack, _clerk) = self._windows.popitem()
            stack.close()
