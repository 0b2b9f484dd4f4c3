"""S07-1 … S07-5, K-02: hours of both sides, stops of two people, what was given up, records, the reload."""

import pytest
from PySide6.QtCore import Qt

from app.domain.rights import Actor
from app.ui.set_aside import SetAside
from tests.edge.backend.jukirelay.test_moving import CARD
from tests.edge.backend.jukirelay.world import TODAY, filing, resident
from tests.support.patient_bot import soon
from tests.ui.network.conftest import OTHER, RESIDENT, STEERER, Seat

SHIFT = Qt.KeyboardModifier.ShiftModifier
LIST = "停止と臨時運用の一覧"


def ask_stop(seat: Seat, reason: str = "サーバの点検") -> None:
    """A stop from now on until somebody says otherwise."""
    seat.come(STEERER)
    seat.door("稼働時間と停止")
    seat.at("稼働時間と停止")
    seat.waits_for_key("F2")
    seat.key(Qt.Key.Key_F2)
    seat.at("停止・臨時運用の申請")
    seat.key(Qt.Key.Key_F12)
    seat.says("入力してください。")
    seat.go_to("理由")
    seat.type(reason)
    seat.key(Qt.Key.Key_F12)
    seat.says("申請しました")
    seat.waits_for(LIST, reason)


def agree(seat: Seat, who: Actor) -> None:
    """The other person approves."""
    seat.come(who)
    seat.door("稼働時間と停止")
    seat.waits_for_key("F12")
    seat.key(Qt.Key.Key_F12)
    seat.says("この申請を承認します")
    seat.key(Qt.Key.Key_Space)


def test_both_sides_show_whether_they_are_open_and_a_stop_counts_once_another_person_agrees(seat: Seat) -> None:
    ask_stop(seat)
    for told in ("08:00～20:00", "08:30～19:00", "稼働中", "別に決めるまで", "承認待ち"):
        assert told in seat.shown() + "".join(seat.rows(LIST))
    assert "F12" not in seat.live_keys()
    agree(seat, OTHER)
    seat.says("「決定」にしました")
    seat.says("停止中")
    who = resident()
    seat.house.lives_here(who)
    seat.house.moves(who)
    seat.house.tells()
    seat.house.clock.move(minutes=3)
    seat.key(Qt.Key.Key_F5)
    seat.says("1件")
    seat.says("3分")
    seat.key(Qt.Key.Key_F7)
    seat.at("停止・臨時運用の申請")
    seat.says("サーバの点検")
    seat.key(Qt.Key.Key_F12)
    seat.says("申請しました")
    seat.waits_for(LIST, "終わりの承認待ち")
    assert "F12" not in seat.live_keys()
    agree(seat, STEERER)
    seat.bot.waitUntil(lambda: seat.rows(LIST) == [], timeout=20_000)
    seat.house.works()
    assert seat.house.known(who) is not None


def test_an_end_before_the_beginning_or_half_a_time_is_refused_at_its_field(seat: Seat) -> None:
    seat.come(STEERER)
    seat.door("稼働時間と停止")
    seat.waits_for_key("F2")
    seat.key(Qt.Key.Key_F2)
    seat.go_to("終わる時刻")
    seat.type("9:0")
    seat.key(Qt.Key.Key_F12)
    seat.says("日と時刻を「9:00」のように入力してください")
    seat.key(Qt.Key.Key_Escape)
    seat.at("稼働時間と停止")


def test_half_typed_stops_survive_a_lock(seat: Seat) -> None:
    aside = SetAside((seat.desk,), seat.window._lock_screen)
    seat.window.part_made.connect(aside.learn)
    seat.come(STEERER)
    seat.door("稼働時間と停止")
    seat.waits_for_key("F2")
    seat.key(Qt.Key.Key_F2)
    seat.go_to("理由")
    seat.type("全国サーバの点検")
    work = aside.take_out()
    assert "全国サーバ" not in seat.shown()
    aside.put_back(work)
    assert "全国サーバの点検" in seat.shown()
    seat.key(Qt.Key.Key_F12)
    seat.says("申請しました")
    seat.come(OTHER)
    seat.door("稼働時間と停止")
    seat.waits_for_key("Shift+F12")
    seat.key(Qt.Key.Key_F12, SHIFT)
    seat.says("この申請を認めません")
    seat.key(Qt.Key.Key_Space)
    seat.says("「認めない」にしました")


def test_the_replica_is_made_anew_after_a_question_and_is_whole_again(seat: Seat) -> None:
    seat.house.lives_here(resident())
    seat.come(STEERER)
    seat.door("稼働時間と停止")
    seat.says("そろっています")
    seat.key(Qt.Key.Key_F11, SHIFT)
    seat.says("終わるまで広域交付に答えません")
    seat.key(Qt.Key.Key_Space)
    seat.says("作り直しを始めました")
    seat.says("作り直し中")
    seat.house.tells()
    seat.key(Qt.Key.Key_F5)
    seat.says("そろっています")
    assert soon(lambda: "network.reload" in seat.journal.kinds())


def test_who_may_only_look_is_offered_nothing_to_change(seat: Seat) -> None:
    seat.come(RESIDENT)
    seat.door("稼働時間と停止")
    seat.says("08:00～20:00")
    assert {"F2", "F12", "Shift+F11"}.isdisjoint(seat.live_keys())


def test_how_far_one_persons_changes_are_and_their_delivery_address_is_sent(seat: Seat) -> None:
    who = resident()
    seat.house.lives_here(who)
    seat.house.moves(who)
    seat.house.works()
    seat.come(RESIDENT)
    seat.door("一人分の送信・送付先")
    seat.at("一人分の送信・送付先")
    seat.go_to("宛名番号")
    seat.type(who.business_number)
    seat.key(Qt.Key.Key_F3)
    seat.waits_for("この人の送信", "本人確認情報の更新")
    assert "届いた" in seat.rows("この人の送信")[0]
    seat.key(Qt.Key.Key_F12)
    seat.says("カード管理システムに送ります")
    seat.key(Qt.Key.Key_Space)
    seat.says("送付先情報を送信に入れました")
    seat.waits_for("この人の送信", "送付先情報")
    seat.house.works()
    assert [one.address for one in seat.house.server.parties.world.cards.deliveries.values()][-1].startswith("見本市")


@pytest.mark.parametrize("outcome", ["again", "close"])
def test_what_was_given_up_is_sent_again_with_its_missing_code_or_closed_with_a_reason(
    seat: Seat, outcome: str
) -> None:
    who = resident()
    seat.house.lives_here(who)
    leaves(seat, who)
    seat.come(STEERER)
    seat.door("止まった送信")
    seat.waits_for("止まった送信の一覧", "転出先の市区町村コードが分かりません")
    seat.waits_for_key("F12")
    if outcome == "again":
        seat.key(Qt.Key.Key_F12)
        seat.says("入力してください。")
        seat.go_to("市区町村コード")
        seat.type("993000")
        seat.key(Qt.Key.Key_F12)
        seat.says("もう一度送ります")
        seat.house.works()
        assert any(one.moved_to == "993000" for one in seat.house.server.parties.world.post.moving_out)
    else:
        seat.go_to("閉じる理由")
        seat.type("紙で届け出た")
        seat.key(Qt.Key.Key_F12, SHIFT)
        seat.says("元に戻せません")
        seat.key(Qt.Key.Key_Space)
        seat.says("閉じました")
    seat.bot.waitUntil(lambda: seat.rows("止まった送信の一覧") == [], timeout=20_000)


def leaves(seat: Seat, who) -> None:
    """By card, to a place whose code nobody knows."""
    asked = filing("move_out", who, reason=CARD, moved_to="どこか村", event_day=TODAY)
    seat.house.through(asked)
    seat.house.works()


def test_records_of_the_day_are_found_and_copies_of_closed_hours_are_marked(seat: Seat) -> None:
    who = resident()
    seat.house.lives_here(who)
    seat.house.works()
    seat.house.clock.move(hours=8, minutes=55)
    seat.house.tells()
    seat.house.clock.move(hours=2)
    assert seat.house.wide_area(who.resident_code).reason == ""
    seat.come(STEERER)
    seat.door("情報連携記録")
    seat.at("情報連携記録")
    seat.go_to("宛名番号")
    seat.type(who.business_number)
    seat.go_to("種類")
    seat.type("2")
    seat.key(Qt.Key.Key_F3)
    seat.waits_for("記録の一覧（古い順）", "広域交付に答えた")
    (row,) = seat.rows("記録の一覧（古い順）")
    assert "既存住基の停止中" in row
    assert any("手本市" in one or "992003" in one for one in seat.rows("記録の中身"))
    assert soon(lambda: "linkage.seen" in seat.journal.kinds())
