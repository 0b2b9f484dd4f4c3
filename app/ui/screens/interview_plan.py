"""きょうの手続: what the household needs, in order, with why, where and by when; what of it is done today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class NeedShown:
    """One line as text. ``details``: everything about it in full; ``is_late``: its last day has passed."""

    id: str
    standing: str
    tone: Kind
    title: str
    place: str
    due: str
    is_late: bool
    why: str
    details: str


class InterviewPlanScreen(Screen):
    """Signals carry the need's id. ``all_asked``: the whole list of procedures instead; ``again_asked``: ask anew."""

    begin_asked = Signal(str)
    toggled = Signal(str)
    removed = Signal(str)
    added = Signal(str)
    slip_asked = Signal()
    again_asked = Signal()
    all_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.interview_plan
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        columns = (
            Column[NeedShown](words.standing, lambda row: Cell(row.standing, row.tone), 140),
            Column[NeedShown](words.name, lambda row: row.title, 330),
            Column[NeedShown](words.place, lambda row: row.place, 230),
            Column[NeedShown](words.due, self._due, 256),
            Column[NeedShown](words.why, lambda row: row.why),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.opened.connect(lambda row: self.toggled.emit(row.id))
        self._table.selected.connect(self._on_marked)
        self._details = Words("")
        self._add = Choice(kit, words.add_label, ())
        self._lay()
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_needs(self, rows: Sequence[NeedShown], others: Options, mark: str = "") -> None:
        """The list, and what may be added; ``mark``: the line to stand on, else the first."""
        self._table.show_rows(rows)
        at = next((place for place, row in enumerate(rows) if row.id == mark), 0)
        if rows:
            self._table.mark_cell(at, 0)
        self._on_marked(self._table.marked())
        self._add.show_options(others)

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._details.show_text("")
        self._add.show_options(())

    def _lay(self) -> None:
        words = self._words
        card, below = Card(words.list), QHBoxLayout()
        card.column.addWidget(Words(words.lead, "support"))
        card.add_filling(self._table, self._table.height_for(3))
        about, more = Card(), Card()
        about.column.addWidget(self._details)
        about.column.addStretch(1)
        more.column.addWidget(self._add)
        add = Button(words.add)
        add.clicked.connect(self._on_add)
        more.column.addLayout(in_line(add))
        more.column.addStretch(1)
        below.setSpacing(16)
        below.addWidget(about, 5)
        below.addWidget(more, 3)
        self.body.addWidget(card, 1)
        self.body.addLayout(below)
        begin, slip, toggle = Button(words.begin, "primary"), Button(words.slip), Button(words.toggle)
        remove, again, whole = Button(words.remove), Button(words.again), Button(words.all)
        for button, asked in ((begin, self._begin), (toggle, self._toggle), (remove, self._remove)):
            button.clicked.connect(asked)
        for button, signal in ((slip, self.slip_asked), (again, self.again_asked), (whole, self.all_asked)):
            button.clicked.connect(signal)
        self.foot.addLayout(in_line(begin, toggle, remove, slip, again, whole))

    def _offer(self) -> None:
        words = self._words
        self.offer(
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("search", words.again, self.again_asked.emit),
            Offer("other_way", words.all, self.all_asked.emit),
            Offer("copy", words.toggle, self._toggle),
            Offer("return_case", words.remove, self._remove),
            Offer("preview", words.slip, self.slip_asked.emit),
            Offer("commit", words.begin_key, self._begin),
        )

    def _due(self, row: NeedShown) -> str | Cell:
        return Cell(row.due, "warning") if row.is_late else row.due

    def _on_marked(self, row: NeedShown | None) -> None:
        self._details.show_text("" if row is None else row.details)

    def _begin(self) -> None:
        self._with_marked(self.begin_asked.emit)

    def _toggle(self) -> None:
        self._with_marked(self.toggled.emit)

    def _remove(self) -> None:
        self._with_marked(self.removed.emit)

    def _with_marked(self, ask: Callable[[str], None]) -> None:
        if (row := self._table.marked()) is not None:
            ask(row.id)

    def _on_add(self) -> None:
        if self._add.value():
            self.added.emit(self._add.value())
        else:
            self._add.show_error(self._words.add_missing)
            self._add.box.setFocus()
