"""The window under the clerk's fingers: keys, strips, lock, and what the resident may see."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.domain.procedure import Kind
from app.domain.resident_view import Audience, CheckPage, Item, ResidentView
from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screen import Offer, Screen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.button import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import LongTextField, TextField
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.top_strip import Place, VisitShown
from app.ui.window import Window


class Form(Screen):
    """Two fields, a list, a memo, and two buttons."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "様式")
        self.asked: list[str] = []
        self.name, self.kana = TextField(kit, "氏名"), TextField(kit, "フリガナ")
        self.choice = Choice(kit, "続柄", (("1", "子"),))
        self.memo = LongTextField(kit, "メモ")
        self.plain, self.final = Button("確認"), Button("登録", "primary", final=True)
        self.plain.clicked.connect(lambda: self.asked.append("plain"))
        self.final.clicked.connect(lambda: self.asked.append("final"))
        for widget in (self.name, self.kana, self.choice, self.plain, self.final, self.memo):
            self.body.addWidget(widget)
        self.offer(Offer("commit", "登録", lambda: self.asked.append("commit")))

    def first_focus(self) -> QWidget:
        return self.name.line


@dataclass
class Desk:
    window: Window
    form: Form


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, kit: Kit) -> Desk:
    window = Window(kit, qapp, LockedScreen(kit), training=True)
    qtbot.addWidget(window)
    form = Form(kit)
    window.open_screen(form)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert form.name.line.hasFocus()
    return Desk(window, form)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_enter_goes_to_the_next_field_and_shift_enter_back(desk: Desk):
    press(Qt.Key.Key_Return)
    assert desk.form.kana.line.hasFocus()
    press(Qt.Key.Key_Enter)
    assert desk.form.choice.box.hasFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert desk.form.kana.line.hasFocus()


def test_enter_presses_a_plain_button_but_never_one_that_can_not_be_taken_back(desk: Desk):
    desk.form.plain.setFocus()
    press(Qt.Key.Key_Return)
    desk.form.final.setFocus()
    press(Qt.Key.Key_Return)
    assert desk.form.asked == ["plain"]
    press(Qt.Key.Key_Space)
    assert desk.form.asked == ["plain", "final"]


def test_enter_makes_a_line_in_a_memo_and_tab_leaves_it(desk: Desk):
    desk.form.memo.box.setFocus()
    press(Qt.Key.Key_Return)
    assert desk.form.memo.box.toPlainText() == "\n"
    press(Qt.Key.Key_Tab)
    assert not desk.form.memo.box.hasFocus()


def test_enter_and_function_keys_belong_to_the_ime_while_it_composes(desk: Desk):
    line = desk.form.name.line
    QApplication.sendEvent(line, QInputMethodEvent("やまだ", []))
    assert desk.window.keyboard.is_composing()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F12)
    assert line.hasFocus()
    assert desk.form.asked == []
    done = QInputMethodEvent("", [])
    done.setCommitString("山田")
    QApplication.sendEvent(line, done)
    assert line.text() == "山田"
    press(Qt.Key.Key_Return)
    assert desk.form.kana.line.hasFocus()


def test_a_screen_that_comes_while_the_ime_composes_waits_until_it_is_done(qtbot: QtBot, desk: Desk, kit: Kit):
    line, late = desk.form.name.line, Form(kit)
    QApplication.sendEvent(line, QInputMethodEvent("やまだ", []))
    desk.window.open_screen(late)
    assert line.hasFocus()
    assert desk.form.isVisible()
    done = QInputMethodEvent("", [])
    done.setCommitString("山田")
    QApplication.sendEvent(line, done)
    qtbot.waitUntil(late.name.line.hasFocus, timeout=20_000)
    assert desk.form.name.text() == "山田"


def test_a_lock_does_not_wait_for_the_ime(desk: Desk, kit: Kit):
    QApplication.sendEvent(desk.form.name.line, QInputMethodEvent("やまだ", []))
    late = Form(kit)
    desk.window.open_screen(late)
    desk.window.lock()
    assert desk.window.is_locked()
    desk.window.unlock()
    assert late.isVisible()


def test_enter_walks_through_a_date_box_by_box(desk: Desk, kit: Kit):
    day = DateField(kit, "生年月日")
    desk.form.body.insertWidget(0, day)
    day.show()
    day.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "s")
    for typed in ("30", "1", "2"):
        press(Qt.Key.Key_Return)
        QTest.keyClicks(QApplication.focusWidget(), typed)
    press(Qt.Key.Key_Return)
    assert day.check() == date(1955, 1, 2)
    assert not day.isAncestorOf(QApplication.focusWidget())


def test_a_function_key_asks_what_the_screen_offers_and_nothing_else(desk: Desk):
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    assert desk.form.asked == ["commit"]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_f4_opens_the_list_that_has_the_focus(qtbot: QtBot, desk: Desk):
    desk.form.choice.box.setFocus()
    press(Qt.Key.Key_F4)
    qtbot.waitUntil(desk.form.choice.box.view().isVisible)
    desk.form.choice.box.hidePopup()


def test_escape_goes_one_step_back_and_loses_nothing(qtbot: QtBot, desk: Desk):
    QTest.keyClicks(desk.form.name.line, "abc")
    with qtbot.waitSignal(desk.form.back_asked):
        press(Qt.Key.Key_Escape)
    assert desk.form.name.text() == "abc"


def test_ctrl_l_and_f8_ask_from_anywhere(qtbot: QtBot, desk: Desk):
    with qtbot.waitSignal(desk.window.lock_asked):
        press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(desk.window.resident_display_asked):
        press(Qt.Key.Key_F8)


def test_a_wide_screen_that_was_open_before_makes_no_other_one_scroll(desk: Desk, kit: Kit):
    wide = Screen(kit, "広い画面", has_side=False)
    wide.setMinimumWidth(1300)
    desk.window.resize(1366, 768)
    desk.window.open_screen(wide)
    desk.window.open_screen(desk.form)
    QApplication.processEvents()
    area = next(one for one in desk.window.findChildren(QScrollArea) if one.isVisible() and one.isAncestorOf(desk.form))
    assert area.horizontalScrollBar().maximum() == 0


def test_the_bar_shows_only_keys_that_do_something(desk: Desk, kit: Kit):
    desk.window.show_key("resident_display", kit.texts.resident_display.show)
    live = {cap.accessibleName() for cap in desk.window.findChildren(QWidget) if cap.property("live") == "true"}
    assert live == {"F1 ヘルプ", "F12 登録", f"F8 {kit.texts.resident_display.show}"}
    desk.form.offer()
    live = {cap.accessibleName() for cap in desk.window.findChildren(QWidget) if cap.property("live") == "true"}
    assert live == {"F1 ヘルプ", f"F8 {kit.texts.resident_display.show}"}


def visible_text(window: QWidget) -> str:
    labels = [label for label in window.findChildren(QLabel) if label.isVisible()]
    lines = [line for line in window.findChildren(QLineEdit) if line.isVisible()]
    return " ".join([window.windowTitle(), *(label.text() for label in labels), *(line.text() for line in lines)])


def test_the_strip_shows_the_visit_and_the_clock_runs_by_itself(desk: Desk, kit: Kit, clock):
    desk.window.strip.show_place(Place("訓練区役所", "3", "訓練 花子"))
    desk.window.show_visit(VisitShown("A012", "手続", "訓練　一郎", "平成2年4月1日"), started_s=clock.monotonic())
    clock.move(65)
    desk.window.show_visit(VisitShown("A012", "手続", "訓練　一郎", "平成2年4月1日"), started_s=clock.monotonic() - 65)
    text = visible_text(desk.window)
    for part in ("訓練区役所", "3番窓口", "番号札 A012", "手続", "訓練　一郎", "平成2年4月1日生", "01:05", "訓練 花子"):
        assert part in text


def test_a_visit_without_a_ticket_is_not_told_as_no_visit(desk: Desk, clock):
    assert "応対なし" in visible_text(desk.window)
    desk.window.show_visit(VisitShown("", "手続"), started_s=clock.monotonic())
    assert "番号札なし" in visible_text(desk.window)
    assert "応対なし" not in visible_text(desk.window)


def test_nothing_of_the_person_is_left_in_the_strip_after_the_visit(desk: Desk, clock):
    desk.window.show_visit(VisitShown("A012", "手続", "訓練　一郎", "平成2年4月1日"), started_s=clock.monotonic())
    desk.window.show_visit(None)
    everything = " ".join(label.text() + label.toolTip() for label in desk.window.findChildren(QLabel))
    assert "訓練　一郎" not in everything
    assert "平成2年" not in everything
    assert all(not name.text() for name in desk.window.findChildren(ResidentName))


def test_locking_hides_every_value_at_once_and_unlocking_finds_the_same_cursor(desk: Desk, clock):
    desk.window.show_visit(VisitShown("A012", "手続", "訓練　一郎", ""), started_s=clock.monotonic())
    line = desk.form.kana.line
    line.setFocus()
    QTest.keyClicks(line, "kunren")
    line.setCursorPosition(3)
    desk.window.lock()
    text = visible_text(desk.window)
    assert "kunren" not in text
    assert "訓練　一郎" not in text
    press(Qt.Key.Key_F12)
    assert desk.form.asked == []
    desk.window.unlock()
    assert line.hasFocus()
    assert (line.text(), line.cursorPosition()) == ("kunren", 3)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")
def test_an_open_list_is_closed_by_the_lock(qtbot: QtBot, desk: Desk):
    desk.form.choice.box.showPopup()
    qtbot.waitUntil(desk.form.choice.box.view().isVisible)
    desk.window.lock()
    assert not desk.form.choice.box.view().isVisible()


def test_training_is_unmistakable_even_while_locked(desk: Desk, kit: Kit):
    assert kit.texts.frame.training_band in visible_text(desk.window)
    desk.window.lock()
    assert kit.texts.frame.training_band in visible_text(desk.window)
    corner = desk.window.grab().toImage().pixelColor(1, desk.window.height() - 2)
    assert corner == kit.look.colour("training")


def test_outside_training_there_is_no_training_band(qtbot: QtBot, qapp: QApplication, kit: Kit):
    window = Window(kit, qapp, LockedScreen(kit), training=False)
    qtbot.addWidget(window)
    window.show()
    assert kit.texts.frame.training_band not in visible_text(window)


# the resident's display


def named(value: str) -> ResidentView:
    item = Item("name", "お名前", value, Kind.NAME)
    return ResidentView("A012", CheckPage(Audience(frozenset()), (item,)))


def test_the_residents_display_is_neutral_until_something_is_shown_on_purpose(qtbot: QtBot, kit: Kit):
    display = ResidentDisplay(kit, training=True)
    qtbot.addWidget(display)
    display.show()
    assert display.is_neutral()
    display.show_view(named("訓練　一郎"))
    assert "訓練　一郎" in visible_text(display)
    display.show_neutral()
    qtbot.waitUntil(lambda: not display.findChildren(ResidentName))
    assert "訓練" not in visible_text(display)


def test_the_residents_display_takes_no_more_than_six_items():
    with pytest.raises(ValueError, match="six"):
        CheckPage(Audience(frozenset()), tuple(Item(str(n), "項目", str(n)) for n in range(7)))


def test_values_for_the_resident_are_not_printed_by_accident():
    assert "訓練" not in repr(named("訓練　一郎"))
    assert "訓練" not in repr(VisitShown(name="訓練　一郎", born="平成2年"))
