"""What the screens of the exchange look like: a form, a list with facts of the line that is marked, deeds below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screens.fact_table import FactShown, fact_table
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.card import Card
from app.ui.widgets.day_bars import DayBar, DayBars
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column: its title, its width in pixels (0: the room left), and what stands in it."""

    title: str
    width: int = 0
    is_number: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as text. ``cells`` in the order of the columns; ``facts`` are shown while it is marked."""

    key: str
    cells: tuple[str | Cell, ...]
    facts: tuple[FactShown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLook:
    """How one screen looks.

    ``name``, ``facts_name``, ``bars_name``: accessible names of list, facts and chart; "" leaves that part out.
    ``before``: what the list says before anything was asked. ``opens``: the deed that Enter on a line asks for.
    """

    title: str
    name: str = ""
    columns: tuple[ColumnLook, ...] = ()
    before: str = ""
    deeds: tuple[Deed, ...] = ()
    form_columns: int = 3
    facts_name: str = ""
    facts_rows: int = 3
    list_rows: int = 3
    bars_name: str = ""
    opens: str = ""


class ExchangeScreen(NetworkScreen):
    """``selected`` carries the ``LineShown`` that is marked."""

    selected = Signal(object)

    def __init__(self, kit: Kit, look: ExchangeLook) -> None:
        super().__init__(kit, look.title, look.deeds, columns=look.form_columns)
        self._look, self._has_form = look, False
        self._lead = Words("", "label")
        self._upper, lower = Card(), Card()
        for card in (self._upper, lower):
            card.column.setContentsMargins(20, 8, 20, 8)
            card.column.setSpacing(6)
        for part in (self._lead, self.fields):
            self._upper.column.addWidget(part)
        lower.column.addWidget(self.status)
        self._bars = DayBars(kit, look.bars_name, empty=look.before) if look.bars_name else None
        if self._bars is not None:
            lower.column.addWidget(self._bars)
        self._facts = fact_table(kit, look.facts_name, kit.texts.network.nothing, 210) if look.facts_name else None
        self._table = self._make_table() if look.name else None
        if self._table is not None:
            lower.add_filling(self._table, self._table.height_for(look.list_rows))
        if self._facts is not None and self._table is not None:
            self._facts.setFixedHeight(self._facts.height_for(look.facts_rows))
            lower.column.addWidget(self._facts)
        elif self._facts is not None:
            lower.add_filling(self._facts, self._facts.height_for(look.facts_rows))
        self.body.setSpacing(8)
        self.body.addWidget(self._upper)
        if look.name or look.facts_name or look.bars_name:
            self.body.addWidget(lower, 1)
        else:
            self.body.addWidget(self.status)
            self.body.addStretch(1)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self.fields.first() or self._table or self._facts or self

    def show_lead(self, text: str) -> None:
        """What stands above everything; "" for nothing."""
        self._lead.show_text(text)
        self._lead.setVisible(bool(text))
        self._fit()

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        super().show_form(fields, values)
        self._has_form = bool(fields)
        self._fit()

    def show_failed(self, message: Message) -> None:
        super().show_failed(message)
        if self._table is not None and not self._table.items():
            self._table.show_empty_text(self.kit.texts.office.not_read)

    def show_lines(self, lines: Sequence[LineShown], empty: str) -> None:
        """The list; the line that was marked stays so."""
        if self._table is None:
            return
        before = self._table.marked()
        self.show_facts(())
        self._table.show_empty_text(empty)
        self._table.show_rows(lines)
        for place, line in enumerate(lines):
            if before is not None and line.key == before.key:
                self._table.selectRow(place)

    def show_facts(self, facts: Sequence[FactShown]) -> None:
        """Facts below the list, or in its place."""
        if self._facts is not None:
            self._facts.show_rows(facts)

    def show_bars(self, bars: Sequence[DayBar]) -> None:
        """The chart."""
        if self._bars is not None:
            self._bars.show_bars(bars)

    def marked(self) -> str:
        """The key of the line that is marked, "" for none."""
        line = None if self._table is None else self._table.marked()
        return "" if line is None else line.key

    def to_list(self) -> None:
        """The cursor goes to the list."""
        if self._table is not None and self._table.items():
            self._table.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.show_lead("")
        self.show_lines((), self._look.before)
        self.show_facts(())
        self.show_bars(())

    def _fit(self) -> None:
        """No empty card above."""
        self._upper.setVisible(self._has_form or not self._lead.isHidden())

    def _make_table(self) -> Table[LineShown]:
        look = self._look

        def cell(place: int) -> Column[LineShown]:
            one = look.columns[place]
            return Column[LineShown](one.title, lambda row: row.cells[place], one.width, one.is_number, one.is_name)

        table = Table(self.kit, look.name, tuple(map(cell, range(len(look.columns)))), empty=look.before)
        table.selected.connect(self._on_selected)
        table.opened.connect(lambda _: self._ask(look.opens))
        return table

    def _on_selected(self, line: LineShown | None) -> None:
        self.show_facts(() if line is None else line.facts)
        self.selected.emit(line)
