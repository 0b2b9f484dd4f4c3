"""申請書 at the window: before the hand-in to be signed on paper, after it with number; each item with its source."""

from PySide6.QtCore import Qt

from tests.support.claims import MOVE
from tests.ui.visit.conftest import Counter
from tests.ui.visit.test_again import to_the_end


def test_the_application_can_be_printed_before_and_after_it_is_handed_in(counter: Counter) -> None:
    counter.find_by_card()
    to_the_end(counter)
    counter.key(Qt.Key.Key_F9)
    counter.bot.waitUntil(lambda: bool(counter.papers))
    title, before = counter.papers.pop()
    assert title == f"{MOVE.title}（確認用）"
    counter.key(Qt.Key.Key_F12)
    counter.at("提出の結果")
    counter.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    counter.bot.waitUntil(lambda: bool(counter.papers))
    _, after = counter.papers.pop()
    assert (after.title, after.mark.number) == (MOVE.title, "R000001")
    assert before.mark.number != after.mark.number
    marks = {row.source for section in after.content.sections for row in section.rows}
    assert "住民記録" in marks
