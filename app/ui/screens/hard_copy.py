"""画面の控え by the older rule: asks why it is needed before a picture of the screen is taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Pick
from app.ui.widgets.words import Words

LENT_S = 60
"""How long a picture may be pasted. Assumed."""


class HardCopyScreen(Screen):
    """``take_asked`` carries the reason's code."""

    take_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.copying
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._reason = Pick(kit, words.reason, kit.messages.words("copy_reason"), required=True)
        take, back = Button(words.take, "primary", final=True), Button(words.back)
        take.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        card = Card()
        for widget in (Words(words.lead), self._reason, Words(words.limits(LENT_S), "support")):
            card.column.addWidget(widget)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(take, back))
        self.offer(Offer("commit", words.take_key, self._ask))

    def first_focus(self) -> QWidget:
        return self._reason

    def begin(self) -> None:
        """Nothing chosen, nothing said."""
        self.banner.clear()
        self._reason.clear_error()
        self._reason.show_value("")

    def show_error(self, message: Message) -> None:
        """Why there is no picture."""
        self.banner.show_message(message)

    def _ask(self) -> None:
        if reason := self._reason.value():
            self.take_asked.emit(reason)
        else:
            self._reason.show_error(self._words.empty_reason)
            self._reason.setFocus()
