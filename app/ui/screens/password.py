"""パスワードの変更: the present password, the new one twice, and the staff card's PIN."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, centred
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import PasswordField
from app.ui.widgets.words import Words


class PasswordScreen(Screen):
    """``change_asked`` carries the present password (None where it is known), the new one and the PIN (or None)."""

    change_asked = Signal(object, object, object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.password
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._is_given, self._has_card = False, False
        self._lead = Words(words.lead)
        self._present = PasswordField(kit, words.present, support=words.present_support)
        self._new = PasswordField(kit, words.new, support=words.new_support)
        self._again = PasswordField(kit, words.again, support=words.again_support)
        self._pin = PasswordField(kit, words.card_pin, support=words.card_pin_support)
        self._change, self._back = Button(words.change, "primary"), Button(words.back)
        self._change.clicked.connect(self._ask)
        self._back.clicked.connect(self.back_asked)
        card = Card()
        for widget in (self._lead, self._present, self._new, self._again, self._pin, Words(words.rules, "support")):
            card.column.addWidget(widget)
        card.column.setSpacing(12)
        middle = QVBoxLayout()
        middle.addWidget(card)
        self.foot.addLayout(in_line(self._change, self._back))
        self.body.addLayout(centred(middle, kit.look.px(760)))
        self.body.addStretch(1)
        self.offer(Offer("commit", words.change_key, self._ask))
        self.show_for(is_given=False, has_card=False)

    def first_focus(self) -> QWidget:
        return (self._new if self._is_given else self._present).line

    def show_for(self, *, is_given: bool, has_card: bool) -> None:
        """``is_given``: an administrator gave the present one, and it has just been typed."""
        self.wipe()
        self._is_given, self._has_card = is_given, has_card and self.kit.asks_pin
        self._lead.show_text(self._words.lead_given if is_given else self._words.lead)
        self._back.show_text(self._words.stop if is_given else self._words.back)
        self._present.setVisible(not is_given)
        self._pin.setVisible(self._has_card)

    def show_busy(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._change.show_text(self._words.working)

    def show_error(self, message: Message) -> None:
        """It was not changed; everything is asked again."""
        self._empty()
        self.banner.show_message(message)
        self.first_focus().setFocus()

    def show_done(self) -> None:
        """It was changed."""
        self._empty()
        self.banner.show_text("success", self._words.done_title, self._words.done_text)

    def wipe(self) -> None:
        super().wipe()
        self._empty()

    def _empty(self) -> None:
        self._is_busy = False
        self._change.show_text(self._words.change)
        for field in (self._present, self._new, self._again, self._pin):
            field.show_text("")
            field.clear_error()

    def _faults(self) -> list[tuple[PasswordField, str]]:
        """Fields that can't be sent so, each with its sentence."""
        words = self._words
        asked = [(self._new, words.empty_new)]
        if not self._is_given:
            asked.insert(0, (self._present, words.empty_present))
        if self._has_card:
            asked.append((self._pin, words.empty_card_pin))
        wrong = [(field, sentence) for field, sentence in asked if not field.text()]
        return wrong if self._again.text() == self._new.text() else [*wrong, (self._again, words.differs)]

    def _ask(self) -> None:
        if self._is_busy:
            return
        wrong = self._faults()
        for field in (self._present, self._new, self._again, self._pin):
            field.clear_error()
        for field, sentence in wrong:
            field.show_error(sentence)
        if wrong:
            wrong[0][0].line.setFocus()
            return
        present = None if self._is_given else secret(self._present.text())
        pin: Secret | None = secret(self._pin.text()) if self._has_card else None
        new = secret(self._new.text())
        for field in (self._present, self._new, self._again, self._pin):
            field.show_text("")
        self.change_asked.emit(present, new, pin)
