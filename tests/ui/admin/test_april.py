"""C-02, C-03: a transfer of 1 April from the first screen to the day itself, by two administrators at the window."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from app.domain.rights import Department, Right
from app.errors import NotAllowed
from app.services.decide_changes import DECIDE, READ
from app.services.propose_changes import PROPOSE
from app.wire.staff import RightRow
from app.wire.staff_change import AskChanges, DecideChange, PostRow
from tests.support.slices import KITA
from tests.ui.admin.conftest import CLERK, FIRST, SECOND, Room
from tests.ui.admin.test_proposing import fill_date, person, propose

MARCH, APRIL = date(2027, 3, 31), date(2027, 4, 1)
IN_MARCH = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
"""The last minute of 31 March in Tokyo."""


def sections(room: Room) -> None:
    """Two departments; each lets its people do something else."""

    def fill(unit) -> None:
        unit.put_department(KITA, Department("子ども課", ("子ども課",), (Right("application.check"),)))
        unit.put_department(KITA, Department("市民課", ("市民課",), (Right("application.receive"),)))

    room.book.write(fill)


def may(room: Room) -> set[str]:
    """What the clerk may do today."""
    return {one.act for one in person(room, CLERK).effective}


def plan_the_move(room: Room) -> None:
    """The first administrator collects and proposes it: one post ends in March, the other begins in April."""
    room.come(FIRST, READ, PROPOSE, DECIDE)
    room.press("職員")
    room.says("職員 3人です。")
    room.type(CLERK)
    room.key(Qt.Key.Key_F3)
    room.at("職員の内容と配属")
    fill_date(room, "最後の日", MARCH)
    room.press("書き換える")
    room.go_to("所属")
    room.key(Qt.Key.Key_Home)
    room.key(Qt.Key.Key_Down)
    for part in ("年", "月", "日"):
        room.go_to(f"最後の日の{part}")
        room.window.focusWidget().selectAll()
        room.key(Qt.Key.Key_Delete)
    fill_date(room, "最初の日", APRIL)
    room.press("加える")
    room.key(Qt.Key.Key_F11)
    room.at("職員")
    room.key(Qt.Key.Key_F12)
    propose(room)


def test_who_moves_on_the_first_of_april_loses_the_old_rights_that_day_once_two_have_agreed(room: Room) -> None:
    sections(room)
    plan_the_move(room)
    room.press("変更の承認")
    room.says("あなたが申請した変更です。")
    assert "承認する" not in room.buttons()
    (row,) = room.changes.changes(room.by(SECOND), AskChanges()).rows
    with pytest.raises(NotAllowed):
        room.changes.approve(room.by(FIRST), DecideChange(change_id=row.change_id))
    assert may(room) == {"application.receive"}
    room.come(SECOND, READ, DECIDE)
    room.press("変更の承認")
    room.says("申請の理由：4月1日の人事異動")
    assert ["配属", "―", "子ども課（R9.4.1～）"] in room.cells()
    room.key(Qt.Key.Key_F12)
    room.says("の変更を承認しました")
    posts = (PostRow(department="市民課", until=MARCH), PostRow(department="子ども課", since=APRIL))
    assert person(room, CLERK).posts == posts
    room.slice_.clock.at = IN_MARCH
    assert may(room) == {"application.receive"}
    room.slice_.clock.move(minutes=1)
    assert may(room) == {"application.check"}
    effective = RightRow(act="application.check", procedure="claim", item_class="*")
    assert person(room, CLERK).effective == (effective,)
