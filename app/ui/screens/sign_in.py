"""Signing in: staff number and password, then the staff card where the office asks for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.secret import Secret, secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, centred
from app.ui.screens.sign_in_card import CardStep
from app.ui.widgets.button import Button
from app.ui.widgets.card import in_line
from app.ui.widgets.field import PasswordField, TextField
from app.ui.widgets.icon import Icon
from app.ui.widgets.steps import Step, StepNavigation, StepState
from app.ui.widgets.words import Words


class SignInScreen(Screen):
    """``sign_in_asked`` carries staff number and password (``Secret``); the password field is empty from then on.

    ``card_asked`` carries the card's PIN, ``pass_asked`` a pass; ``left``: what was given is of no use now.
    """

    sign_in_asked = Signal(str, object)
    card_asked = Signal(object)
    pass_asked = Signal(object)
    left = Signal()
    diagnose_asked = Signal()

    def __init__(self, kit: Kit, version: str = "") -> None:
        words = kit.texts.sign_in
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._steps = StepNavigation(kit)
        self._staff_id = TextField(kit, words.staff_id, support=words.staff_id_support)
        self._staff_id.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._password = PasswordField(kit, words.password, support=words.password_support)
        self._button = Button(words.sign_in, "primary")
        self._button.clicked.connect(self._ask)
        self._is_busy = False
        self._card_step = CardStep(kit)
        self._card_step.card_asked.connect(self.card_asked)
        self._card_step.pass_asked.connect(self.pass_asked)
        self._card_step.back_asked.connect(self._begin_again)
        self._first_step = QWidget()
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._entry(), 3)
        row.addWidget(self._beside(version), 2)
        middle = QVBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._steps)
        middle.addLayout(row)
        self.body.addStretch(1)
        self.body.addLayout(centred(middle, kit.look.px(960)))
        self.body.addStretch(2)
        self._show_first()
        self.offer(Offer("commit", words.sign_in, self._commit))

    def first_focus(self) -> QWidget:
        if self._is_second:
            return self._card_step.first_focus()
        return self._password.line if self._staff_id.text() else self._staff_id.line

    def show_busy(self) -> None:
        """The answer is awaited; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._button.show_text(self._words.working)
        self._card_step.show_busy(busy=True)

    def show_card_step(self) -> None:
        """The office asks for the card too; the password is kept for it."""
        self._rest()
        self._is_second = True
        self._card_step.reset()
        self._first_step.hide()
        self._card_step.show()
        self._show_steps(StepState.DONE, StepState.CURRENT)
        self.first_focus().setFocus()

    def show_card_error(self, message: Message) -> None:
        """What went wrong with the card; it is asked again."""
        self._rest()
        self._show_steps(StepState.DONE, StepState.ERROR)
        self.banner.show_message(message)
        self.first_focus().setFocus()

    def show_error(self, message: Message) -> None:
        """What went wrong; the password is asked again."""
        self._show_first()
        self._show_steps(StepState.ERROR)
        self.banner.show_message(message)
        self._password.line.setFocus()

    def show_ended(self, message: Message) -> None:
        """The last session has ended, and why."""
        self._rest()
        self.banner.show_message(message, "information")

    def wipe(self) -> None:
        super().wipe()
        self._rest()
        self._staff_id.show_text("")
        self._password.show_text("")
        self._show_first()
        self.left.emit()

    def _show_first(self) -> None:
        self._rest()
        self._is_second = False
        self._card_step.reset()
        self._card_step.hide()
        self._first_step.show()
        self._show_steps(StepState.CURRENT)

    def _begin_again(self) -> None:
        self.banner.clear()
        self._show_first()
        self.left.emit()
        self.first_focus().setFocus()

    def _rest(self) -> None:
        self._is_busy = False
        self._button.show_text(self._words.sign_in)
        self._card_step.show_busy(busy=False)

    def _commit(self) -> None:
        if self._is_second:
            self._card_step.ask()
        else:
            self._ask()

    def _ask(self) -> None:
        if self._is_busy:
            return
        self._staff_id.clear_error()
        self._password.clear_error()
        empty = [
            (one, sentence)
            for one, sentence in (
                (self._staff_id, self._words.empty_staff_id),
                (self._password, self._words.empty_password),
            )
            if not one.text()
        ]
        for one, sentence in empty:
            one.show_error(sentence)
        if empty:
            empty[0][0].line.setFocus()
            return
        password: Secret = secret(self._password.text())
        self._password.show_text("")
        self.sign_in_asked.emit(self._staff_id.text(), password)

    def _show_steps(self, password: StepState, second: StepState = StepState.AHEAD) -> None:
        words = self._words
        self._steps.show_steps((Step(words.step_password, password), Step(words.step_second, second)))

    def _entry(self) -> QFrame:
        card, column = _card()
        first = QVBoxLayout(self._first_step)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(16)
        first.addWidget(Words(self._words.lead))
        first.addWidget(self._staff_id)
        first.addWidget(self._password)
        first.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self._button)
        buttons.addStretch(1)
        first.addLayout(buttons)
        column.addWidget(self._first_step)
        column.addWidget(self._card_step)
        column.addStretch(1)
        return card

    def _beside(self, version: str) -> QFrame:
        card, column = _card()
        for icon, title, text in (
            ("card", self._words.second_title, self._words.second_text),
            ("document", "", self._words.trace_notice),
        ):
            words = QVBoxLayout()
            words.setSpacing(4)
            for sentence, role in ((title, "label"), (text, "support")):
                if sentence:
                    words.addWidget(Words(sentence, role))
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(Icon(self.kit.look, icon, "quiet_mark", 24), 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            column.addLayout(line)
        column.addStretch(1)
        diagnose = Button(self.kit.texts.diagnostics.door, "text")
        diagnose.clicked.connect(self.diagnose_asked)
        column.addLayout(in_line(diagnose))
        if version:
            small = QLabel(self._words.version(version))
            small.setProperty("role", "small")
            column.addWidget(small)
        return card


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(16)
    return card, column
