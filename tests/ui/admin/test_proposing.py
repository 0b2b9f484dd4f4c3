"""C-02, C-03, C-09, S03-6, S04-4: administrators collect changes on screens and propose them as one."""

from datetime import date
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTableView

from app.backend.staff.ports import StaffMember
from app.services.decide_changes import DECIDE, READ
from app.services.propose_changes import PROPOSE
from app.ui.widgets.table import Table
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AskChanges,
    AskRoster,
    BundleChange,
    ChangeRow,
    DecideChange,
    DepartmentChange,
    PersonChange,
    PersonRow,
    PostRow,
    PostsChange,
    ProposeChange,
    RightsChange,
    TerminalChange,
)
from tests.support.patient_bot import soon
from tests.support.slices import KITA
from tests.ui.admin.conftest import CLERK, FIRST, SECOND, Room

SHIFT = Qt.KeyboardModifier.ShiftModifier
KIDS = DepartmentChange(department="子ども課", sections=("子ども課",), rights=())
READS = RightRow(act="application.read", procedure="*", item_class="*")


def done(room: Room, change) -> None:
    row = room.changes.propose(room.by(FIRST), ProposeChange(change=change, reason="準備"))
    room.changes.approve(room.by(SECOND), DecideChange(change_id=row.change_id))


def enter(room: Room, door: str) -> None:
    room.come(FIRST, READ, PROPOSE)
    room.press(door)
    room.bot.waitUntil(lambda: "読んでいます" not in room.shown())


def waiting(room: Room) -> ChangeRow:
    (row,) = room.changes.changes(room.by(SECOND), AskChanges()).rows
    return row


def person(room: Room, staff_id: str) -> PersonRow:
    return next(one for one in room.changes.roster(room.by(SECOND), AskRoster()).people if one.staff_id == staff_id)


def propose(room: Room, reason: str = "4月1日の人事異動") -> None:
    """From the collected changes on."""
    room.at("変更の申請")
    room.go_to("申請の理由")
    room.type(reason)
    room.key(Qt.Key.Key_F12)
    room.at("管理")
    room.says("変更を申請しました")


def fill_date(room: Room, label: str, day: date) -> None:
    """Type a day into its three boxes, in the era that stands there."""
    for part, number in (("年", day.year - 2018), ("月", day.month), ("日", day.day)):
        room.go_to(f"{label}の{part}")
        room.type(str(number))


def test_a_newcomer_on_contract_is_entered_with_a_post_in_one_proposal(room: Room) -> None:
    """S03-6."""
    enter(room, "職員")
    room.key(Qt.Key.Key_F2)
    room.at("職員の内容と配属")
    room.key(Qt.Key.Key_F11)
    room.says("職員番号を入力してください。")
    room.type("n001")
    room.go_to("氏名")
    room.type("葛󠄀城　葵")
    room.go_to("所属")
    room.key(Qt.Key.Key_Down)
    fill_date(room, "最後の日", date(2027, 3, 31))
    room.press("加える")
    room.key(Qt.Key.Key_F11)
    room.at("職員")
    assert ["n001", "葛󠄀城　葵", "市民課", "R9.3.31", "変更あり"] in room.cells()
    assert room.changes.changes(room.by(SECOND), AskChanges()).rows == ()
    room.key(Qt.Key.Key_F12)
    propose(room, "任期付職員の採用")
    wish = waiting(room)
    assert wish.reason == "任期付職員の採用"
    assert wish.change == BundleChange(
        parts=(
            PersonChange(staff_id="n001", name="葛󠄀城　葵", municipality_name="北市", office="中央区役所"),
            PostsChange(staff_id="n001", posts=(PostRow(department="市民課", until=date(2027, 3, 31)),)),
        )
    )
    assert soon(lambda: "staff_change.proposed" in room.journal.kinds())


def test_somebody_leaves_on_a_day_and_each_step_can_be_undone(room: Room) -> None:
    enter(room, "職員")
    room.go_to("絞り込み")
    room.type("Ｋ００１")
    assert [row[0] for row in room.cells()] == [CLERK]
    room.key(Qt.Key.Key_F3)
    room.at("職員の内容と配属")
    room.press("最後の日で全部終える")
    room.says("最後の日を入力してください。")
    fill_date(room, "最後の日", date(2027, 3, 31))
    room.press("最後の日で全部終える")
    assert room.cells() == [["市民課", "", "R9.3.31"]]
    room.press("配属を戻す")
    assert room.cells() == [["市民課", "", ""]]
    fill_date(room, "最後の日", date(2027, 3, 31))
    room.press("最後の日で全部終える")
    room.key(Qt.Key.Key_F11)
    room.at("職員")
    room.key(Qt.Key.Key_F3, SHIFT)
    assert [row[3] for row in room.cells()] == [""]
    assert "申請する変更を見る（1件）" not in room.buttons()


def test_what_was_typed_stays_when_the_office_does_not_answer_and_while_other_pages_are_open(room: Room) -> None:
    done(room, KIDS)
    enter(room, "所属")
    room.go_to("所属 ※必須")
    room.window.focusWidget().selectAll()
    room.type("相談課")
    room.key(Qt.Key.Key_F11)
    room.says("「相談課」の変更を加えました")
    room.key(Qt.Key.Key_F12)
    room.at("変更の申請")
    room.key(Qt.Key.Key_F12)
    room.says("理由を入力してください。")
    room.type("組織の見直し")
    room.office.is_down = True
    room.key(Qt.Key.Key_F12)
    room.says("つながりません")
    room.says("組織の見直し")
    room.key(Qt.Key.Key_Escape)
    room.at("所属")
    room.key(Qt.Key.Key_Escape)
    room.at("管理")
    room.office.is_down = False
    room.press("変更の申請")
    room.at("変更の申請")
    room.says("組織の見直し")
    room.key(Qt.Key.Key_F12)
    room.at("管理")
    assert waiting(room).subject == "相談課"


def test_changes_of_others_in_between_are_said_before_it_is_sent(room: Room) -> None:
    enter(room, "端末")
    room.go_to("端末 ※必須")
    room.type("T-07")
    room.go_to("窓口")
    room.type("7")
    room.key(Qt.Key.Key_F11)
    room.says("現地で確かめてから、印を付けてください。")
    room.screen.findChild(QCheckBox).click()
    room.key(Qt.Key.Key_F11)
    room.says("「T-07」の変更を加えました")
    done(room, TerminalChange(terminal="T-07", window="9", display_hidden=True))
    room.key(Qt.Key.Key_F12)
    room.says("「T-07」は、変更を加えたあとで内容が変わりました")
    room.press("選んだ変更を取り除く")
    room.says("申請する変更はありません。")
    room.key(Qt.Key.Key_F3, SHIFT)
    propose(room, "窓口の移転")
    assert waiting(room).change == TerminalChange(terminal="T-07", window="7", display_hidden=True)


def open_matrix(room: Room) -> Table:
    """The matrix of the clerk, whose department reads applications."""
    city = DepartmentChange(department="市民課", sections=("市民課",), rights=(READS,))
    done(room, BundleChange(parts=(KIDS, city)))
    enter(room, "権限表")
    room.type("一郎")
    room.key(Qt.Key.Key_F3)
    room.says("3件に合います")
    room.window.focusWidget().selectAll()
    room.type(CLERK)
    room.enter()
    table = room.screen.findChild(QTableView)
    room.bot.waitUntil(lambda: table.model().rowCount() > 10)
    return table


def row_of(table: Table, name: str) -> int:
    model = table.model()
    return [model.headerData(at, Qt.Orientation.Vertical) for at in range(model.rowCount())].index(name)


def cell(table: Table, row: int, column: int) -> str:
    return str(table.model().index(row, column).data() or "")


def test_the_matrix_says_where_a_right_comes_from_and_until_when(room: Room) -> None:
    """S04-4."""
    table = open_matrix(room)
    row = row_of(table, "申請を見る")
    assert [cell(table, row, at) for at in range(3)] == ["所属", "", "所属"]
    table.setFocus()
    table.mark_cell(row, 2)
    room.says("申請を見る／転居：所属「市民課」から")
    assert "外す" in room.buttons()
    room.press("外す")
    assert cell(table, row, 2) == "所属"
    table.mark_cell(row, 1)
    room.says("申請を見る／請求：権限はありません。")
    fill_date(room, "最後の日", date(2027, 3, 31))
    room.press("与える")
    assert cell(table, row, 1) == "本人 ～R9.3.31"
    room.says("直接の権限（～R9.3.31）")
    room.key(Qt.Key.Key_F3, SHIFT)
    assert cell(table, row, 1) == ""


def test_cells_of_several_matrices_become_one_proposal_with_before_and_after(room: Room) -> None:
    table = open_matrix(room)
    row = row_of(table, "申請を見る")
    table.setFocus()
    table.mark_cell(row, 1)
    room.enter()
    room.go_to("職員（番号・氏名）")
    room.window.focusWidget().selectAll()
    room.type("市民課")
    room.key(Qt.Key.Key_F3)
    room.says("この所属の職員全員が持つ権限です。")
    table.setFocus()
    table.mark_cell(row, 0)
    room.key(Qt.Key.Key_F12, SHIFT)
    assert cell(table, row, 0) == ""
    room.key(Qt.Key.Key_F12)
    room.at("変更の申請")
    assert room.cells() == [
        ["権限／k001　北　一郎", "―", "申請を見る［請求］"],
        ["権限／市民課", "申請を見る", "―"],
    ]
    propose(room)
    right = RightRow(act="application.read", procedure="claim", item_class="*")
    assert waiting(room).change == BundleChange(
        parts=(
            RightsChange(staff_id=CLERK, rights=(right,)),
            DepartmentChange(department="市民課", sections=("市民課",), rights=()),
        )
    )


def test_a_file_of_transfers_is_tried_out_row_by_row_and_then_proposed(room: Room, tmp_path) -> None:
    """S01-9."""
    done(room, KIDS)
    head = "staff,from,to,on,until,roles\n"
    wrong, right = tmp_path / "a.csv", tmp_path / "b.csv"
    wrong.write_text(
        head + "k001,市民課,宇宙課,2027-04-01,,\nk999,,子ども課,2027-04-01,,\na001,市民課,,4/1,,\n", "utf-8"
    )
    right.write_text("\ufeff" + head + "k001,市民課,子ども課,2027-04-01,,\n", "utf-8")
    room.files += [wrong, right]
    enter(room, "一括異動")
    room.press("異動のファイルを選ぶ")
    room.says("3件のうち3件に誤りがあります。")
    assert [[row[0], row[4]] for row in room.cells()] == [
        ["2", "異動先の所属が登録されていません"],
        ["3", "登録のない職員番号です"],
        ["4", "日付が正しくありません（例：2027-04-01）"],
    ]
    assert room.buttons() == ["異動のファイルを選ぶ", "役割の表を選ぶ", "戻る"]
    room.key(Qt.Key.Key_F3)
    room.says("1件すべて異動できます。")
    assert room.cells()[0][:4] == ["2", "k001　北　一郎", "市民課（～R9.3.31）", "子ども課（R9.4.1～）"]
    room.go_to("申請の理由")
    room.type("定期異動")
    room.key(Qt.Key.Key_F12)
    room.says("異動をまとめて申請しました")
    assert waiting(room).subject == "2027-04-01"
    assert person(room, CLERK).posts == (PostRow(department="市民課"),)


def test_a_large_office_is_sifted_while_typing(room: Room) -> None:
    """2,000 people: the list stands at once, and each letter sifts it."""

    def fill(unit) -> None:
        for at in range(2000):
            name = "北　一郎" if at % 100 else f"特別　{at}"
            unit.put_member(
                StaffMember(KITA, "北市", "中央区役所", f"m{at:04}", name, "", "x", is_active=True),
                room.slice_.clock.now(),
            )

    room.book.write(fill)
    enter(room, "職員")
    room.says("職員 2003人です。")
    began = perf_counter()
    for letter in "特別":
        room.type(letter)
    assert len(room.cells()) == 20
    assert perf_counter() - began < 1


def test_who_only_decides_sees_no_door_to_propose(room: Room) -> None:
    room.come(SECOND, READ, DECIDE)
    assert room.buttons() == ["変更の承認", "サインインの状況", "戻る"]
