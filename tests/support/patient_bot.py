"""The hands of a window's test, which wait for what must become true as long as a busy machine needs."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
"""Nothing is measured by waiting: how fast it is, a bench says."""


def soon(holds: Callable[[], object]) -> bool:
    """Whether it holds, as soon as it does: what another thread writes down comes after what the window says of it."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not (held := bool(holds())) and time.monotonic() < end:
        QTest.qWait(5)
    return held


class PatientBot(QtBot):
    """``waitUntil`` and ``waitSignal`` give up no sooner than after ``PATIENCE_MS``, whatever shorter was asked.

    But who looks that nothing comes (``raising=False``) looks as long as was asked.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        least = 0 if more.get("raising") is False else PATIENCE_MS
        return super().waitSignal(signal, timeout=max(timeout, least), **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """In place of the library's own."""
    return PatientBot(request)
