"""Having a resident enter a PIN: on the resident's display, on the turned window, or on the reader's own keypad."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

from app.domain.secret import Secret
from app.ui.kit import Kit
from app.ui.resident_display import ResidentDisplay
from app.ui.screen import Screen
from app.ui.screens.pin_entry import EntryPlace, PinEntryScreen
from app.ui.widgets.pin_pad import PinAsk, PinPad
from app.ui.window import Window


class PinKind(StrEnum):
    """Which code; its words stand under ``[word.pin_ask]`` and ``[word.pin_name]``."""

    ATTRIBUTES = "attributes_pin"
    USER = "user_pin"
    SIGN = "sign_password"
    RESIDENT = "resident_pin"
    LICENCE_1 = "licence_pin_1"
    LICENCE_2 = "licence_pin_2"


_PASSWORD = (6, 16)
"""署名用パスワード: characters. Source: card.md 4.1, published."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The two faces of a counter: the clerk's window, and the resident's display, which may have no screen."""

    window: Window
    display: ResidentDisplay


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be entered. ``left``: attempts left, None if the card does not tell; ``has_pad``: by the reader.

    ``done`` gets the entry and whether the last attempt was confirmed; the entry is None where the reader takes it.
    """

    kind: PinKind
    left: int | None
    has_pad: bool
    done: Callable[[Secret | None, bool], None]


class PinFlow(QObject):
    """One entry at a time. ``opened``: its screen is needed; ``ended``: the screen before it is.

    Where the reader takes the PIN the screen stays until ``end``; else it is left with the entry. ``cancelled``: the
    clerk or the resident wants none.
    """

    opened = Signal(object)
    ended = Signal(object)
    cancelled = Signal()

    def __init__(self, kit: Kit, screen: PinEntryScreen, faces: Faces) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._faces = kit, screen, faces
        self._wanted: Wanted | None = None
        self._before: Screen | None = None
        self._pad: PinPad | None = None
        self._place = EntryPlace.WINDOW
        self._last_confirmed = self._put_away = False
        screen.begin_asked.connect(self._on_begin)
        screen.back_asked.connect(self._on_cancel)
        screen.keyed.connect(self._on_keyed)
        faces.window.turn_back_asked.connect(self._on_cancel)

    def ask(self, wanted: Wanted) -> None:
        """Have it entered; nothing comes back when it is cancelled."""
        self.end()
        self._wanted, self._before, self._last_confirmed = wanted, self._faces.window.current, False
        self._place = self._where(wanted)
        self._screen.wipe()
        word = self._kit.messages.word
        self._screen.show_code(word("pin_name", wanted.kind.value), wanted.left, self._place)
        self.opened.emit(self._screen)
        if wanted.left == 1:
            self._screen.show_last()
        elif self._place is EntryPlace.WINDOW:
            self._screen.show_ready()
        else:
            self._enter(wanted)

    def end(self) -> None:
        """No entry is wanted any more: what was typed is forgotten, the screen before comes back."""
        wanted, before = self._wanted, self._before
        self.drop()
        if wanted is not None and before is not None:
            self.ended.emit(before)

    def drop(self) -> None:
        """As ``end``, and no screen is asked for: the visit is over."""
        self._wanted = self._before = None
        self._drop_pad()
        self._screen.wipe()
        if self._put_away:
            self._faces.display.hide()
            self._put_away = False

    def _on_cancel(self) -> None:
        self.end()
        self.cancelled.emit()

    def _where(self, wanted: Wanted) -> EntryPlace:
        if wanted.has_pad:
            return EntryPlace.READER
        display, was_shown = self._faces.display, self._faces.display.isVisible()
        if display.stand_beside(self._faces.window):
            self._put_away = not was_shown
            return EntryPlace.DISPLAY
        return EntryPlace.WINDOW

    def _on_begin(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if wanted.left == 1 and not self._last_confirmed:
            self._last_confirmed = True
            if self._place is EntryPlace.WINDOW:
                self._screen.show_ready()
                return
        self._enter(wanted)

    def _enter(self, wanted: Wanted) -> None:
        if self._place is EntryPlace.READER:
            self._screen.show_entering(0, takes_keys=False)
            wanted.done(None, self._last_confirmed)
            return
        ask = self._ask_of(wanted.kind)
        if self._place is EntryPlace.DISPLAY:
            pad = self._faces.display.ask_pin(ask)
            self._screen.show_entering(ask.most, takes_keys=True)
        else:
            pad = PinPad(self._kit, ask)
            self._screen.show_entering(ask.most, takes_keys=False)
            self._faces.window.turn(pad)
        pad.typed.connect(partial(self._on_typed, ask.most))
        pad.given.connect(self._on_given)
        pad.cancelled.connect(self._on_cancel)
        self._pad = pad

    def _ask_of(self, kind: PinKind) -> PinAsk:
        word = self._kit.messages.word
        least, most = _PASSWORD if kind is PinKind.SIGN else (4, 4)
        return PinAsk(
            word("pin_ask", kind.value),
            word("pin_ask_second", kind.value),
            least,
            most,
            letters=kind is PinKind.SIGN,
            name=kind.value,
        )

    def _on_typed(self, most: int, typed: int) -> None:
        self._screen.show_typed(typed, most)

    def _on_keyed(self, event: QKeyEvent) -> None:
        if self._pad is not None:
            self._pad.take_key(event)

    def _on_given(self, entry: Secret) -> None:
        wanted, confirmed = self._wanted, self._last_confirmed
        if wanted is None:
            entry.wipe()
            return
        self.end()
        wanted.done(entry, confirmed)

    def _drop_pad(self) -> None:
        pad, self._pad = self._pad, None
        if pad is None:
            return
        if isValid(pad):
            pad.blockSignals(True)  # noqa: FBT003
            pad.wipe()
        if self._place is EntryPlace.WINDOW:
            self._faces.window.turn(None)
        else:
            self._faces.display.show_neutral()
