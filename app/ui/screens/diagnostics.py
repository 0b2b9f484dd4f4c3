"""端末の診断: each part of this PC and of the office, how it stands, why, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 4


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part as text to show."""

    part: str
    state: str
    kind: Kind
    figures: str
    cause: str
    fix: str


class DiagnosticsScreen(Screen):
    """``look_asked``: everything anew; ``save_asked``: the result as a file for the help desk."""

    look_asked = Signal()
    save_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.diagnostics
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._progress = Chip(kit, words.empty, "quiet", "pending")
        columns = (
            Column[PartShown](words.part, lambda row: row.part),
            Column[PartShown](words.state, lambda row: Cell(row.state, row.kind), 180),
            Column[PartShown](words.figures, lambda row: row.figures, 420),
        )
        self._parts = Table(kit, words.list, columns, empty=words.empty)
        self._parts.selected.connect(self._show_part)
        self._cause, self._fix = Fact(words.cause), Fact(words.fix)
        again, save, back = Button(words.again, "primary"), Button(words.save), Button(words.back)
        again.clicked.connect(self.look_asked)
        save.clicked.connect(self.save_asked)
        back.clicked.connect(self.back_asked)
        upper, self._detail = Card(words.list), Card()
        upper.column.addLayout(in_line(self._progress))
        upper.add_filling(self._parts, self._parts.height_for(_ROWS))
        self._detail.column.addWidget(self._cause)
        self._detail.column.addWidget(self._fix)
        self.body.addWidget(Words(words.lead, "support"))
        self.body.addWidget(upper, 1)
        self.body.addWidget(self._detail)
        self.foot.addLayout(in_line(again, save, back))
        self.offer(
            Offer("refresh", words.again_key, self.look_asked.emit), Offer("save", words.save_key, self.save_asked.emit)
        )
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._parts

    def show_progress(self, text: str, kind: Kind) -> None:
        """How far it is."""
        self._progress.show_state(text, kind, "pending" if kind == "information" else "")

    def show_parts(self, parts: Sequence[PartShown]) -> None:
        """What was found so far; the row that was marked stays marked."""
        row = max(0, self._parts.currentIndex().row())
        self._parts.show_rows(parts)
        if 0 < row < len(parts):
            self._parts.selectRow(row)
        self._show_part(self._parts.marked() if parts else None)

    def mark_first_wrong(self) -> None:
        """Put the mark on the first part that is not well."""
        wrong = [place for place, one in enumerate(self._parts.items()) if one.kind in {"error", "warning"}]
        if wrong:
            self._parts.selectRow(wrong[0])

    def wipe(self) -> None:
        super().wipe()
        self._progress.show_state(self._words.empty, "quiet")
        self.show_parts(())

    def _show_part(self, part: PartShown | None) -> None:
        self._detail.setVisible(part is not None)
        self._cause.show_value("" if part is None else part.cause)
        self._fix.show_value("" if part is None else part.fix)
