"""What is typed and can't be read as a value yet is in the draft all the same, and stands there again."""

from PySide6.QtCore import Qt

from app.ui.flows.application import without_row
from tests.ui.visit.conftest import Counter


def half_typed(counter: Counter) -> None:
    counter.open_form()
    counter.go_to("電話番号")
    counter.type("0901")
    counter.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_half_a_telephone_number_is_kept_and_stands_there_again_when_the_draft_is_opened(counter: Counter) -> None:
    half_typed(counter)
    counter.visit.save_now()
    counter.bot.waitUntil(lambda: bool(counter.desk.work.drafts()), timeout=6000)
    counter.bot.waitUntil(lambda: bool(kept(counter).unread), timeout=6000)
    assert kept(counter).unread == {"claimant_phone": "0901"}
    assert "claimant_phone" not in kept(counter).facts
    counter.key(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    counter.at("次の応対")
    counter.says("下書き")
    counter.go_to("再開できる下書き")
    counter.enter()
    counter.at("申請入力")
    counter.bot.waitUntil(lambda: counter.focus().accessibleName().startswith("電話番号"), timeout=6000)
    assert counter.focus().text() == "0901"
    counter.type("0000000")
    counter.visit.save_now()
    counter.bot.waitUntil(lambda: not kept(counter).unread, timeout=6000)


def kept(counter: Counter):
    marks = counter.desk.work.drafts()
    return counter.desk.work.draft(marks[0].draft_id)


def test_when_a_row_goes_half_typed_entries_below_it_move_up() -> None:
    typed = {"children[0].birth": "a", "children[1].birth": "b", "children[2].birth": "c", "phone": "d"}
    assert without_row(typed, "children", 1) == {"children[0].birth": "a", "children[1].birth": "c", "phone": "d"}
