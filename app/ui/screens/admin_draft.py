"""変更の申請: all that was collected, before and after, with the reason; one proposal, or one step back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.admin_difference import ChangeLine, difference_table
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


class AdminDraftScreen(Screen):
    """``send_asked`` carries the reason; ``drop_asked`` the place of a change; ``undo_asked``: one step back."""

    send_asked = Signal(str)
    drop_asked = Signal(int)
    undo_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_draft
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._changes = words, False, 0
        self.count = Words("", "support")
        self._lines = difference_table(kit, words.title)
        self._reason = TextField(kit, words.reason, required=True, support=words.reason_support)
        self._reason.line.setMaxLength(200)
        self._send, self._drop = Button(words.send, "primary", final=True), Button(words.drop)
        self._undo, back = Button(words.undo), Button(words.back)
        self._send.clicked.connect(self._ask)
        self._drop.clicked.connect(self._ask_drop)
        self._undo.clicked.connect(self.undo_asked)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(self.count)
        card.add_filling(self._lines, self._lines.height_for(4))
        card.column.addWidget(self._reason)
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(self._send, self._drop, self._undo, back))

    def first_focus(self) -> QWidget:
        return self._reason.line

    def show_lines(self, lines: Sequence[ChangeLine], changes: int) -> None:
        """The differences of ``changes`` changes."""
        words = self._words
        self._is_busy, self._changes = False, changes
        self.count.show_text(words.count(changes) if changes else words.none)
        self._lines.show_empty_text(words.none)
        self._lines.show_rows(lines)
        for button in (self._send, self._drop):
            button.setVisible(bool(changes))
        self._send.show_text(words.send)
        offers = [Offer("other_way", words.undo_key, self.undo_asked.emit)]
        if changes:
            offers.append(Offer("commit", words.send_key, self._ask))
        self.offer(*offers)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._send.show_text(self._words.working)

    def show_failed(self, message: Message) -> None:
        """It was not sent; everything stays."""
        self._is_busy = False
        self._send.show_text(self._words.send)
        self.banner.show_message(message)

    def reason(self) -> str:
        """What was typed."""
        return self._reason.text()

    def show_reason(self, reason: str) -> None:
        """What was typed before; "" once it was sent."""
        self._reason.show_text(reason)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self.show_reason("")
        self.show_lines((), 0)

    def _ask(self) -> None:
        if self._is_busy or not self._changes:
            return
        if not self._reason.text():
            self._reason.show_error(self._words.empty_reason)
            self._reason.line.setFocus()
            return
        self.send_asked.emit(self._reason.text())

    def _ask_drop(self) -> None:
        line = self._lines.marked()
        if line is not None and not self._is_busy:
            self.drop_asked.emit(line.place)
