"""B2-1, B2-2, B2-3: a 転居 by keys alone: entered by one, decided by another, seen in record and history."""

from PySide6.QtCore import Qt

from tests.support.patient_bot import soon
from tests.ui.register.conftest import BOSS, BOTH, CLERK, OTHER, Room

NEW_HOME = "北市北区北二条西4番5号"


def open_move(room: Room) -> None:
    """From the room to the form of a 転居."""
    room.look_up("高橋　一郎")
    room.key(Qt.Key.Key_F12)
    room.at("異動の種類")
    for _ in range(30):
        if room.marked("異動の種類").startswith("転居 "):
            break
        room.key(Qt.Key.Key_Down)
    room.enter()
    room.at("異動の入力")


def enter_move(room: Room, *, day: str = "17") -> None:
    """From the room to the last part of the form."""
    open_move(room)
    room.go_to("異動日の年")
    for part in ("8", "11", day):
        room.type(part)
        room.enter()
    room.go_to("新しい住所")
    room.type(NEW_HOME)
    room.key(Qt.Key.Key_F12)
    room.key(Qt.Key.Key_F12)
    room.waits_for("変わる項目（いまの記録と、本登録の後）", NEW_HOME)


def save_move(room: Room) -> None:
    enter_move(room)
    room.key(Qt.Key.Key_F12)
    room.says("転居を仮登録しました")


def test_a_move_is_entered_by_one_clerk_and_approved_by_another(room: Room) -> None:
    room.come(CLERK)
    save_move(room)
    assert room.screen.title == "住民票の内容"
    room.says("仮登録中 1件")
    assert room.office.record("200").hit.address != NEW_HOME
    assert room.work.drafts() == ()
    room.come(OTHER)
    room.look_up("高橋　一郎")
    assert "仮登録中" not in room.shown()
    room.come(BOSS)
    room.door("本登録の審査")
    room.at("本登録の審査")
    room.waits_for("仮登録の一覧", "高橋　一郎")
    room.enter()
    room.at("確認票")
    room.waits_for("変わる項目（いまの記録と、本登録の後）", NEW_HOME)
    room.key(Qt.Key.Key_F12)
    room.says("転居を本登録しました")
    assert room.office.record("200").hit.address == NEW_HOME
    room.key(Qt.Key.Key_Escape)
    room.at("住民記録")
    room.look_up("高橋　一郎")
    room.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    room.at("履歴")
    room.waits_for("変わった項目", NEW_HOME)
    assert soon(lambda: {"entry.proposed", "entries.decided", "history.shown"} <= set(room.journal.kinds()))


def test_the_household_that_is_joined_is_found_by_its_people_and_not_typed(room: Room) -> None:
    joined = room.office.record("210").hit
    room.come(CLERK)
    open_move(room)
    room.key(Qt.Key.Key_F3)
    room.at("入る世帯の検索")
    assert "F12" not in room.live_keys()
    room.type(joined.name)
    room.key(Qt.Key.Key_F3)
    room.waits_for("検索結果", joined.name)
    room.enter()
    room.bot.waitUntil(lambda: "F12" in room.live_keys(), timeout=20_000)
    room.key(Qt.Key.Key_F12)
    room.at("異動の入力")
    room.says(f"{joined.name}さんの世帯を選びました")
    typed = {}
    for label in ("新しい住所", "入る世帯の世帯番号"):
        room.go_to(label)
        typed[label] = room.focus().text()
    assert typed == {"新しい住所": joined.address, "入る世帯の世帯番号": joined.household_number}
    room.key(Qt.Key.Key_F3)
    room.at("入る世帯の検索")
    assert joined.name not in room.shown()
    room.key(Qt.Key.Key_Escape)
    room.at("異動の入力")


def test_who_entered_it_may_correct_it_and_never_approves_it(room: Room) -> None:
    room.come(BOTH)
    save_move(room)
    room.come(BOTH)
    room.door("本登録の審査")
    room.waits_for("仮登録の一覧", "自分が入力した異動です")
    room.key(Qt.Key.Key_F7)
    room.says("自分が入力した異動ですのため、選べません")
    room.enter()
    room.at("確認票")
    room.says("本登録や差戻しは、別の職員が行います")
    room.key(Qt.Key.Key_F12)
    room.at("異動の入力")
    room.go_to("新しい住所")
    room.type("　見本荘")
    room.key(Qt.Key.Key_F12)
    room.key(Qt.Key.Key_F12)
    room.waits_for("変わる項目（いまの記録と、本登録の後）", "見本荘")
    room.key(Qt.Key.Key_F12)
    room.says("転居を仮登録しました")
    assert room.office.record("200").hit.address != NEW_HOME


def test_what_the_checks_find_stands_beside_the_field_and_stops_no_entry(room: Room) -> None:
    room.come(CLERK)
    enter_move(room, day="29")
    room.says("エラー 2")
    room.key(Qt.Key.Key_PageUp)
    room.key(Qt.Key.Key_PageUp)
    room.says("＊異動日が先の日付です")
    room.key(Qt.Key.Key_F12)
    room.key(Qt.Key.Key_F12)
    room.key(Qt.Key.Key_F12)
    room.says("確かめることが2件残っています")
    room.come(BOSS)
    room.door("本登録の審査")
    room.waits_for("仮登録の一覧", "エラー 2")
    room.enter()
    room.at("確認票")
    room.says("エラーが残っているため、本登録できません")
    assert "F12" not in room.live_keys()


def test_a_refusal_needs_a_reason_that_who_entered_it_reads(room: Room) -> None:
    room.come(CLERK)
    save_move(room)
    room.come(BOSS)
    room.door("本登録の審査")
    room.waits_for("仮登録の一覧", "高橋　一郎")
    room.enter()
    room.at("確認票")
    room.waits_for("変わる項目（いまの記録と、本登録の後）", NEW_HOME)
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.go_to("この理由で差し戻す")
    room.key(Qt.Key.Key_Space)
    room.says("理由を入力してください。")
    room.type("住所の番地が届出書と違います")
    room.go_to("この理由で差し戻す")
    room.key(Qt.Key.Key_Space)
    room.says("転居を差し戻しました")
    room.come(CLERK)
    room.door("自分の仮登録")
    room.at("自分の仮登録")
    room.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    room.waits_for("仮登録の一覧", "差戻し")


def test_nothing_typed_is_lost_when_the_office_is_gone_or_the_clerk_leaves(room: Room) -> None:
    room.come(CLERK)
    enter_move(room)
    room.line.is_down = True
    room.key(Qt.Key.Key_F12)
    room.bot.waitUntil(lambda: not room.screen.banner.isHidden(), timeout=20_000)
    assert room.screen.title == "異動の入力"
    room.desk.end()
    room.bot.waitUntil(lambda: len(room.work.drafts()) == 1, timeout=20_000)
    room.line.is_down = False
    room.come(CLERK)
    room.door("自分の仮登録")
    room.waits_for("仮登録の一覧", "下書き")
    room.enter()
    room.at("異動の入力")
    room.says(NEW_HOME)
    room.key(Qt.Key.Key_F12)
    room.key(Qt.Key.Key_F12)
    room.waits_for("変わる項目（いまの記録と、本登録の後）", NEW_HOME)
    room.key(Qt.Key.Key_F12)
    room.says("転居を仮登録しました")
    room.bot.waitUntil(lambda: room.work.drafts() == (), timeout=20_000)


def test_part_of_a_household_that_moves_becomes_a_new_one(room: Room) -> None:
    room.come(CLERK)
    enter_move(room)
    room.key(Qt.Key.Key_PageUp)
    assert room.rows("異動する人と世帯")[1].startswith("する 高橋　花子")
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_F7)
    assert room.rows("異動する人と世帯")[1].startswith("残る 高橋　花子")
    room.key(Qt.Key.Key_F12)
    room.waits_for("変わる項目（いまの記録と、本登録の後）", "高橋　花子 続柄 妻 世帯主")
    room.key(Qt.Key.Key_PageUp)
    room.key(Qt.Key.Key_PageUp)
    assert room.desk._ways.pages.entry._people.draft.values["household"] == "new"
