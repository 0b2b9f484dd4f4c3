"""The key map: shipped, changed by an office in a file of its own, and refused where it contradicts itself."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.errors import BadKeys
from app.ui.keys import load_keys
from app.ui.kit import Kit, open_kit
from app.ui.messages import load_messages
from app.ui.screen import Offer, Screen
from app.ui.screens.locked import LockedScreen, LockReason
from app.ui.window import Window


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "keys.toml"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('[keys]\ncommit = "F12"\nsave = "F12"\n', 3, "keys_twice"),
        ('[keys]\n\nsave = "F12"\n', 3, "keys_twice"),
        ('[keys]\nsearch = "F10"\n', 2, "keys_menu"),
        ('[keys]\ncommit = "F7"\ncopy = "F12"\n', 2, "keys_final"),
        ('[keys]\ncommit = "Shift+F9"\n', 2, "keys_final"),
        ('[keys]\nsearch = "Return"\n', 2, "keys_types"),
        ('[keys]\nsearch = "k"\n', 2, "keys_types"),
        ('[keys]\nsearch = "Ctrl+L"\n', 2, "keys_twice"),
        ('[keys]\nsearch = "no key"\n', 2, "keys_no_key"),
        ("[keys]\nsearch = 3\n", 2, "keys_no_key"),
        ('[keys]\nserach = "F3"\n', 2, "keys_unknown"),
        ('[commands]\nunlock = "F3"\n', 2, "keys_unknown"),
        ("[keys]\nsearch =\n", 2, "keys_unreadable"),
    ],
)
def test_an_offices_map_that_contradicts_itself_is_refused_with_file_and_line(own: Path, text, line, why):
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadKeys) as caught:
        load_keys(own)
    assert (caught.value.data["file"], caught.value.data["line"], caught.value.data["why"]) == ("keys.toml", line, why)
    told = load_messages().of(caught.value)
    assert f"{line}行目" in told.why
    assert why not in told.why


def test_a_map_that_is_no_text_is_refused(own: Path):
    own.write_bytes(b"\x93\xfa\x96\x7b")
    with pytest.raises(BadKeys):
        load_keys(own)


def test_an_office_swaps_two_keys_and_leaves_the_rest(own: Path):
    own.write_text('[keys]\nsearch = "F5"\nrefresh = "F3"\n', encoding="utf-8")
    keys = load_keys(own)
    assert (keys.key_of("search"), keys.key_of("refresh"), keys.key_of("commit")) == ("F5", "F3", "F12")


def test_the_bar_and_the_fingers_follow_the_offices_map(qtbot: QtBot, qapp: QApplication, own: Path):
    own.write_text('[keys]\nsave = "F5"\nrefresh = "F11"\n', encoding="utf-8")
    kit = open_kit(qapp, SystemClock(), office_keys=own)
    asked: list[str] = []
    window, screen = Window(kit, qapp, LockedScreen(kit), training=True), Screen(kit, "様式")
    qtbot.addWidget(window)
    screen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    screen.offer(Offer("save", "一時保存", lambda: asked.append("save")))
    window.open_screen(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    names = {cap.accessibleName() for cap in window.findChildren(QWidget) if cap.property("live") == "true"}
    assert "F5 一時保存" in names
    QTest.keyClick(screen, Qt.Key.Key_F11)
    assert not asked
    QTest.keyClick(screen, Qt.Key.Key_F5)
    assert asked == ["save"]


def test_the_key_that_signs_in_also_unlocks_and_no_other_is_heard_behind_the_lock(
    qtbot: QtBot, qapp: QApplication, kit: Kit
):
    cover, screen, heard = LockedScreen(kit), Screen(kit, "様式"), list[str]()
    window = Window(kit, qapp, cover, training=False)
    qtbot.addWidget(window)
    for action in ("commit", "save"):
        screen.offer(Offer(action, "送る", partial(heard.append, action)))
    cover.unlock_asked.connect(lambda password, _: heard.append(password.text()))
    window.open_screen(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    cover.show_locked(LockReason.ASKED, "k1001")
    window.lock()
    line = cover.first_focus()
    QTest.keyClicks(line, "kunren")
    QTest.keyClick(line, Qt.Key.Key_F11)
    QTest.keyClick(line, Qt.Key.Key_F12)
    assert heard == ["kunren"]


def test_the_shipped_keys_are_those_printed_on_the_bar():
    keys = load_keys()
    assert keys.key_of("commit") == "F12"
    assert keys.action_at("Shift+F12") == "return_case"
    assert keys.command_at("Ctrl+L") == "lock"
