"""S05-3, F-11: two that are one are asked for by one and decided by another; what was passed on is sent again."""

from PySide6.QtCore import Qt

from tests.edge.backend.socialaddress.office import SYSTEM, notice
from tests.edge.backend.socialaddress.test_merging import SAME
from tests.support.patient_bot import soon
from tests.ui.social.conftest import BOSS, CLERK, Room

LIST, PASSED = "名寄せの一覧", "連携の一覧"


def open_merges(room: Room, staff_id: str, state: str) -> None:
    room.come(staff_id)
    room.door("名寄せ")
    room.at("名寄せ")
    room.waits_for(LIST, state)
    room.mark(LIST, state)


def ask_for_it(room: Room) -> None:
    room.office.non_resident(**SAME)
    room.office.resident("100")
    open_merges(room, CLERK, "同じ人かも")
    assert "氏名、フリガナ、生年月日" in room.row_of(LIST, "同じ人かも")
    room.key(Qt.Key.Key_F2)
    room.type("本人と確認した")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「決定待ち」になりました")


def test_what_one_asks_for_another_decides_and_it_is_undone_the_same_way(room: Room) -> None:
    ask_for_it(room)
    assert "認める" not in room.buttons(), "nobody decides what they asked for"
    open_merges(room, BOSS, "決定待ち")
    room.enter()
    assert room.row_of(LIST, "決定待ち"), "Enter on a line decides nothing"
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「統合済み」になりました")
    room.come(CLERK)
    room.door("名寄せ")
    room.at("名寄せ")
    room.go_to("決まったものを見る")
    room.type("1")
    room.waits_for(LIST, "統合済み")
    room.mark(LIST, "統合済み")
    room.key(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    room.type("別人だった")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「取消しの決定待ち」になりました")
    assert soon(lambda: {"merge.proposed", "merge.decided", "merge.undo_proposed"} <= set(room.journal.kinds()))


def test_a_proposal_is_turned_down_for_a_reason(room: Room) -> None:
    ask_for_it(room)
    open_merges(room, BOSS, "決定待ち")
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.key(Qt.Key.Key_F12)
    room.sees("＊理由を入力してください。")
    room.type("生年月日の書類がないため")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「認めず」になりました")
    assert room.rows(LIST) == []


def test_merging_is_asked_for_from_the_sheet_with_the_other_number(room: Room) -> None:
    room.office.non_resident(**SAME)
    into = room.office.resident("100").social_number
    room.come(CLERK)
    room.door("宛名の検索")
    room.go_to("氏名・名称")
    room.type("住民　太郎")
    room.key(Qt.Key.Key_F3)
    room.waits_for("見つかった宛名", "住基外者")
    room.mark("見つかった宛名", "住基外者")
    room.enter()
    room.at("宛名の内容")
    room.waits_for("基本の情報", "住民　太郎")
    room.key(Qt.Key.Key_F6)
    room.type(into)
    room.go_to("理由")
    room.type("本人と確認した")
    room.key(Qt.Key.Key_F12)
    room.sees("名寄せを申請しました")


def test_what_was_passed_on_is_listed_without_amounts_and_sent_again_from_a_number(room: Room) -> None:
    room.office.resident("100")
    room.office.needs("100")
    room.office.taxed(notice(1, "100"))
    room.office.carry()
    room.come(CLERK)
    room.door("課税情報の連携")
    room.waits_for(PASSED, "届いた")
    room.sees("渡した項目：")
    assert "3,000,000" not in room.shown() + "".join(room.rows(PASSED))
    before = room.office.systems[SYSTEM].letters
    room.key(Qt.Key.Key_F11)
    room.sees("1から送り直します")
    room.office.carry()
    assert room.office.systems[SYSTEM].letters > before
