"""An office that knows one password, and the window with its lock before it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.resident_view import CallOut, ResidentView, SaidPage
from app.domain.secret import Secret, secret
from app.errors import AppError, SignInRefused, StoreBusy, Unreachable
from app.services.entrance import Given
from app.services.ports.staff_card import CardAsked
from app.services.unlock import Needed
from app.ui.background import Lane
from app.ui.flows.lock import LockActs, LockFlow, LockParts
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.locked import LockedScreen
from app.ui.screens.sign_in import SignInScreen
from app.ui.widgets.banner import Banner
from app.ui.widgets.words import Words
from app.ui.window import Window


@dataclass(frozen=True)
class Session:
    staff_id: str
    name: str = "訓練 花子"
    office: str = "訓練区役所"


@dataclass
class Office:
    """Knows one password; may be out of reach."""

    password: Secret = field(default_factory=lambda: secret("open sesame"))
    reachable: bool = True
    received: list[Secret] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    seal_fails: bool = False
    asks: CardAsked | None = None
    card_error: AppError | None = None
    open_error: AppError | None = None
    given: list[tuple[str | None, str | None]] = field(default_factory=list)
    pins: list[str | None] = field(default_factory=list)
    wants: Needed = field(default_factory=lambda: Needed(card=False, password=True))

    def ask_card(self, staff_id: str) -> CardAsked | None:
        if not self.reachable:
            raise Unreachable
        return self.asks

    def sign_in(self, staff_id: str, given: Given) -> Session:
        if self.card_error is not None:
            raise self.card_error
        self.given.append((given.card and given.card[1].text(), given.one_time_pass and given.one_time_pass.text()))
        self.check(given.password)
        return Session(staff_id)

    def check(self, password: Secret, pin: Secret | None = None) -> None:
        if self.open_error is not None:
            raise self.open_error
        self.received.append(password)
        self.pins.append(None if pin is None else pin.text())
        if not self.reachable:
            raise Unreachable
        if password != self.password:
            raise SignInRefused

    def needed(self) -> Needed:
        return self.wants

    def seal(self, reason: str) -> None:
        self.sealed.append(reason)
        if self.seal_fails:
            raise StoreBusy


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def lane(qapp: QApplication):
    lane = Lane("office")
    yield lane
    assert lane.close()


def fields(screen) -> list[QLineEdit]:
    return screen.findChildren(QLineEdit)


def said(screen) -> str:
    banner = screen.findChild(Banner)
    return " ".join(one.words() for one in banner.findChildren(Words)) if not banner.isHidden() else ""


@dataclass
class Desk:
    window: Window
    cover: LockedScreen
    display: ResidentDisplay
    watch: LockWatch
    flow: LockFlow
    screen: SignInScreen
    kit: Kit
    clock: Any


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit, lane: Lane, office: Office, clock):
    cover, display = LockedScreen(kit), ResidentDisplay(kit, training=True)
    window = Window(kit, qapp, cover, training=True)
    screen = SignInScreen(kit)
    watch = LockWatch(clock, qapp)
    flow = LockFlow(
        kit,
        LockParts(window, cover, display, watch),
        lane,
        LockActs(lambda: None, office.seal, lambda: None, office.check, lambda: None, office.needed),
    )
    for widget in (window, display):
        qtbot.addWidget(widget)
    window.open_screen(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    display.show_view(ResidentView("A012", SaidPage(CallOut.WAIT)))
    flow.begin("K0001")
    yield Desk(window, cover, display, watch, flow, screen, kit, clock)
    flow.end()


def unlock_by_keys(password: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), password)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
