"""The 個人番号 in a visit: asked only where it is needed, confirmed by the chip, and never in the way."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.rights import ItemClass, Right
from app.standin.cards.profiles import ADULT
from app.ui.widgets.photo import PhotoBox
from tests.ui.visit.conftest import Counter, holder_record
from tests.unit.services.conftest import hit, record


def to_number(counter: Counter, numbers: dict[str, str]) -> None:
    """To the screen of the number: the person is found, the register does not have the number yet."""
    counter.desk.register.records[:] = [holder_record(number_linked=False), record(hit("9001", name="別　人"))]
    counter.desk.register.numbers = numbers
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.confirm_face()
    counter.at("住民検索")
    counter.says("個人番号は未登録")
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    counter.enter()
    counter.at("番号確認")


def test_the_digits_on_the_back_are_confirmed_by_the_chip_and_the_form_knows_only_that(counter: Counter):
    to_number(counter, {ADULT.my_number: "2001"})
    counter.go_to("個人番号（照合番号A）")
    counter.type(ADULT.my_number)
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")
    assert ADULT.my_number not in counter.shown()
    draft = counter.visit.where().draft_id
    counter.bot.waitUntil(lambda: bool(counter.desk.work.drafts()))
    assert counter.desk.work.draft(draft).facts["claimant_number"] == "given"


def test_a_number_of_somebody_else_is_not_taken_and_the_visit_can_go_on_without(counter: Counter):
    to_number(counter, {ADULT.my_number: "9001"})
    counter.go_to("個人番号（照合番号A）")
    counter.type(ADULT.my_number)
    counter.key(Qt.Key.Key_F12)
    counter.says("別の人の個人番号です")
    counter.go_to("確認の方法")
    counter.type("4")
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")


@pytest.mark.parametrize("may_see", [True, False])
def test_the_cards_picture_of_the_number_is_shown_only_to_who_may_see_numbers(counter: Counter, may_see: bool):  # noqa: FBT001
    to_number(counter, {ADULT.my_number: "9001"})
    if may_see:
        present = counter.visit._present
        sees = Right("item.show", item_class=ItemClass.MY_NUMBER)
        actor = replace(present.session.actor, rights=(*present.session.actor.rights, sees))
        present.session = replace(present.session, actor=actor)
    counter.go_to("個人番号（照合番号A）")
    counter.type(ADULT.my_number)
    counter.key(Qt.Key.Key_F12)
    counter.says("別の人の個人番号です")
    assert pictures(counter) == (["個人番号（照合番号A）"] if may_see else [])
    assert counter.desk.kinds.count("number.shown") == (1 if may_see else 0)
    counter.go_to("確認の方法")
    counter.type("4")
    assert pictures(counter) == []


def pictures(counter: Counter) -> list[str]:
    """What the pictures that are shown are called."""
    boxes = [one for one in counter.screen.findChildren(PhotoBox) if one.isVisible() and one.has_photo()]
    return [one.accessibleName() for one in boxes]


def test_a_wrong_pin_says_how_often_it_may_still_be_tried(counter: Counter):
    to_number(counter, {})
    ask_pin(counter)
    counter.type("9999")
    counter.enter()
    counter.says("暗証番号が違います")
    counter.says("暗証番号　あと2回")


def ask_pin(counter: Counter) -> None:
    """Choose the PIN: one screen only, so the clerk turns the window to the resident."""
    counter.type("2")
    counter.says("暗証番号　あと3回")
    counter.key(Qt.Key.Key_F12)
    counter.at("暗証番号の入力")
    counter.says("あと3回まちがえると使えなくなります")
    counter.key(Qt.Key.Key_F12)
    assert counter.focus().accessibleName().startswith("暗証番号（数字4けた）")


def test_the_resident_enters_the_pin_on_the_turned_window_which_shows_nothing_else(counter: Counter):
    to_number(counter, {ADULT.my_number: "2001"})
    ask_pin(counter)
    shown = "".join(one.text() for one in counter.window.findChildren(QLabel) if one.isVisible())
    assert ADULT.name not in shown
    assert "番号札" not in shown
    counter.type(ADULT.pin[:3] + "9")
    counter.key(Qt.Key.Key_Backspace)
    assert counter.focus().accessibleDescription() == "4文字のうち3文字を入力"
    counter.type(ADULT.pin[3])
    counter.enter()
    counter.at("申請入力")


def test_a_clerk_takes_the_turned_window_back_with_one_key_and_no_attempt_is_spent(counter: Counter):
    to_number(counter, {})
    ask_pin(counter)
    counter.type("12")
    counter.key(Qt.Key.Key_Escape)
    counter.at("番号確認")
    counter.says("暗証番号　あと3回")


def test_the_last_attempt_is_asked_for_twice_before_the_resident_may_enter(counter: Counter):
    to_number(counter, {})
    for left in (2, 1):
        ask_pin_again(counter)
        counter.type("9999")
        counter.enter()
        counter.says(f"暗証番号　あと{left}回")
    counter.key(Qt.Key.Key_F12)
    counter.at("暗証番号の入力")
    counter.says("この番号はあと1回しか試せません")
    counter.key(Qt.Key.Key_F12)
    counter.says("この画面を来庁者に向けて")
    counter.key(Qt.Key.Key_F12)
    counter.type("9999")
    counter.enter()
    counter.says("暗証番号は使えません")
    counter.key(Qt.Key.Key_F12)
    counter.says("使えなくなっています")


def ask_pin_again(counter: Counter) -> None:
    counter.go_to("確認の方法")
    counter.type("2")
    counter.key(Qt.Key.Key_F12)
    counter.at("暗証番号の入力")
    counter.key(Qt.Key.Key_F12)


def test_code_a_is_refused_before_the_card_is_asked_while_the_office_gives_no_leave(counter: Counter):
    to_number(counter, {ADULT.my_number: "2001"})
    counter.says("照合番号A　あと10回")
    counter.desk.line.is_down = True
    counter.go_to("個人番号（照合番号A）")
    counter.type(ADULT.my_number)
    counter.key(Qt.Key.Key_F12)
    counter.says("照合番号Aは使えません")
    counter.says("照合番号A　あと10回")
    counter.go_to("確認の方法")
    counter.type("4")
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")


def test_a_register_that_can_not_be_asked_stops_nothing(counter: Counter):
    to_number(counter, {ADULT.my_number: "2001"})
    counter.desk.line.is_down = True
    ask_pin(counter)
    counter.type(ADULT.pin)
    counter.enter()
    counter.at("申請入力")
    counter.says("サーバーにつながらないため、住民の記録は見られません")


def test_answers_for_a_visit_that_has_passed_are_dropped(counter: Counter):
    counter.start()
    counter.put_card()
    counter.read_card()
    counter.confirm_face()
    counter.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    counter.at("次の応対")
    counter.bot.wait(300)
    assert counter.screen.title == "次の応対"
    assert ADULT.name not in counter.shown()
