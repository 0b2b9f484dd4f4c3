"""権限表: who may do what. Rows are functions, columns procedures or item classes; a cell says whence, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.admin_office import OfficeScreen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Pick
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_NAME_PX, _CELL_PX = 300, 194


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell: what stands in it, and all that is to be known of it. ``is_own``: the right named just here."""

    text: str
    kind: Kind
    detail: str
    is_own: bool
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RowShown:
    """A function and its cells, in the order of the columns."""

    act: str
    name: str
    cells: tuple[CellShown, ...]


class AdminRightsScreen(OfficeScreen):
    """``subject_asked`` carries what was typed to find somebody; ``axis_asked`` "procedure" or "item_class".

    ``day_asked``: another day is looked at (``day``). ``grant_asked`` carries act, column, first and last day;
    ``remove_asked`` act and column.
    """

    subject_asked = Signal(str)
    axis_asked = Signal(str)
    day_asked = Signal()
    grant_asked = Signal(str, int, object, object)
    remove_asked = Signal(str, int)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_rights
        super().__init__(kit, words.title)
        self._words = words
        self._subject = TextField(kit, words.subject)
        self._subject.line.editingFinished.connect(self._ask_subject)
        self._looked_at = ""
        axes = (("procedure", words.by_procedure), ("item_class", words.by_item_class))
        self._axis = Pick(kit, words.axis, axes)
        self._axis.show_value("procedure")
        self._axis.changed.connect(self.axis_asked)
        self._day = DateField(kit, words.day)
        self._day.changed.connect(self.day_asked)
        self._table: Table[RowShown] = Table(kit, words.title, (), empty=words.nobody)
        self._table.name_rows(lambda row: row.name, kit.look.px(_NAME_PX))
        self._table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self._table.opened.connect(self._toggle)
        self._detail = Words("")
        self._since, self._until = DateField(kit, words.since), DateField(kit, words.until)
        self._grant, self._remove = Button(words.grant), Button(words.remove)
        self._build()
        self.offer_here(
            Offer("search", words.look, self._ask_subject),
            Offer("save", words.grant_key, self._ask_grant),
            Offer("return_case", words.remove_key, self._ask_remove),
        )

    def first_focus(self) -> QWidget:
        return self._table if self._table.items() else self._subject.line

    def show_axis(self, axis: str) -> None:
        """What the columns are: "procedure" or "item_class"."""
        self._axis.show_value(axis)

    def show_unclear(self, text: str) -> None:
        """Nobody, or more than one, is meant by what was typed."""
        self._looked_at = self._subject.text()
        self._subject.show_error(text)

    def show_day(self, day: date) -> None:
        """The day that is looked at."""
        self._day.show_date(day)

    def day(self) -> date | None:
        """The day that is typed; None while it is not whole."""
        return self._day.check()

    def show_matrix(self, subject: str, columns: Sequence[str], rows: Sequence[RowShown], note: str) -> None:
        """What ``subject`` may do; the marked cell stays so."""
        at = (self._table.currentIndex().row(), self._table.marked_column())
        self._looked_at = subject
        self._subject.show_text(subject)
        self._table.show_columns([_column(place, title) for place, title in enumerate(columns)])
        self._table.show_rows(rows)
        self.count.show_text(note)
        if rows and columns:
            self._table.mark_cell(max(0, min(at[0], len(rows) - 1)), max(0, min(at[1], len(columns) - 1)))
        self._show_cell()

    def wipe(self) -> None:
        super().wipe()
        self._looked_at = ""
        self._subject.show_text("")
        self._table.show_rows(())
        self._since.show_date(None)
        self._until.show_date(None)
        self._axis.show_value("procedure")
        self._show_cell()

    def _build(self) -> None:
        words = self._words
        self._subject.setMinimumWidth(self.kit.look.px(360))
        upper, look = Card(), Button(words.look)
        look.clicked.connect(self._ask_subject)
        top = in_line(self._subject, look, self._axis, self._day, spacing=20)
        top.setAlignment(look, Qt.AlignmentFlag.AlignBottom)
        upper.column.addLayout(top)
        upper.column.addWidget(self.count)
        upper.add_filling(self._table, self._table.height_for(4))
        upper.column.addWidget(self._detail)
        line = in_line(self._since, self._until, self._grant, self._remove, spacing=16)
        for button in (self._grant, self._remove):
            line.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        upper.column.addLayout(line)
        self.body.addWidget(upper, 1)
        self._grant.clicked.connect(self._ask_grant)
        self._remove.clicked.connect(self._ask_remove)
        self._table.setAccessibleDescription(words.how)
        self.finish_foot()

    def _ask_subject(self) -> None:
        """The field was left, or Enter pressed in it."""
        typed = self._subject.text()
        if typed and typed != self._looked_at:
            self.subject_asked.emit(typed)

    def _cell(self) -> tuple[RowShown, int, CellShown] | None:
        row, column = self._table.marked(), self._table.marked_column()
        if row is None or not 0 <= column < len(row.cells):
            return None
        return row, column, row.cells[column]

    def _show_cell(self) -> None:
        found = self._cell()
        self._grant.setEnabled(found is not None)
        self._remove.setEnabled(found is not None and found[2].is_own)
        self._detail.show_text(self._words.how if found is None else found[2].detail)
        if found is not None:
            cell = found[2]
            self._since.show_date(cell.since)
            self._until.show_date(cell.until)
            self._grant.show_text(self._words.change if cell.is_own else self._words.grant)

    def _toggle(self) -> None:
        """Enter on a cell: given where it was not, taken where it was."""
        found = self._cell()
        if found is not None and found[2].is_own:
            self._ask_remove()
        else:
            self._ask_grant()

    def _ask_grant(self) -> None:
        found, since, until = self._cell(), self._since.check(), self._until.check()
        if found is None or self._since.error() or self._until.error():
            return
        if since is not None and until is not None and until < since:
            self._until.show_error(self._words.reversed)
            return
        self.grant_asked.emit(found[0].act, found[1], since, until)

    def _ask_remove(self) -> None:
        found = self._cell()
        if found is not None and found[2].is_own:
            self.remove_asked.emit(found[0].act, found[1])


def _column(place: int, title: str) -> Column[RowShown]:
    def value(row: RowShown) -> str | Cell:
        cell = row.cells[place]
        return Cell(cell.text, cell.kind) if cell.text else ""

    return Column[RowShown](title, value, _CELL_PX)
