"""The small window that tells, while the program opens, which step it is at; failures are read before it goes."""

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from app.errors import ServerFault
from app.ui.kit import Kit
from app.ui.opening import Opening


@pytest.fixture
def opening(kit: Kit, qtbot) -> Opening:
    made = Opening(kit, "窓口（訓練）", "閉じる", training=True)
    qtbot.addWidget(made)
    made.show_now()
    return made


def shown(opening: Opening) -> str:
    return " ".join(label.text() for label in opening.findChildren(QLabel) if label.isVisible())


def test_the_step_is_shown_while_the_work_runs_elsewhere(opening: Opening, qtbot):
    threads, goes_on = [], threading.Event()

    def work() -> None:
        threads.append(threading.get_ident())
        opening.tell(2, 4, "架空の住民と世帯を作っています。")
        assert goes_on.wait(10)

    def look() -> None:
        if "架空の住民" not in shown(opening):
            QTimer.singleShot(5, look)
            return
        bar = opening.findChild(QProgressBar)
        seen.append((bar.value(), bar.maximum()))
        goes_on.set()

    seen = []
    QTimer.singleShot(0, look)
    assert opening.do(work)
    assert seen == [(1, 4)]
    assert threads != [threading.get_ident()]


def test_what_went_wrong_comes_out_of_the_work(opening: Opening):
    def work() -> None:
        raise ServerFault(trace="start")

    with pytest.raises(ServerFault):
        opening.do(work)


def test_closing_the_window_leaves_the_work_unfinished(opening: Opening):
    goes_on = threading.Event()
    QTimer.singleShot(0, opening.close)
    assert not opening.do(lambda: goes_on.wait(10) and None)
    goes_on.set()


def test_a_failure_stays_until_somebody_has_read_it(opening: Opening, kit: Kit):
    error = ServerFault(trace="start")
    read = []

    def close() -> None:
        read.append(shown(opening))
        (button,) = [one for one in opening.findChildren(QPushButton) if one.isVisible()]
        button.click()

    QTimer.singleShot(0, close)
    opening.show_failed(error)
    message = kit.messages.of(error)
    assert message.title in read[0]
    assert message.next in read[0]
    assert not opening.isVisible()
