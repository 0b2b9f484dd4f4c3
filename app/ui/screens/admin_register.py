"""職員カードの登録: the new card lies on the staff reader, its holder types the PIN."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import PasswordField, TextField
from app.ui.widgets.words import Words


class AdminRegisterScreen(Screen):
    """``register_asked`` carries staff number, the card's name and its PIN (``Secret``); the PIN's field is empty then.

    The other two stay until the card is registered.
    """

    register_asked = Signal(str, str, object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_register
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._staff_id = TextField(kit, words.staff_id, required=True, support=words.staff_id_support)
        self._staff_id.line.setMaxLength(32)
        self._staff_id.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._label = TextField(kit, words.label, required=True, support=words.label_support)
        self._label.line.setMaxLength(64)
        self._pin = PasswordField(kit, words.pin, required=True, support=words.pin_support)
        self._pin.line.setMaxLength(63)
        self._pin.setVisible(kit.asks_pin)
        self._button, back = Button(words.register, "primary", final=True), Button(words.back)
        self._button.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._entry(), 1)
        row.addWidget(self._steps(), 1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._button, back))
        self.offer(Offer("commit", words.register_key, self._ask))

    def first_focus(self) -> QWidget:
        empty = next((one for one in self._fields() if not one.text()), self._staff_id)
        return empty.line

    def show_person(self, staff_id: str) -> None:
        """Propose whose card it is."""
        self._staff_id.show_text(staff_id)

    def show_busy(self) -> None:
        """The card is at work; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._button.show_text(self._words.working)

    def show_error(self, message: Message) -> None:
        """What stood in the way; the PIN is asked again."""
        self._rest()
        self.banner.show_message(message)
        (self._pin.line if self.kit.asks_pin else self._button).setFocus()

    def show_done(self, staff_id: str, label: str) -> None:
        """It is registered; the next one can be."""
        words = self._words
        self.wipe()
        self.banner.show_text("success", words.done_title(staff_id, label), words.done_text, words.done_next)
        self.first_focus().setFocus()

    def wipe(self) -> None:
        super().wipe()
        self._rest()
        for one in self._fields():
            one.show_text("")

    def _rest(self) -> None:
        self._is_busy = False
        self._button.show_text(self._words.register)

    def _fields(self) -> tuple[TextField, ...]:
        typed = (self._staff_id, self._label)
        return (*typed, self._pin) if self.kit.asks_pin else typed

    def _ask(self) -> None:
        if self._is_busy:
            return
        words = self._words
        sentences = (words.empty_staff_id, words.empty_label, words.empty_pin)
        empty = [(one, text) for one, text in zip(self._fields(), sentences, strict=False) if not one.text()]
        for one, text in empty:
            one.show_error(text)
        if empty:
            empty[0][0].line.setFocus()
            return
        pin: Secret = secret(self._pin.text())
        self._pin.show_text("")
        self.register_asked.emit(self._staff_id.text(), self._label.text(), pin)

    def _entry(self) -> Card:
        card = Card()
        for one in self._fields():
            card.column.addWidget(one)
        card.column.addStretch(1)
        return card

    def _steps(self) -> Card:
        words, card = self._words, Card(self._words.how)
        for text in (words.step_1, words.step_2, words.step_3, words.step_4):
            card.column.addWidget(Words(text))
        card.column.addWidget(Words(words.no_lock, "support"))
        card.column.addStretch(1)
        return card
