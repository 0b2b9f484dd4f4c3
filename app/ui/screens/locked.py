"""The cover while locked: nothing of the visit, who unlocks, and by what: staff card, password, or both."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.secret import secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.field import PasswordField
from app.ui.widgets.icon import Icon
from app.ui.widgets.words import Words


class LockReason(StrEnum):
    """Why it was locked."""

    ASKED = "asked"
    IDLE = "idle"
    SYSTEM = "system"
    CARD = "card"
    LEASE = "lease"


class LockedScreen(Screen):
    """``unlock_asked`` carries password ("" where it isn't asked) and the staff card's PIN (None where no card is).

    The PIN is "" where the operating system asks for it. ``other_person_asked``: somebody else wants to sign in.
    """

    unlock_asked = Signal(object, object)
    other_person_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.lock
        super().__init__(kit, words.title)
        self._words = words
        self._why, self._only = Words(role="heading"), Words(role="support")
        self._lead, self._left = Words(), Words(role="support")
        self._password = PasswordField(kit, words.password)
        self._pin = PasswordField(kit, words.card_pin, support=words.card_pin_support)
        self._pin.hide()
        self._unlock = Button(words.unlock, "primary")
        self._other = Button(words.other_person, "text")
        self._unlock.clicked.connect(self._ask)
        self._other.clicked.connect(self.other_person_asked)
        self.offer(Offer("commit", words.unlock, self._ask))
        self._is_busy = self._needs_card = False
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card(), 0)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(2)

    def first_focus(self) -> QWidget:
        fields = [field.line for field in (self._password, self._pin) if not field.isHidden()]
        return fields[0] if fields else self._unlock

    def show_locked(self, reason: LockReason, staff_id: str, *, has_card: bool = False) -> None:
        """Why, and the staff number of the one who can unlock. No name of anybody. ``has_card``: the card is asked."""
        words = self._words
        self.wipe()
        self.show_left("")
        self.show_needed(card=has_card, password=True)
        said = {
            LockReason.ASKED: words.why_asked,
            LockReason.IDLE: words.why_idle,
            LockReason.SYSTEM: words.why_system,
            LockReason.CARD: words.why_card,
            LockReason.LEASE: words.why_lease,
        }
        self._why.show_text(said[reason])
        self._only.show_text(words.only(staff_id))

    def show_needed(self, *, card: bool, password: bool) -> None:
        """What unlocking asks for; a field that goes away is empty, the cursor stands in one that is there."""
        words = self._words
        self._needs_card = card
        fields = ((self._password, password), (self._pin, card and self.kit.asks_pin))
        was_in = next((field for field, _ in fields if field.line.hasFocus()), None)
        for field, is_needed in fields:
            if not is_needed:
                field.show_text("")
                field.clear_error()
            field.setVisible(is_needed)
        lead = words.card_lead if not password else words.both_lead if card else ""
        self._lead.show_text(lead)
        self._lead.setVisible(bool(lead))
        if was_in is not None and (was_in.isHidden() or not was_in.text()):
            self.first_focus().setFocus()

    def show_left(self, text: str) -> None:
        """How long work may go on without the office; "" while it answers."""
        self._left.show_text(text)
        self._left.setVisible(bool(text))

    def show_busy(self) -> None:
        """The answer is awaited."""
        self._is_busy = True
        self.banner.clear()
        self._unlock.show_text(self._words.working)

    def show_error(self, message: Message) -> None:
        """Why it stays locked; what was typed is asked again."""
        self._is_busy = False
        self._unlock.show_text(self._words.unlock)
        self.banner.show_message(message)
        self.first_focus().setFocus()

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._password.show_text("")
        self._pin.show_text("")
        self._unlock.show_text(self._words.unlock)

    def _ask(self) -> None:
        if self._is_busy:
            return
        words = self._words
        both = ((self._password, words.empty_password), (self._pin, words.empty_card_pin))
        asked = [(field, sentence) for field, sentence in both if not field.isHidden()]
        for field, sentence in asked:
            field.clear_error()
            if not field.text():
                field.show_error(sentence)
                field.line.setFocus()
                return
        password, pin = secret(self._password.text()), secret(self._pin.text())
        for field, _ in asked:
            field.show_text("")
        self.unlock_asked.emit(password, pin if self._needs_card else None)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(self.kit.look.px(560))
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self._why, Words(self._words.kept, "support"), self._only):
            words.addWidget(label)
        head.addWidget(Icon(self.kit.look, "lock", "quiet_mark", 48), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._unlock)
        buttons.addWidget(self._other)
        buttons.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._left)
        column.addWidget(self._lead)
        column.addWidget(self._password)
        column.addWidget(self._pin)
        column.addLayout(buttons)
        return card
