"""How far a use of a card has come: the step in words, and from the estimate how much longer it will take."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.widgets.words import Words

WORTH_TELLING_S = 2.0
"""A shorter wait is told in words of its step only (counter-ux research: words after 2 s)."""
_TICK_MS = 250
_MOST = 0.95
"""The bar waits here when it takes longer than was estimated."""


class ReadingProgress(QWidget):
    """Hidden while nothing is under way."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._step, self._rest = Words("", "support"), Words("", "support")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._begun_s = self._estimate_s = 0.0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._step, self._bar, self._rest):
            column.addWidget(widget)
        self.end()

    def begin(self, estimate_s: float) -> None:
        """Something has begun that takes about so long; 0 for what nobody can tell."""
        self._begun_s, self._estimate_s = self._kit.clock.monotonic(), estimate_s
        told = estimate_s >= WORTH_TELLING_S
        self._bar.setVisible(told)
        self._rest.setVisible(told)
        if told:
            self._timer.start()
            self._tick()

    def show_step(self, text: str) -> None:
        """What is being done now."""
        self._step.show_text(text)

    def end(self) -> None:
        """Nothing is under way."""
        self._timer.stop()
        self._step.show_text("")
        self._rest.show_text("")
        self._bar.hide()
        self._rest.hide()

    def _tick(self) -> None:
        words = self._kit.texts.cards
        gone = self._kit.clock.monotonic() - self._begun_s
        self._bar.setValue(round(100 * min(gone / self._estimate_s, _MOST)))
        rest = self._estimate_s - gone
        text = words.rest(max(1, round(rest))) if rest > 0 else words.longer
        self._rest.show_text(text)
        self._bar.setAccessibleName(text)
