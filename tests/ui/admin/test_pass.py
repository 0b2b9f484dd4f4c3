"""A one-time pass as a supervisor issues it: told once, seen until its time is over or one leaves, good once."""

import pytest
from PySide6.QtCore import Qt

from app.errors import SignInRefused
from app.services.manage_cards import PASS
from app.ui.flows.admin_pass import PassFlow
from app.wire.staff import SignIn
from tests.support.patient_bot import soon
from tests.ui.admin.conftest import CLERK, FIRST, PASSWORD, Room


def issue(room: Room, staff_id: str = CLERK) -> str:
    """Issue a pass by keys; gives what stands on the screen."""
    room.come(FIRST, PASS)
    room.key(Qt.Key.Key_Return)
    room.at("一時パスの発行")
    room.type(staff_id)
    room.key(Qt.Key.Key_Tab)
    room.type("1")
    room.key(Qt.Key.Key_F12)
    room.says(f"{staff_id} の一時パス")
    return next(line for line in room.shown().split("\n") if line.count("-") == 2)


def test_the_pass_lets_its_person_in_once_with_their_password(room: Room) -> None:
    letters = issue(room)
    asked = SignIn(staff_id=CLERK, password=PASSWORD, one_time_pass=letters)
    assert room.staff.sign_in(room.by(), asked).second_factor == "one_time_pass"
    with pytest.raises(SignInRefused):
        room.staff.sign_in(room.by(), asked)
    assert soon(lambda: room.journal.acts[-1].kind == "staff_pass.issued")
    assert letters not in str(room.journal.acts)


def test_the_pass_is_gone_from_the_screen_once_it_is_hidden_left_or_over(room: Room) -> None:
    letters = issue(room)
    room.key(Qt.Key.Key_Space)
    assert letters not in room.shown()
    letters = issue(room)
    room.key(Qt.Key.Key_Escape)
    room.at("管理")
    room.key(Qt.Key.Key_Return)
    assert letters not in room.shown()
    letters = issue(room)
    room.slice_.clock.move(minutes=9)
    room.window.findChild(PassFlow).look()
    assert letters in room.shown()
    room.slice_.clock.move(minutes=1)
    room.window.findChild(PassFlow).look()
    assert letters not in room.shown()
    room.says("一時パスの有効時間が過ぎました。")


def test_nobody_issues_a_pass_for_themselves_or_for_nobody(room: Room) -> None:
    room.come(FIRST, PASS)
    room.key(Qt.Key.Key_Return)
    room.key(Qt.Key.Key_F12)
    room.says("職員番号を入力してください。")
    room.says("理由を選んでください。")
    room.type(FIRST)
    room.key(Qt.Key.Key_Tab)
    room.type("2")
    room.key(Qt.Key.Key_F12)
    room.says("自分の一時パスは発行できません。")
    for _ in range(len(FIRST)):
        room.key(Qt.Key.Key_Backspace)
    room.type("k999")
    room.key(Qt.Key.Key_F12)
    room.says("office.not_allowed")
