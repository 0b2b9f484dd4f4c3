"""今の窓口: each window with who serves and since when, what waits, what is broken; read anew by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One counter as text. ``kind``: how its state is marked; ``faults`` "" for none."""

    terminal: str
    window: str
    name: str
    state: str
    kind: Kind
    since: str
    held: str
    outgoing: str
    outgoing_bad: bool
    faults: str


class CounterNowScreen(Screen):
    """``refresh_asked``: read anew now; it is read by itself besides."""

    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.counter_now
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._lead = Words(words.loading, "heading")
        self._support = Words(words.support, "support")
        columns = (
            Column[CounterRow](words.window, lambda row: row.window, 96),
            Column[CounterRow](words.terminal, lambda row: row.terminal, 120),
            Column[CounterRow](words.name, lambda row: row.name, 150),
            Column[CounterRow](words.state, lambda row: Cell(row.state, row.kind), 216),
            Column[CounterRow](words.since, lambda row: row.since, 100, is_number=True),
            Column[CounterRow](words.held, lambda row: row.held, 96, is_number=True),
            Column[CounterRow](words.outgoing, _outgoing, 236),
            Column[CounterRow](words.faults, _faults),
        )
        self._table = Table(kit, words.table, columns, empty=words.loading)
        self.body.addWidget(self._lead)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._support)
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit))

    def first_focus(self) -> QWidget:
        return self._table

    def show_counters(self, lead: str, rows: Sequence[CounterRow], read_at: str) -> None:
        """How they stand; the marked one stays marked."""
        marked = self._table.marked()
        self._lead.show_text(lead)
        self._support.show_text(read_at)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if marked is not None and row.terminal == marked.terminal:
                self._table.selectRow(place)

    def show_failed(self, message: Message) -> None:
        """They could not be read; what was shown stays, with its time."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._lead.show_text(self._words.loading)
        self._table.show_rows(())


def _outgoing(row: CounterRow) -> str | Cell:
    return Cell(row.outgoing, "error") if row.outgoing_bad else row.outgoing


def _faults(row: CounterRow) -> str | Cell:
    return Cell(row.faults, "error") if row.faults else ""
