"""A PC that can keep no act shows no case and no paper (C-11, R-041): the reviewer is told why, and goes on later."""

from PySide6.QtCore import Qt

from app.errors import StoreBusy
from app.ui.screens.decision import DecisionScreen
from app.ui.screens.paper import PageView
from app.ui.screens.review import ReviewScreen
from tests.ui.review.conftest import CHECKER, DECIDER, Desk
from tests.ui.review.test_decided import SHIFT, decide

WHY = "記録をほかの処理が使っています"


def test_a_case_is_not_shown_without_its_act(desk: Desk) -> None:
    desk.office.receive()
    desk.sign_in(CHECKER)
    desk.journal.refusal = StoreBusy()
    desk.press(Qt.Key.Key_Return)
    desk.sees(WHY)
    assert "髙橋　花子" not in desk.words()
    assert not [one for one in desk.window.findChildren(ReviewScreen) if one.isVisible()]
    desk.journal.refusal = None
    desk.open_first()
    assert desk.find(ReviewScreen)


def test_a_paper_is_not_shown_without_its_act(desk: Desk) -> None:
    decide(desk)
    desk.sign_in(DECIDER)
    desk.press(Qt.Key.Key_F3, SHIFT)
    desk.sees("きょう決裁した申請 1件")
    desk.press(Qt.Key.Key_F12)
    desk.sees("の請求を認定しました")
    desk.journal.refusal = StoreBusy()
    desk.press(Qt.Key.Key_F9)
    desk.sees(WHY)
    assert not desk.window.findChildren(PageView)
    assert desk.find(DecisionScreen)
    desk.journal.refusal = None
    desk.press(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(PageView)), timeout=8000)
