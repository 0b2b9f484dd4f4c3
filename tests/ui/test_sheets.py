"""What lies over the window when asked for: help for the screen, and names enlarged with their codes."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.help_book import help_book
from app.ui.kit import Kit
from app.ui.resources import TextFault
from app.ui.screen import Offer, Screen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.field import PasswordField, TextField
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.table import Column, Table
from app.ui.widgets.top_strip import VisitShown
from app.ui.widgets.words import Words
from app.ui.window import Window

TSUJI = "辻\U000e0101"
WATANABE = "邉\U000e0102"
SEARCH = "住民検索"


class Looking(Screen):
    """A name, a password, a list of people."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, SEARCH)
        self.name, self.secret = TextField(kit, "氏名"), PasswordField(kit, "パスワード")
        self.people: Table[str] = Table(kit, "該当者", (Column("氏名", lambda row: row, is_name=True),), empty="なし")
        self.people.show_rows((f"{TSUJI}　花", f"{WATANABE}　次郎"))
        for widget in (self.name, self.secret, self.people):
            self.body.addWidget(widget)
        self.offer(Offer("search", "検索する", lambda: None))

    def first_focus(self) -> QWidget:
        return self.name.line


@dataclass
class Desk:
    window: Window
    screen: Looking

    @property
    def sheet(self) -> Sheet:
        return self.window.findChildren(Sheet)[0]

    def shown(self) -> str:
        if not self.sheet.isVisible():
            return ""
        return "\n".join(one.words() for one in self.sheet.findChildren(Words))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Desk:
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    screen = Looking(kit)
    window.open_screen(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Desk(window, screen)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def enlarge() -> None:
    press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_f1_says_what_the_screen_is_for_and_which_keys_are_live_now(desk: Desk, kit: Kit):
    press(Qt.Key.Key_F1)
    written = kit.help.of(SEARCH)
    assert written is not None
    for part in (written.purpose, written.next, "検索する", "F3", kit.texts.sheet.lock):
        assert part in desk.shown()
        assert part in desk.sheet.accessibleName()
    assert desk.sheet.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_help_goes_away_and_the_cursor_is_where_it_was(desk: Desk, qtbot: QtBot, key):
    asked: list[str] = []
    desk.screen.back_asked.connect(lambda: asked.append("back"))
    desk.screen.name.line.setText("abc")
    desk.screen.name.line.setCursorPosition(1)
    press(Qt.Key.Key_F1)
    press(key)
    assert not desk.shown()
    assert desk.screen.name.line.hasFocus()
    assert desk.screen.name.line.cursorPosition() == 1
    assert not asked


def test_help_is_there_while_locked_and_never_over_the_next_screen(desk: Desk, kit: Kit):
    press(Qt.Key.Key_F1)
    desk.window.lock()
    assert not desk.shown()
    press(Qt.Key.Key_F1)
    assert kit.texts.lock.title in desk.shown()
    press(Qt.Key.Key_Escape)
    desk.window.unlock()
    press(Qt.Key.Key_F1)
    desk.window.open_screen(Looking(kit))
    assert not desk.shown()


def test_a_name_in_a_list_is_enlarged_with_the_code_of_each_character(desk: Desk):
    desk.screen.people.setFocus()
    press(Qt.Key.Key_Down)
    enlarge()
    assert "U+9089 U+E0102" in desk.shown()
    assert "U+8FBB" not in desk.shown()
    assert WATANABE in [one.text() for one in desk.sheet.findChildren(ResidentName)]


def test_a_name_being_typed_is_enlarged(desk: Desk):
    desk.screen.name.line.setText(f"{TSUJI}\U00020bb7")
    enlarge()
    assert "U+8FBB U+E0101" in desk.shown()
    assert "U+20BB7" in desk.shown()


def test_elsewhere_the_name_in_the_strip_is_enlarged_and_nothing_of_it_is_left_afterwards(desk: Desk, qtbot: QtBot):
    desk.window.show_visit(VisitShown("A012", "手続", f"{TSUJI}　花", ""), started_s=0.0)
    enlarge()
    assert "U+8FBB U+E0101" in desk.shown()
    desk.window.lock()
    desk.window.show_visit(None)
    qtbot.waitUntil(lambda: not any(one.text() for one in desk.window.findChildren(ResidentName)), timeout=20_000)
    assert "U+8FBB" not in desk.sheet.accessibleName()


def test_a_password_is_never_enlarged(desk: Desk):
    desk.screen.secret.line.setFocus()
    QTest.keyClicks(desk.screen.secret.line, "hidden")
    enlarge()
    assert "U+0068" not in desk.shown()


@pytest.mark.parametrize(
    "entry",
    [{"purpose": "検索します。"}, {"purpose": "", "next": "開きます。"}, {"purpose": "a", "next": "b", "keys": "c"}],
)
def test_half_written_help_is_found_at_start(entry):
    with pytest.raises(TextFault):
        help_book({SEARCH: entry})
