"""The cover while locked: nothing of the visit, one password, and whose it is."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.secret import secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Screen
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
    """``unlock_asked`` carries password and the staff card's PIN (``Secret``; None where no card is asked).

    ``other_person_asked``: somebody else wants to sign in.
    """

    unlock_asked = Signal(object, object)
    other_person_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.lock
        super().__init__(kit, words.title)
        self._words = words
        self._why, self._only = Words(role="heading"), Words(role="support")
        self._password = PasswordField(kit, words.password)
        self._pin = PasswordField(kit, words.card_pin, support=words.card_pin_support)
        self._pin.hide()
        self._unlock = Button(words.unlock, "primary")
        self._other = Button(words.other_person, "text")
        self._unlock.clicked.connect(self._ask)
        self._other.clicked.connect(self.other_person_asked)
        self._is_busy = False
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card(), 0)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(2)

    def first_focus(self) -> QWidget:
        return self._password.line

    def show_locked(self, reason: LockReason, staff_id: str, *, has_card: bool = False) -> None:
        """Why, and the staff number of the one who can unlock. No name of anybody. ``has_card``: the card is asked."""
        words = self._words
        self.wipe()
        self._pin.setVisible(has_card)
        said = {
            LockReason.ASKED: words.why_asked,
            LockReason.IDLE: words.why_idle,
            LockReason.SYSTEM: words.why_system,
            LockReason.CARD: words.why_card,
            LockReason.LEASE: words.why_lease,
        }
        self._why.show_text(said[reason])
        self._only.show_text(words.only(staff_id))

    def show_busy(self) -> None:
        """The answer is awaited."""
        self._is_busy = True
        self.banner.clear()
        self._unlock.show_text(self._words.working)

    def show_error(self, message: Message) -> None:
        """Why it stays locked; the password is asked again."""
        self._is_busy = False
        self._unlock.show_text(self._words.unlock)
        self.banner.show_message(message)
        self._password.line.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._password.show_text("")
        self._pin.show_text("")
        self._unlock.show_text(self._words.unlock)

    def _ask(self) -> None:
        if self._is_busy:
            return
        asked = [(self._password, self._words.empty_password)]
        if not self._pin.isHidden():
            asked.append((self._pin, self._words.empty_card_pin))
        for field, sentence in asked:
            field.clear_error()
            if not field.text():
                field.show_error(sentence)
                field.line.setFocus()
                return
        given = [secret(field.text()) for field, _ in asked]
        for field, _ in asked:
            field.show_text("")
        self.unlock_asked.emit(given[0], given[1] if len(given) > 1 else None)

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
        column.addWidget(self._password)
        column.addWidget(self._pin)
        column.addLayout(buttons)
        return card
