"""Locking, signing out and closing the window while the office is dead or does not answer: nobody has to wait."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.card.given import GivenReaders
from app.client.counter import Counter, open_counter
from app.client.desktop import Desktop
from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom
from app.services.ports.memory import Kind, Outgoing
from app.settings import counter_settings
from app.store.vault import Vault
from app.trust.authority import TerminalName
from app.ui.screens.elsewhere import ElsewhereScreen
from app.ui.screens.sign_in import SignInScreen
from app.wire.desk import OpenVisit
from tests.edge.remote.conftest import Office
from tests.support.backend import MIHON
from tests.support.weak import WEAK
from tests.support.windows import windows_of_its_own

pytestmark = [pytest.mark.keyring, pytest.mark.fault]

STAFF = "k1001"
PATIENCE_S = 3.0
"""What closing may take, however the office stands."""
AT_ONCE_S = 1.0
"""What a person takes for at once, on a machine that has other things to do."""


@dataclass
class Seat:
    """Somebody signed in at the window, and the office that is about to fail."""

    office: Office
    counter: Counter
    desktop: Desktop
    bot: QtBot
    item: str

    def owe(self) -> None:
        """Something lies in the postbox that signing out would like to send."""
        now = SystemClock().now()
        act = Act("visit.opened", now, MIHON, STAFF, "T-01", "trace", visit=self.item)
        message = OpenVisit(visit_id=self.item, ticket="12", opened_at=now)
        self.counter.memory.journal.write(act, Outgoing(self.item, STAFF, self.item, Kind.VISIT_OPENED, message))

    @property
    def work_is_open(self) -> bool:
        return self.counter.memory.work.is_open


@pytest.fixture
def seat(office: Office, keyring_home: dict[str, str], qapp: QApplication, qtbot: QtBot) -> Iterator[Seat]:
    clock, random = SystemClock(), SystemRandom()
    office.mend()
    path = office.backend.setup.add_counter(TerminalName(MIHON, "T-01"), "1", Vault(office.keys, random))
    url = f"https://127.0.0.1:{office.backend.port}"
    settings = replace(counter_settings(path), office_url=url, keyring_service=office.keys)
    counter = open_counter(settings, GivenReaders((), clock), clock, random, strength=WEAK)
    counter.memory.postbox.start()
    with windows_of_its_own(qapp):
        desktop = Desktop(counter, qapp, clock, random)
        yield signed_in(office, counter, desktop, qtbot)
        desktop.close()


def signed_in(office: Office, counter: Counter, desktop: Desktop, qtbot: QtBot) -> Seat:
    """The window after the password, the work open."""
    desktop.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    for text, key in ((STAFF, Qt.Key.Key_Return), (office.backend.setup.team().password.text(), Qt.Key.Key_F12)):
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.keyClick(QApplication.focusWidget(), key)
    qtbot.waitUntil(lambda: not isinstance(desktop.window.current, SignInScreen), timeout=10_000)
    if isinstance(desktop.window.current, ElsewhereScreen):  # whoever left it open did not get through to the office
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)
        qtbot.waitUntil(lambda: not isinstance(desktop.window.current, ElsewhereScreen), timeout=10_000)
    made = Seat(office, counter, desktop, qtbot, f"item-{secrets.token_hex(4)}")
    assert made.work_is_open, type(desktop.window.current).__name__
    return made


@pytest.mark.parametrize("how", ["killed", "hung"])
def test_the_window_closes_within_three_seconds(seat: Seat, how: str) -> None:
    seat.office.fail(how)
    seat.owe()
    begun = time.monotonic()
    seat.desktop.window.close()
    assert time.monotonic() - begun <= PATIENCE_S
    assert not seat.desktop.window.isVisible()
    assert not seat.work_is_open


def test_what_is_being_saved_is_saved_before_the_closing_window_takes_the_key(seat: Seat) -> None:
    work, kept = seat.counter.memory.work, []

    def save() -> None:
        time.sleep(0.3)
        kept.append(work.is_open)
        kept.append(work.drafts())

    seat.desktop._lanes["store"].run(save, owner=seat.desktop, done=lambda _: None, failed=lambda _: None)
    seat.desktop.window.close()
    assert kept == [True, ()]
    assert not seat.work_is_open


@pytest.mark.parametrize("how", ["killed", "hung"])
def test_signing_out_is_over_at_once_for_who_leaves(seat: Seat, how: str) -> None:
    seat.office.fail(how)
    seat.owe()
    begun = time.monotonic()
    seat.desktop.visit.sign_out_asked.emit()
    assert time.monotonic() - begun <= AT_ONCE_S
    assert isinstance(seat.desktop.window.current, SignInScreen)
    assert not seat.work_is_open
    ended = seat.counter.memory.journal.size + 1
    seat.bot.waitUntil(lambda: seat.counter.memory.journal.size >= ended, timeout=int(PATIENCE_S * 1000))
    assert seat.item in [one.item_id for one in seat.counter.memory.postbox.waiting()]


@pytest.mark.parametrize("how", ["killed", "hung"])
def test_the_lock_takes_the_key_at_once(seat: Seat, how: str) -> None:
    seat.office.fail(how)
    seat.owe()
    seat.desktop.visit.save_now()
    begun = time.monotonic()
    QTest.keyClick(seat.desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert seat.desktop.window.is_locked()
    seat.bot.waitUntil(lambda: not seat.work_is_open, timeout=3000)
    assert time.monotonic() - begun <= AT_ONCE_S


def test_whoever_signs_in_after_a_session_ended_at_the_lock_works_in_a_whole_window(seat: Seat) -> None:
    desktop, password = seat.desktop, seat.office.backend.setup.team().password.text()
    seat.bot.keyClick(desktop.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    seat.bot.waitUntil(lambda: desktop.window.current.title == "送信の状況", timeout=5_000)
    for _ in range(2):
        seat.bot.keyClick(desktop.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        seat.bot.waitUntil(lambda: not seat.work_is_open, timeout=5_000)
        desktop._lock.other_person_asked.emit()
        seat.bot.waitUntil(lambda: isinstance(desktop.window.current, SignInScreen), timeout=5_000)
        for text, key in ((STAFF, Qt.Key.Key_Return), (password, Qt.Key.Key_F12)):
            QTest.keyClicks(QApplication.focusWidget(), text)
            QTest.keyClick(QApplication.focusWidget(), key)
        seat.bot.waitUntil(lambda: seat.work_is_open, timeout=10_000)
        seat.bot.waitUntil(lambda: desktop.window.current.title == "次の応対", timeout=5_000)
        seat.bot.keyClick(desktop.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
        seat.bot.waitUntil(lambda: desktop.window.current.title == "送信の状況", timeout=5_000)
