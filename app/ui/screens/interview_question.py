"""聞き取りの質問: one at a time, with what was answered beside it; an answer that nobody knows is no obstacle."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.facts import Scalar
from app.domain.procedure import Kind
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Options, Pick, YesNo
from app.ui.widgets.date_field import DateField
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words

_FEW = 2
"""So many options stand side by side; more stand below each other as a list that is chosen by number."""
Heard = tuple[str, str]
"""A question and its answer, as text."""


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question. ``value``: the answer so far; ``from_register``: it is what the 住民票 says and nobody's answer."""

    id: str
    label: str
    hint: str
    kind: Kind
    options: Options
    value: Scalar | None = field(repr=False)
    from_register: bool = False


class InterviewQuestionScreen(Screen):
    """``answered`` carries the answer, None for not known; ``earlier_asked``: the question before."""

    answered = Signal(object)
    earlier_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.interview
        super().__init__(kit, words.question_title, has_side=False)
        self._words = words
        self._editor: DateField | Pick | None = None
        self._at, self._hint = Words("", "support"), Words("", "support")
        self._place = QVBoxLayout()
        card, heard, line = Card(), Card(words.heard), QHBoxLayout()
        card.column.addWidget(self._at)
        card.column.addLayout(self._place)
        card.column.addWidget(self._hint)
        card.column.addWidget(Words(words.unknown_fine, "support"))
        card.column.addStretch(1)
        columns = (
            Column[Heard](words.heard_question, lambda row: row[0]),
            Column[Heard](words.heard_answer, lambda row: row[1], 240),
        )
        self._heard = Table(kit, words.heard, columns, empty=words.heard_none)
        heard.add_filling(self._heard, 160)
        line.setSpacing(16)
        line.addWidget(card, 1)
        line.addWidget(heard, 1)
        self.body.addLayout(line, 1)
        self._on, back = Button(words.next, "primary"), Button(words.back)
        self._on.clicked.connect(self._ask)
        back.clicked.connect(self.earlier_asked)
        self.back_asked.connect(self.earlier_asked)
        self.foot.addLayout(in_line(self._on, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("previous_part", words.back, self.earlier_asked.emit),
            Offer("commit", words.next, self._ask),
        )

    def first_focus(self) -> QWidget:
        if self._editor is None:
            return self
        return self._editor.focusProxy() or self._editor

    def show_question(self, shown: QuestionShown, at: tuple[int, int], heard: Sequence[Heard]) -> None:
        """One question, the ``at``-th of so many as are known to come."""
        self._drop()
        words = self._words
        self._at.show_text(words.at(*at))
        self._hint.show_text(f"{shown.hint}\n{words.from_register}" if shown.from_register else shown.hint)
        self._heard.show_rows(heard)
        editor = self._editor = self._made(shown)
        self._place.addWidget(editor)
        _fill(editor, shown.value)
        self.setTabOrder(editor, self._on)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        super().wipe()
        self._drop()
        for one in (self._at, self._hint):
            one.show_text("")
        self._heard.show_rows(())

    def _made(self, shown: QuestionShown) -> DateField | Pick:
        if shown.kind is Kind.DATE:
            return DateField(self.kit, shown.label)
        if shown.kind is Kind.YES_NO:
            return YesNo(self.kit, shown.label)
        return Pick(self.kit, shown.label, shown.options, below=len(shown.options) > _FEW)

    def _drop(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self._place.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _ask(self) -> None:
        editor = self._editor
        if isinstance(editor, DateField):
            day = editor.check()
            if not editor.error():
                self.answered.emit(day)
        elif isinstance(editor, YesNo):
            self.answered.emit({"yes": True, "no": False}.get(editor.value()))
        elif editor is not None:
            self.answered.emit(editor.value() or None)


def _fill(editor: DateField | Pick, value: Scalar | None) -> None:
    if isinstance(editor, DateField):
        editor.show_date(value if isinstance(value, date) else None)
    elif isinstance(editor, YesNo):
        editor.show_value("" if value is None else "yes" if value is True else "no")
    else:
        editor.show_value("" if value is None else str(value))
