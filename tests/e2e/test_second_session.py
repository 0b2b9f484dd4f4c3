"""C-08, R-024: at the window itself: the same person at another terminal, asked at the second and told at the first."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.card.readers import PcscReaders
from app.client.counter import Counter
from app.client.desktop import Desktop
from app.domain.clock import SystemClock, SystemRandom
from app.services.entrance import Given
from app.services.ports.seat import Press, press
from app.services.sign_in import Held
from tests.support.city import TwoCities
from tests.support.pcscd import Pcscd
from tests.ui.visit.conftest import Hands

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]

WHO = "w8001"


@dataclass
class Clerk(Hands):
    """Somebody at a window; ``other`` is a counter PC elsewhere in the office."""

    desktop: Desktop
    other: Counter
    cities: TwoCities

    def says(self, text: str) -> None:
        self.bot.waitUntil(lambda: text in self.shown(), timeout=20_000)

    def press(self) -> Press:
        return press(SystemClock(), SystemRandom())

    def sign_in(self) -> None:
        self.type(WHO)
        self.enter()
        self.type(self.cities.password.text())
        self.key(Qt.Key.Key_F12)


@pytest.fixture
def clerk(
    cities_on_postgresql: TwoCities, keyring_home: dict[str, str], pcscd: Pcscd, qapp: QApplication, qtbot: QtBot
) -> Iterator[Clerk]:
    clock = SystemClock()
    readers = PcscReaders(clock)
    other = cities_on_postgresql.counter(readers)
    desktop = Desktop(cities_on_postgresql.counter(PcscReaders(clock)), qapp, clock, SystemRandom())
    desktop.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    yield Clerk(desktop.window, qtbot, desktop, other, cities_on_postgresql)
    desktop.window.close()
    desktop.close()
    other.close()


def test_the_second_window_asks_and_the_first_one_says_from_where_it_was_ended(clerk: Clerk) -> None:
    there = clerk.other.cases.sign_in(clerk.press(), WHO, Given(clerk.cities.password))
    clerk.sign_in()
    clerk.says("同時に使えるのは1台だけです。")
    assert not clerk.desktop._counter.memory.work.is_open
    clerk.enter()
    clerk.says("次の応対")
    assert clerk.desktop._counter.memory.work.is_open
    _the_other_terminal_takes_it_back(clerk)
    there.token.wipe()


def _the_other_terminal_takes_it_back(clerk: Clerk) -> None:
    held = clerk.other.cases.sign_in.admit(clerk.press(), WHO, Given(clerk.cities.password))
    assert isinstance(held, Held)
    clerk.desktop._watch.look()
    where = f"番窓口（{clerk.other.seat.terminal}）"
    clerk.says(f"{where}からサインインがありました")
    clerk.other.cases.sign_in.end_elsewhere(clerk.press(), held)
    clerk.desktop._watch.look()
    clerk.says("別の端末でサインインしたため、ここでのサインインを終了しました")
    clerk.says(where)
    assert not clerk.desktop._counter.memory.work.is_open
    told = clerk.desktop._counter.memory.ended.told()
    assert told is not None
    assert told.data["terminal"] == clerk.other.seat.terminal
