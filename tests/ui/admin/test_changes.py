"""Changes as the second administrator sees them: beside what stands now; agreed to, turned down, or not theirs."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.services.decide_changes import DECIDE, READ
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AnyChange,
    AskChanges,
    AskRoster,
    PersonChange,
    PostRow,
    PostsChange,
    ProposeChange,
    RightsChange,
)
from tests.ui.admin.conftest import CLERK, FIRST, SECOND, Room

SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = RightRow(act="application.check", procedure="*", item_class="*", until=date(2027, 3, 31))


def propose(room: Room, change: AnyChange, staff_id: str = FIRST) -> None:
    room.changes.propose(room.by(staff_id), ProposeChange(change=change, reason="4月1日の人事異動"))


def open_changes(room: Room, staff_id: str, *acts: str) -> None:
    room.come(staff_id, *(acts or (READ, DECIDE)))
    room.key(Qt.Key.Key_Return)
    room.at("変更の承認")
    room.bot.waitUntil(lambda: "一覧を読んでいます" not in room.shown())


def cells(room: Room) -> list[list[str]]:
    """What the tables show, row by row."""
    models = [table.model() for table in room.screen.findChildren(QTableView)]
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for model in models
        for row in range(model.rowCount())
    ]


def rights_of(room: Room, staff_id: str) -> tuple[RightRow, ...]:
    roster = room.changes.roster(room.by(SECOND), AskRoster())
    return next(one.rights for one in roster.people if one.staff_id == staff_id)


def test_a_right_is_seen_beside_what_stands_and_holds_once_a_second_administrator_agrees(room: Room) -> None:
    propose(room, RightsChange(staff_id=CLERK, rights=(RIGHT,)))
    open_changes(room, SECOND)
    room.says("承認を待っている変更が1件あります。")
    room.says("申請の理由：4月1日の人事異動")
    assert ["権限", "―", "受付点検をする（～2027/03/31）"] in cells(room)
    assert rights_of(room, CLERK) == ()
    room.key(Qt.Key.Key_F12)
    room.says("の変更を承認しました")
    assert rights_of(room, CLERK) == (RIGHT,)
    room.says("承認を待っている変更が0件あります。")
    room.key(Qt.Key.Key_F3, SHIFT)
    room.says(f"{SECOND}　北　一郎 が処理しました。")
    assert "staff_change.approved" in room.journal.kinds()


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
    assert ["配属", "―", "市民課（～2027/03/31）"] in cells(room)
    room.key(Qt.Key.Key_F12, SHIFT)
    room.says("の変更を却下しました")
    (row,) = room.changes.changes(room.by(SECOND), AskChanges(decided=True)).rows
    assert row.outcome == "rejected"


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


def test_who_is_signed_in_stands_with_terminal_and_time(room: Room) -> None:
    room.come(FIRST, READ)
    room.key(Qt.Key.Key_Tab)
    room.key(Qt.Key.Key_Return)
    room.at("サインイン中の職員")
    room.says("いま0人がサインインしています。")
