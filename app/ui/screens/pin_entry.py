"""暗証番号の入力, the clerk's side: whose turn it is, dots for what was typed, the attempts left before it begins."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip
from app.ui.widgets.dots import Dots
from app.ui.widgets.focus_ring import WHOLE
from app.ui.widgets.pin_pad import OWN_ENTER
from app.ui.widgets.words import Words

FEW = 2
"""So many attempts left are shown as a warning."""


class EntryPlace(StrEnum):
    """Where the resident enters."""

    DISPLAY = "on_display"
    WINDOW = "on_window"
    READER = "on_reader"


class PinEntryScreen(Screen):
    """``begin_asked``: the pad may be shown, as the window is turned or the last attempt is wanted.

    ``keyed`` carries key presses (``QKeyEvent``) of a keypad that is plugged into this PC while the resident enters.
    """

    begin_asked = Signal()
    keyed = Signal(object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.pin
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._takes_keys = False
        self._code, self._lead = Words("", "heading"), Words("")
        self._left = Chip(kit, words.left_unknown)
        self._dots = Dots(kit, 24)
        self._entry = Fact(words.entry, self._dots)
        self._begin, self._back = Button(words.turn, "primary"), Button(words.back)
        self._begin.clicked.connect(self.begin_asked)
        self._back.clicked.connect(self.back_asked)
        for name in (OWN_ENTER, WHOLE):
            self.setProperty(name, True)  # noqa: FBT003
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card()
        for widget in (self._code, self._lead):
            card.column.addWidget(widget)
        card.column.addLayout(in_line(self._left))
        card.column.addLayout(in_line(self._entry))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._begin, self._back))
        self.wipe()

    def first_focus(self) -> QWidget:
        return self if self._begin.isHidden() else self._begin

    def show_code(self, name: str, left: int | None, place: EntryPlace) -> None:
        """Which code, how many attempts are left (None: the card does not tell), and where it is entered."""
        words = self._words
        self._code.show_text(name)
        lead = {
            EntryPlace.DISPLAY: words.on_display,
            EntryPlace.WINDOW: words.on_window,
            EntryPlace.READER: words.on_reader,
        }
        self._lead.show_text(lead[place])
        if left is None:
            self._left.show_state(words.left_unknown, "quiet")
        else:
            self._left.show_state(words.left(left), "warning" if left <= FEW else "information")

    def show_last(self) -> None:
        """One attempt is left: nothing is entered before the clerk has confirmed that."""
        words = self._words
        self.banner.show_text("warning", words.last_title, words.last_text, words.last_next)
        self._show_begin(words.last_use, words.last_key)

    def show_ready(self) -> None:
        """The window is about to be turned."""
        self.banner.clear()
        self._show_begin(self._words.turn, self._words.turn_key)

    def show_entering(self, most: int, *, takes_keys: bool) -> None:
        """The resident enters now. ``takes_keys``: keys of this PC count as theirs."""
        self.banner.clear()
        self._takes_keys = takes_keys
        self._begin.hide()
        self._entry.setVisible(most > 0)
        self._dots.show_typed(0, most)
        self._offer()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_typed(self, typed: int, most: int) -> None:
        """How many characters stand on the resident's pad."""
        self._dots.show_typed(typed, most)

    def wipe(self) -> None:
        super().wipe()
        self._takes_keys = False
        self._code.show_text("")
        self._lead.show_text("")
        self._left.show_state(self._words.left_unknown, "quiet")
        self._dots.show_typed(0, 0)
        self._entry.hide()
        self._begin.hide()
        self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_keys:
            self.keyed.emit(event)
        else:
            super().keyPressEvent(event)

    def _show_begin(self, text: str, key: str) -> None:
        self._entry.hide()
        self._begin.show_text(text)
        self._begin.show()
        self._offer(key)
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, begin: str = "") -> None:
        self.offer(*((Offer("commit", begin, self.begin_asked.emit),) if begin else ()))
