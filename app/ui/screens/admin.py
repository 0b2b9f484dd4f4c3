"""管理: the room of administrators and supervisors; only what this person may do stands there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Something that can be done here: its id, its name, and what it is for."""

    task: str
    title: str
    text: str


class AdminScreen(Screen):
    """``task_asked`` carries the id of the task that is wanted."""

    task_asked = Signal(str)

    def __init__(self, kit: Kit, tasks: Sequence[TaskShown]) -> None:
        words = kit.texts.admin
        super().__init__(kit, words.title, has_side=False)
        self._doors: dict[str, Button] = {}
        self._cards: dict[str, Card] = {}
        self.body.addWidget(Words(words.lead, "support"))
        for one in tasks:
            self._add(one)
        self.body.addStretch(1)
        back = Button(words.back)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(back))

    def first_focus(self) -> QWidget:
        return next((self._doors[task] for task, card in self._cards.items() if not card.isHidden()), self)

    def show_offered(self, tasks: frozenset[str]) -> None:
        """Exactly these can be chosen."""
        for task, card in self._cards.items():
            card.setVisible(task in tasks)

    def _add(self, one: TaskShown) -> None:
        words = self.kit.texts.admin
        card, button = Card(), Button(words.open)
        button.setAccessibleName(words.open_task(one.title))
        button.clicked.connect(lambda: self.task_asked.emit(one.task))
        said = QVBoxLayout()
        said.setSpacing(4)
        for text, role in ((one.title, "heading"), (one.text, "body")):
            said.addWidget(Words(text, role))
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(button)
        line.addLayout(said, 1)
        card.column.addLayout(line)
        self.body.addWidget(card)
        self._doors[one.task], self._cards[one.task] = button, card
