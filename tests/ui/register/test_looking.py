"""S08-4, S14-6a: what was searched for lately is offered again, guarded items stay masked, a record as of one day."""

from PySide6.QtCore import Qt

from tests.edge.backend.register.changing import NORTH, TODAY, days, filing
from tests.ui.register.conftest import CLERK, OTHER, Room


def test_what_was_searched_for_lately_is_offered_to_the_same_person_only(room: Room) -> None:
    room.come(CLERK)
    room.look_up("高橋　一郎")
    room.come(CLERK)
    room.door("検索・住民票")
    room.says("最近の検索")
    room.go_to("最近の検索")
    room.key(Qt.Key.Key_Down)
    room.go_to("氏名")
    room.says("高橋　一郎")
    room.type("　")
    room.come(OTHER)
    room.door("検索・住民票")
    room.at("来庁のない照会")
    assert "最近の検索" not in room.shown()


def test_guarded_items_are_masked_and_the_household_leads_to_each_member(room: Room) -> None:
    room.come(CLERK)
    room.look_up("高橋　一郎")
    rows = room.rows("住民票の項目")
    assert [row for row in rows if "表示していません" in row] == [
        "個人番号 表示していません",
        "住民票コード 表示していません",
        "在留資格 表示していません",
    ]
    assert "番号などを表示する手続" not in room.shown()
    room.go_to("世帯")
    room.key(Qt.Key.Key_Down)
    room.enter()
    room.waits_for("住民票の項目", "昭和57年2月2日")
    room.key(Qt.Key.Key_Escape)
    room.at("住民票の内容")
    room.waits_for("住民票の項目", "昭和55年1月1日")


def test_the_record_is_seen_as_it_stood_on_a_day(room: Room) -> None:
    given = {"address": "北市北区北二条西4番5号", "ward": NORTH, "event_day": TODAY - days(3), "filed_day": TODAY}
    room.office.through(filing("change_of_address", "200", "201", "202", **given))
    room.come(CLERK)
    room.look_up("高橋　一郎")
    room.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    room.at("履歴")
    room.waits_for("変わった項目", "北市北区北二条西4番5号")
    room.key(Qt.Key.Key_F3)
    room.says("日付を入力してください。")
    room.go_to("この日の記録の年")
    for part in ("8", "11", "1"):
        room.type(part)
        room.enter()
    room.key(Qt.Key.Key_F3)
    room.says("令和8年11月1日の記録")
    room.waits_for("令和8年11月1日の記録", "北市北区北一条西2番3号")


def test_without_the_right_to_enter_or_to_see_nothing_of_it_is_offered(room: Room) -> None:
    from tests.support.slices import person

    room.come(person("w01", "register.search", "register.open"))
    assert "本登録の審査" not in room.shown()
    room.look_up("高橋　一郎")
    assert room.live_keys() == {"F5"}
