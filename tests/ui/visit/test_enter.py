"""What is filled already costs no key: the cursor begins at what is to be asked, Enter goes on to the next of it."""

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_visit import AGREED, agree, to_enquiries

SHIFT = Qt.KeyboardModifier.ShiftModifier


def stands_at(counter: Counter, label: str) -> None:
    counter.bot.waitUntil(lambda: counter.focus().accessibleName().startswith(label), timeout=6000)


def test_the_form_opens_at_the_first_field_that_neither_card_nor_register_has_filled(counter: Counter) -> None:
    counter.open_form()
    stands_at(counter, "電話番号")


def test_enter_goes_on_to_what_is_still_to_be_asked_over_filled_fields_and_parts(counter: Counter) -> None:
    counter.open_form()
    for label in (
        "電話番号",
        "課税年度の1月1日に海外にいた",
        "職業",
        "加入している年金",
        "離婚協議中などで",
        "配偶者の個人番号",
        "配偶者の課税年度",
        "配偶者の職業",
        "監護している",
        "生計",
        "この児童の手当を受けている人",
        "18歳の年度末を過ぎ",
        "公金受取口座を利用する",
        "内容を本人が確認し",
    ):
        stands_at(counter, label)
        counter.enter()
    assert counter.screen.title == "申請入力"


def test_an_answer_that_asks_for_more_is_followed_by_what_it_asks(counter: Counter) -> None:
    counter.open_form()
    counter.go_to("離婚協議中などで")
    for _ in range(8):
        counter.enter()
    stands_at(counter, "公金受取口座を利用する")
    counter.type("2")
    counter.enter()
    stands_at(counter, "金融機関")


def test_tab_and_shift_enter_walk_over_every_field_as_before(counter: Counter) -> None:
    counter.open_form()
    stands_at(counter, "電話番号")
    counter.key(Qt.Key.Key_Return, SHIFT)
    stands_at(counter, "住所")
    counter.key(Qt.Key.Key_Tab)
    stands_at(counter, "電話番号")


def test_a_day_that_is_half_entered_is_not_left_by_enter(counter: Counter) -> None:
    counter.open_form()
    for _ in range(4):
        counter.key(Qt.Key.Key_PageDown if _ < 3 else Qt.Key.Key_Tab)
    counter.go_to("事由の発生した日")
    day = counter.screen._grids["", -1].entries["event_date"]
    day.field.show_date(None)
    before = counter.focus()
    counter.enter()
    assert counter.focus() is not before
    assert day.isAncestorOf(counter.focus())


def test_where_nothing_is_left_to_ask_enter_goes_to_the_next_field(counter: Counter) -> None:
    counter.open_form()
    for _ in range(5):
        counter.key(Qt.Key.Key_PageDown)
    stands_at(counter, "内容を本人が確認し")
    counter.type("1")
    counter.enter()
    assert counter.focus().accessibleName().startswith("提出") or counter.focus().text().startswith("提出")


def test_rows_that_are_needed_and_not_there_yet_are_not_passed_over(counter: Counter) -> None:
    """The household has nobody else: the part of the children opens, at the key that adds one."""
    (record,) = counter.desk.register.records
    counter.desk.register.records[:] = [structs.replace(record, household=record.household[:1])]
    counter.open_form()
    counter.go_to("離婚協議中などで")
    counter.enter()
    stands_at(counter, "配偶者がいる")
    counter.type("2")
    counter.enter()
    counter.bot.waitUntil(lambda: isinstance(counter.focus(), QPushButton))
    assert counter.focus().text() == "児童を追加"


def test_a_digit_chooses_from_a_short_list(counter: Counter) -> None:
    counter.open_form()
    counter.go_to("職業")
    counter.type("3")
    box = counter.focus()
    assert isinstance(box, QComboBox)
    assert box.currentText() == "自営業"
    counter.type("9")
    assert box.currentText() == "自営業"


def test_after_one_enquiry_was_sent_the_cursor_stands_at_the_question_of_the_next(counter: Counter) -> None:
    to_enquiries(counter)
    assert len(counter.screen._table.items()) == 2
    agree(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says("照会を送りました")
    counter.bot.waitUntil(lambda: counter.focus().accessibleName().startswith(AGREED))
    assert counter.screen._table.currentIndex().row() == 1
    counter.type("1")
    counter.key(Qt.Key.Key_F12)
    counter.bot.waitUntil(lambda: len(counter.exchange.made) == 2)
