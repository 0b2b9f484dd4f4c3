"""Two persons changed one case: both versions field by field with who and when; each field is taken from one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One field as text. ``path``: which; ``takes_theirs``: whose is taken; ``is_conflict``: both changed it."""

    path: str
    label: str
    base: str
    mine: str
    theirs: str
    who: str
    takes_theirs: bool
    is_conflict: bool


class MergeScreen(Screen):
    """``chosen`` carries the path of the field whose entry is to be the other one; ``settled``: go on with it."""

    chosen = Signal(str)
    settled = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.merge
        super().__init__(kit, words.title, has_side=False)
        self._lead, self._note = Words(words.lead), Words("", "label")
        columns = (
            Column[MergeRow](words.item, lambda row: row.label, 220),
            Column[MergeRow](words.base, lambda row: row.base or words.nothing, is_name=True),
            Column[MergeRow](words.mine, lambda row: row.mine or words.nothing, is_name=True),
            Column[MergeRow](words.theirs, lambda row: row.theirs or words.nothing, is_name=True),
            Column[MergeRow](words.taken, self._taken, 196),
        )
        self._table = Table(kit, words.table, columns, empty=words.loading)
        self._table.opened.connect(lambda row: self.chosen.emit(row.path))
        self._table.selected.connect(lambda row: self._note.show_text(row.who))
        self.body.addWidget(self._lead)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._note)
        self._go, other = Button(words.go, "primary", final=True), Button(words.other)
        self._go.clicked.connect(self.settled)
        other.clicked.connect(self._other)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._go)
        foot.addWidget(other)
        foot.addStretch(1)
        self.foot.addLayout(foot)
        self.offer(Offer("copy", words.other_key, self._other), Offer("commit", words.go_key, self.settled.emit))

    def first_focus(self) -> QWidget:
        return self._table

    def show_apart(self, lead: str, rows: Sequence[MergeRow]) -> None:
        """Both versions; the marked row stays marked."""
        place = max(0, self._table.currentIndex().row())
        self._lead.show_text(lead)
        self._table.show_rows(rows)
        if place < len(rows):
            self._table.selectRow(place)

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._note.show_text("")

    def _other(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.chosen.emit(row.path)

    def _taken(self, row: MergeRow) -> Cell:
        words = self.kit.texts.merge
        text = words.takes_theirs if row.takes_theirs else words.takes_mine
        return Cell(text, "warning" if row.is_conflict else "information", "next")
