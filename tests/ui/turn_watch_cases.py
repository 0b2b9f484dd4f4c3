"""For test_turn_watch.py: the watch bites on a turn that is too long, on one that waits, and on nothing else."""

import socket
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.turn_meter import LIMIT_S, WAIT_S, Meter, Turn, WatchedApplication, yardstick

TOO_LONG_S = 5 * LIMIT_S
"""So that it is too long in the measure of a slow machine too."""


@pytest.fixture
def meter(qapp: QApplication) -> Iterator[Meter]:
    """Whatever a test here makes of its turns is its own matter."""
    assert isinstance(qapp, WatchedApplication)
    qapp.meter.taken()
    yield qapp.meter
    qapp.meter.taken()


def reckon(seconds: float = TOO_LONG_S) -> None:
    """Take the processor."""
    begun = time.thread_time()
    while time.thread_time() - begun < seconds:
        yardstick()


def in_a_turn(bot: QtBot, work: object) -> None:
    """Have the loop do it."""
    done = list[None]()
    QTimer.singleShot(0, lambda: (work(), done.append(None)))  # type: ignore[operator]
    bot.waitUntil(lambda: bool(done), timeout=30_000)


def the_one(turns: list[Turn]) -> str:
    (turn,) = turns
    return turn.told()


def test_a_turn_that_takes_the_processor_too_long_is_told_with_what_ran(meter: Meter, qtbot: QtBot) -> None:
    in_a_turn(qtbot, reckon)
    assert "reckon" in the_one(meter.taken())


def test_so_is_what_a_key_sets_off(meter: Meter, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.textChanged.connect(lambda _: reckon())
    QTest.keyClicks(line, "a")
    told = the_one(meter.taken())
    assert "KeyPress of QLineEdit" in told
    assert "reckon" in told


def test_a_turn_that_waits_for_another_program_is_told_with_where_it_stands(meter: Meter, qtbot: QtBot) -> None:
    here, there = socket.socketpair()
    here.settimeout(4 * WAIT_S)

    def ask() -> None:
        with pytest.raises(TimeoutError):
            here.recv(1)

    with here, there:
        in_a_turn(qtbot, ask)
    assert "ask" in the_one(meter.taken())


def test_a_turn_that_sleeps_is_told(meter: Meter, qtbot: QtBot) -> None:
    in_a_turn(qtbot, lambda: time.sleep(4 * WAIT_S))
    assert "asleep" in the_one(meter.taken())


def test_nothing_is_told_of_many_short_turns_nor_of_what_a_test_does_itself(meter: Meter, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.textChanged.connect(lambda _: reckon(LIMIT_S / 10))
    QTest.keyClicks(line, "a" * 30)
    line.setText("typed by nobody")
    reckon()
    QApplication.processEvents()
    assert meter.taken() == []


def test_nor_of_a_turn_whose_time_another_loop_inside_it_takes_to_look_round(meter: Meter, qtbot: QtBot) -> None:
    def in_pieces() -> None:
        for _ in range(30):
            reckon(LIMIT_S / 10)
            QApplication.processEvents()

    in_a_turn(qtbot, in_pieces)
    assert meter.taken() == []


def test_this_one_fails_by_itself(qtbot: QtBot) -> None:
    in_a_turn(qtbot, reckon)
