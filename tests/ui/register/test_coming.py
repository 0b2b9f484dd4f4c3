"""B2-1, B2-5, R-023: who comes anew, by paper or by card, and who comes back to the record they left."""

from datetime import date

from PySide6.QtCore import Qt

from app.wire.register_change import KeepAnnouncement, PersonItems
from tests.edge.backend.register.changing import ANNOUNCER, TODAY, call, days, filing
from tests.ui.register.conftest import BOSS, CLERK, Room

DIFFERENCE = "変わる項目（いまの記録と、本登録の後）"


def choose(room: Room, kind: str) -> None:
    room.at("異動の種類")
    for _ in range(30):
        if room.marked("異動の種類").startswith(f"{kind} "):
            break
        room.key(Qt.Key.Key_Down)
    room.enter()
    room.at("異動の入力")


def event_day(room: Room) -> None:
    room.go_to("異動日の年")
    for part in ("8", "11", "18"):
        room.type(part)
        room.enter()


def type_newcomer(room: Room) -> None:
    for label, text in (("異動後の続柄", "世帯主"), ("氏名", "新井　新"), ("フリガナ", "アライ　シン")):
        room.go_to(label)
        room.type(text)
    room.go_to("生年月日の年")
    for part in ("1980", "1", "2"):
        room.type(part)
        room.enter()
    room.go_to("性別")
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_Down)


def test_a_newcomer_is_entered_from_nobody_and_gets_a_record_on_approval(room: Room) -> None:
    room.come(CLERK)
    room.door("新しく記載する")
    choose(room, "転入")
    room.go_to("事由")
    room.key(Qt.Key.Key_Down)
    event_day(room)
    room.go_to("新しい住所")
    room.type("北市北区北二条西4番5号")
    room.go_to("前の住所")
    room.type("南市一条1番1号")
    room.go_to("転出証明書")
    room.type("1")
    room.key(Qt.Key.Key_F12)
    type_newcomer(room)
    room.key(Qt.Key.Key_F12)
    room.waits_for(DIFFERENCE, "新井　新（新しく記載）")
    room.key(Qt.Key.Key_F12)
    room.says("転入を仮登録しました")
    room.come(BOSS)
    room.door("本登録の審査")
    room.waits_for("仮登録の一覧", "新井　新")
    room.key(Qt.Key.Key_F7)
    room.key(Qt.Key.Key_F12)
    room.says("選んだ1件を本登録します")
    room.key(Qt.Key.Key_Space)
    room.says("1件を本登録しました")
    room.waits_for_none("仮登録の一覧")


def test_who_announced_to_come_is_entered_from_the_announcement(room: Room) -> None:
    items = PersonItems(name="旅野　渡", kana="タビノ　ワタル", birth=date(1991, 2, 3), sex="1")
    asked = KeepAnnouncement(announcement_id="a1", persons=(items,), moved_from="南市", planned_on=TODAY - days(2))
    room.office.changes.announcements.keep(call(ANNOUNCER), asked)
    room.come(CLERK)
    room.door("特例転入")
    room.waits_for("転出証明書情報の一覧", "旅野　渡")
    room.enter()
    room.at("異動の入力")
    room.says("南市")
    event_day(room)
    room.go_to("新しい住所")
    room.type("北市北区北二条西4番5号")
    room.key(Qt.Key.Key_F12)
    room.go_to("異動後の続柄")
    room.type("世帯主")
    room.key(Qt.Key.Key_F12)
    room.waits_for(DIFFERENCE, "旅野　渡（新しく記載）")
    room.key(Qt.Key.Key_F12)
    room.says("特例転入を仮登録しました")


def test_who_left_comes_back_to_the_same_record(room: Room) -> None:
    room.office.through(filing("move_out", "210", event_day=TODAY - days(5), filed_day=TODAY, moved_to="南市"))
    room.come(CLERK)
    room.look_up("森　正", is_gone=True)
    room.says("除票（令和8年11月15日）")
    room.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    room.at("履歴")
    room.go_to("表示する履歴")
    room.type("5")
    room.waits_for("変わった項目", "南市")
    room.key(Qt.Key.Key_Escape)
    room.at("住民票の内容")
    room.key(Qt.Key.Key_F12)
    room.says("宛名番号が続きます")
    choose(room, "転入")
    assert room.desk._ways.pages.entry._people.draft.persons[0].number == "210"
