"""C-26: the queue is sorted and filtered by keys, says every ground, holds cases and passes safe ones together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView

from app.ui.widgets.table import Table
from app.wire.desk import OpenApplication
from tests.edge.backend.desk.conftest import FACTS
from tests.support.patient_bot import soon
from tests.ui.review.conftest import CHECKER, CLERK, Desk
from tests.ui.review.test_review import choose, kinds, state_of, texts_of


def row_of(desk: Desk, number: str) -> str:
    return next(line for line in texts_of(desk.find(QTableView)).splitlines() if number in line)


def three(desk: Desk) -> list[str]:
    """Three that wait; the second one has an alert, which is said as such."""
    found = []
    for name, facts in (("a1", FACTS), ("a2", FACTS | {"claimant_name": ""}), ("a3", FACTS)):
        found.append(desk.office.receive(name, facts=facts).number)
        desk.office.slice.clock.move(minutes=2)
    return found


def order(desk: Desk) -> list[str]:
    return [line.split("　")[1] for line in texts_of(desk.find(QTableView)).splitlines()]


def test_age_risk_and_mine_are_one_key_apart(desk: Desk) -> None:
    first, second, third = three(desk)
    desk.sign_in(CHECKER)
    assert order(desk) == [first, second, third]
    desk.press(Qt.Key.Key_F7)
    desk.sees("注意の重い順に並んでいます")
    assert order(desk)[0] == second
    desk.press(Qt.Key.Key_F7)
    desk.sees("自分が進められる順に並んでいます")
    desk.press(Qt.Key.Key_F7)
    desk.sees("古い順に並んでいます")
    assert order(desk) == [first, second, third]


def test_the_marked_row_says_every_ground(desk: Desk) -> None:
    _, second, _ = three(desk)
    desk.sign_in(CHECKER)
    assert "警告" in row_of(desk, second)
    desk.press(Qt.Key.Key_Down)
    desk.sees("【警告】「氏名」")
    assert "R8.11.20受付" in desk.words()


def test_a_filter_shows_only_what_may_pass_together(desk: Desk) -> None:
    first, _, third = three(desk)
    desk.sign_in(CHECKER)
    box = desk.find(QComboBox)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("batch"))
    assert order(desk) == [first, third]
    box.setCurrentIndex(box.findData("held"))
    desk.sees("待っている申請はありません")


def test_ticked_ones_pass_after_a_second_press_and_each_outcome_is_shown(desk: Desk) -> None:
    first, _, third = three(desk)
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    assert "選択中：受付点検" in row_of(desk, first)
    desk.press(Qt.Key.Key_F12)
    desk.sees("2件をまとめて進めます")
    assert state_of(desk) == "received"
    desk.press(Qt.Key.Key_F12)
    desk.sees("2件をまとめて進めました")
    assert state_of(desk) == "checked"
    results = "\n".join(texts_of(one) for one in desk.window.findChildren(Table) if one.isVisible())
    assert third in results
    assert soon(lambda: "applications.passed_together" in kinds(desk.journal.acts))


def test_escape_takes_the_question_back(desk: Desk) -> None:
    three(desk)
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_F12)
    desk.sees("1件をまとめて進めます")
    desk.press(Qt.Key.Key_Escape)
    assert "まとめて進めます" not in desk.words()
    assert desk.left == []
    assert state_of(desk) == "received"


def test_what_is_not_safe_can_not_be_ticked_and_says_why(desk: Desk) -> None:
    three(desk)
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    desk.sees("この申請は、まとめて進められません")
    desk.press(Qt.Key.Key_F12)  # opens it: nothing is ticked
    desk.sees("これまでの経過")


def test_what_became_unsafe_meanwhile_stays_and_is_told(desk: Desk) -> None:
    three(desk)
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_Space)
    desk.office.check(CHECKER, outcome="returned", reason="paper_missing")
    desk.press(Qt.Key.Key_F12)
    desk.press(Qt.Key.Key_F12)
    desk.sees("1件のうち0件を進めました")
    assert state_of(desk) == "returned"


def test_the_own_entry_is_not_offered_with_others(desk: Desk) -> None:
    three(desk)
    desk.sign_in(CLERK)
    desk.press(Qt.Key.Key_Space)
    desk.sees("この申請は、まとめて進められません")


def test_a_case_is_held_from_the_queue_with_reason_and_day(desk: Desk) -> None:
    number = desk.office.receive().number
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_F11)
    desk.sees("保留（決めた日まで置いておきます")
    desk.press(Qt.Key.Key_F11)
    desk.sees("理由を選んでください")
    choose(desk, "書類の提出")
    desk.press(Qt.Key.Key_F11)
    desk.sees("いつまで保留にするかを選んでください")
    day = desk.window.focusWidget()
    assert isinstance(day, QComboBox)
    while "R8.11.23（月）まで" not in day.currentText():
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_F11)
    desk.sees(f"{number} を保留にしました")
    desk.qtbot.waitUntil(lambda: "保留（R8.11.23まで）" in row_of(desk, number))
    desk.open_first()
    desk.sees("保留中です（R8.11.23まで）")
    desk.press(Qt.Key.Key_F11)
    desk.sees(f"{number} の保留を終えました")
    held = desk.office.desk.review.open(desk.office.call(CHECKER), OpenApplication(application_id="a1")).hold
    assert held is None


def test_a_return_is_begun_from_the_queue(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.give_back()
    desk.sees("差戻し（役所の中だけのやりとり")


def test_one_who_may_not_act_is_told_instead_of_asked_for_a_reason(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CLERK)
    desk.press(Qt.Key.Key_F11)
    desk.sees("この段階は、別の職員が行います")
    assert "保留（決めた日まで" not in desk.words()
