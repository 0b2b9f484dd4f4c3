"""What tests of the window stand on: the kit as shipped, and a clock that is moved by hand."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.ui.kit import Kit, open_kit


class HandClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds


@pytest.fixture(autouse=True)
def _nothing_left_standing(qapp: QApplication) -> Iterator[None]:
    """Screens that no window came to own outlive their test otherwise, and what hangs from them: 17 MB (measured).

    Garbage is searched for on this thread alone, as in the product: a lane's thread would take widgets apart.
    """
    before = set(map(id, qapp.topLevelWidgets()))
    gc.disable()
    yield
    for widget in qapp.topLevelWidgets():
        if id(widget) not in before:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)
    gc.enable()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def _shipped(qapp: QApplication) -> Kit:
    """Read once: reading all words takes longer than most tests do."""
    return open_kit(qapp, HandClock())


@pytest.fixture
def kit(_shipped: Kit, clock: HandClock) -> Kit:
    return replace(_shipped, clock=clock)
