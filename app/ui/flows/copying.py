"""Whoever tries to take a screen along is told so, and it is kept; by the older rule a reason is asked first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError
from app.services.keep_from_copying import Tried
from app.ui.background import Lane
from app.ui.clipboard import ClipboardGuard
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.hard_copy import LENT_S, HardCopyScreen
from app.ui.widgets.photo import PhotoBox
from app.ui.window import Window

PAUSE_S = 1.0
"""One act for a key that somebody hammers on."""


@dataclass(frozen=True, slots=True)
class CopyingActs:
    """What is done beneath the window. ``refused`` and ``take`` run on the lane, with the screen's name.

    ``may_take``: whether the office's rule is the older one and somebody is signed in. ``take`` raises CopyNotAllowed.
    """

    may_take: Callable[[], bool]
    refused: Callable[[Tried, str], None]
    take: Callable[[str, str], None]


class CopyingFlow(QObject):
    """Refuses, or by the older rule asks and takes."""

    def __init__(self, kit: Kit, window: Window, guard: ClipboardGuard, lane: Lane, acts: CopyingActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._guard, self._lane, self._acts = kit, window, guard, lane, acts
        self._screen: HardCopyScreen | None = None
        self._back: Screen | None = None
        self._last: dict[Tried, float] = {}
        window.keyboard.capture_pressed.connect(self.capture_tried)
        window.keyboard.copy_pressed.connect(self.copy_tried)
        guard.refused.connect(self.copy_tried)

    def capture_tried(self) -> None:
        """Print Screen, wherever it was heard."""
        self._guard.empty()
        at = self._window.current
        if at is not None and at is not self._screen and self._may_ask():
            self._ask(at)
        else:
            self._refuse(Tried.CAPTURE, self._kit.texts.copying.capture_refused)

    def copy_tried(self) -> None:
        """Copying or cutting, whatever the way."""
        self._refuse(Tried.COPY, self._kit.texts.copying.copy_refused)

    def end(self) -> None:
        """The session has ended or the visit has: nothing is asked any more, and nothing is lent."""
        screen, self._screen, self._back = self._screen, None, None
        if screen is not None:
            self._window.drop_screen(screen)
        self._guard.empty()
        self._window.notice.unsay()

    def _may_ask(self) -> bool:
        return not self._window.is_locked() and self._acts.may_take()

    def _refuse(self, tried: Tried, words: str) -> None:
        now = self._kit.clock.monotonic()
        if now - self._last.get(tried, -PAUSE_S) < PAUSE_S:
            return
        self._last[tried] = now
        self._window.notice.say(words)
        name = "locked" if self._window.is_locked() else name_of(self._window.current)
        self._lane.run(
            partial(self._acts.refused, tried, name), owner=self, done=lambda _: None, failed=self._on_not_kept
        )

    def _ask(self, at: Screen) -> None:
        if self._screen is None:
            self._screen = HardCopyScreen(self._kit)
            self._screen.take_asked.connect(self._on_take_asked)
            self._screen.back_asked.connect(self._on_back)
        self._back = at
        self._screen.begin()
        self._window.open_screen(self._screen)

    def _on_back(self) -> None:
        back, self._back = self._back, None
        if back is not None:
            self._window.open_screen(back)

    def _on_take_asked(self, reason: str) -> None:
        if self._back is not None:
            self._lane.run(
                partial(self._acts.take, reason, name_of(self._back)),
                owner=self,
                done=lambda _: self._on_taken(),
                failed=self._on_not_taken,
            )

    def _on_taken(self) -> None:
        """It is kept: only now the picture is made."""
        self._on_back()
        if not self._window.is_locked():
            self._guard.lend(picture_of(self._window), LENT_S)
            self._window.notice.say(self._kit.texts.copying.taken(LENT_S))

    def _on_not_taken(self, error: AppError) -> None:
        if self._screen is not None:
            self._screen.show_error(self._kit.messages.of(error))

    def _on_not_kept(self, error: AppError) -> None:
        self._window.notice.say(self._kit.messages.of(error).title)


def name_of(screen: Screen | None) -> str:
    """A screen's name in acts: the module that it is written in."""
    return "" if screen is None else type(screen).__module__.rpartition(".")[2]


def picture_of(window: QWidget) -> QImage:
    """The window without faces, pictures of numbers and codes being typed."""
    picture = window.grab().toImage()
    painter = QPainter(picture)
    for one in window.findChildren(QWidget):
        if one.isVisible() and _is_covered(one):
            painter.fillRect(QRect(one.mapTo(window, one.rect().topLeft()), one.size()), one.palette().mid())
    painter.end()
    return picture


def _is_covered(one: QWidget) -> bool:
    return isinstance(one, PhotoBox) or (isinstance(one, QLineEdit) and one.property("part") == "code")
