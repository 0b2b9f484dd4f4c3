"""Garbage is searched for on the thread of the window, however much other threads make meanwhile."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from app.ui.collecting import Collector


class Screen(QObject):
    """Hangs in a circle as screens do: its own function knows it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = lambda: self


@pytest.fixture
def python_collects():
    gc.enable()
    yield
    gc.enable()


def _left_to_itself(gone: list[int]) -> None:
    screen = Screen()
    screen.destroyed.connect(lambda: gone.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)


def _another_thread_makes_much() -> object:
    """What it made."""
    kept: list[list[object]] = []
    worker = threading.Thread(target=lambda: kept.extend([[], []] for _ in range(200_000)))
    worker.start()
    worker.join()
    return kept


@pytest.mark.usefixtures("python_collects")
def test_a_screen_that_nobody_holds_any_more_goes_on_the_thread_of_the_window(qtbot: QtBot):
    gone: list[int] = []
    owner = QObject()
    collector = Collector(owner)
    _left_to_itself(gone)
    made = _another_thread_makes_much()
    assert gone == []

    def is_gone() -> bool:
        collector.look()
        return bool(gone)

    qtbot.waitUntil(is_gone)
    assert gone == [threading.get_ident()]
    assert made


@pytest.mark.usefixtures("python_collects", "qapp")
def test_without_it_the_screen_goes_on_whatever_thread_asks_for_memory():
    """Why there is a collector at all; should Python or the library change this, it can go."""
    gone: list[int] = []
    _left_to_itself(gone)
    _another_thread_makes_much()
    assert gone
    assert gone != [threading.get_ident()]


@pytest.mark.usefixtures("python_collects", "qapp")
def test_nothing_is_looked_through_while_nothing_was_made():
    owner, looked = QObject(), list[str]()
    collector = Collector(owner)
    gc.collect()
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    try:
        collector.look()
    finally:
        gc.callbacks.pop()
    assert looked == []
