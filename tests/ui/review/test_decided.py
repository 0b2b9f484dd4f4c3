"""What was decided today is found again by who may read it, with its papers; yesterday's decisions are not listed."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.ui.screens.decision import DecisionScreen
from app.ui.screens.paper import PageView
from app.ui.screens.queue import QueueScreen
from app.wire.desk import Decide, OpenApplication
from app.wire.desk_filing import DeskFiling
from tests.support.slices import KITA, person
from tests.ui.review.conftest import CHECKER, DECIDER, EXAMINER, Desk
from tests.ui.review.test_review import texts_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


def decide(desk: Desk, outcome: str = "approved", reason: str = "") -> str:
    """A case is received, checked, examined and decided; its number."""
    number = desk.office.receive().number
    desk.office.check(CHECKER)
    desk.office.examine(EXAMINER)
    view = desk.office.desk.review.open(desk.office.call(DECIDER), OpenApplication(application_id="a1"))
    asked = Decide(
        application_id="a1",
        version=view.version,
        outcome=outcome,
        reason=reason,
    )
    desk.office.desk.review.decide(desk.office.call(DECIDER), asked)
    return number


def shown(desk: Desk) -> str:
    return texts_of(desk.find(QTableView))


def test_a_decided_case_is_opened_again_and_its_papers_are_looked_at_while_there_is_a_line(desk: Desk) -> None:
    number = decide(desk)
    desk.sign_in(DECIDER)
    desk.sees("待っている申請はありません")
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請 1件")
    assert number in shown(desk)
    assert "認定" in shown(desk)
    desk.press(Qt.Key.Key_F12)
    desk.sees(f"{number}　髙橋　花子 様の請求を認定しました")
    assert not [one for one in desk.words().splitlines() if "受領証がありません" in one]
    desk.line.is_down = True
    desk.press(Qt.Key.Key_F9)
    desk.sees("サーバーにつながらないため、証明書や通知は出せません")
    assert not desk.window.findChildren(PageView)
    desk.line.is_down = False
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(PageView)), timeout=8000)
    assert "通知書" in desk.find(PageView).accessibleName()
    desk.press(Qt.Key.Key_Escape)
    assert desk.find(DecisionScreen)
    desk.press(Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.window.findChildren(QueueScreen)))
    desk.sees("きょう決裁した申請 1件")
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("待っている申請はありません")


def test_a_decided_case_says_how_its_change_stands_in_the_register_and_others_say_nothing_of_it(desk: Desk) -> None:
    decide(desk)
    filing = DeskFiling(
        application_id="a1", number="R08-1", visit_id="v1", decided_by="004", office="", applicant="100",
        kind="change_of_address", reason="moved", filed_day=date(2026, 11, 20), event_day=None, address="",
        household="keep", persons=(),
    )  # fmt: skip
    desk.sign_in(DECIDER)
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請 1件")
    desk.press(Qt.Key.Key_F12)
    desk.sees("様の請求を認定しました")
    assert "住民基本台帳" not in desk.words()
    book, at = desk.office.desk.review._book, desk.office.slice.clock.at
    book.write(lambda unit: unit.queue_filing(KITA, filing, at))
    kept = book.read(lambda unit: unit.filing(KITA, "a1"))
    away = replace(kept, cause="office.unreachable", version=2)
    book.write(lambda unit: unit.put_filing(away, at))
    desk.press(Qt.Key.Key_Escape)
    desk.sees("きょう決裁した申請 1件")
    desk.press(Qt.Key.Key_F12)
    desk.sees("住民基本台帳：仮登録を送信待ち：住民記録につながりません")


def test_a_rejection_is_found_again_too(desk: Desk) -> None:
    number = decide(desk, "rejected", "public_servant")
    desk.sign_in(DECIDER)
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請 1件")
    desk.press(Qt.Key.Key_F12)
    desk.sees(f"{number}　髙橋　花子 様の請求を却下しました")


def test_what_was_decided_yesterday_is_not_in_today_s_list(desk: Desk) -> None:
    decide(desk)
    desk.office.slice.clock.move(days=1)
    desk.sign_in(DECIDER)
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請はありません")
    assert not shown(desk)


def test_who_may_not_read_the_procedure_sees_no_decided_case(desk: Desk) -> None:
    decide(desk)
    desk.sign_in(person("009", "visit.open"))
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請はありません")
    assert not shown(desk)
