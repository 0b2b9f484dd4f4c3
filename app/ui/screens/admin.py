"""管理: the room of administrators and supervisors; only what this person may do stands there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.words import Words

_DOOR_PX = 188


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Something that can be done here: its id, the heading it stands under, its name, and what it is for."""

    task: str
    group: str
    title: str
    text: str


class AdminScreen(Screen):
    """``task_asked`` carries the id of the task that is wanted. Doors stand in two columns, under their headings."""

    task_asked = Signal(str)

    def __init__(self, kit: Kit, tasks: Sequence[TaskShown], said: tuple[str, str] | None = None) -> None:
        """``said``: title and lead of another room than that of administrators."""
        words = kit.texts.admin
        title, lead = said or (words.title, words.lead)
        super().__init__(kit, title, has_side=False)
        self._doors: dict[str, Button] = {}
        self._lines: dict[str, QWidget] = {}
        self._cards: dict[str, tuple[Card, list[str], QGridLayout]] = {}
        self.body.setSpacing(10)
        for one in tasks:
            self._add(one)
        self.body.addStretch(1)
        back = Button(words.back)
        back.clicked.connect(self.back_asked)
        foot = in_line(back, spacing=16)
        foot.addWidget(Words(lead, "support"), 100)
        self.foot.addLayout(foot)

    def first_focus(self) -> QWidget:
        return next((self._doors[task] for task, line in self._lines.items() if not line.isHidden()), self)

    def show_offered(self, tasks: frozenset[str]) -> None:
        """Exactly these can be chosen; they close up."""
        for card, names, grid in self._cards.values():
            offered = [name for name in names if name in tasks]
            card.setVisible(bool(offered))
            for name in names:
                self._lines[name].setVisible(name in offered)
                grid.removeWidget(self._lines[name])
            for at, name in enumerate(offered):
                grid.addWidget(self._lines[name], at // 2, at % 2)

    def _add(self, one: TaskShown) -> None:
        _, names, grid = self._cards.get(one.group) or self._group(one.group)
        button = Button(one.title)
        button.setAccessibleName(self.kit.texts.admin.open_task(one.title))
        button.setAccessibleDescription(one.text)
        button.clicked.connect(lambda: self.task_asked.emit(one.task))
        line = QWidget()
        door = QWidget()
        door.setFixedWidth(self.kit.look.px(_DOOR_PX))
        inner = QVBoxLayout(door)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(button)
        column = in_line(door, spacing=12)
        column.takeAt(column.count() - 1)
        column.addWidget(Words(one.text, "support"), 1)
        column.setContentsMargins(0, 0, 0, 0)
        line.setLayout(column)
        grid.addWidget(line, len(names) // 2, len(names) % 2)
        names.append(one.task)
        self._doors[one.task], self._lines[one.task] = button, line

    def _group(self, heading: str) -> tuple[Card, list[str], QGridLayout]:
        card, grid = Card(heading), QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        card.column.setContentsMargins(20, 8, 20, 8)
        card.column.setSpacing(8)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        card.column.addLayout(grid)
        self.body.addWidget(card)
        self._cards[heading] = (card, [], grid)
        return self._cards[heading]
