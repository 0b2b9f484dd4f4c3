"""Two factors at the window itself: the staff card on a real reader of its own, for signing in and at the lock."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.card.readers import PcscReaders
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.client.desktop import Desktop
from app.domain.clock import SystemClock, SystemRandom
from app.standin.authenticator.card import StaffCard
from tests.support.cards import VirtualReader
from tests.support.city import WITH_CARD, TwoCities
from tests.support.far_window import BETWEEN, ELSEWHERE
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.staff_keys import STAFF_PIN, is_seen, staff_card
from tests.ui.visit.conftest import Hands

pytestmark = [pytest.mark.timeout(180), pytest.mark.card, pytest.mark.keyring]


@dataclass
class Clerk(Hands):
    """Somebody at the window with a card in the pocket."""

    desktop: Desktop
    reader: VirtualReader
    card: StaffCard
    cities: TwoCities

    @property
    def password(self) -> str:
        return self.cities.password.text()

    def says(self, text: str) -> None:
        self.bot.waitUntil(lambda: text in self.shown(), timeout=20_000)


@pytest.fixture
def clerk(
    cities_on_postgresql: TwoCities, keyring_home: dict[str, str], pcscd: Pcscd, qapp: QApplication, qtbot: QtBot
) -> Iterator[Clerk]:
    """The program's window; the second reader is for staff cards."""
    name, port = list(pcscd.ports.items())[1]
    clock = SystemClock()
    readers = PcscReaders(clock, serves=lambda reader: reader != name)
    wait_for(lambda: len(readers.seen().readers) == len(pcscd.ports) - 1, "the resident's reader")
    held = FidoStaffCards(partial(on_readers, (name,), clock), clock, watched(frozenset({name}), clock))
    counter = cities_on_postgresql.counter(readers, staff_cards=held)
    desktop = Desktop(counter, qapp, clock, SystemRandom())
    desktop.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    reader = VirtualReader(port, name)
    yield Clerk(desktop.window, qtbot, desktop, reader, cities_on_postgresql.staff_card(), cities_on_postgresql)
    reader.take()
    desktop.window.close()
    desktop.close()


def test_a_clerk_signs_in_with_password_and_card_and_unlocks_with_the_card_with_and_without_the_office(
    clerk: Clerk,
) -> None:
    """C-01, R-055, S13-5: two factors at the door, neither alone."""
    clerk.type(WITH_CARD)
    clerk.enter()
    clerk.type(clerk.password)
    clerk.key(Qt.Key.Key_F12)
    clerk.says("職員カードの暗証番号")
    clerk.type(STAFF_PIN)
    clerk.key(Qt.Key.Key_F12)
    clerk.says("職員カードがありません")
    clerk.reader.put(clerk.card)
    wait_for(partial(is_seen, clerk.reader.name), "the staff card")
    clerk.type("000000")
    clerk.key(Qt.Key.Key_F12)
    clerk.says("残りは7回です")
    clerk.type(STAFF_PIN)
    clerk.key(Qt.Key.Key_F12)
    clerk.bot.waitUntil(lambda: clerk.screen.title in {BETWEEN, ELSEWHERE})
    if clerk.screen.title == ELSEWHERE:  # a window of another test was killed
        clerk.enter()
    clerk.at(BETWEEN)
    lock_and_unlock(clerk)


def lock_and_unlock(clerk: Clerk) -> None:
    """C-06, R-025: after the sign-in with both, the card with its PIN unlocks; its slot was made at the sign-in."""
    lock(clerk)
    unlock(clerk, "000000")
    clerk.says("残りは7回です")
    assert clerk.window.is_locked()
    unlock(clerk, STAFF_PIN)
    clerk.bot.waitUntil(lambda: not clerk.window.is_locked(), timeout=20_000)
    clerk.cities.here.kill()
    try:
        lock_and_unlock_alone(clerk)
    finally:
        clerk.cities.here.start()
    unlock(clerk, STAFF_PIN)
    clerk.bot.waitUntil(lambda: not clerk.window.is_locked(), timeout=20_000)
    clerk.reader.take()
    clerk.bot.waitUntil(clerk.window.is_locked, timeout=5000)
    clerk.says("職員カードが読み取り機から離れた")


def lock_and_unlock_alone(clerk: Clerk) -> None:
    """Without the office the card unlocks too, as the lease names it; another card does not. It stays locked."""
    lock(clerk)
    unlock(clerk, STAFF_PIN)
    clerk.bot.waitUntil(lambda: not clerk.window.is_locked(), timeout=20_000)
    clerk.says("接続なし　あと")
    clerk.reader.take()
    clerk.bot.waitUntil(clerk.window.is_locked, timeout=5000)
    clerk.says("接続なし　あと")
    clerk.reader.put(staff_card())
    wait_for(partial(is_seen, clerk.reader.name), "a card of somebody else")
    unlock(clerk, STAFF_PIN)
    clerk.says("登録されていない職員カード")
    clerk.reader.put(clerk.card)
    wait_for(partial(is_seen, clerk.reader.name), "the staff card")
    assert clerk.window.is_locked()


def lock(clerk: Clerk) -> None:
    clerk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    clerk.bot.waitUntil(clerk.window.is_locked, timeout=5000)


def unlock(clerk: Clerk, pin: str) -> None:
    clerk.says("職員カードとその暗証番号で解除できます")
    clerk.type(pin)
    clerk.enter()
    clerk.enter()
