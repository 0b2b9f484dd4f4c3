"""Step navigation: number or icon, name, and state in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import Kit


class StepState(StrEnum):
    """Where a step stands."""

    AHEAD = "ahead"
    CURRENT = "current"
    DONE = "done"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step and its state."""

    name: str
    state: StepState


_CIRCLE, _GAP, _LEG = 28, 8, 24


class StepNavigation(QWidget):
    """All steps on one line. It only shows: it takes no focus, and says itself in one sentence."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._steps: tuple[Step, ...] = ()
        self._first = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], first: int = 1) -> None:
        """Show these steps; ``first``: the number of the first, where others stand on a line above."""
        self._steps, self._first = tuple(steps), first
        words = self._kit.texts.parts
        said = [
            words.step_of(n, len(steps) + first - 1, step.name, self._state_word(step))
            for n, step in enumerate(steps, start=first)
        ]
        self.setAccessibleName("、".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        widths = [self._width(step) for step in self._steps]
        return QSize(sum(widths) + max(0, len(widths) - 1) * (_LEG + 2 * _GAP), self._kit.look.px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._kit.look.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for number, step in enumerate(self._steps, start=self._first):
            if number > self._first:
                painter.setPen(QPen(self._kit.look.colour("line_field"), 1))
                painter.drawLine(round(x), self.height() // 2, round(x) + _LEG, self.height() // 2)
                x += _LEG + _GAP
            self._draw(painter, x, number, step)
            x += self._width(step) + _GAP
        painter.end()

    def _draw(self, painter: QPainter, x: float, number: int, step: Step) -> None:
        look = self._kit.look
        circle = QRectF(x, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        icon = {StepState.DONE: "success", StepState.ERROR: "error", StepState.SKIPPED: "skipped"}.get(step.state)
        current = step.state is StepState.CURRENT
        if icon:
            role = {"success": "success_mark", "error": "error_mark"}.get(icon, "quiet_mark")
            look.icon(icon, role).render(painter, circle)
        else:
            painter.setPen(QPen(look.colour("primary" if current else "line_field"), 2))
            painter.setBrush(look.colour("primary" if current else "surface"))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
            painter.setPen(look.colour("text_on_dark" if current else "text_support"))
            painter.setFont(look.font(14, bold=True))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(number))
        painter.setPen(look.colour("text" if current else "text_support"))
        painter.setFont(look.font(16, bold=current))
        left = x + _CIRCLE + _GAP
        words = QRectF(left, 0, self._text_width(step) + 2, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text(step))

    def _text(self, step: Step) -> str:
        if step.state in {StepState.ERROR, StepState.SKIPPED}:
            return f"{step.name}（{self._state_word(step)}）"
        return step.name

    def _text_width(self, step: Step) -> int:
        from_font = self._kit.look.font(16, bold=step.state is StepState.CURRENT)
        return QFontMetrics(from_font).horizontalAdvance(self._text(step))

    def _width(self, step: Step) -> int:
        return _CIRCLE + _GAP + self._text_width(step)

    def _state_word(self, step: Step) -> str:
        words = self._kit.texts.parts
        return {
            StepState.AHEAD: words.step_ahead,
            StepState.CURRENT: words.step_current,
            StepState.DONE: words.step_done,
            StepState.ERROR: words.step_error,
            StepState.SKIPPED: words.step_skipped,
        }[step.state]
