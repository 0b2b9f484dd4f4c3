"""While locked nothing of a register's screen is left in the window; unlocked it stands as before."""

from PySide6.QtCore import Qt

from app.ui.set_aside import SetAside
from tests.ui.register.conftest import BOSS, CLERK, Room
from tests.ui.register.test_move import NEW_HOME, enter_move


def test_a_form_is_taken_out_and_comes_back_with_what_was_typed(room: Room) -> None:
    aside = SetAside((room.desk,), room.window._lock_screen)
    room.come(CLERK)
    enter_move(room)
    entry = room.desk._ways.pages.entry
    before, draft = room.shown(), entry._people.draft
    room.desk.save_now()
    work = aside.take_out()
    assert "高橋" not in room.shown()
    assert NEW_HOME not in room.shown()
    assert entry._people.draft.persons == () or entry._people.draft is None
    aside.put_back(work)
    assert room.shown().replace("\n", "") == before.replace("\n", "")
    assert entry._people.draft == draft
    room.key(Qt.Key.Key_F12)
    room.says("転居を仮登録しました")


def test_a_record_with_its_restraints_is_taken_out_too(room: Room) -> None:
    room.office.protect("230")
    aside = SetAside((room.desk,), room.window._lock_screen)
    room.come(BOSS)
    room.look_up("佐藤　光")
    room.key(Qt.Key.Key_F6)
    room.waits_for("措置の一覧", "佐藤　光")
    work = aside.take_out()
    assert "佐藤" not in room.shown()
    aside.put_back(work)
    assert "佐藤" in room.rows("措置の一覧")[0]
    room.key(Qt.Key.Key_Escape)
    room.at("住民票の内容")
    room.waits_for("世帯", "佐藤　光")
