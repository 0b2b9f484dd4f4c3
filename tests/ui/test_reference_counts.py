"""A guard against PySide6 releases that lose references: 6.12.0 aborts Python 3.11 after some hundred signals."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

CALLS, SLACK = 200, 50
YES = True


class Bell(QObject):
    rings = Signal()


def test_emitting_a_signal_leaves_true_alone(qapp) -> None:
    bell = Bell()
    heard = []
    bell.rings.connect(lambda: heard.append(1))
    before = sys.getrefcount(YES)
    for _ in range(CALLS):
        bell.rings.emit()
    assert len(heard) == CALLS
    assert abs(sys.getrefcount(YES) - before) < SLACK


def test_calling_a_void_method_leaves_none_alone(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        window.update()
    assert abs(sys.getrefcount(None) - before) < SLACK
