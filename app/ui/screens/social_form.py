"""A form of 社会保障宛名: somebody who is in no register, a delivery address, a contact record or a bank account."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, scrolled
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.words import Words


class SocialFormScreen(Screen):
    """``edited`` carries a field and its text; ``save_asked``: keep it; ``empty_asked``: drop what is typed."""

    edited = Signal(str, str)
    save_asked = Signal()
    empty_asked = Signal()

    def __init__(self, kit: Kit, title: str, save: str) -> None:
        office = kit.texts.office
        super().__init__(kit, title, has_side=False)
        self._is_busy = False
        self._whom, self._state, self._kept = Words("", "label"), Words("", "label"), Words("", "support")
        self.fields = RegisterFields(kit, columns=3)
        self.fields.edited.connect(self.edited)
        keep, empty, back = Button(save, "primary", final=True), Button(office.empty_form), Button(office.back)
        for button, ask in ((keep, self._ask), (empty, self.empty_asked.emit), (back, self.back_asked.emit)):
            button.clicked.connect(ask)
        card = Card()
        card.column.setContentsMargins(20, 12, 8, 12)
        card.column.addWidget(self._whom)
        card.column.addWidget(scrolled(self.fields), 1)
        self.body.addWidget(card, 1)
        foot = in_line(keep, empty, back)
        foot.addWidget(self._state)
        foot.addWidget(self._kept)
        self.foot.addLayout(foot)
        self.offer(
            Offer("return_case", office.empty_form_key, self.empty_asked.emit),
            Offer("commit", save, self._ask),
        )

    def first_focus(self) -> QWidget:
        return self.fields.first() or self

    def show_form(self, whom: str, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """About whom it is, and the fields, filled; the cursor goes into the first one."""
        self._whom.show_text(whom)
        self.fields.show_fields(fields, values)
        if fields and self.isVisible():
            self.fields.focus(fields[0].id)

    def show_missing(self, errors: Mapping[str, str], said: str = "") -> None:
        """What is to be filled or mended first."""
        self._is_busy = False
        self._state.show_text(said)
        if first := self.fields.show_errors(errors):
            self.fields.focus(first)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._state.show_text(self.kit.texts.office.working)

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self._is_busy = False
        self._state.show_text("")
        self.banner.show_message(message)

    def show_kept(self, text: str) -> None:
        """What became of what is typed."""
        self._kept.show_text(text)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        for words in (self._whom, self._state, self._kept):
            words.show_text("")
        self.fields.show_fields((), {})

    def _ask(self) -> None:
        if not self._is_busy:
            self.save_asked.emit()
