"""S04-2, S04-5, K-08: how far systems are, what stopped, sent to again; what was passed on, found for a reason."""

from PySide6.QtCore import Qt

from app.ui.set_aside import SetAside
from tests.edge.backend.register.changing import HOME, NORTH, filing, newcomer
from tests.edge.backend.residentbase.test_uses import mend, spoil
from tests.ui.distribution.conftest import AUDITOR, KEEPER, READER, Room

SYSTEMS, FOUND, UNTOLD = "連携先の一覧", "見つかった記録", "連携できない異動の一覧"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def told_twice(room: Room) -> None:
    """The library is approved and has two changes."""
    room.world.approved("library", "address", "name")
    room.world.move("210", days_ago=5)
    room.world.move("230", days_ago=4)
    room.world.run()


def open_systems(room: Room, title: str = "図書館システム") -> None:
    room.come(KEEPER)
    room.door("連携先の状態")
    room.waits_for(SYSTEMS, title)
    room.mark(SYSTEMS, title)


def test_a_system_is_suspended_and_resumed_for_a_reason(room: Room) -> None:
    told_twice(room)
    open_systems(room)
    assert room.row_of(SYSTEMS, "図書館").split()[:6] == ["連携中", "図書館システム", "2", "2", "2", "0"]
    room.sees("渡している項目：氏名・住所")
    room.key(Qt.Key.Key_F11, SHIFT)
    room.sees("図書館システム：連携を一時停止します。")
    room.key(Qt.Key.Key_F12)
    room.sees("＊理由を入力してください。")
    room.type("定期の点検")
    room.key(Qt.Key.Key_F12)
    room.sees("図書館システム：一時停止する")
    room.world.move("210", address=HOME, days_ago=3)
    room.world.run()
    room.key(Qt.Key.Key_F5)
    room.bot.waitUntil(lambda: room.row_of(SYSTEMS, "図書館").split()[2:7] == ["3", "2", "2", "0", "1"], timeout=20_000)
    room.key(Qt.Key.Key_F2)
    room.type("点検の終了")
    room.key(Qt.Key.Key_F12)
    room.sees("図書館システム：再開する")
    room.world.send()
    assert [one.sequence for one in room.world.got("library")] == [1, 2, 3]


def test_a_range_is_sent_once_more_from_a_number_that_is_there(room: Room) -> None:
    told_twice(room)
    kept = room.world.systems["library"].kept
    for rows in kept.values():
        del rows[1:]
    open_systems(room)
    room.key(Qt.Key.Key_F11)
    room.sees("連携先は、すでに持っているものを読み飛ばします。")
    room.type("x")
    room.go_to("理由")
    room.type("控えから戻したため")
    room.key(Qt.Key.Key_F12)
    room.sees("＊番号を数字で入力してください。")
    room.key(Qt.Key.Key_Backspace)
    room.type("3")
    room.key(Qt.Key.Key_F12)
    room.sees("再送の範囲が正しくありません")
    room.key(Qt.Key.Key_Backspace)
    room.type("2")
    room.key(Qt.Key.Key_F12)
    room.sees("図書館システム：送り直す")
    room.world.send()
    assert [one.sequence for one in room.world.got("library")] == [1, 2]


def test_what_stopped_says_why_and_is_tried_again(room: Room) -> None:
    told_twice(room)
    room.world.systems["library"].away = True
    room.world.move("210", address=HOME, days_ago=3)
    room.world.run()
    open_systems(room)
    room.sees("連携先につながりません（1回試しました）")
    room.world.systems["library"].away = False
    room.key(Qt.Key.Key_F7)
    room.type("復旧したため")
    room.key(Qt.Key.Key_F12)
    room.sees("図書館システム：もう一度試す")
    room.world.send()
    assert len(room.world.got("library")) == 3


def test_who_may_only_read_turns_nothing(room: Room) -> None:
    told_twice(room)
    room.come(READER)
    room.door("連携先の状態")
    room.waits_for(SYSTEMS, "図書館システム")
    room.mark(SYSTEMS, "図書館システム")
    assert room.buttons() == {"戻る"}
    assert room.live_keys() == {"F5"}


def test_linkage_records_are_found_for_a_reason_and_say_how_many_people(room: Room) -> None:
    told_twice(room)
    aside = SetAside((room.desk,), room.window._lock_screen)
    room.window.part_made.connect(aside.learn)
    room.come(AUDITOR)
    room.door("情報連携記録")
    room.at("情報連携記録")
    room.key(Qt.Key.Key_F3)
    room.sees("＊宛名番号か連携先のどちらかを入力してください。")
    room.sees("＊理由を入力してください。")
    assert "linkage.shown" not in room.journal.kinds()
    room.go_to("連携先")
    for _ in range(list(room.room.linkage.now()._rules.systems).index("library") + 1):
        room.key(Qt.Key.Key_Down)
    room.go_to("理由")
    room.type("本人の開示請求")
    room.key(Qt.Key.Key_F3)
    room.waits_for(FOUND, "230")
    room.sees("2件（2人）")
    assert "図書館システム" in room.row_of(FOUND, "210")
    room.sees("渡した項目：")
    (look,) = [act for act in room.journal.acts if act.kind == "linkage.shown"]
    assert look.detail()["reason"] == "本人の開示請求"
    work = aside.take_out()
    assert "開示請求" not in room.shown()
    assert room.rows(FOUND) == []
    aside.put_back(work)
    assert len(room.rows(FOUND)) == 2


def test_a_change_that_could_not_be_told_is_tried_again(room: Room) -> None:
    room.world.approved("library", "address", "name")
    room.world.change(filing("move_in", newcomer(name="新井　新"), address=HOME, ward=NORTH, household="new"))
    spoil(room.world)
    room.world.run()
    room.come(KEEPER)
    room.door("連携できない異動")
    room.waits_for(UNTOLD, "内容を読み取れません")
    mend(room.world)
    room.key(Qt.Key.Key_F7)
    room.sees("もう一度試すことにしました")
    room.world.run()
    assert [one.after.name for one in room.world.got("library")] == ["新井　新"]
