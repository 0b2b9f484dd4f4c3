"""Changes as the second administrator sees them: beside what stands now; agreed to, turned down, or not theirs."""

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.errors import SignInRefused
from app.services.decide_changes import DECIDE, READ
from app.services.propose_changes import PROPOSE
from app.wire.staff import RightRow, SignIn
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskRoster,
    DecideChange,
    PersonChange,
    PostRow,
    PostsChange,
    ProposeChange,
    RightsChange,
    TerminalChange,
)
from tests.support.patient_bot import soon
from tests.ui.admin.conftest import CLERK, FIRST, SECOND, Room

SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = RightRow(act="application.check", procedure="*", item_class="*", until=date(2027, 3, 31))


def propose(room: Room, change: AnyChange, staff_id: str = FIRST) -> None:
    room.changes.propose(room.by(staff_id), ProposeChange(change=change, reason="4月1日の人事異動"))


def open_changes(room: Room, staff_id: str, *acts: str) -> None:
    room.come(staff_id, *(acts or (READ, DECIDE)))
    room.press("変更の承認")
    room.at("変更の承認")
    room.bot.waitUntil(lambda: "一覧を読んでいます" not in room.shown())


def rights_of(room: Room, staff_id: str) -> tuple[RightRow, ...]:
    roster = room.changes.roster(room.by(SECOND), AskRoster())
    return next(one.rights for one in roster.people if one.staff_id == staff_id)


def test_a_right_is_seen_beside_what_stands_and_holds_once_a_second_administrator_agrees(room: Room) -> None:
    propose(room, RightsChange(staff_id=CLERK, rights=(RIGHT,)))
    open_changes(room, SECOND)
    room.says("承認を待っている変更が1件あります。")
    room.says("申請の理由：4月1日の人事異動")
    assert ["権限", "―", "受付点検をする（～R9.3.31）"] in room.cells()
    assert rights_of(room, CLERK) == ()
    room.key(Qt.Key.Key_F12)
    room.says("の変更を承認しました")
    assert rights_of(room, CLERK) == (RIGHT,)
    room.says("承認を待っている変更が0件あります。")
    room.key(Qt.Key.Key_F3, SHIFT)
    room.says(f"{SECOND}　北　一郎 が処理しました。")
    assert soon(lambda: "staff_change.approved" in room.journal.kinds())


def test_the_proposer_and_who_is_concerned_are_not_offered_to_agree(room: Room) -> None:
    propose(room, RightsChange(staff_id=SECOND, rights=(RIGHT,)))
    open_changes(room, FIRST)
    room.says("あなたが申請した変更です。")
    assert "承認する" not in room.buttons()
    room.key(Qt.Key.Key_F12)
    open_changes(room, SECOND)
    room.says("あなた自身についての変更です。")
    assert "承認する" not in room.buttons()
    open_changes(room, CLERK, READ)
    room.says("承認を待っている変更が1件あります。")
    assert room.buttons() == ["戻る"]
    assert len(room.changes.changes(room.by(SECOND), AskChanges()).rows) == 1


def test_a_change_is_turned_down_and_nothing_happens(room: Room) -> None:
    posts = (
        PostRow(department="市民課", until=date(2027, 3, 31)),
        PostRow(department="税務課", since=date(2027, 4, 1)),
    )
    propose(room, PostsChange(staff_id=CLERK, posts=posts[:1]))
    open_changes(room, SECOND)
    room.says("申請の理由")
    assert ["配属", "―", "市民課（～R9.3.31）"] in room.cells()
    room.key(Qt.Key.Key_F12, SHIFT)
    room.press("却下を確定する")
    room.says("却下の理由を入力してください。")
    room.type("日付が辞令と違う")
    room.press("却下を確定する")
    room.says("の変更を却下しました")
    (row,) = room.changes.changes(room.by(SECOND), AskChanges(decided=True)).rows
    assert (row.outcome, row.decision_reason) == ("rejected", "日付が辞令と違う")
    open_changes(room, FIRST)
    room.key(Qt.Key.Key_F3, SHIFT)
    room.says("却下の理由：日付が辞令と違う")


def test_the_proposer_sees_that_it_waits_takes_it_back_and_is_told_when_it_is_stale(room: Room) -> None:
    propose(room, RightsChange(staff_id=CLERK, rights=(RIGHT,)))
    open_changes(room, FIRST, READ, DECIDE, PROPOSE)
    room.says("あなたが申請した変更です。")
    assert room.buttons() == ["取り下げる", "戻る"]
    other = room.changes.propose(
        room.by(SECOND), ProposeChange(change=PostsChange(staff_id=CLERK, posts=()), reason="退職")
    )
    room.changes.approve(room.by(FIRST), DecideChange(change_id=other.change_id))
    room.key(Qt.Key.Key_F5)
    room.says("申請のあとで対象の内容が変わったため、承認できません。取り下げて")
    assert "申請後に変化" in room.cells()[0]
    room.key(Qt.Key.Key_F12, SHIFT)
    room.says("の変更を取り下げました")
    assert soon(lambda: "staff_change.withdrawn" in room.journal.kinds())
    open_changes(room, SECOND)
    room.key(Qt.Key.Key_F3, SHIFT)
    room.bot.waitUntil(lambda: any("取下げ" in row for row in room.cells()))


def test_somebody_new_gets_a_first_password_that_is_said_once(room: Room) -> None:
    new = PersonChange(staff_id="k777", name="北　新子", municipality_name="北市", office="中央区役所")
    propose(room, new)
    open_changes(room, SECOND)
    room.says("申請の理由")
    room.key(Qt.Key.Key_F12)
    room.says("最初のパスワード：")
    room.key(Qt.Key.Key_Escape)
    room.at("管理")
    room.key(Qt.Key.Key_Return)
    room.at("変更の承認")
    assert "最初のパスワード" not in room.shown()


def test_a_terminal_that_is_agreed_to_gets_a_code_that_is_said_once(room: Room) -> None:
    """R-023, C-03: the code for the PC is read by the second administrator and is shown nowhere afterwards."""
    propose(room, TerminalChange(terminal="T-9", window="9", display_hidden=True))
    open_changes(room, SECOND)
    room.says("申請の理由")
    room.key(Qt.Key.Key_F12)
    room.says("端末「T-9」の登録コード：")
    assert re.search(r"登録コード：([A-Z2-7]{4}-){6}[A-Z2-7]{4}", room.shown())
    room.says("24時間以内に")
    room.key(Qt.Key.Key_Escape)
    room.at("管理")
    room.key(Qt.Key.Key_Return)
    room.at("変更の承認")
    assert "登録コード" not in room.shown()


def test_who_is_signed_in_stands_with_terminal_and_time(room: Room) -> None:
    with pytest.raises(SignInRefused):
        room.staff.sign_in(room.by(), SignIn(staff_id=CLERK, password="ちがう"))
    room.come(FIRST, READ)
    room.press("サインインの状況")
    room.at("サインインの状況")
    room.says("いま0人がサインインしています。")
    assert any(row[1:] == ["k001　北　一郎", "T-1", "サインイン", "失敗：パスワードが違う"] for row in room.cells())
    room.key(Qt.Key.Key_F3, SHIFT)
    room.says("失敗だけを、新しい順に1件表示しています。")
    room.office.is_down = True
    room.key(Qt.Key.Key_F5)
    room.says("つながりません")
    room.office.is_down = False
    room.key(Qt.Key.Key_F3, SHIFT)
    room.says("新しい順に1件です。")
