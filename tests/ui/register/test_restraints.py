"""R-040, R-084, S08-6: a measure asked for by one, decided by another, seen in every system; a release that returns."""

from PySide6.QtCore import Qt

from app.services.ports.seat import Visit
from app.wire.register import SearchByFour
from app.wire.register_restraint import AskReleases, ConfirmRelease, GrantRelease
from tests.edge.backend.register.changing import call
from tests.support.patient_bot import soon
from tests.support.slices import person
from tests.ui.register.conftest import BOSS, CLERK, LOOK, Room

LIST = "確認待ち・いまの一時解除"
SECOND = person("d02", *LOOK, "register.decide", "restraint.see", "restraint.release")


def ask_for_a_measure(room: Room) -> None:
    room.come(CLERK)
    room.look_up("佐藤　光")
    room.key(Qt.Key.Key_F6)
    room.at("支援措置・抑止")
    room.key(Qt.Key.Key_F2)
    room.at("措置の申出")
    room.key(Qt.Key.Key_F12)
    room.says("＊理由を入力してください。")
    room.go_to("理由")
    room.type("配偶者からの暴力")
    room.key(Qt.Key.Key_F12)
    room.says("仮に設定しました。いまから抑止されます。")


def open_the_measure(room: Room) -> None:
    room.door("支援措置・抑止")
    room.at("支援措置・抑止")
    room.waits_for("措置の一覧", "佐藤　光")
    room.enter()
    room.at("措置の内容")
    room.waits_for("内容", "配偶者からの暴力")


def test_it_holds_at_once_and_becomes_final_by_another_person(room: Room) -> None:
    ask_for_a_measure(room)
    room.waits_for("措置の一覧", "開始の決定待ち")
    room.enter()
    room.at("措置の内容")
    room.says("開始の決定待ちです。別の職員が決めるまで、いまの抑止が続きます。")
    assert "F12" not in room.live_keys()
    room.come(CLERK)
    room.door("検索・住民票")
    room.type("4")
    room.go_to("氏名")
    room.type("佐藤　光")
    room.key(Qt.Key.Key_F3)
    room.waits_for("検索結果", "不可")
    room.enter()
    room.says("この方の記録は、抑止されています")
    room.come(BOSS)
    open_the_measure(room)
    room.key(Qt.Key.Key_F12)
    room.says("状態は「決定済み」になりました。")
    assert room.office.record("230").hit.restraints


def test_it_is_not_over_before_every_system_was_seen(room: Room) -> None:
    ask_for_a_measure(room)
    room.come(CLERK)
    open_the_measure(room)
    room.says("まだ確かめていない仕組みが6つあります。")
    room.go_to("仕組みごとの設定")
    for left in range(5, 0, -1):
        room.key(Qt.Key.Key_Down)
        room.key(Qt.Key.Key_F11)
        room.says(f"まだ確かめていない仕組みが{left}つあります。")
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_F11)
    room.says("すべての仕組みで済んでいます。")


def open_the_release(room: Room) -> None:
    room.look_up("佐藤　光")
    room.says("抑止のある方です")
    room.key(Qt.Key.Key_F6)
    room.key(Qt.Key.Key_F6)
    room.at("一時解除")


def open_what_others_ask(room: Room) -> None:
    room.door("支援措置・抑止")
    room.at("支援措置・抑止")
    room.key(Qt.Key.Key_F6)
    room.at("一時解除")


def asked_elsewhere(room: Room, release_id: str = "other-1") -> None:
    asked = GrantRelease(release_id=release_id, business_number="230", act="issue", minutes=9, reason="本人が来庁")
    room.office.changes.releases.ask(call(person("k05", "certificate.issue"), room.office.now), asked)


def test_a_release_waits_for_another_person_then_counts_down_and_returns_by_itself(room: Room) -> None:
    room.office.protect("230")
    room.come(BOSS)
    open_the_release(room)
    room.go_to("解く処理")
    room.key(Qt.Key.Key_Down)
    room.go_to("理由")
    room.type("本人が来庁")
    room.key(Qt.Key.Key_F12)
    room.says("一時解除を求めました。まだ解けていません")
    room.waits_for(LIST, "確認待ち（10分）")
    room.come(SECOND)
    open_what_others_ask(room)
    room.waits_for(LIST, "本人が来庁")
    room.key(Qt.Key.Key_F12)
    room.says("一時解除を認めました")
    room.waits_for(LIST, "10分00秒")
    room.clock.move(minutes=4, seconds=18)
    room.waits_for(LIST, "5分42秒")
    room.clock.move(minutes=6)
    room.says("一時解除の時間が終わり、抑止に戻りました")
    assert room.rows(LIST) == []
    assert soon(lambda: room.journal.kinds().count("restraint.released") == 1)


def test_who_asked_finds_no_key_to_agree(room: Room) -> None:
    """Negative twin: the same person, back in the list."""
    room.office.protect("230")
    asked = GrantRelease(release_id="own-1", business_number="230", act="issue", minutes=9, reason="本人が来庁")
    room.office.changes.releases.ask(call(BOSS, room.office.now), asked)
    room.come(BOSS)
    open_what_others_ask(room)
    room.waits_for(LIST, "確認待ち（9分）")
    assert "F12" not in room.live_keys()


def test_the_window_that_asked_hears_by_itself_that_another_person_agreed(room: Room) -> None:
    """The clerk issues and lifts nothing; F6 led here from the visit."""
    room.office.protect("230")
    clerk = person("k05", *LOOK, "certificate.issue")
    room.come(clerk)
    (hit,) = room.office.register.search(call(clerk, room.office.now), SearchByFour(name="佐藤　光")).hits
    room.desk.begin_release(room.session(clerk), Visit("v-1", "12", room.office.now), hit)
    room.at("一時解除")
    room.go_to("解く処理")
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_Down)
    room.go_to("理由")
    room.type("本人が来庁")
    room.key(Qt.Key.Key_F12)
    room.waits_for(LIST, "確認待ち（10分）")
    assert "Shift+F12" not in room.live_keys()
    (row,) = room.office.changes.releases.listed(call(BOSS, room.office.now), AskReleases()).rows
    room.office.changes.releases.confirm(call(BOSS, room.office.now), ConfirmRelease(release_id=row.release_id))
    room.clock.move(seconds=6)
    room.says("一時解除が認められました")
    room.waits_for(LIST, "9分54秒")


def test_what_is_not_agreed_to_is_told_at_the_window_that_asked(room: Room) -> None:
    room.office.protect("230")
    asked_elsewhere(room)
    room.come(BOSS)
    open_what_others_ask(room)
    room.waits_for(LIST, "確認待ち（9分）")
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.says("求めを認めませんでした")
    assert room.rows(LIST) == []
    assert soon(lambda: room.journal.kinds()[-1] == "restraint.release_declined")


def test_a_release_that_somebody_else_granted_stands_in_the_list_and_is_ended_there(room: Room) -> None:
    room.office.protect("230")
    asked_elsewhere(room)
    second = call(person("d02", "restraint.release"), room.office.now)
    room.office.changes.releases.confirm(second, ConfirmRelease(release_id="other-1"))
    room.come(BOSS)
    open_the_release(room)
    room.waits_for(LIST, "k05、d02")
    room.go_to(LIST)
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.says("一時解除を終えました")
    assert room.rows(LIST) == []


def test_a_release_that_is_too_long_or_without_a_reason_is_not_asked_for(room: Room) -> None:
    room.office.protect("230")
    room.come(BOSS)
    open_the_release(room)
    room.go_to("時間（分）")
    room.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("61")
    room.key(Qt.Key.Key_F12)
    room.says("1分から60分までの数字を入力してください。")
    room.says("＊理由を入力してください。")
    assert "restraint.release_asked" not in room.journal.kinds()
