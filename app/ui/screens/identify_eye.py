"""券面目視: which kinds of documents were shown; nothing else of them is taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


class EyeScreen(Screen):
    """``confirm_asked`` carries the kinds of documents (a tuple) and the name of who stands here, "" for the applicant.

    ``documents``: kinds that may be shown, id and word. ``card_asked``: back to reading the card.
    """

    confirm_asked = Signal(object, str)
    card_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit, documents: Options) -> None:
        words = kit.texts.identify
        super().__init__(kit, words.eye_title)
        self._words = words
        self._first = Choice(kit, words.eye_first, documents, required=True)
        self._second = Choice(kit, words.eye_second, documents, required=False, support=words.eye_second_support)
        self._name = TextField(kit, words.eye_name, required=True, support=words.eye_name_support)
        self._confirm, back = Button(words.eye_confirm, "primary"), Button(words.to_card)
        self._confirm.clicked.connect(self._ask)
        back.clicked.connect(self.card_asked)
        card = Card()
        card.column.addWidget(Words(words.eye_lead))
        for field in (self._first, self._second, self._name):
            field.setMaximumWidth(kit.look.px(520))
            card.column.addWidget(field)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._confirm, back))
        self.back_asked.connect(self.card_asked)
        self.offer(
            Offer("other_way", words.card_key, self.card_asked.emit),
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("commit", words.eye_key, self._ask),
        )
        self.show_name_asked(asked=False)

    def first_focus(self) -> QWidget:
        return self._first.box

    def show_name_asked(self, *, asked: bool) -> None:
        """Whether who stands here is somebody else than the applicant, so that the name is needed."""
        self._name.setVisible(asked)

    def show_not_enough(self) -> None:
        """What was shown does not suffice."""
        self._second.show_error(self._words.eye_not_enough)
        self._second.box.setFocus()

    def wipe(self) -> None:
        super().wipe()
        for choice in (self._first, self._second):
            choice.show_value("")
            choice.clear_error()
        self._name.show_text("")

    def _ask(self) -> None:
        if not self._first.value():
            self._first.show_error(self._words.eye_missing)
            self._first.box.setFocus()
        elif not self._name.isHidden() and not self._name.text():
            self._name.show_error(self._words.eye_name_missing)
            self._name.line.setFocus()
        else:
            kinds = tuple(one for one in (self._first.value(), self._second.value()) if one)
            self.confirm_asked.emit(kinds, "" if self._name.isHidden() else self._name.text())
