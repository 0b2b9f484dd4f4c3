"""What waits is checked, examined and decided at the screens, by the keyboard, by as many persons as it needs."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QTableView

from app.domain.act import Act
from app.ui.screens.decision import DecisionScreen
from app.ui.screens.paper import PageView
from app.ui.screens.queue import QueueScreen
from app.ui.screens.review import ReviewScreen
from app.ui.widgets.button import Button
from app.ui.widgets.table import Table
from app.ui.widgets.timeline import Timeline
from app.wire.desk import OpenApplication
from tests.edge.backend.desk.conftest import FACTS, having
from tests.support.patient_bot import soon
from tests.support.slices import person
from tests.ui.review.conftest import CHECKER, CLERK, DECIDER, EXAMINER, READS, Desk


def texts_of(table: QTableView) -> str:
    model = table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return "\n".join("　".join(str(model.index(row, column).data()) for column in columns) for row in rows)


def kinds(acts: list[Act]) -> list[str]:
    return [act.kind for act in acts]


def state_of(desk: Desk) -> str:
    asked = OpenApplication(application_id="a1")
    return desk.office.desk.review.open(desk.office.call(DECIDER), asked).state


def choose(desk: Desk, label: str) -> None:
    box = desk.find(QComboBox)
    assert isinstance(box, QComboBox)
    while label not in box.currentText():
        before = box.currentIndex()
        desk.press(Qt.Key.Key_Down)
        assert box.currentIndex() != before, label


def test_an_empty_queue_says_so_in_words(desk: Desk) -> None:
    desk.sign_in(CHECKER)
    desk.sees("待っている申請はありません。")
    desk.press(Qt.Key.Key_Escape)
    assert desk.left == [True]


def test_the_queue_shows_the_oldest_first_with_how_long_it_has_waited(desk: Desk) -> None:
    desk.office.receive("a1")
    desk.office.slice.clock.move(minutes=75)
    desk.office.receive("a2")
    desk.office.slice.clock.move(minutes=12)
    desk.sign_in(CHECKER)
    shown = texts_of(desk.find(QTableView)).splitlines()
    assert "1時間27分" in shown[0]
    assert "12分" in shown[1]
    assert "受付点検" in shown[0]


def test_own_work_stands_in_the_queue_with_the_reason_and_can_not_be_checked(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CLERK)
    assert "受付点検不可：自分が加わった申請" in texts_of(desk.find(QTableView))
    desk.open_first()
    desk.sees("この段階は、別の職員が行います")
    desk.press(Qt.Key.Key_F12)
    desk.sees("自分が加わった段階を点検・決裁できません")
    assert state_of(desk) == "received"


def test_the_office_refuses_the_author_even_if_the_screen_did_not_know(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    author = replace(CHECKER, staff_id="001")
    desk.review._session = replace(desk.review._session, actor=author)
    desk.review._work._session = desk.review._session
    desk.press(Qt.Key.Key_F12)
    desk.sees("この段階は、別の職員が行います")
    assert state_of(desk) == "received"
    assert soon(lambda: kinds(desk.journal.acts)[-1] == "application.checked.refused")


def test_the_check_is_passed_with_one_key_and_the_queue_says_what_was_done(desk: Desk) -> None:
    number = desk.office.receive().number
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.sees("初めての提出")
    desk.press(Qt.Key.Key_F12)
    desk.sees(f"{number} の受付点検を終え")
    assert state_of(desk) == "checked"
    assert soon(lambda: kinds(desk.journal.acts)[-2:] == ["application.checked", "queue.shown"])


def test_a_return_wants_a_reason_and_leaves_the_receipt_date(desk: Desk) -> None:
    receipt = desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.give_back()
    desk.give_back()
    desk.sees("理由を選んでください")
    assert state_of(desk) == "received"
    choose(desk, "書類")
    desk.give_back()
    desk.sees("を差し戻しました。受付日は変わりません")
    view = desk.office.desk.review.open(desk.office.call(CHECKER), OpenApplication(application_id="a1"))
    assert (view.state, view.receipt_date) == ("returned", receipt.receipt_date)
    assert view.steps[-1].reason == "paper_missing"


def test_escape_leaves_the_reason_first_and_then_the_application(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.give_back()
    desk.press(Qt.Key.Key_Escape)
    assert desk.find(ReviewScreen)
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.window.findChildren(QueueScreen)))
    assert not [one for one in desk.window.findChildren(ReviewScreen) if one.isVisible()]


def test_a_returned_application_says_why_and_offers_no_step_to_others(desk: Desk) -> None:
    desk.office.receive()
    desk.office.check(CHECKER, outcome="returned", reason="account_wrong")
    desk.sign_in(person("006", *having(*READS, "application.receive")))
    desk.review.open("a1")
    desk.sees("これまでの経過")
    desk.sees("この申請は差し戻されています")
    desk.sees("理由：振込先を確かめる必要がある")
    desk.press(Qt.Key.Key_F12)
    assert state_of(desk) == "returned"
    assert not [one for one in desk.window.findChildren(Button) if one.isVisible() and "終える" in one.text()]


def test_after_a_return_only_what_changed_is_shown_before_and_after(desk: Desk) -> None:
    desk.office.receive()
    desk.office.check(CHECKER, outcome="returned", reason="entry_wrong")
    desk.office.receive(facts=FACTS | {"claimant_phone": "0119999999"}, version=2)
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.sees("変わった1項目だけ")
    assert texts_of(desk.find(Table, "変わったところ")).startswith("電話番号　0110000000　0119999999")


def test_the_evidence_is_shown_with_each_verdict_for_itself(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    names = " ".join(one.accessibleName() for one in desk.window.findChildren(ReviewScreen)[0].findChildren(object)
                     if hasattr(one, "accessibleName"))  # fmt: skip
    assert "カードの発行者は本物か 確認済み" in names
    assert "このカード自身か（複製でないか） 未確認" in names


def test_a_line_that_is_down_keeps_the_step_and_the_second_try_has_the_same_key(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.line.is_down = True
    desk.press(Qt.Key.Key_F12)
    desk.sees("サーバーにつながりません")
    desk.line.is_down = False
    desk.press(Qt.Key.Key_F12)
    desk.sees("受付点検を終え")
    assert len(set(desk.line.keys)) == 1
    assert len(desk.line.keys) == 2


def test_somebody_was_first(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.office.check(person("005", *having(*READS, "application.check")))
    desk.press(Qt.Key.Key_F12)
    desk.sees("ほかの職員が先に変更しました")


def test_an_amount_that_nobody_is_entered_for_is_not_called_nothing(desk: Desk) -> None:
    desk.office.receive(facts={**FACTS, "children": ()})
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.sees("（児童が未入力）")
    assert "支給なし" not in desk.words()


def walk_to(desk: Desk, name: str) -> None:
    """Press Tab until the control of that name has the focus; one that can't be reached is an error."""
    for _ in range(60):
        at = desk.window.focusWidget()
        if at is not None and at.accessibleName() == name:
            return
        desk.press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def tick_all(desk: Desk) -> None:
    """Tick with Space what wants a look, then go on."""
    boxes = [one for one in desk.window.findChildren(QCheckBox) if one.isVisible()]
    if boxes:
        desk.sees("確かめていない指摘が")
        for box in boxes:
            box.setFocus()
            desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_F12)


def examined(desk: Desk) -> str:
    number = desk.office.receive().number
    desk.office.check(CHECKER)
    desk.office.examine(EXAMINER)
    desk.sign_in(DECIDER)
    desk.open_first()
    return number


def test_an_approval_has_a_proven_receipt_and_its_notice_can_be_looked_at(desk: Desk) -> None:
    number = examined(desk)
    desk.press(Qt.Key.Key_F12)
    tick_all(desk)
    desk.sees(f"{number}　髙橋　花子 様の請求を認定しました")
    assert state_of(desk) == "approved"
    screen = desk.find(DecisionScreen)
    desk.qtbot.waitUntil(lambda: any("台帳に記録されたか 確認済み" in one.accessibleName()
                                     for one in screen.findChildren(type(screen._receipt))))  # fmt: skip
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(PageView)), timeout=8000)
    assert "通知書" in desk.find(PageView).accessibleName()
    assert soon(lambda: kinds(desk.journal.acts)[-1] == "paper.shown")
    desk.press(Qt.Key.Key_Escape)
    assert desk.find(DecisionScreen)


def test_a_rejection_wants_a_reason_for_the_person(desk: Desk) -> None:
    number = examined(desk)
    walk_to(desk, "却下する…")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_F12)
    desk.sees("理由を選んでください")
    assert state_of(desk) == "examined"
    choose(desk, "公務員")
    desk.press(Qt.Key.Key_F12)
    desk.sees(f"{number}　髙橋　花子 様の請求を却下しました")
    view = desk.office.desk.review.open(desk.office.call(DECIDER), OpenApplication(application_id="a1"))
    assert (view.state, view.steps[-1].reason) == ("rejected", "public_servant")


def test_what_happened_in_the_visit_is_read_as_one_timeline(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    line = desk.find(Timeline, "この応対で行われたこと")
    desk.qtbot.waitUntil(lambda: line.model().rowCount() > 0)
    shown = "\n".join(str(line.model().index(row, 0).data()) for row in range(line.model().rowCount()))
    assert "申請を提出した" in shown
    desk.press(Qt.Key.Key_Escape)
    assert desk.find(ReviewScreen)


def test_nothing_of_an_application_stays_on_the_screens_after_the_session(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.open_first()
    desk.review.end()
    desk.qtbot.wait(20)
    assert "髙橋" not in desk.words()
    assert all("髙橋" not in texts_of(one) for one in desk.window.findChildren(QTableView))


def test_a_reviewer_leaves_with_a_key_of_its_own(desk: Desk) -> None:
    asked: list[bool] = []
    desk.review.sign_out_asked.connect(lambda: asked.append(True))
    desk.sign_in(CHECKER)
    desk.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [True]
