"""Enquiries of an application under review: begun with the person's consent, answered by themselves."""

import pytest
from PySide6.QtCore import Qt

from app.ui.messages import load_messages
from app.ui.screens.review import ReviewScreen
from app.ui.widgets.choice import YesNo
from app.ui.widgets.table import Table
from app.wire.desk import OpenApplication
from tests.edge.backend.desk.conftest import having
from tests.support.patient_bot import soon
from tests.support.slices import person
from tests.ui.review.conftest import CHECKER, DECIDER, EXAMINER, MARRIED, READS, Desk
from tests.ui.review.test_review import kinds, texts_of, tick_all


@pytest.mark.parametrize(("kind", "word"), [("undeclared", "未申告"), ("no_data", "該当なし"), ("value", "3,100,000")])
def test_an_enquiry_begun_in_the_examination_brings_its_own_kind_of_answer(desk: Desk, kind: str, word: str) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.sign_in(EXAMINER)
    desk.open_first()
    table = desk.find(Table, "この申請で必要な照会")
    desk.qtbot.waitUntil(lambda: "未送信" in texts_of(table))
    agree(desk)
    table.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "符号取得待ち" in texts_of(table))
    desk.exchange.kind = kind
    desk.press(Qt.Key.Key_F5)
    desk.sees(word)
    desk.qtbot.waitUntil(lambda: "符号取得待ち" not in texts_of(desk.find(Table, "この申請で必要な照会")))


def agree(desk: Desk) -> None:
    """The person's signed consent is at hand, where the marked enquiry asks for it."""
    found = [one for one in desk.window.findChildren(YesNo) if one.isVisible()]
    if found:
        found[0].show_value("yes")


def test_one_key_sends_every_enquiry_that_the_case_needs_without_scrolling_to_them(desk: Desk) -> None:
    """Whoever is asked about agreed in writing: that is said of each person, with the keyboard alone."""
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.window.resize(1366, 768)
    desk.sign_in(EXAMINER)
    desk.open_first()
    table = desk.find(Table, "この申請で必要な照会")
    desk.qtbot.waitUntil(lambda: "未送信" in texts_of(table))
    assert not table.visibleRegion().isEmpty()
    bottom = table.mapTo(desk.window, table.rect().bottomLeft()).y()
    assert table.visibleRegion().boundingRect().height() == table.height()
    assert bottom < 660
    wanted = table.model().rowCount()
    desk.press(Qt.Key.Key_F5)
    desk.sees(f"本人の同意を確かめる照会が{wanted}件あります")
    assert desk.exchange.made == {}
    for count in range(1, wanted + 1):
        desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_F5)
        desk.qtbot.waitUntil(lambda: len(desk.exchange.made) == count)  # noqa: B023
    desk.qtbot.waitUntil(lambda: "未送信" not in texts_of(table))
    assert {one.consent for one in desk.exchange.made.values()} == {"signed"}
    desk.qtbot.waitUntil(lambda: len(desk.exchange.made) == wanted)
    assert soon(lambda: kinds(desk.journal.acts).count("enquiry.made") == wanted)
    desk.exchange.kind = "no_data"
    desk.qtbot.waitUntil(lambda: texts_of(table).count("該当なし") == wanted, timeout=9000)
    assert any(one.label == "読み直す" for one in desk.find(ReviewScreen).key_labels())


def test_without_the_persons_signed_consent_the_examination_asks_nothing(desk: Desk) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.sign_in(EXAMINER)
    desk.open_first()
    table = desk.find(Table, "この申請で必要な照会")
    table.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.sees("同意がないため送れません。")
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_F5)
    assert desk.exchange.made == {}


def test_an_examiner_without_the_right_to_enquire_is_told_so_and_sends_nothing(desk: Desk) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.sign_in(person("003", *having(*READS, "application.examine")))
    desk.open_first()
    table = desk.find(Table, "この申請で必要な照会")
    assert "権限なし" in texts_of(table)
    assert "未送信" not in texts_of(table)
    table.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_F5)
    desk.sees("受付番号")
    assert desk.exchange.made == {}


def test_an_answer_that_comes_later_is_shown_by_itself(desk: Desk) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.sign_in(EXAMINER)
    desk.open_first()
    agree(desk)
    desk.find(Table, "この申請で必要な照会").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.sees("符号取得待ち")
    desk.exchange.kind = "undeclared"
    desk.qtbot.waitUntil(lambda: "申告がないという回答です" in desk.words(), timeout=9000)
    assert "符号取得待ち" not in desk.words()


def test_an_enquiry_that_the_other_side_refuses_says_why(desk: Desk) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.exchange.refusal = "wrong_purpose"
    desk.sign_in(EXAMINER)
    desk.open_first()
    table = desk.find(Table, "この申請で必要な照会")
    agree(desk)
    table.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "照会できません" in texts_of(table))
    desk.sees(load_messages().refusal("wrong_purpose"))


def test_the_answers_go_into_the_case_with_the_examination(desk: Desk) -> None:
    desk.office.receive(facts=MARRIED)
    desk.office.check(CHECKER)
    desk.sign_in(EXAMINER)
    desk.open_first()
    desk.exchange.kind = "value"
    table = desk.find(Table, "この申請で必要な照会")
    for row in range(table.model().rowCount()):
        table.selectRow(row)
        agree(desk)
        table.setFocus()
        desk.press(Qt.Key.Key_Return)
        desk.qtbot.waitUntil(lambda: len(desk.exchange.made) == row + 1)  # noqa: B023
    desk.sees("3,100,000")
    desk.qtbot.wait(50)
    desk.press(Qt.Key.Key_F12)
    tick_all(desk)
    desk.sees("審査を終え")
    view = desk.office.desk.review.open(desk.office.call(DECIDER), OpenApplication(application_id="a1"))
    assert view.state == "examined"
    assert len(view.answers) == len(desk.exchange.made)
