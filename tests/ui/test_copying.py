"""C-10, R-029, R-030: nothing of a screen reaches the clipboard; by the older rule one picture, with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.errors import CopyNotAllowed
from app.services.keep_from_copying import COPY_REASONS, Tried
from app.ui.background import Lane
from app.ui.clipboard import ClipboardGuard
from app.ui.flows.copying import CopyingActs, CopyingFlow
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.hard_copy import HardCopyScreen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.choice import Choice
from app.ui.widgets.field import LongTextField, TextField
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.words import Words
from app.ui.window import Window

NAME = "kunren"


class Form(Screen):
    """A name in a line and in a memo, a list, a face."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "様式")
        self.name, self.memo = TextField(kit, "氏名"), LongTextField(kit, "メモ")
        self.choice, self.photo = Choice(kit, "続柄", (("1", "訓練　一郎"),)), PhotoBox(kit)
        for widget in (self.name, self.choice, self.memo, self.photo):
            self.body.addWidget(widget)
        self.name.show_text(NAME)
        self.memo.show_text(NAME)
        self.photo.show_png(red_png())

    def first_focus(self) -> QWidget:
        return self.name.line


@dataclass
class Desk:
    window: Window
    form: Form
    flow: CopyingFlow
    tried: list[tuple[str, str]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    is_older: bool = False

    def copied(self) -> str:
        return QApplication.clipboard().text()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget(), key, modifier)

    def picture(self) -> QImage:
        return QApplication.clipboard().image()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Iterator[Desk]:
    window, lane = Window(kit, qapp, LockedScreen(kit), training=False), Lane("store")
    qtbot.addWidget(window)
    form, guard = Form(kit), ClipboardGuard(qapp.clipboard())

    def take(reason: str, screen: str) -> None:
        if not made.is_older:
            raise CopyNotAllowed
        made.taken.append((reason, screen))

    acts = CopyingActs(lambda: made.is_older, lambda *what: made.tried.append(what), take)
    made = Desk(window, form, CopyingFlow(kit, window, guard, lane, acts))
    window.open_screen(form)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    made.flow.end()
    guard.close()
    lane.close(1.0)


def red_png() -> bytes:
    image, found = QImage(40, 50, QImage.Format.Format_RGB32), QByteArray()
    image.fill(QColor("red"))
    buffer = QBuffer(found)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(found.data())


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WAYS = [(Qt.Key.Key_C, CONTROL), (Qt.Key.Key_X, CONTROL), (Qt.Key.Key_Insert, CONTROL), (Qt.Key.Key_Delete, SHIFT)]


@pytest.mark.parametrize("way", WAYS, ids=["copy", "cut", "copy with Insert", "cut with Delete"])
def test_keys_that_copy_or_cut_leave_the_field_as_it_is_and_are_told_and_kept(
    qtbot: QtBot, desk: Desk, kit: Kit, clock, way
):
    for box in (desk.form.name.line, desk.form.memo.box):
        desk.tried.clear()
        clock.move(2)
        box.setFocus()
        box.selectAll()
        desk.press(*way)
        qtbot.waitUntil(lambda: bool(desk.tried))
        assert desk.tried == [(Tried.COPY, "test_copying")]
        assert desk.copied() == ""
    assert (desk.form.name.text(), desk.form.memo.text()) == (NAME, NAME)
    assert desk.window.notice.text() == kit.texts.copying.copy_refused
    assert desk.window.notice.isVisible()


def test_whatever_else_copies_finds_the_clipboard_emptied_in_the_same_moment(qtbot: QtBot, desk: Desk, clock):
    desk.form.name.line.selectAll()
    desk.form.name.line.copy()
    assert desk.copied() == ""
    desk.form.memo.box.selectAll()
    desk.form.memo.box.copy()
    assert desk.copied() == ""
    qtbot.waitUntil(lambda: bool(desk.tried))
    assert desk.tried == [(Tried.COPY, "test_copying")]


def test_an_open_list_gives_nothing_away_either(qtbot: QtBot, desk: Desk):
    box = desk.form.choice.box
    box.setFocus()
    box.setCurrentIndex(1)
    box.view().setCurrentIndex(box.model().index(1, 0))
    QTest.keyClick(box.view(), Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: bool(desk.tried))
    assert desk.copied() == ""


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_the_menu_of_a_field_pastes_and_does_nothing_else(desk: Desk, kit: Kit):
    for box in (desk.form.name.line, desk.form.memo.box):
        box.customContextMenuRequested.emit(QPoint(2, 2))
        menu = next(one for one in box.findChildren(QMenu) if one.isVisible())
        assert [each.text() for each in menu.actions()] == [kit.texts.parts.paste]
        menu.close()


def test_no_label_can_be_marked_and_no_text_has_a_menu_or_a_drag_of_its_own():
    sources = {path: path.read_text(encoding="utf-8") for path in Path("app/ui").rglob("*.py")}
    for word in ("TextSelectable", "setDragEnabled", "QTextEdit(", "QTextBrowser", "QClipboard", ".clipboard("):
        assert {path.name for path, text in sources.items() if word in text} <= {"clipboard.py"}, word
    for path, text in sources.items():
        if path.name == "name_edit.py":
            continue  # a kind of line: whoever puts one on a screen is looked at
        if any(word in text for word in ("QLineEdit()", "NameEdit()", "(QLineEdit)", "(QPlainTextEdit)")):
            assert "Field)" in text or "NoContextMenu" in text, f"{path}: its lines are in no Field"


def test_print_is_refused_by_the_newer_rule_which_holds_unless_the_office_says_otherwise(
    qtbot: QtBot, desk: Desk, kit: Kit, clock
):
    for key in (Qt.Key.Key_Print, Qt.Key.Key_SysReq):
        clock.move(2)
        desk.press(key, SHIFT)
        assert desk.window.notice.text() == kit.texts.copying.capture_refused
    qtbot.waitUntil(lambda: len(desk.tried) == 2)
    assert desk.tried == [(Tried.CAPTURE, "test_copying")] * 2
    assert desk.window.current is desk.form
    assert desk.picture().isNull()


def test_a_key_that_somebody_hammers_on_is_one_act_and_while_locked_it_is_kept_too(qtbot: QtBot, desk: Desk, clock):
    for _ in range(5):
        desk.press(Qt.Key.Key_Print)
    clock.move(2)
    desk.is_older = True
    desk.window.lock()
    desk.press(Qt.Key.Key_Print)
    qtbot.waitUntil(lambda: len(desk.tried) == 2)
    assert desk.tried == [(Tried.CAPTURE, "test_copying"), (Tried.CAPTURE, "locked")]
    assert desk.window.is_locked()


def asked(desk: Desk) -> HardCopyScreen:
    desk.is_older = True
    desk.press(Qt.Key.Key_Print)
    screen = desk.window.current
    assert isinstance(screen, HardCopyScreen)
    return screen


def test_by_the_older_rule_a_reason_is_asked_kept_and_then_the_picture_lies_there_without_face_and_number(
    qtbot: QtBot, desk: Desk, kit: Kit
):
    assert any(red(desk.window.grab().toImage(), desk)), "the face is on the screen"
    screen = asked(desk)
    desk.press(Qt.Key.Key_F12)
    assert desk.taken == []
    assert kit.texts.copying.empty_reason in " ".join(one.words() for one in screen.findChildren(Words))
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: not desk.picture().isNull())
    assert desk.taken == [(COPY_REASONS[1], "test_copying")]
    assert desk.window.current is desk.form
    assert desk.window.notice.text() == kit.texts.copying.taken(60)
    assert not any(red(desk.picture(), desk))
    desk.flow.end()
    assert desk.picture().isNull()


def test_what_the_office_does_not_allow_any_more_is_not_taken_and_going_back_takes_nothing(
    qtbot: QtBot, desk: Desk, kit: Kit
):
    screen = asked(desk)
    desk.press(Qt.Key.Key_1)
    desk.is_older = False
    desk.press(Qt.Key.Key_F12)
    qtbot.waitUntil(screen.banner.isVisible)
    assert desk.picture().isNull()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.current is desk.form
    assert desk.picture().isNull()


def red(image: QImage, desk: Desk) -> Iterator[bool]:
    """Each tenth point within the face."""
    photo = desk.form.photo
    at = photo.mapTo(desk.window, QPoint(0, 0))
    for x in range(at.x(), at.x() + photo.width(), 10):
        for y in range(at.y(), at.y() + photo.height(), 10):
            colour = image.pixelColor(x, y)
            yield colour.red() > 200 and colour.green() < 60


def test_two_windows_of_one_program_empty_the_clipboard_without_end(qapp: QApplication):
    clipboard = qapp.clipboard()
    first, second = ClipboardGuard(clipboard), ClipboardGuard(clipboard)
    told: list[str] = []
    first.refused.connect(lambda: told.append("first"))
    second.refused.connect(lambda: told.append("second"))
    clipboard.setText(NAME)
    assert clipboard.text() == ""
    assert len(told) == 1
    second.close()
    first.empty()
    clipboard.setText(NAME)
    assert (clipboard.text(), told[1:]) == ("", ["first"])
    first.close()
