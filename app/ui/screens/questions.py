"""質問による本人確認: questions with what the register says to them, for the clerk's eyes alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options, Pick
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question; ``expected``: what the register says, never to be shown or read out to the person."""

    id: str
    text: str
    expected: str = field(repr=False)


class QuestionsScreen(Screen):
    """``confirm_asked`` carries id → whether the answer agreed, and the kinds of documents shown besides."""

    confirm_asked = Signal(object, object)
    close_asked = Signal()

    def __init__(self, kit: Kit, documents: Options) -> None:
        words = kit.texts.questions
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._lead = Words("")
        self._document = Choice(kit, words.document, documents, required=True, support=words.document_support)
        self._document.setMaximumWidth(kit.look.px(560))
        self._answers: dict[str, Pick] = {}
        self._card = Card()
        self._card.column.addWidget(self._lead)
        self._card.column.addWidget(self._document)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._card.column.addLayout(self._list)
        confirm, back = Button(words.confirm, "primary"), Button(kit.texts.authority.skip)
        confirm.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        self.body.addWidget(self._card)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(confirm, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("commit", words.confirm_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        return self._document.box

    def show_questions(self, questions: Sequence[QuestionShown], least: int, wrong: int) -> None:
        """These can be asked; ``least`` must be, ``wrong`` may be answered wrong."""
        self._clear()
        words = self._words
        if len(questions) < least:
            self._lead.show_text(words.too_few(least))
        else:
            self._lead.show_text(words.lead(least, wrong) if wrong else words.lead_strict(least))
        options = (("yes", words.agrees), ("no", words.disagrees))
        before: QWidget = self._document
        for one in questions:
            pick = Pick(self.kit, one.text, options, support=words.expected(one.expected))
            self._answers[one.id] = pick
            self._list.addWidget(pick)
            QWidget.setTabOrder(before, pick)
            before = pick

    def wipe(self) -> None:
        super().wipe()
        self._clear()
        self._lead.show_text("")
        self._document.show_value("")
        self._document.clear_error()

    def _clear(self) -> None:
        self._answers.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _ask(self) -> None:
        if not self._document.value():
            self._document.show_error(self._words.document_missing)
            self._document.box.setFocus()
            return
        answered = {name: pick.value() == "yes" for name, pick in self._answers.items() if pick.value()}
        self.confirm_asked.emit(answered, (self._document.value(),))
