"""The way from one screen of the register to the next, and back one step at a time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.ui.screen import Screen
from app.ui.window import Window


class Again(Protocol):
    """What happens when one comes back."""

    def __call__(self, *, done: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A screen on the way. ``again``: when one comes back to it, after something was ``done`` or not.

    ``leave``: when one goes back from it.
    """

    screen: Screen
    again: Again
    leave: Callable[[], None]


def stay(*, done: bool = False) -> None:
    """Nothing to be read anew, nothing to be forgotten."""


def anew(look: Callable[[], None]) -> Again:
    """Read it anew whatever was done."""

    def again(**_: bool) -> None:
        look()

    return again


class RegisterPath(QObject):
    """``left``: back from the first screen. ``finished``: something is done and no screen is left to say so on."""

    left = Signal()
    finished = Signal(str, str)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._steps: list[Step] = []

    def enter(self, screen: Screen, again: Again = stay, leave: Callable[[], None] = stay) -> None:
        """Open a screen; going back leads to the one before."""
        self._steps.append(Step(screen, again, leave))
        self._window.open_screen(screen)

    def back(self) -> None:
        """One step back; from the first one out of the register."""
        if self._steps:
            self._steps.pop().leave()
        if self._steps:
            self._show(done=False)
        else:
            self.left.emit()

    def done(self, over: Collection[Screen], title: str, text: str) -> None:
        """Back to the last screen that is not ``over``, which says what was done."""
        while self._steps and self._steps[-1].screen in over:
            self._steps.pop().leave()
        if self._steps:
            self._show(done=True)
            self._steps[-1].screen.banner.show_text("success", title, text)
        else:
            self.finished.emit(title, text)

    def has(self, screen: Screen) -> bool:
        """Whether that screen lies on the way."""
        return any(step.screen is screen for step in self._steps)

    def clear(self) -> None:
        """Leave every screen; nothing of anybody stays."""
        while self._steps:
            self._steps.pop().leave()

    def _show(self, *, done: bool) -> None:
        step = self._steps[-1]
        self._window.open_screen(step.screen)
        step.again(done=done)
