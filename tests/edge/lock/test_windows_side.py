"""C-10, R-027, R-029: what the program does with what Windows says, tried without Windows: messages, keys, windows."""

import ctypes
from ctypes import wintypes
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.capture import CaptureGuard, PicturesOf
from app.desktop.print_key import KeyHeld, NoPrintKey
from app.desktop.windows_keys import KEYS, HotKeys
from app.desktop.windows_messages import Messages, Told, WindowsWatch, told

SESSION, POWER, COMMAND, HOT_KEY, PAINT = 0x02B1, 0x0218, 0x0112, 0x0312, 0x000F


def message(number: int, word: int) -> wintypes.MSG:
    found = wintypes.MSG()
    found.message, found.wParam = number, word
    return found


@pytest.mark.parametrize(
    ("number", "word", "meant"),
    [
        (SESSION, 0x7, Told.LEAVING),
        (SESSION, 0x2, Told.LEAVING),
        (SESSION, 0x4, Told.LEAVING),
        (SESSION, 0x6, Told.LEAVING),
        (SESSION, 0x8, Told.NOTHING),
        (SESSION, 0x1, Told.NOTHING),
        (POWER, 0x4, Told.LEAVING),
        (POWER, 0x7, Told.NOTHING),
        (POWER, 0x12, Told.NOTHING),
        (COMMAND, 0xF142, Told.LEAVING),
        (COMMAND, 0xF060, Told.NOTHING),
        (HOT_KEY, 3, Told.KEY),
        (PAINT, 0x7, Told.NOTHING),
    ],
    ids=[
        "locked", "console left", "remote line left", "logged off", "unlocked", "console back", "sleep",
        "awake by hand", "awake by itself", "screen saver", "window closed", "hot key", "painting",
    ],
)  # fmt: skip
def test_lock_logoff_sleep_and_screen_saver_are_leaving_and_their_ends_are_not(number, word, meant):
    heard: list[Told] = []
    raw = message(number, word)
    listener = Messages(heard.append)
    assert listener.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(raw)) == (False, 0)
    assert heard == ([] if meant is Told.NOTHING else [meant])
    assert told(number, word) is meant


def test_messages_of_another_system_are_not_read():
    heard: list[Told] = []
    assert Messages(heard.append).nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert heard == []


def test_the_watch_has_windows_tell_of_its_session_and_says_so_where_it_does_not(qapp: QApplication, qtbot: QtBot):
    asked: list[int] = []

    def register(window: int) -> bool:
        asked.append(window)
        return len(asked) == 1

    watch = WindowsWatch(qapp, 77, register)
    assert watch.start()
    assert asked == [77]
    with qtbot.waitSignal(watch.leaving):
        raw = message(SESSION, 0x7)
        watch._messages.nativeEventFilter(b"windows_dispatcher_MSG", ctypes.addressof(raw))
    assert not WindowsWatch(qapp, 77, register).start()


@dataclass
class Table:
    """RegisterHotKey as documented: a number and a combination once each; some belong to others."""

    others: frozenset[tuple[int, int]] = frozenset()
    held: dict[int, tuple[int, int]] = field(default_factory=dict)

    def register(self, number: int, modifiers: int, key: int) -> bool:
        combination = (modifiers, key)
        if number in self.held or combination in self.others or combination in self.held.values():
            return False
        self.held[number] = combination
        return True

    def unregister(self, number: int) -> None:
        del self.held[number]


@pytest.mark.parametrize(
    ("others", "held"),
    [
        ((), KeyHeld.TAKEN),
        (((0xC, 0x53),), KeyHeld.PARTLY),
        (((0x0, 0x2C),), KeyHeld.PARTLY),
        (KEYS, KeyHeld.BY_OTHERS),
    ],
    ids=["all free", "Windows keeps its own", "a program has Print", "everything taken"],
)
def test_each_combination_is_taken_that_is_free_and_given_back(qapp: QApplication, others, held):
    table = Table(frozenset(others))
    keys = HotKeys(qapp, table)
    for _ in range(2):
        assert keys.take(lambda: None) is held
        assert set(table.held.values()) == set(KEYS) - set(others)
    keys.give_back()
    assert table.held == {}


def test_a_hot_key_is_told_while_it_is_held_and_not_after(qapp: QApplication):
    keys, pressed = HotKeys(qapp, Table()), []
    keys.take(lambda: pressed.append(True))
    keys._on_told(Told.KEY)
    keys._on_told(Told.LEAVING)
    assert pressed == [True]
    keys.give_back()


@dataclass
class Excluding:
    """SetWindowDisplayAffinity: remembers each window; ``works`` False refuses, as before Windows 10 2004."""

    works: bool = True
    seen: list[int] = field(default_factory=list)

    def __call__(self, window: int) -> bool:
        self.seen.append(window)
        return self.works


@pytest.fixture
def main(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_every_window_is_kept_out_of_pictures_when_it_is_shown_dialogs_menus_and_lists_too(
    qapp: QApplication, qtbot: QtBot, main: QWidget
):
    exclude = Excluding()
    guard = CaptureGuard(qapp, NoPrintKey(), exclude)
    guard.start()
    try:
        box = QComboBox(main)
        box.addItems(["a", "b"])
        dialog, second, menu = QDialog(main), QWidget(), QMenu(main)
        menu.addAction("a")
        qtbot.addWidget(second)
        shown = [main, dialog, second, menu]
        for widget in shown:
            widget.show()
        box.showPopup()
        popup = box.view().window()
        assert popup not in shown
        assert {int(widget.winId()) for widget in (*shown, popup)} <= set(exclude.seen)
        assert guard.protection.pictures is PicturesOf.PREVENTED
        for widget in (menu, dialog, popup):
            widget.close()
    finally:
        guard.stop()


def test_a_system_that_refuses_is_not_called_safe(qapp: QApplication, main: QWidget):
    guard = CaptureGuard(qapp, NoPrintKey(), Excluding(works=False))
    guard.start()
    main.show()
    assert guard.protection.pictures is PicturesOf.POSSIBLE
    guard.stop()
    assert CaptureGuard(qapp, NoPrintKey(), None).protection.pictures is PicturesOf.POSSIBLE
