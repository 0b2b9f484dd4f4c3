"""Work on this terminal that hangs on the password before the present one: opened once with it, or left sealed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.secret import secret
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, centred
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import PasswordField
from app.ui.widgets.words import Words


class FormerScreen(Screen):
    """``open_asked`` carries the former password; ``leave_asked``: leave the work sealed and begin anew."""

    open_asked = Signal(object)
    leave_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.former
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._former = PasswordField(kit, words.former, support=words.former_support)
        self._open, leave, stop = Button(words.open, "primary"), Button(words.leave, "text"), Button(words.stop, "text")
        self._open.clicked.connect(self._ask)
        leave.clicked.connect(self._ask_whether)
        stop.clicked.connect(self.back_asked)
        self._card, self._question = Card(), Card()
        for widget in (Words(words.lead), self._former):
            self._card.column.addWidget(widget)
        self._card.column.addLayout(in_line(self._open, leave, stop))
        yes, self._no = Button(words.leave_yes, final=True), Button(words.leave_no)
        yes.clicked.connect(self._leave)
        self._no.clicked.connect(self._hide_question)
        self._question.column.addWidget(Words(words.leave, "heading"))
        self._question.column.addWidget(Words(words.leave_text))
        self._question.column.addLayout(in_line(self._no, yes))
        middle = QVBoxLayout()
        middle.addWidget(self._card)
        middle.addWidget(self._question)
        self.body.addStretch(1)
        self.body.addLayout(centred(middle, kit.look.px(760)))
        self.body.addStretch(2)
        self._hide_question()

    def first_focus(self) -> QWidget:
        return self._former.line

    def show_busy(self) -> None:
        """The work is being opened; a second press asks nothing."""
        self._is_busy = True
        self._open.show_text(self._words.working)

    def show_wrong(self) -> None:
        """It was another password."""
        self._rest()
        self._former.show_error(self._words.wrong)
        self._former.line.setFocus()

    def show_error(self, message: Message) -> None:
        """Something else stood in the way."""
        self._rest()
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._rest()
        self._former.show_text("")
        self._former.clear_error()
        self._hide_question()

    def _rest(self) -> None:
        self._is_busy = False
        self._open.show_text(self._words.open)

    def _ask(self) -> None:
        if self._is_busy:
            return
        self._former.clear_error()
        if not self._former.text():
            self._former.show_error(self._words.empty)
            self._former.line.setFocus()
            return
        former = secret(self._former.text())
        self._former.show_text("")
        self.open_asked.emit(former)

    def _ask_whether(self) -> None:
        """Leaving it can't be taken back here: the question comes first."""
        if not self._is_busy:
            self._card.hide()
            self._question.show()
            self.offer()
            self._no.setFocus()

    def _leave(self) -> None:
        if not self._is_busy:
            self._is_busy = True
            self.leave_asked.emit()

    def _hide_question(self) -> None:
        self._question.hide()
        self._card.show()
        self.offer(Offer("commit", self._words.open_key, self._ask))
