"""What bare Qt takes for the steps of a window: a key in a line, the next line, another page."""
# ruff: noqa: ANN401 -- Qt's types are imported late

import time
from collections.abc import Callable
from typing import Any

SIZE, LINES = (1366, 768), 20


class Bare:
    """A window without a style sheet: two pages of lines and words."""

    def __init__(self, application: Any) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QFormLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

        self._application, self._test, self._key = application, QTest, Qt.Key
        self._window, self._pages = QWidget(), QStackedWidget()
        self._lines: list[Any] = []
        for _ in range(2):
            page = QWidget()
            form = QFormLayout(page)
            self._lines += [QLineEdit() for _ in range(LINES)]
            for number, line in enumerate(self._lines[-LINES:]):
                form.addRow(f"{number}", line)
            self._pages.addWidget(page)
        column = QVBoxLayout(self._window)
        column.addWidget(self._pages)
        self._window.setStyleSheet("")
        self._window.resize(*SIZE)
        self._window.show()
        self._window.activateWindow()
        self._lines[0].setFocus()
        self._until(self._window.isVisible)

    def key(self) -> float:
        """Until the line shows the letter (s)."""
        line = self._lines[0]
        return self._timed(lambda: self._test.keyClick(line, self._key.Key_1), line)

    def step(self) -> float:
        """Until the next line shows the cursor (s)."""
        at = self._window.focusWidget() or self._lines[0]
        after = self._lines[(self._lines.index(at) + 1) % LINES]
        return self._timed(lambda: self._test.keyClick(at, self._key.Key_Tab), after)

    def page(self) -> float:
        """Until the other page stands there (s)."""
        other = self._pages.widget(1 - self._pages.currentIndex())
        return self._timed(lambda: self._pages.setCurrentWidget(other), other)

    def close(self) -> None:
        self._window.close()
        self._window.deleteLater()

    def _timed(self, work: Callable[[], object], painted: Any) -> float:
        return until_painted(self._application, work, painted)

    def _until(self, done: Callable[[], object]) -> None:
        end = time.perf_counter() + 30
        while not done() and time.perf_counter() < end:
            self._application.processEvents()


def until_painted(application: Any, work: Callable[[], object], widget: Any, timeout_s: float = 30.0) -> float:
    """Seconds from ``work`` until ``widget`` was painted and what was painted was handed to the screen."""
    from PySide6.QtCore import QEvent, QObject

    class Eye(QObject):
        seen = False

        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    eye = Eye()
    widget.installEventFilter(eye)
    begun = time.perf_counter()
    work()
    while not eye.seen:
        application.processEvents()
        if time.perf_counter() - begun > timeout_s:
            raise TimeoutError("it was not painted")
    taken = time.perf_counter() - begun
    widget.removeEventFilter(eye)
    return taken
