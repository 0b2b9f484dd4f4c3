"""A return for what was entered names the field; where it is several, the words beside it say which."""

from PySide6.QtWidgets import QComboBox

from app.wire.desk import OpenApplication
from tests.ui.review.conftest import CHECKER, Desk
from tests.ui.review.test_review import choose, state_of


def test_a_return_for_what_was_entered_names_the_field(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.give_back()
    choose(desk, "記入に誤り")
    desk.give_back()
    desk.sees("どの項目の誤りかを選んでください")
    assert state_of(desk) == "received"
    box = desk.window.focusWidget()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText("電話番号"))
    desk.give_back()
    desk.sees("を差し戻しました")
    view = desk.office.desk.review.open(desk.office.call(CHECKER), OpenApplication(application_id="a1"))
    assert (view.steps[-1].reason, view.steps[-1].field) == ("entry_wrong", "claimant_phone")


def test_where_several_fields_are_to_be_mended_none_is_named(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.give_back()
    choose(desk, "記入に誤り")
    desk.give_back()
    box = desk.window.focusWidget()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.count() - 1)
    desk.give_back()
    desk.sees("を差し戻しました")
    view = desk.office.desk.review.open(desk.office.call(CHECKER), OpenApplication(application_id="a1"))
    assert view.steps[-1].field == ""
