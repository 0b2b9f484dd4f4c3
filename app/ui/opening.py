"""The small window that shows, while a program is set up and opened, which step it is at."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.errors import AppError
from app.ui.background import Lane
from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.training_mark import TrainingMark
from app.ui.widgets.words import Words


class Opening(QWidget):
    """``tell`` may be called from any thread: what is said is shown on the window's."""

    _told = Signal(int, int, str)
    _closed = Signal()

    def __init__(self, kit: Kit, title: str, close: str, *, training: bool) -> None:
        super().__init__()
        self._kit = kit
        self.setWindowTitle(title)
        self.setObjectName("frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(560)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        self._said = Words()
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said.setMinimumHeight(64)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._close = Button(close, "primary")
        self._close.clicked.connect(self.close)
        self._close.hide()
        self._build(heading)
        self._mark = TrainingMark(kit, self) if training else None
        self._told.connect(self._on_told)

    def tell(self, number: int, count: int, text: str) -> None:
        """Say that step ``number`` of ``count`` begins."""
        self._told.emit(number, count, text)

    def show_now(self) -> None:
        """Show the window painted, though the program has no event loop yet."""
        self.show()
        QApplication.processEvents()

    def do(self, work: Callable[[], None]) -> bool:
        """Do ``work`` on a thread of its own; whether it was finished. Closing the window leaves it unfinished.

        Errors: the AppError of the work.
        """
        loop, failures, finished = QEventLoop(), list[AppError](), list[None]()

        def finish(done: None) -> None:
            finished.append(done)
            loop.quit()

        def fail(error: AppError) -> None:
            failures.append(error)
            loop.quit()

        lane = Lane("opening")
        lane.crashed.connect(loop.quit)
        self._closed.connect(loop.quit)
        lane.run(work, owner=self, done=finish, failed=fail)
        loop.exec()
        lane.close(grace_s=0.0)
        if failures:
            raise failures[0]
        return bool(finished)

    def show_error(self, error: AppError) -> None:
        """Say why it did not open."""
        message = self._kit.messages.of(error)
        self._said.show_text(f"{message.title}\n{message.why}\n{message.next}")
        self._bar.hide()
        self._close.show()
        self._close.setFocus()

    def show_failed(self, error: AppError) -> None:
        """Say why it did not open, and stay until somebody has read it."""
        self.show_error(error)
        loop = QEventLoop()
        self._closed.connect(loop.quit)
        self.show()
        loop.exec()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._closed.emit()

    def _on_told(self, number: int, count: int, text: str) -> None:
        self._bar.setRange(0, count)
        self._bar.setValue(number - 1)
        self._said.show_text(text)

    def _build(self, heading: QLabel) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(heading)
        column.addWidget(self._said)
        column.addWidget(self._bar)
        column.addLayout(buttons)


class FirstPaint(QObject):
    """Calls ``then`` once, after what it watches was painted for the first time."""

    def __init__(self, watched: QWidget, then: Callable[[], None]) -> None:
        super().__init__(watched)
        self._then = then
        self._is_seen = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self._then)
        return super().eventFilter(watched, event)
