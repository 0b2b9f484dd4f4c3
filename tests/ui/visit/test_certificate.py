"""C-03: between two visits the last days of the PC's certificate are counted: nobody is shut out by surprise."""

from datetime import timedelta

from PySide6.QtCore import Qt

from tests.ui.conftest import HandClock
from tests.ui.visit.conftest import Counter

DAY = timedelta(days=1).total_seconds()


def test_from_thirty_days_on_the_days_are_counted_and_at_the_end_it_is_said(counter: Counter, clock: HandClock) -> None:
    counter.until.append(clock.now() + timedelta(days=31))
    counter.key(Qt.Key.Key_F5)
    counter.at("次の応対")
    counter.bot.wait(50)
    assert "証明書" not in counter.shown()
    for moved, said in ((1, "あと30日です"), (23, "あと7日です"), (6, "あと1日です"), (1.01, "期限が切れました")):
        clock.move(moved * DAY)
        counter.key(Qt.Key.Key_F5)
        counter.says(said)
    counter.says("令和8年12月21日の10:00")
    counter.says("管理者に、この端末の登録をやり直すよう依頼してください。")
