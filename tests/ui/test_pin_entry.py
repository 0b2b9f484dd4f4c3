"""Entering a PIN: the resident's own keypad, what the clerk sees of it, and that nothing of it stays anywhere."""

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.secret import Secret
from app.ui.flows.pin_entry import Faces, PinFlow, PinKind, Wanted
from app.ui.kit import Kit
from app.ui.resident.words import BASE, LANGUAGES
from app.ui.resident_display import ResidentDisplay
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.screens.pin_entry import PinEntryScreen
from app.ui.widgets.pin_pad import PinAsk, PinPad
from app.ui.window import Window

PIN, PASSWORD = "7391", "KX42PQ"


class SecondScreen(ResidentDisplay):
    """A display that has a screen of its own, as at a counter with two."""

    def stand_beside(self, window: QWidget) -> bool:
        self.show()
        return True


class Place:
    """A window with a screen in it, a display, and what came of an entry."""

    def __init__(self, kit: Kit, application: QApplication, display: ResidentDisplay) -> None:
        self.window = Window(kit, application, LockedScreen(kit), training=False)
        self.display, self.screen, self.work = display, PinEntryScreen(kit), Screen(kit, "作業")
        self.flow = PinFlow(kit, self.screen, Faces(self.window, display))
        self.flow.opened.connect(self.window.open_screen)
        self.flow.ended.connect(self.window.open_screen)
        self.window.open_screen(self.work)
        self.given: list[tuple[Secret | None, bool]] = []

    def ask(self, kind: PinKind = PinKind.USER, left: int | None = 3, *, has_pad: bool = False) -> None:
        self.flow.ask(Wanted(kind, left, has_pad, lambda entry, last: self.given.append((entry, last))))

    @property
    def pad(self) -> PinPad:
        return next(one for top in (self.window, self.display) for one in top.findChildren(PinPad) if one.isVisible())

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget(), key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)


@pytest.fixture
def one_screen(kit: Kit, qapp: QApplication, qtbot: QtBot) -> Place:
    return opened(Place(kit, qapp, ResidentDisplay(kit, training=True)), qtbot)


@pytest.fixture
def two_screens(kit: Kit, qapp: QApplication, qtbot: QtBot) -> Place:
    return opened(Place(kit, qapp, SecondScreen(kit, training=True)), qtbot)


def opened(place: Place, qtbot: QtBot) -> Place:
    for widget in (place.display, place.window):
        qtbot.addWidget(widget)
    place.window.show()
    place.window.activateWindow()
    qtbot.waitUntil(place.window.isActiveWindow)
    return place


def test_a_resident_taps_on_their_own_screen_while_the_clerk_sees_dots_only(two_screens: Place, kit: Kit):
    two_screens.ask()
    keys = {one.text(): one for one in two_screens.pad.findChildren(QPushButton)}
    for digit in PIN:
        keys[digit].click()
    assert two_screens.screen._dots.accessibleName() == "4文字のうち4文字を入力"
    assert PIN not in said(two_screens.window) + said(two_screens.display)
    keys[kit.texts.pin.give].click()
    assert [(entry.text(), last) for entry, last in two_screens.given] == [(PIN, False)]
    assert two_screens.display.is_neutral()
    assert two_screens.window.current is two_screens.work


@pytest.mark.parametrize("code", [one for one in LANGUAGES if one != BASE])
def test_the_keypad_speaks_the_language_the_resident_chose(two_screens: Place, code: str) -> None:
    """Title, keys and the word about what is too short; the official Japanese stays below; every word is whole."""
    display = two_screens.display
    display.pages.show_visit("12", code)
    two_screens.ask(PinKind.SIGN)
    said = display.words.language(code).sentences
    pad = two_screens.pad
    labels = [one.text() for one in pad.findChildren(QLabel) if one.isVisible()]
    assert said["pin_sign_password"].text in labels
    assert "署名用パスワード（英数字6〜16文字）を入力してください" in labels
    assert any(display.words.language(code).unreviewed in one for one in labels)
    keys = {one.text(): one for one in pad.findChildren(QPushButton)}
    for name in ("pin_give", "pin_correct", "pin_cancel"):
        key = keys[said[name].text]
        assert key.fontMetrics().horizontalAdvance(key.text()) <= key.width(), (code, name)
    keys[said["pin_give"].text].click()
    assert said["pin_short"].text.format(least=6) in [one.text() for one in pad.findChildren(QLabel)]


def test_in_service_a_language_nobody_reviewed_keeps_the_official_words(kit: Kit, qapp: QApplication, qtbot: QtBot):
    """Negative twin."""
    place = opened(Place(kit, qapp, SecondScreen(kit, training=False)), qtbot)
    place.display.pages.show_visit("12", "vi")
    place.ask()
    labels = [one.text() for one in place.pad.findChildren(QLabel) if one.isVisible()]
    assert "利用者証明用の暗証番号（数字4けた）を入力してください" in labels
    assert "Enter your 4-digit PIN for user certification" in labels


def test_a_keypad_plugged_into_the_pc_types_on_the_residents_screen(two_screens: Place):
    two_screens.ask()
    two_screens.type(PIN[:3] + "0")
    two_screens.key(Qt.Key.Key_Backspace)
    two_screens.type(PIN[3])
    two_screens.key(Qt.Key.Key_Return)
    assert two_screens.given[0][0].text() == PIN


def test_letters_of_a_password_become_capitals_and_too_few_are_asked_for(two_screens: Place, kit: Kit):
    two_screens.ask(PinKind.SIGN)
    two_screens.type(PASSWORD[:3].lower())
    two_screens.key(Qt.Key.Key_Return)
    assert kit.texts.pin.too_short(6) in said(two_screens.display)
    two_screens.type(PASSWORD[3:].lower() + "!")
    two_screens.key(Qt.Key.Key_Return)
    assert two_screens.given[0][0].text() == PASSWORD


def test_what_was_typed_is_overwritten_when_it_is_cancelled(one_screen: Place):
    one_screen.ask()
    one_screen.key(Qt.Key.Key_F12)
    pad = one_screen.pad
    buffer = pad._entry
    one_screen.type(PIN)
    assert bytes(buffer) == PIN.encode()
    one_screen.key(Qt.Key.Key_Escape)
    assert bytes(buffer) == b""
    assert one_screen.given == []
    assert one_screen.window.current is one_screen.work


def test_a_lock_in_the_middle_of_an_entry_forgets_it_and_comes_back_to_the_work(one_screen: Place):
    one_screen.ask()
    one_screen.key(Qt.Key.Key_F12)
    one_screen.type("12")
    one_screen.window.lock()
    one_screen.flow.end()
    one_screen.window.unlock()
    assert not [one for one in one_screen.window.findChildren(PinPad) if one.isVisible()]
    assert one_screen.window.current is one_screen.work
    assert one_screen.given == []


def test_a_lock_also_empties_the_residents_screen_and_the_next_entry_works(two_screens: Place, qapp: QApplication):
    two_screens.ask()
    two_screens.type("12")
    two_screens.window.lock()
    two_screens.display.show_neutral()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    two_screens.flow.end()
    two_screens.window.unlock()
    two_screens.ask()
    two_screens.type(PIN)
    two_screens.key(Qt.Key.Key_Return)
    assert [entry.text() for entry, _ in two_screens.given] == [PIN]


def test_no_function_key_does_anything_while_the_window_is_turned(one_screen: Place):
    asked: list[str] = []
    one_screen.window.resident_display_asked.connect(lambda: asked.append("display"))
    one_screen.ask()
    one_screen.key(Qt.Key.Key_F12)
    for key in (Qt.Key.Key_F12, Qt.Key.Key_F8, Qt.Key.Key_F2):
        one_screen.key(key)
    assert asked == []
    assert one_screen.pad.isVisible()


def test_a_reader_with_keys_is_named_and_no_keypad_is_shown_anywhere(two_screens: Place, kit: Kit):
    two_screens.ask(has_pad=True)
    assert kit.texts.pin.on_reader in said(two_screens.window)
    assert two_screens.given == [(None, False)]
    assert two_screens.display.is_neutral()
    two_screens.flow.end()
    assert two_screens.window.current is two_screens.work


def test_the_last_attempt_waits_for_the_clerk_also_where_the_reader_takes_it(two_screens: Place, kit: Kit):
    two_screens.ask(left=1, has_pad=True)
    assert two_screens.given == []
    assert kit.texts.pin.last_title in said(two_screens.window)
    two_screens.key(Qt.Key.Key_F12)
    assert two_screens.given == [(None, True)]


def test_the_keys_are_big_enough_and_named(kit: Kit, qtbot: QtBot):
    for letters, least in ((False, 48), (True, 44)):
        pad = PinPad(kit, PinAsk("番号", letters=letters))
        qtbot.addWidget(pad)
        pad.resize(1366, 744)
        pad.show()
        keys = pad.findChildren(QPushButton)
        assert min(min(one.width(), one.height()) for one in keys) >= least
        assert all(one.accessibleName() for one in keys)
        assert pad.minimumSizeHint().height() <= 744


def test_no_string_of_an_entry_stays_with_the_window(two_screens: Place):
    two_screens.ask()
    two_screens.type(PIN)
    two_screens.key(Qt.Key.Key_Return)
    two_screens.given[0][0].wipe()
    two_screens.given.clear()
    gc.collect()
    for widget in QApplication.allWidgets():
        assert PIN not in widget.accessibleName() + widget.accessibleDescription()


def said(top: QWidget) -> str:
    """Everything that is shown or spoken in a window."""
    labels = [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
    spoken = [one.accessibleName() + one.accessibleDescription() for one in top.findChildren(QWidget)]
    return "\n".join((*labels, *spoken))
