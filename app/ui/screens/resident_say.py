"""金額と行き先: a fee or a place, typed by the clerk and shown to the resident in large type."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


class ResidentSayScreen(Screen):
    """``fee_asked`` carries yen as typed, ``place_asked`` where to go."""

    fee_asked = Signal(str)
    place_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.resident_say
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self.fee = TextField(kit, words.fee, support=words.fee_support)
        self.place = TextField(kit, words.place, support=words.place_support)
        show_fee, show_place, back = Button(words.show_fee), Button(words.show_place), Button(words.back)
        show_fee.clicked.connect(self._on_fee)
        show_place.clicked.connect(self._on_place)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(Words(words.lead))
        for field, button in ((self.fee, show_fee), (self.place, show_place)):
            field.setMaximumWidth(kit.look.px(520))
            card.column.addWidget(field)
            card.column.addLayout(in_line(button))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(back))
        self.offer(Offer("commit", words.show_fee, self._on_fee), Offer("search", words.show_place, self._on_place))

    def first_focus(self) -> QWidget:
        return self.fee

    def show_said(self, *, shown: bool) -> None:
        """Whether it stands there now."""
        if shown:
            self.banner.show_text("success", self._words.shown)
        else:
            self.banner.show_text("warning", self._words.not_shown)

    def wipe(self) -> None:
        super().wipe()
        for field in (self.fee, self.place):
            field.show_text("")
            field.clear_error()

    def _on_fee(self) -> None:
        self.fee.clear_error()
        self.fee_asked.emit(self.fee.text())

    def _on_place(self) -> None:
        self.place.clear_error()
        self.place_asked.emit(self.place.text())
