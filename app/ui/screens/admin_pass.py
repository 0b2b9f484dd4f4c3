"""一時パスの発行: for somebody whose card is not at hand; it is told aloud and stands here until one leaves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Pick
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


class AdminPassScreen(Screen):
    """``issue_asked`` carries staff number and reason; ``hide_asked``: what was issued is wanted no more."""

    issue_asked = Signal(str, str)
    hide_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_pass
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._staff_id = TextField(kit, words.staff_id, required=True, support=words.staff_id_support)
        self._staff_id.line.setMaxLength(32)
        self._staff_id.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._reason = Pick(kit, words.reason, kit.messages.words("pass_reason"), required=True)
        self._button, back = Button(words.issue, "primary", final=True), Button(words.back)
        self._button.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._entry(), 1)
        row.addWidget(self._result(), 1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._button, back))
        self.offer(Offer("commit", words.issue_key, self._ask))
        self.hide_pass()

    def first_focus(self) -> QWidget:
        return self._staff_id.line

    def show_busy(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self.hide_pass()
        self._button.show_text(self._words.working)

    def show_pass(self, staff_id: str, letters: str, until: str) -> None:
        """The pass of ``staff_id``, good until the time ``until``."""
        self._rest()
        words = self._words
        self._staff_id.show_text("")
        self._reason.show_value("")
        self._whose.show_text(words.issued(staff_id))
        self._letters.show_text(letters)
        self._letters.setAccessibleName(words.read_aloud(letters))
        self._until.show_text(words.good_until(until))
        self._how.show_text(words.issued_text)
        self._hide.show()
        self._hide.setFocus()
        announce(self, " ".join((words.issued(staff_id), words.read_aloud(letters), words.good_until(until))))

    def hide_pass(self, why: str = "") -> None:
        """Nothing of a pass stands here any more."""
        if self._hide.hasFocus():
            self.first_focus().setFocus()
        self._whose.show_text(why or self._words.none)
        for one in (self._letters, self._until, self._how):
            one.show_text("")
        self._hide.hide()

    def show_error(self, message: Message) -> None:
        """Why no pass was issued."""
        self._rest()
        self.banner.show_message(message)
        self._staff_id.line.setFocus()

    def show_own(self) -> None:
        """Nobody issues a pass for themselves."""
        self._staff_id.show_error(self._words.own)
        self._staff_id.line.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self._rest()
        self._staff_id.show_text("")
        self._reason.show_value("")
        self.hide_pass()

    def _rest(self) -> None:
        self._is_busy = False
        self._button.show_text(self._words.issue)

    def _ask(self) -> None:
        if self._is_busy:
            return
        staff_id, reason = self._staff_id.text(), self._reason.value()
        if not reason:
            self._reason.show_error(self._words.empty_reason)
            self._reason.setFocus()
        if not staff_id:
            self._staff_id.show_error(self._words.empty_staff_id)
            self._staff_id.line.setFocus()
        if staff_id and reason:
            self.issue_asked.emit(staff_id, reason)

    def _entry(self) -> Card:
        card = Card()
        for widget in (Words(self._words.lead), self._staff_id, self._reason):
            card.column.addWidget(widget)
        card.column.addStretch(1)
        return card

    def _result(self) -> Card:
        card = Card()
        self._whose, self._letters = Words("", "heading"), Words("", "spelt")
        self._until, self._how = Words(""), Words("", "support")
        self._hide = Button(self._words.hide)
        self._hide.clicked.connect(self.hide_asked)
        for widget in (self._whose, self._letters, self._until, self._how):
            card.column.addWidget(widget)
        card.column.addLayout(in_line(self._hide))
        card.column.addStretch(1)
        return card
