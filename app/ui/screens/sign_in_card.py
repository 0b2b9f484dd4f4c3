"""The second step of signing in: the staff card with its PIN, or a supervisor's pass in its place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.widgets.button import Button
from app.ui.widgets.field import PasswordField, TextField
from app.ui.widgets.words import Words


class CardStep(QWidget):
    """``card_asked`` carries the card's PIN, ``pass_asked`` the pass (``Secret``); ``back_asked``: begin again."""

    card_asked = Signal(object)
    pass_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._words = words = kit.texts.sign_in
        self._asks_pin = kit.asks_pin
        self._lead = Words(words.card_lead)
        self._pin = PasswordField(kit, words.card_pin, support=words.card_pin_support)
        self._pass = TextField(kit, words.one_time_pass, support=words.one_time_pass_support)
        self._go = Button(words.sign_in, "primary")
        self._other, self._back = Button(words.use_pass, "text"), Button(words.card_back, "text")
        self._go.clicked.connect(self.ask)
        self._other.clicked.connect(self._toggle)
        self._back.clicked.connect(self.back_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._lead, self._pin, self._pass):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._go, self._other, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.reset()

    def first_focus(self) -> QWidget:
        """Where the cursor goes."""
        return self._field().line if self._by_pass or self._asks_pin else self._go

    def reset(self) -> None:
        """Empty, asking for the card."""
        self._show(by_pass=False)
        self.show_busy(busy=False)

    def show_busy(self, *, busy: bool) -> None:
        """The answer is awaited, or no longer."""
        self._is_busy = busy
        self._go.show_text(self._words.card_working if busy else self._words.sign_in)

    def ask(self) -> None:
        """What was typed is asked; an empty field says so."""
        if self._is_busy:
            return
        field = self._field()
        if not field.text() and (self._by_pass or self._asks_pin):
            field.show_error(self._words.empty_pass if self._by_pass else self._words.empty_card_pin)
            field.line.setFocus()
            return
        given: Secret = secret(field.text())
        field.show_text("")
        (self.pass_asked if self._by_pass else self.card_asked).emit(given)

    def _field(self) -> TextField:
        return self._pass if self._by_pass else self._pin

    def _toggle(self) -> None:
        self._show(by_pass=not self._by_pass)
        self.first_focus().setFocus()

    def _show(self, *, by_pass: bool) -> None:
        words, self._by_pass = self._words, by_pass
        for field in (self._pin, self._pass):
            field.show_text("")
            field.clear_error()
        self._pin.setVisible(not by_pass and self._asks_pin)
        self._pass.setVisible(by_pass)
        self._lead.show_text(words.pass_lead if by_pass else words.card_lead)
        self._other.show_text(words.use_card if by_pass else words.use_pass)
