"""The window while the office is dead: what is left is shown, what needs the office says so, and then it locks."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.card.given import GivenReaders
from app.client.counter import Counter, open_counter
from app.client.desktop import Desktop
from app.domain.clock import SystemClock, SystemRandom
from app.domain.counter_rules import CounterRules
from app.domain.secret import Secret
from app.errors import LeaseOver, RegisterNeedsOffice, UnknownHere
from app.services.entrance import Given
from app.services.ports.seat import Press, Session, press
from app.settings import TighterSettings, counter_settings
from app.store.vault import Vault
from app.trust.authority import TerminalName
from app.ui.screens.elsewhere import ElsewhereScreen
from app.ui.screens.sign_in import SignInScreen
from app.wire.register import SearchByFour
from tests.edge.remote.conftest import Office
from tests.support.backend import MIHON
from tests.support.weak import WEAK

pytestmark = [pytest.mark.keyring, pytest.mark.fault]

STAFF, OTHER = "k1001", "k1002"


@dataclass
class AheadClock:
    """The machine's clock, set forward by hand; what counts idle seconds is not."""

    ahead: timedelta = timedelta(0)
    _real: SystemClock = field(default_factory=SystemClock)

    def now(self) -> datetime:
        return self._real.now() + self.ahead

    def monotonic(self) -> float:
        return self._real.monotonic()


@dataclass
class Seat:
    """Somebody signed in at the window of a counter."""

    office: Office
    counter: Counter
    desktop: Desktop
    clock: AheadClock
    bot: QtBot

    def press(self) -> Press:
        return press(self.clock, SystemRandom())

    def says(self, text: str) -> None:
        def shown() -> bool:
            self.desktop._alone.look()
            return any(text in label.text() for label in self.desktop.window.findChildren(QLabel) if label.isVisible())

        try:
            self.bot.waitUntil(shown, timeout=10_000)
        except Exception as error:
            labels = self.desktop.window.findChildren(QLabel)
            raise AssertionError([label.text() for label in labels if label.isVisible()]) from error


@pytest.fixture
def seat(office: Office, keyring_home: dict[str, str], qapp: QApplication, qtbot: QtBot) -> Iterator[Seat]:
    clock, random, keys = AheadClock(), SystemRandom(), f"madoguchi-test-{secrets.token_hex(6)}"
    office.mend()
    made = office.backend
    path = made.setup.add_counter(TerminalName(MIHON, "T-02"), "2", Vault(keys, random))
    url = f"https://127.0.0.1:{made.port}"
    settings = replace(counter_settings(path), office_url=url, keyring_service=keys, lock_after_s=900)
    settings = replace(settings, tighter=TighterSettings(sign_out_after_s=600))
    counter = open_counter(settings, GivenReaders((), clock), clock, random, strength=WEAK)
    counter.memory.postbox.start()
    desktop = Desktop(counter, qapp, clock, random)
    desktop.show()
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    type_in(STAFF, Qt.Key.Key_Return)
    type_in(made.setup.team().password.text(), Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: not isinstance(desktop.window.current, SignInScreen), timeout=10_000)
    if isinstance(desktop.window.current, ElsewhereScreen):  # whoever left it open did not get through to the office
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)
        qtbot.waitUntil(lambda: not isinstance(desktop.window.current, ElsewhereScreen), timeout=10_000)
    yield Seat(office, counter, desktop, clock, qtbot)
    desktop.close()


def type_in(text: str, key: Qt.Key) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), key)


def test_a_window_without_its_office_counts_down_refuses_in_plain_words_and_locks_when_the_lease_is_over(
    seat: Seat,
) -> None:
    cases, session = seat.counter.cases, seat.desktop._session
    assert isinstance(session, Session)
    usual = replace(CounterRules(), second_factor=False, sign_out_after_s=600)
    assert (cases.rules.last.rules, cases.rules.last.version) == (usual, 0)
    assert seat.desktop._lock._watch._idle_s == 180, "the PC's own 900 s loosen nothing"
    visit = cases.open_visit(seat.press(), session, "12")
    seat.office.fail("killed")
    with pytest.raises(RegisterNeedsOffice):
        cases.find_person.by_entry(seat.press(), session, visit, SearchByFour(name="見本　花子"))
    with pytest.raises(UnknownHere):
        cases.sign_in.ask_card(seat.press(), OTHER)
    seat.says("接続なし　あと7時間59分使えます")
    seat.clock.ahead = timedelta(hours=3)
    seat.says("接続なし　あと4時間59分使えます")
    seat.clock.ahead = timedelta(hours=8)
    seat.says("続けられる時間が終わったため、ロックしました")
    seat.bot.waitUntil(lambda: not seat.counter.memory.work.is_open, timeout=3000)
    password = seat.office.backend.setup.team().password
    with pytest.raises(LeaseOver):
        cases.unlock(seat.press(), session, Given(password))
    seat.desktop._lock._screen.unlock_asked.emit(Secret(password.reveal()), None)
    seat.says("サーバーなしで続けられる時間が終わりました")
    assert seat.desktop.window.is_locked()
    assert not seat.counter.memory.work.is_open
