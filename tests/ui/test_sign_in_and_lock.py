"""Signing in, idling, locking and unlocking, as the clerk meets them."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.secret import Secret, secret
from app.errors import AppError, PasswordDue, SignInRefused, StaffPinWrong, StoreBusy, Unreachable
from app.services.entrance import Given
from app.services.ports.staff_card import CardAsked
from app.services.unlock import Needed
from app.ui.background import Lane
from app.ui.flows.lock import LockActs, LockFlow, LockParts
from app.ui.flows.sign_in import SignInActs, SignInFlow
from app.ui.kit import Kit
from app.ui.lock_watch import LockWatch
from app.ui.resident_display import ResidentDisplay, ResidentView
from app.ui.screens.locked import LockedScreen, LockReason
from app.ui.screens.sign_in import SignInScreen
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
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


@pytest.fixture
def entrance(qtbot: QtBot, kit: Kit, lane: Lane, office: Office):
    screen = SignInScreen(kit, "0.1.0")
    qtbot.addWidget(screen)
    screen.show()
    flow = SignInFlow(kit, screen, lane, SignInActs(office.ask_card, office.sign_in))
    return screen, flow


def type_in(screen, staff_id: str, password: str) -> None:
    first, second = fields(screen)[:2]
    first.setText(staff_id)
    QTest.keyClicks(second, password)


def test_the_right_password_opens_a_session_and_leaves_nothing_on_the_screen(qtbot, entrance, office):
    screen, flow = entrance
    type_in(screen, "K0001", "open sesame")
    with qtbot.waitSignal(flow.signed_in) as signed_in:
        screen.do("commit")
    assert signed_in.args == [Session("K0001")]
    assert [one.text() for one in fields(screen)[:2]] == ["", ""]
    assert office.received[0].reveal() == bytes(len(b"open sesame"))


def test_a_refusal_says_not_which_part_was_wrong_and_keeps_the_staff_number(qtbot, entrance, kit: Kit):
    screen, _ = entrance
    type_in(screen, "K0001", "wrong")
    screen.do("commit")
    qtbot.waitUntil(lambda: bool(said(screen)))
    assert kit.messages.of(SignInRefused()).title in said(screen)
    assert [one.text() for one in fields(screen)[:2]] == ["K0001", ""]


ASKED = CardAsked("a1", "{}")


def test_the_staff_card_is_asked_after_the_password_and_its_own_trouble_asks_again(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.asks, office.card_error = ASKED, StaffPinWrong(left=5)
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(lambda: not fields(screen)[2].isHidden() and fields(screen)[2].isVisible())
    assert not fields(screen)[1].isVisible()
    QTest.keyClicks(fields(screen)[2], "482916")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(StaffPinWrong(left=5)).title in said(screen))
    assert fields(screen)[2].text() == ""
    office.card_error = None
    QTest.keyClicks(fields(screen)[2], "482917")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
    assert office.given == [("482917", None)]
    assert [one.text() for one in fields(screen)] == [""] * 4
    assert fields(screen)[1].isVisible()


def test_a_pass_takes_the_card_s_place(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.asks = ASKED
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    words = kit.texts.sign_in
    next(one for one in screen.findChildren(Button) if one.text() == words.use_pass).click()
    screen.do("commit")
    assert words.empty_pass in " ".join(one.words() for one in screen.findChildren(Words))
    QTest.keyClicks(fields(screen)[3], "ABCD-EFGH-JKMN")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
    assert office.given == [(None, "ABCD-EFGH-JKMN")]


def test_beginning_again_forgets_the_password_and_a_refusal_asks_for_it_again(qtbot, entrance, office, kit: Kit):
    screen, _ = entrance
    office.asks = ASKED
    type_in(screen, "K0001", "wrong")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    QTest.keyClicks(fields(screen)[2], "482916")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(SignInRefused()).title in said(screen))
    assert fields(screen)[1].isVisible()
    assert office.received[0].reveal() == bytes(len(b"wrong"))
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(fields(screen)[2].isVisible)
    next(one for one in screen.findChildren(Button) if one.text() == kit.texts.sign_in.card_back).click()
    assert fields(screen)[1].isVisible()
    assert not fields(screen)[2].isVisible()


def test_out_of_reach_is_said_as_such_and_signing_in_works_afterwards(qtbot, entrance, office, kit: Kit):
    screen, flow = entrance
    office.reachable = False
    type_in(screen, "K0001", "open sesame")
    screen.do("commit")
    qtbot.waitUntil(lambda: kit.messages.of(Unreachable()).title in said(screen))
    office.reachable = True
    QTest.keyClicks(fields(screen)[1], "open sesame")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")


def test_empty_fields_ask_nobody_and_say_what_is_missing(qtbot, entrance, office, kit: Kit):
    screen, _ = entrance
    screen.do("commit")
    shown = " ".join(one.words() for one in screen.findChildren(Words) if not one.isHidden())
    assert kit.texts.sign_in.empty_staff_id in shown
    assert kit.texts.sign_in.empty_password in shown
    assert office.received == []


def test_a_second_press_while_the_answer_is_awaited_asks_nothing(qtbot, entrance, office):
    screen, flow = entrance
    type_in(screen, "K0001", "open sesame")
    with qtbot.waitSignal(flow.signed_in):
        screen.do("commit")
        QTest.keyClicks(fields(screen)[1], "again")
        screen.do("commit")
    assert len(office.received) == 1


def test_the_screen_says_that_use_is_traced_and_that_the_staff_card_comes_next(entrance, kit: Kit):
    """C-13, R-056: use outside the work can be traced, and the sign-in screen says so."""
    screen, _ = entrance
    shown = " ".join(one.words() for one in screen.findChildren(Words))
    assert kit.texts.sign_in.trace_notice in shown
    assert kit.texts.sign_in.second_text in shown


# the lock


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
    display.show_view(ResidentView("A012"))
    flow.begin("K0001")
    yield Desk(window, cover, display, watch, flow, screen, kit, clock)
    flow.end()


def unlock_by_keys(password: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), password)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_after_180_idle_seconds_it_locks_and_20_before_it_says_so(qtbot, desk: Desk, office, kit: Kit, clock):
    """C-07, R-027: personal data leave every display after a short time, the resident's too."""
    clock.move(159)
    desk.watch.look()
    assert not desk.window.is_locked()
    with qtbot.waitSignal(desk.watch.warned) as warned:
        clock.move(1)
        desk.watch.look()
    assert warned.args == [20]
    clock.move(20)
    desk.watch.look()
    assert desk.window.is_locked()
    assert desk.display.is_neutral()
    qtbot.waitUntil(lambda: office.sealed == ["idle"])


def test_a_key_in_time_takes_the_warning_back(qtbot, desk: Desk, kit: Kit, clock):
    clock.move(170)
    desk.watch.look()
    with qtbot.waitSignal(desk.watch.calmed):
        QTest.keyClick(desk.window, Qt.Key.Key_Shift)
    clock.move(179)
    desk.watch.look()
    assert not desk.window.is_locked()
    clock.move(1)
    desk.watch.look()
    assert desk.window.is_locked()


def test_setting_the_clock_of_the_pc_neither_locks_nor_keeps_open(desk: Desk, clock):
    clock._now = clock._now.replace(year=2030)
    desk.watch.look()
    assert not desk.window.is_locked()


def test_an_office_can_not_set_the_idle_time_beyond_five_minutes(qapp, clock, qtbot):
    watch = LockWatch(clock, qapp, idle_s=3600)
    watch.start()
    clock.move(300)
    with qtbot.waitSignal(watch.timed_out):
        watch.look()
    watch.stop()


def test_the_same_person_unlocks_and_goes_on_in_the_same_field(qtbot, desk: Desk):
    """C-06, R-025: a lock opens by the same person's authentication."""
    first = fields(desk.screen)[0]
    first.setFocus()
    first.setText("half typ")
    first.setCursorPosition(4)
    desk.flow.lock(LockReason.ASKED)
    assert desk.window.is_locked()
    unlock_by_keys("open sesame")
    qtbot.waitUntil(lambda: not desk.window.is_locked())
    assert desk.window.focusWidget() is first
    assert (first.text(), first.cursorPosition()) == ("half typ", 4)


def test_a_wrong_password_keeps_it_locked_and_says_so(qtbot, desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.ASKED)
    unlock_by_keys("wrong")
    qtbot.waitUntil(lambda: kit.texts.lock.refused_title in said(desk.cover))
    assert desk.window.is_locked()
    assert not fields(desk.cover)[0].text()


def test_the_cover_names_no_person(desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.IDLE)
    shown = " ".join(one.words() for one in desk.cover.findChildren(Words))
    assert "K0001" in shown
    assert "訓練 花子" not in shown


def test_without_a_session_there_is_nothing_to_lock(desk: Desk, office):
    desk.flow.end()
    desk.window.lock_asked.emit()
    assert not desk.window.is_locked()
    assert office.sealed == []


def test_the_cover_is_on_even_when_sealing_fails(qtbot, desk: Desk, office, kit: Kit):
    office.seal_fails = True
    desk.flow.lock(LockReason.SYSTEM)
    assert desk.window.is_locked()
    qtbot.waitUntil(lambda: kit.messages.of(StoreBusy()).title in said(desk.cover))
    assert desk.window.is_locked()


def test_somebody_else_may_ask_to_sign_in_instead(qtbot, desk: Desk):
    desk.flow.lock(LockReason.ASKED)
    with qtbot.waitSignal(desk.flow.other_person_asked):
        desk.cover.other_person_asked.emit()
    desk.flow.end()
    assert not desk.window.is_locked()


def test_after_15_locked_minutes_the_session_ends_and_a_moved_clock_of_the_pc_changes_nothing(
    qtbot, desk: Desk, clock, kit: Kit
):
    """C-05, R-026: whoever stays away is logged out."""
    ended = []
    desk.flow.given_up.connect(lambda: ended.append(True))
    desk.flow.lock(LockReason.ASKED)
    clock._now = clock._now.replace(year=2030)
    clock.move(899)
    desk.flow.look()
    assert ended == []
    clock.move(1)
    desk.flow.look()
    assert ended == [True]
    desk.flow.end()
    desk.flow.look()
    assert ended == [True]


@pytest.mark.parametrize(("asked_s", "given_s"), [(60, 300), (1800, 1800), (86_400, 3600)])
def test_an_office_sets_the_locked_time_between_5_and_60_minutes(
    qtbot, desk: Desk, lane: Lane, office: Office, asked_s: float, given_s: float
):
    clock = desk.clock
    acts = LockActs(lambda: None, office.seal, lambda: None, office.check, lambda: None, office.needed)
    parts = LockParts(desk.window, desk.cover, desk.display, desk.watch)
    flow = LockFlow(desk.kit, parts, lane, acts, longest_s=asked_s)
    flow.begin("K0001")
    flow.lock(LockReason.ASKED)
    clock.move(given_s - 1)
    flow.look()
    with qtbot.waitSignal(flow.given_up):
        clock.move(1)
        flow.look()
    flow.end()


def shown_fields(desk: Desk) -> list[str]:
    return [one.accessibleName() for one in fields(desk.cover) if one.isVisible()]


def test_with_the_staff_card_its_pin_alone_unlocks_and_the_password_is_not_asked(qtbot, desk: Desk, office, kit: Kit):
    """C-06: the same person, by the card in the hand."""
    office.wants, office.password = Needed(card=True, password=False), secret("")
    desk.flow.end()
    desk.flow.begin("K0001", has_card=True)
    desk.flow.lock(LockReason.ASKED)
    qtbot.waitUntil(lambda: shown_fields(desk) == [kit.texts.lock.card_pin])
    assert kit.texts.lock.card_lead in " ".join(one.words() for one in desk.cover.findChildren(Words))
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: not desk.window.is_locked())
    assert office.pins == ["482916"]


def test_when_the_password_is_due_it_is_asked_besides_and_the_cursor_stands_in_it(qtbot, desk: Desk, office, kit: Kit):
    """R-025: after failed tries and after some hours the password is asked for again."""
    office.wants = Needed(card=True, password=False)
    desk.flow.end()
    desk.flow.begin("K0001", has_card=True)
    desk.flow.lock(LockReason.IDLE)
    qtbot.waitUntil(lambda: len(shown_fields(desk)) == 1)
    office.wants, office.open_error = Needed(card=True, password=True), PasswordDue()
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: kit.messages.of(PasswordDue()).title in said(desk.cover))
    qtbot.waitUntil(lambda: len(shown_fields(desk)) == 2)
    assert desk.window.focusWidget().accessibleName() == kit.texts.lock.password
    assert kit.texts.lock.both_lead in " ".join(one.words() for one in desk.cover.findChildren(Words))
    office.open_error = None
    QTest.keyClicks(QApplication.focusWidget(), "open sesame")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    unlock_by_keys("482916")
    qtbot.waitUntil(lambda: not desk.window.is_locked())


def test_the_cover_says_how_long_work_may_go_on_without_the_office(desk: Desk, kit: Kit):
    desk.flow.lock(LockReason.IDLE)
    desk.flow.show_left(kit.texts.frame.offline_left(7, 59))
    assert "あと7時間59分" in " ".join(one.words() for one in desk.cover.findChildren(Words) if one.isVisible())
    desk.flow.show_left("")
    assert "あと7時間59分" not in " ".join(one.words() for one in desk.cover.findChildren(Words) if one.isVisible())
