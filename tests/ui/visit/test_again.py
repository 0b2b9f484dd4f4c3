"""What can't be taken back is handed in for who was identified: the same card lies there, or the clerk looks again."""

from PySide6.QtCore import Qt

from app.services.hand_in import Again
from app.ui.flows.hand_in import sure_of
from app.ui.kit import Kit
from tests.support.claims import CLAIM, MOVE
from tests.ui.visit.conftest import READER, Counter


def to_the_end(counter: Counter) -> None:
    """From the person found to the screen before a move is handed in."""
    counter.key(Qt.Key.Key_F12)
    counter.at("手続の選択")
    counter.key(Qt.Key.Key_Down)
    counter.enter()
    counter.at("申請入力")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")


def handed_in(counter: Counter) -> list[dict[str, object]]:
    return [dict(act.what) for act in counter.desk.journal.acts if act.kind == "application.handed_in"]


def test_a_procedure_says_whether_its_hand_in_can_be_taken_back():
    assert MOVE.identity.again
    assert not CLAIM.identity.again


def test_with_the_same_card_still_on_the_reader_no_key_more_is_pressed_and_that_is_kept(counter: Counter):
    counter.find_by_card()
    to_the_end(counter)
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    assert [act["again"] for act in handed_in(counter)] == ["same_card"]


def test_a_card_taken_off_or_another_one_laid_there_costs_one_look_and_one_key(counter: Counter, kit: Kit):
    counter.find_by_card()
    to_the_end(counter)
    counter.readers.take(READER)
    counter.put_card("child")
    counter.key(Qt.Key.Key_F12)
    counter.says(kit.texts.hand_in.sure_card)
    assert handed_in(counter) == []
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    assert [act["again"] for act in handed_in(counter)] == ["looked"]


def test_going_back_to_the_form_asks_anew(counter: Counter, kit: Kit):
    counter.find_by_card()
    to_the_end(counter)
    counter.readers.take(READER)
    counter.key(Qt.Key.Key_F12)
    counter.says(kit.texts.hand_in.sure_title)
    counter.key(Qt.Key.Key_Escape)
    counter.at("申請入力")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    assert kit.texts.hand_in.sure_title not in counter.shown()
    counter.key(Qt.Key.Key_F12)
    counter.says(kit.texts.hand_in.sure_title)
    assert handed_in(counter) == []


def test_what_can_be_corrected_later_asks_nothing(counter: Counter):
    counter.open_form()
    counter.readers.take(READER)
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の確認")
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    assert ["again" in act for act in handed_in(counter)] == [False]


def test_where_there_was_no_card_the_clerk_is_asked_to_look_at_the_document_again(counter: Counter, kit: Kit):
    counter.find_by_card()
    present = counter.visit._present
    assert present is not None
    assert sure_of(present, MOVE, counter.readers.seen().cards, has_looked=False) is Again.SAME_CARD
    present.card_at = None  # as ways without a chip leave it
    to_the_end(counter)
    counter.key(Qt.Key.Key_F12)
    counter.says(kit.texts.hand_in.sure_document)
    assert sure_of(present, MOVE, counter.readers.seen().cards, has_looked=True) is Again.LOOKED
    assert sure_of(present, CLAIM, (), has_looked=False) is Again.NOT_ASKED
