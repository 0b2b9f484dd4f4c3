"""A clerk at the program's own window, by key presses alone: every key is counted, every wait measured."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.card.readers import PcscReaders
from app.client.desktop import Desktop
from app.domain.clock import SystemClock, SystemRandom
from tests.support.city import TwoCities
from tests.support.far_window import ELSEWHERE
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.windows import windows_of_its_own
from tests.support.world import CardTable
from tests.ui.visit.conftest import Hands

ENTRANCE = "サインイン"


@dataclass
class Clerk(Hands):
    """Somebody at the window; counts every key and measures every wait. ``told``: keys of what only residents know."""

    desktop: Desktop
    table: CardTable
    keys: int = 0
    told: int = 0
    waited_s: float = 0.0

    def at(self, title: str) -> None:
        self.wait(lambda: self.screen.title == title, f"{title}, not {self.screen.title}")

    def says(self, text: str) -> None:
        self.wait(lambda: text in self.shown(), text)

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Wait for the program, and count how long."""
        begun = time.monotonic()
        try:
            self.bot.waitUntil(condition, timeout=20_000)
        except Exception as error:
            raise AssertionError(f"{what}\n{self.shown()}") from error
        self.waited_s += time.monotonic() - begun

    def type(self, text: str, *, told: bool = False) -> None:
        """``told``: only whoever sits there can know it; such text is not counted, the way to its field is."""
        self.keys += 0 if told else cost_of(text)
        self.told += cost_of(text) if told else 0
        super().type(text)

    def go_to(self, label: str) -> None:
        """Press Tab until the cursor stands there. A box to tick is called as what stands beside it."""
        for _ in range(80):
            if name_of(self.focus()).startswith(label):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"{label} is not reached: {name_of(self.focus())}")

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        assert QApplication.activeWindow() is self.window, "something else took the keyboard"
        self.keys += 1
        super().key(key, modifier)


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def cost_of(text: str) -> int:
    """Keys that go down for it: what is converted takes two a character and one to accept."""
    return len(text) if text.isascii() else 2 * len(text) + 1


def go_home(clerk: Clerk) -> None:
    """From wherever the window is to its first screen: the visit ends, the session too."""
    for _ in range(12):
        before = clerk.screen
        if before.title == ENTRANCE:
            return
        if before.title == "次の応対":
            clerk.go_to("サインアウト")
            clerk.enter()
        elif any(one.action == "close_visit" for one in before.key_labels()):
            clerk.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        else:
            clerk.key(Qt.Key.Key_Escape)
        clerk.wait(lambda before=before: clerk.screen is not before, "the screen to be left")  # type: ignore[misc]
    raise AssertionError(f"the way out is not found: {clerk.screen.title}")


def sign_in(clerk: Clerk, staff_id: str) -> None:
    """A session that another test's window left open, because it was killed, is ended from here."""
    clerk.type(staff_id)
    clerk.enter()
    clerk.type(clerk.table.cities.password.text())
    clerk.key(Qt.Key.Key_F12)
    clerk.wait(lambda: clerk.screen.title != ENTRANCE, "an answer to the password")
    if clerk.screen.title == ELSEWHERE:
        clerk.enter()
        clerk.wait(lambda: clerk.screen.title != ELSEWHERE, "the session to begin here")


def back_to(clerk: Clerk, label: str) -> None:
    """Press Shift+Tab until the cursor stands in the field with that label."""
    for _ in range(80):
        if name_of(clerk.focus()).startswith(label):
            return
        clerk.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    raise AssertionError(f"{label} is not reached: {name_of(clerk.focus())}")


def leave(clerk: Clerk) -> None:
    """Back from what is open, out of the queue and out of the session."""
    while clerk.screen.title != "サインイン":
        before = clerk.screen
        clerk.key(Qt.Key.Key_Escape)
        clerk.wait(lambda before=before: clerk.screen is not before, "the screen to be left")  # type: ignore[misc]


def _row_has(table: QTableView, text: str) -> bool:
    """Whether a cell of the row with the cursor shows ``text``."""
    model, row = table.model(), table.currentIndex().row()
    return any(text in str(model.index(row, column).data()) for column in range(model.columnCount()))


def open_case(clerk: Clerk, staff_id: str, number: str) -> None:
    """Signed in as this person, with the application of that number open."""
    sign_in(clerk, staff_id)
    clerk.at("処理待ち一覧")
    clerk.says("件が待っています")
    table = clerk.focus()
    assert isinstance(table, QTableView)
    while not _row_has(table, number):
        row = table.currentIndex().row()
        clerk.key(Qt.Key.Key_Down)
        assert table.currentIndex().row() != row, number
    clerk.enter()
    clerk.says("これまでの経過")
    assert number in clerk.shown()


@contextlib.contextmanager
def clerk_at_window(cities: TwoCities, pcscd: Pcscd, application: QApplication, bot: QtBot) -> Iterator[Clerk]:
    """The program's window on a counter of its own."""
    readers = PcscReaders(SystemClock())
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports), "the readers")
    with windows_of_its_own(application):
        desktop = Desktop(cities.counter(readers), application, SystemClock(), SystemRandom())
        desktop.show()
        desktop.window.activateWindow()
        bot.waitUntil(desktop.window.isActiveWindow)
        table = CardTable(cities, pcscd, readers)
        try:
            yield Clerk(desktop.window, bot, desktop, table)
        finally:
            table.take()
            desktop.window.close()
            desktop.close()
