"""The parts in a clerk's hands: dates, codes, names, tables, verdicts, choices."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.font_map import clusters, codes
from app.domain.secret import secret
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import BadFormat
from app.ui.kit import Kit
from app.ui.screens.register_fields import MISSING, FieldShown, RegisterFields
from app.ui.variants import Face, compose
from app.ui.widgets.choice import Choice, Pick, YesNo
from app.ui.widgets.code_field import CodeField
from app.ui.widgets.compare import Compared, CompareTable, Match
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import PasswordField, TextField
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Column, Table
from app.ui.widgets.verdict import VerdictRow
from app.ui.widgets.wrapped import name_parts, parts_of

TSUJI_ONE_DOT = "辻\U000e0101"


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def compose_text(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def boxes(field: DateField) -> list[QLineEdit]:
    return field.editor.findChildren(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)


# dates


@pytest.mark.parametrize(
    ("era", "typed", "day"),
    [
        ("S", ("30", "1", "2"), date(1955, 1, 2)),
        ("5", ("8", "11", "20"), date(2026, 11, 20)),
        ("W", ("1955", "1", "2"), date(1955, 1, 2)),
        ("R", ("元", "5", "1"), date(2019, 5, 1)),
    ],
)
def test_a_date_is_taken_by_era_letter_or_code_and_three_boxes(qtbot, kit: Kit, era, typed, day):
    field = shown(qtbot, DateField(kit, "生年月日"))
    field.setFocus()
    QTest.keyClick(QApplication.focusWidget(), era)
    for box, text in zip(boxes(field), typed, strict=True):
        box.setText(text)
    assert field.check() == day
    assert not field.error()


@pytest.mark.parametrize("text", ["S30.1.2", "1955-01-02", "3300102"])
def test_a_whole_date_typed_into_the_year_is_spread_over_the_boxes(qtbot, kit: Kit, text):
    field = shown(qtbot, DateField(kit, "生年月日"))
    year = boxes(field)[0]
    year.setFocus()
    QTest.keyClicks(year, text)
    boxes(field)[1].setFocus()
    assert field.value() == date(1955, 1, 2)
    assert [box.text() for box in boxes(field)] == ["30", "1", "2"]


def test_a_day_that_is_not_of_its_era_says_so(qtbot, kit: Kit):
    field = shown(qtbot, DateField(kit, "生年月日"))
    QTest.keyClick(field.focusProxy(), "S")
    for box, text in zip(boxes(field), ("64", "1", "8"), strict=True):
        box.setText(text)
    assert field.check() is None
    assert kit.texts.parts.date_era_wrong in field.error()


def test_an_incomplete_date_is_no_date_and_an_empty_one_is_none(qtbot, kit: Kit):
    field = shown(qtbot, DateField(kit, "生年月日"))
    assert field.value() is None
    boxes(field)[0].setText("8")
    with pytest.raises(BadFormat):
        field.value()


def test_arrows_walk_through_the_boxes_of_a_date(qtbot, kit: Kit):
    field = shown(qtbot, DateField(kit, "生年月日"))
    year, month, day = boxes(field)
    year.setFocus()
    QTest.keyClick(year, Qt.Key.Key_Right)
    assert month.hasFocus()
    QTest.keyClick(month, Qt.Key.Key_Right)
    assert day.hasFocus()
    QTest.keyClick(day, Qt.Key.Key_Left)
    assert month.hasFocus()


# codes


def test_a_code_is_grouped_as_printed_and_taken_once(qtbot, kit: Kit):
    field = shown(qtbot, CodeField(kit, "照合番号B", (6, 4, 4)))
    with qtbot.waitSignal(field.completed):
        QTest.keyClicks(field.line, "02040120310000")
    assert field.line.text() == "020401 2031 0000"
    assert field.take() == secret("02040120310000")
    assert not field.line.text()
    field.line.undo()
    assert not field.line.text()


def test_full_width_digits_from_the_ime_are_taken_as_digits(qtbot, kit: Kit):
    field = shown(qtbot, CodeField(kit, "照合番号B", (6, 4, 4)))
    field.line.setFocus()
    compose_text(field.line, "", "０２０４")
    assert field.line.text() == "0204"


def test_a_digit_put_into_the_middle_of_a_code_leaves_the_cursor_there(qtbot, kit: Kit):
    field = shown(qtbot, CodeField(kit, "照合番号B", (6, 4, 4)))
    QTest.keyClicks(field.line, "0204012031")
    field.line.setCursorPosition(2)
    QTest.keyClicks(field.line, "9")
    assert field.line.text() == "029040 1203 1"
    assert field.line.cursorPosition() == 3


def test_a_pin_is_never_shown_nor_read_aloud(qtbot, kit: Kit):
    field = shown(qtbot, CodeField(kit, "暗証番号", (4,), dots=True))
    QTest.keyClicks(field.line, "1234")
    assert "1" not in field.line.displayText()
    spoken = QAccessible.queryAccessibleInterface(field.line)
    texts = [spoken.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
    assert not any("1234" in text for text in texts)


def test_an_incomplete_code_says_how_many_digits_it_has(qtbot, kit: Kit):
    field = shown(qtbot, CodeField(kit, "照合番号B", (6, 4, 4)))
    assert not field.demand_complete()
    assert "14けた" in field.error()


# names and text


def test_backspace_takes_a_variant_whole_and_never_makes_another_name_of_it(qtbot):
    line = shown(qtbot, NameEdit())
    line.setText(f"{TSUJI_ONE_DOT}子")
    line.setCursorPosition(3)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert line.text() == "子"


def test_a_variant_is_drawn_in_its_own_shape(qtbot, kit: Kit):
    def picture(name: str) -> QImage:
        label = ResidentName(kit, 40)
        qtbot.addWidget(label)
        label.show_name(name)
        assert label.missing() == ()
        label.resize(label.sizeHint())
        return label.grab().toImage()

    assert picture(TSUJI_ONE_DOT) != picture("辻\U000e0100")
    assert picture(TSUJI_ONE_DOT) == picture(TSUJI_ONE_DOT)


def test_a_character_beyond_the_first_plane_and_an_unknown_variant_are_told_apart(qapp, kit: Kit):
    assert clusters(f"\U00020bb7{TSUJI_ONE_DOT}") == ["\U00020bb7", TSUJI_ONE_DOT]
    faces = (Face("IPAmjMincho", 24),)
    assert compose("\U00020bb7野家", faces).missing == ()
    assert compose("あ\U000e01ef", faces).missing == ("あ\U000e01ef",)
    assert codes(TSUJI_ONE_DOT) == "U+8FBB U+E0101"


def test_a_long_name_is_narrowed_and_not_cut(qtbot, kit: Kit):
    label = ResidentName(kit, 24)
    qtbot.addWidget(label)
    label.show_name("訓練" * 8)
    label.resize(label.minimumSizeHint())
    picture = label.grab().toImage()
    right = [picture.pixelColor(picture.width() - x, y) for x in range(2, 16) for y in range(picture.height())]
    assert any(colour != picture.pixelColor(QPoint(0, 0)) for colour in right)


def test_an_error_under_a_field_goes_when_the_field_is_mended(qtbot, kit: Kit):
    field = shown(qtbot, TextField(kit, "氏名", required=True))
    field.show_error("氏名を入力してください。")
    assert field.error() == "＊氏名を入力してください。"
    assert "氏名を入力" in field.line.accessibleDescription()
    QTest.keyClicks(field.line, "a")
    assert not field.error()


def test_a_password_does_not_come_back_by_undo(qtbot, kit: Kit):
    field = shown(qtbot, PasswordField(kit, "パスワード"))
    QTest.keyClicks(field.line, "hidden")
    field.show_text("")
    field.line.undo()
    assert not field.text()


# choices


def test_a_list_starts_with_nothing_chosen(qtbot, kit: Kit):
    choice = shown(qtbot, Choice(kit, "続柄", (("child", "子"), ("parent", "父母"))))
    assert not choice.value()
    choice.show_value("parent")
    assert choice.value() == "parent"
    choice.show_value("not in it")
    assert not choice.value()


def test_yes_and_no_are_answered_by_their_number(qtbot, kit: Kit):
    question = shown(qtbot, YesNo(kit, "配偶者がいますか"))
    assert not question.value()
    QTest.keyClick(question.focusProxy(), "2")
    assert question.value() == "no"
    question.show_value("")
    assert not question.value()


# tables, verdicts, pictures


def test_tab_leaves_a_table_and_enter_opens_its_row(qtbot, kit: Kit):
    table: Table[str] = Table(kit, "待ち行列", (Column("番号", lambda row: row),), empty="ありません。")
    shown(qtbot, table)
    assert not table.tabKeyNavigation()
    table.show_rows(("A1", "A2"))
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["A2"]


def test_an_empty_table_says_so_in_words(qtbot, kit: Kit):
    table: Table[str] = Table(kit, "待ち行列", (Column("番号", lambda row: row),), empty="待っている案件はありません。")
    shown(qtbot, table)
    table.show_rows(())
    assert table.marked() is None
    words = [child for child in table.viewport().children() if isinstance(child, QWidget) and child.isVisible()]
    assert [word.text() for word in words] == ["待っている案件はありません。"]


def test_a_comparison_says_the_result_in_words(qtbot, kit: Kit):
    table = CompareTable(kit, "比較")
    shown(qtbot, table)
    table.show_compared((Compared("氏名", "甲", "乙", Match.DIFFERENT), Compared("住所", "丙", "丙", Match.SAME)))
    results = [table.model().index(row, 3).data() for row in range(2)]
    assert results == [kit.texts.parts.different, kit.texts.parts.same]


def test_a_verdict_is_nothing_good_before_it_was_checked(qtbot, kit: Kit):
    row = VerdictRow(kit, "発行者")
    qtbot.addWidget(row)
    words = kit.texts.parts
    for verdict, word in ((Verified(), words.verified), (Failed("card_copied"), words.failed)):
        row.show_verdict(verdict)
        assert word in row.accessibleName()
    row.clear()
    assert row.accessibleName() == f"発行者 {words.not_checked}"
    row.show_verdict(NotChecked("card_outside_signature"))
    assert "署名の対象外" in row.accessibleName()


def test_a_photo_that_can_not_be_decoded_counts_as_none(qtbot, kit: Kit):
    box = PhotoBox(kit)
    qtbot.addWidget(box)
    box.show_png(b"no picture")
    assert not box.has_photo()
    assert box.accessibleName() == kit.texts.parts.no_photo


def test_a_field_to_choose_from_asks_to_choose_and_a_field_to_type_in_asks_to_type(qtbot: QtBot, kit: Kit):
    options = (("child", "子"), ("parent", "父母"))
    chosen = (Choice(kit, "続柄", options), Pick(kit, "続柄", options), YesNo(kit, "同居"))
    for field in (*chosen, TextField(kit, "氏名"), DateField(kit, "生年月日")):
        shown(qtbot, field).show_missing()
        assert field.error() == ("＊選んでください。" if field in chosen else "＊入力してください。")


def test_in_a_form_nothing_chosen_is_told_otherwise_than_nothing_typed(qtbot: QtBot, kit: Kit):
    form = RegisterFields(kit)
    qtbot.addWidget(form)
    form.show_fields((FieldShown("sex", "性別", "choice", (("m", "男"),)), FieldShown("name", "氏名")), {})
    assert form.show_errors({"sex": MISSING, "name": MISSING}) == "sex"
    assert [form._fields[one].error() for one in ("sex", "name")] == ["＊選んでください。", "＊入力してください。"]


def test_a_text_longer_than_its_cell_stands_whole_over_several_lines(qtbot: QtBot, kit: Kit):
    long = "合計所得金額 2,480,000、所得割額 98,700、扶養人数 2"
    columns = (Column[str]("金額", lambda row: row, 200), Column[str]("住所", lambda row: row, 200, is_name=True))
    table: Table[str] = Table(kit, "表", columns, empty="―")
    qtbot.addWidget(table)
    table.show_rows(("短い", long))
    assert table.rowHeight(0) == 40
    lines = parts_of(kit.look.font(16), long, 176)
    assert len(lines) == 3
    assert "".join(lines) == long
    assert table.rowHeight(1) > 3 * 16
    assert "".join(name_parts(kit.names, f"{TSUJI_ONE_DOT}{long}", 18, 176)) == f"{TSUJI_ONE_DOT}{long}"
    assert all(not part.startswith("\U000e0101") for part in name_parts(kit.names, TSUJI_ONE_DOT * 30, 18, 100))
