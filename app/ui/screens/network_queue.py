"""送信の状態: what still goes to prefecture and national level, since when, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One thing on its way out, as text."""

    kind: str
    state: str
    state_kind: Kind
    age: str
    prefecture: str
    national: str
    next_at: str
    cause: str


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """All of it together, as text."""

    is_open: tuple[str, Kind]
    waiting: str
    oldest: str
    dead: tuple[str, Kind]
    next_at: str
    cause: str


class NetworkQueueScreen(NetworkScreen):
    """Deed: ``refresh``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_queue
        super().__init__(kit, words.title, (Deed("refresh", words.refresh, "refresh", words.refresh_key),))
        self._words = words
        self._open, self._dead = Chip(kit, ""), Chip(kit, "")
        self._waiting, self._oldest = Fact(words.waiting), Fact(words.oldest)
        self._next, self._cause = Fact(words.next_at), Fact(words.cause)
        columns = (
            Column[QueueLine](words.kind, lambda row: row.kind, 180),
            Column[QueueLine](words.state, lambda row: Cell(row.state, row.state_kind), 150),
            Column[QueueLine](words.age, lambda row: row.age, 150, is_number=True),
            Column[QueueLine](words.prefecture, lambda row: row.prefecture, 130),
            Column[QueueLine](words.national, lambda row: row.national, 130),
            Column[QueueLine](words.next_at, lambda row: row.next_at, 150),
            Column[QueueLine](words.cause, lambda row: row.cause),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        upper, lower = Card(), Card()
        line = in_line(
            Fact(words.network, self._open),
            self._waiting,
            self._oldest,
            Fact(words.dead, self._dead),
            self._next,
            self._cause,
            spacing=28,
        )
        upper.column.addLayout(line)
        lower.column.addWidget(self.status)
        lower.add_filling(self._table, self._table.height_for(5))
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_queue(self, summary: QueueSummary, rows: Sequence[QueueLine]) -> None:
        """How it stands now."""
        self._open.show_state(*summary.is_open)
        self._dead.show_state(*summary.dead)
        for fact, value in (
            (self._waiting, summary.waiting),
            (self._oldest, summary.oldest),
            (self._next, summary.next_at),
            (self._cause, summary.cause),
        ):
            fact.show_value(value)
        self._table.show_rows(rows)

    def wipe(self) -> None:
        super().wipe()
        self.show_queue(QueueSummary(("", "quiet"), "", "", ("", "quiet"), "", ""), ())
