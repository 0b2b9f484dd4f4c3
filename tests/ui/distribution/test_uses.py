"""S04-0b, R-086, K-09: one enters what a system wants, another approves; half-typed applications are kept."""

from PySide6.QtCore import Qt

from app.ui.set_aside import SetAside
from app.wire.entry_draft import EntryDraft
from tests.support.patient_bot import soon
from tests.ui.distribution.conftest import AUDITOR, BOSS, KEEPER, NOBODY, READER, Room

LIST = "利用申請の一覧"
PURPOSE = "貸出券の名義の更新"


def open_form(room: Room) -> None:
    room.door("利用申請")
    room.at("利用申請")
    room.key(Qt.Key.Key_F2)
    room.at("新しい利用申請")


def type_application(room: Room) -> None:
    """For the library: its name and address, until a day."""
    room.room.use_form.now().screen.fields.focus("system")
    for _ in range(list(room.room.use_form.now()._rules.systems).index("library") + 1):
        room.key(Qt.Key.Key_Down)
    room.go_to("終わりの日")
    room.key(Qt.Key.Key_Tab)
    for number in ("9", "3", "31"):
        room.type(number)
        room.enter()
    room.go_to("利用の目的")
    room.type(PURPOSE)
    room.go_to("渡す項目")
    room.key(Qt.Key.Key_F7)
    room.mark("渡す項目", "住所")
    room.key(Qt.Key.Key_F7)


def enter_application(room: Room) -> None:
    room.come(KEEPER)
    open_form(room)
    type_application(room)
    room.key(Qt.Key.Key_F12)
    room.at("利用申請")
    room.sees("利用申請を入力しました")
    room.waits_for(LIST, "承認待ち")


def test_what_one_enters_another_approves_and_the_system_may_be_told(room: Room) -> None:
    enter_application(room)
    assert "図書館システム" in room.row_of(LIST, "承認待ち")
    assert "含まない" in room.row_of(LIST, "承認待ち")
    room.sees(PURPOSE)
    room.key(Qt.Key.Key_F3)
    room.at("利用申請の内容")
    room.sees("自分が入力した申請です。承認するのは、別の職員です。")
    assert "F12" not in room.live_keys(), "nobody approves their own"
    room.come(BOSS)
    room.door("利用申請")
    room.waits_for(LIST, "承認待ち")
    room.enter()
    room.at("利用申請の内容")
    assert room.row_of("申請の内容", "根拠") == "根拠 個人番号を利用しない事務"
    assert [row.strip() for row in room.rows("渡す項目")] == ["氏名", "住所"]
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「承認済み」になりました")
    assert room.world.row("library").items[:1] == ("name",)
    assert soon(lambda: {"uses.shown", "use.applied", "use.decided"} <= set(room.journal.kinds()))


def test_a_refusal_wants_a_reason_and_leaves_nothing_to_be_told(room: Room) -> None:
    enter_application(room)
    room.come(BOSS)
    room.door("利用申請")
    room.waits_for(LIST, "承認待ち")
    room.enter()
    room.at("利用申請の内容")
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.sees("承認しない理由を入力してください。")
    room.key(Qt.Key.Key_F12)
    room.sees("＊理由を入力してください。")
    room.type("住所は要らないため")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「承認せず」になりました")
    room.key(Qt.Key.Key_Escape)
    room.at("利用申請")
    room.waits_for(LIST, "承認せず")
    room.sees("理由：住所は要らないため")
    assert room.world.row("library").items == ()


def test_who_entered_takes_it_back_and_an_approved_one_is_ended_with_a_reason(room: Room) -> None:
    enter_application(room)
    room.enter()
    room.at("利用申請の内容")
    assert "利用を終える" not in room.buttons()
    room.key(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    room.sees("取り下げる理由を入力してください。")
    room.type("誤り")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「取下げ」になりました")
    room.world.approved("elections", "name")
    room.come(KEEPER)
    room.door("利用申請")
    room.waits_for(LIST, "承認済み")
    room.mark(LIST, "承認済み")
    room.enter()
    room.at("利用申請の内容")
    room.key(Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    room.type("事務の終了")
    room.key(Qt.Key.Key_F12)
    room.sees("状態は「終了」になりました")
    assert room.world.row("elections").items == ()


def test_an_application_that_lacks_something_says_what_and_asks_nobody(room: Room) -> None:
    room.come(KEEPER)
    open_form(room)
    room.key(Qt.Key.Key_F12)
    room.sees("＊システムを選んでください。")
    room.sees("＊利用の目的を入力してください。")
    assert "use.applied" not in room.journal.kinds()


def test_all_items_are_marked_at_once_but_the_number_only_by_itself(room: Room) -> None:
    """R-085: nobody applies for a 個人番号 by the way."""
    room.come(KEEPER)
    open_form(room)
    room.room.use_form.now().screen.fields.focus("system")
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_Down)
    room.key(Qt.Key.Key_F2)
    assert all(row.startswith("はい") for row in room.rows("渡す項目") if "個人番号" not in row)
    assert room.row_of("渡す項目", "個人番号").startswith("いいえ")


def test_what_was_half_typed_comes_back_after_going_back_and_for_nobody_else(room: Room) -> None:
    room.come(KEEPER)
    open_form(room)
    type_application(room)
    room.key(Qt.Key.Key_Escape)
    room.at("利用申請")
    room.bot.waitUntil(lambda: len(room.work.drafts()) == 1, timeout=20_000)
    room.key(Qt.Key.Key_F2)
    room.at("新しい利用申請")
    room.sees("前に途中まで入力した内容です。")
    room.sees(PURPOSE)
    assert room.row_of("渡す項目", "住所").startswith("はい")
    room.key(Qt.Key.Key_F12)
    room.sees("利用申請を入力しました")
    room.bot.waitUntil(lambda: room.work.drafts() == (), timeout=20_000)
    room.key(Qt.Key.Key_F2)
    room.at("新しい利用申請")
    assert PURPOSE not in room.shown()


def test_a_draft_is_gone_on_with_from_where_drafts_lie_and_thrown_away_on_purpose(room: Room) -> None:
    room.come(KEEPER)
    open_form(room)
    type_application(room)
    room.desk.save_now()
    room.bot.waitUntil(lambda: len(room.work.drafts()) == 1, timeout=20_000)
    session = room.desk._session
    room.desk.end()
    assert PURPOSE not in room.shown()
    assert session is not None
    room.desk.resume(session, EntryDraft(form="distribution.use"))
    room.at("新しい利用申請")
    room.sees(PURPOSE)
    room.key(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    room.bot.waitUntil(lambda: room.work.drafts() == (), timeout=20_000)
    assert PURPOSE not in room.shown()
    assert soon(lambda: "draft.dropped" in room.journal.kinds())


def test_while_locked_nothing_typed_is_in_the_window_and_it_comes_back(room: Room) -> None:
    aside = SetAside((room.desk,), room.window._lock_screen)
    room.window.part_made.connect(aside.learn)
    room.come(KEEPER)
    open_form(room)
    type_application(room)
    work = aside.take_out()
    assert PURPOSE not in room.shown()
    assert room.room.use_form.now()._values == {}
    aside.put_back(work)
    assert PURPOSE in room.shown()
    room.key(Qt.Key.Key_F12)
    room.sees("利用申請を入力しました")


def test_a_failed_line_keeps_what_was_typed_and_the_second_try_enters_it_once(room: Room) -> None:
    room.come(KEEPER)
    open_form(room)
    type_application(room)
    room.line.is_down = True
    room.key(Qt.Key.Key_F12)
    room.sees("つながりません")
    room.line.is_down = False
    room.key(Qt.Key.Key_F12)
    room.at("利用申請")
    room.waits_for(LIST, "承認待ち")
    assert len(room.rows(LIST)) == 1


def test_each_person_finds_the_doors_of_their_rights(room: Room) -> None:
    """The negative twins: who may look only enters and decides nothing; who has no right has no door."""
    room.come(READER)
    assert {"利用申請", "連携先の状態"} == room.buttons() - {"戻る"}
    room.door("利用申請")
    room.at("利用申請")
    assert "新しい申請" not in room.buttons()
    assert "F2" not in room.live_keys()
    room.come(AUDITOR)
    assert {"情報連携記録"} == room.buttons() - {"戻る"}
    room.come(NOBODY)
    assert room.buttons() == {"戻る"}
