"""Staff cards as administrators see them: registered with the holder there, approved by another one, revoked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.services.manage_cards import MANAGE, PASS
from app.wire.staff import ApproveKey, AskKey, AskKeys, SignIn
from tests.support.patient_bot import soon
from tests.support.slices import KITA, acts
from tests.support.staff_keys import STAFF_PIN, held, staff_card
from tests.ui.admin.conftest import CLERK, FIRST, OFFICE, PASSWORD, SECOND, Room

SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(room: Room, text: str) -> None:
    """Press the button with that word."""
    button = next(one for one in room.window.findChildren(QPushButton) if one.isVisible() and one.text() == text)
    button.setFocus()
    room.key(Qt.Key.Key_Space)


def open_cards(room: Room) -> None:
    room.key(Qt.Key.Key_Return)
    room.at("職員カード")
    room.bot.waitUntil(lambda: "一覧を読んでいます" not in room.shown())


def register(room: Room, label: str = "職員証", pin: str = STAFF_PIN) -> None:
    press(room, "カードを登録")
    room.at("職員カードの登録")
    for text in (CLERK, label):
        room.type(text)
        room.key(Qt.Key.Key_Tab)
    room.type(pin)
    room.key(Qt.Key.Key_F12)


def test_a_card_is_registered_by_one_administrator_and_approved_by_another_and_then_opens(room: Room) -> None:
    card = staff_card()
    room.come(FIRST)
    open_cards(room)
    room.says("承認を待っているカードはありません。")
    room.reader.put(card)
    register(room)
    room.says(f"{CLERK} のカード「職員証」を登録しました")
    assert not room.left
    room.key(Qt.Key.Key_Escape)
    room.says("承認を待っているカードが1枚あります。")
    room.says("あなたが登録したカードです。")
    assert "承認する" not in room.buttons()
    room.key(Qt.Key.Key_F12)
    room.come(SECOND)
    open_cards(room)
    room.says("本人に渡すカードかどうかを確かめて")
    room.key(Qt.Key.Key_F12)
    room.says(f"{CLERK} のカード「職員証」を承認しました")
    room.says("承認を待っているカードはありません。")
    asked = room.staff.ask_key(room.by(), AskKey(staff_id=CLERK))
    answer = held(card, OFFICE.origin).sign(asked.options)
    signed = SignIn(staff_id=CLERK, password=PASSWORD, asked=asked.asked, assertion=answer)
    assert room.staff.sign_in(room.by(), signed).second_factor == "key"
    assert soon(lambda: room.journal.kinds()[-3:] == ["staff_cards.shown", "staff_card.approved", "staff_cards.shown"])
    kinds = [kind for kind, _ in acts(room.slice_, KITA)]
    assert [kind for kind in kinds if kind.startswith("staff.key")] == ["staff.key_registered", "staff.key_approved"]


def test_what_is_wrong_with_the_card_is_said_and_only_the_pin_is_asked_again(room: Room) -> None:
    room.come()
    open_cards(room)
    register(room)
    room.says("登録するカードを職員用の読み取り機に置いて")
    room.reader.put(staff_card())
    room.type("000000")
    room.key(Qt.Key.Key_F12)
    room.says("残りは7回です")
    room.type(STAFF_PIN)
    room.key(Qt.Key.Key_F12)
    room.says("登録しました")
    room.type(CLERK)
    room.key(Qt.Key.Key_Tab)
    room.type("予備")
    room.key(Qt.Key.Key_Tab)
    room.type(STAFF_PIN)
    room.key(Qt.Key.Key_F12)
    room.says("すでに登録されている職員カードです")
    assert STAFF_PIN not in room.shown()


def test_nothing_is_registered_for_somebody_who_is_not_there_or_with_an_empty_field(room: Room) -> None:
    room.come()
    open_cards(room)
    room.reader.put(staff_card())
    press(room, "カードを登録")
    room.key(Qt.Key.Key_F12)
    for text in ("職員番号を入力してください。", "カードの名前を入力してください。", "カードの暗証番号を本人に"):
        room.says(text)
    for text in ("k999", "職員証", STAFF_PIN):
        room.type(text)
        room.key(Qt.Key.Key_Tab)
    room.key(Qt.Key.Key_F12)
    room.says("office.not_allowed")
    assert room.service.keys(room.by(SECOND), AskKeys(staff_id="k999")).rows == ()


def test_a_lost_card_is_revoked_after_a_second_look_by_one_administrator(room: Room) -> None:
    card = staff_card()
    room.reader.put(card)
    room.come(FIRST)
    open_cards(room)
    register(room)
    room.says("登録しました")
    (row,) = room.service.keys(room.by(SECOND), AskKeys(staff_id="")).rows
    room.service.approve(room.by(SECOND), ApproveKey(key_id=row.key_id))
    room.key(Qt.Key.Key_Escape)
    room.says("承認を待っているカードはありません。")
    room.type(CLERK)
    room.key(Qt.Key.Key_F3)
    room.says(f"{CLERK} の職員カード 1枚です。")
    room.key(Qt.Key.Key_F12, SHIFT)
    room.says("使用停止にしますか")
    press(room, "やめる")
    room.bot.waitUntil(lambda: "使用停止にしますか" not in room.shown())
    assert room.service.keys(room.by(SECOND), AskKeys(staff_id=CLERK)).rows[0].revoked_at is None
    room.key(Qt.Key.Key_F12, SHIFT)
    press(room, "使用停止を確定する")
    room.says("このカードではサインインできません。")
    assert room.service.keys(room.by(SECOND), AskKeys(staff_id=CLERK)).rows[0].revoked_at is not None
    room.bot.waitUntil(lambda: "使用停止にする" not in room.buttons())


def test_while_the_office_is_out_of_reach_nothing_is_lost_and_it_is_said(room: Room) -> None:
    room.reader.put(staff_card())
    room.come()
    open_cards(room)
    room.line.is_down = True
    register(room)
    room.says("office.unreachable")
    room.line.is_down = False
    room.type(STAFF_PIN)
    room.key(Qt.Key.Key_F12)
    room.says(f"{CLERK} のカード「職員証」を登録しました")


def test_cards_change_places_only_on_the_screen_that_says_so_and_its_end_is_told(room: Room) -> None:
    room.come()
    assert not room.desk.is_exchanging()
    open_cards(room)
    press(room, "カードを登録")
    assert room.desk.is_exchanging()
    room.key(Qt.Key.Key_Escape)
    room.at("職員カード")
    assert not room.desk.is_exchanging()
    assert room.exchanged == [True]


def test_only_what_somebody_may_do_is_offered(room: Room) -> None:
    for acts_, seen, unseen in ((MANAGE, "職員カードの登録、", "1回だけ"), (PASS, "1回だけ", "職員カードの登録、")):
        room.come(FIRST, acts_)
        assert seen in room.shown()
        assert unseen not in room.shown()
    room.key(Qt.Key.Key_Escape)
    assert room.left == [True]


def test_whoever_has_no_right_here_sees_no_door(room: Room) -> None:
    room.come(FIRST, "visit.read")
    assert room.desk.offers(room.session(FIRST, "visit.read")) == frozenset()
    assert room.buttons() == ["戻る"]
