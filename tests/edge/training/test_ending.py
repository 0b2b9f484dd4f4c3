"""The system asks the program to end: it ends as if its window had been closed, and not in the middle of its work."""

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.ending import EndingWatch


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whoever_ends_the_program_from_outside_is_heard_while_the_window_waits(
    qtbot: QtBot, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    watch = EndingWatch()
    watch.start()
    try:
        with qtbot.waitSignal(watch.asked, timeout=20_000):
            os.kill(os.getpid(), number)
    finally:
        watch.close()
        watch.close()
    assert signal.getsignal(number) is before
