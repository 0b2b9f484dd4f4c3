"""期限の一覧: what is overdue, due today, due this week and later, with a chart of the days."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.day_bars import DayBar, DayBars
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 4


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that falls due as text to show."""

    application_id: str
    when: str
    kind: Kind
    day: str
    number: str
    procedure: str
    what: str
    owner: str
    note: str


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The board as text to show. ``counts``: label and how many, in the order shown."""

    counts: tuple[tuple[str, str], ...]
    bars: tuple[DayBar, ...]
    rows: tuple[DueLine, ...]


class CaseBoardScreen(Screen):
    """``owner_asked`` carries whose are wanted, ``opened`` an application's id."""

    owner_asked = Signal(str)
    opened = Signal(str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.case_board
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._owner = Choice(kit, words.owner, ())
        self._owner.changed.connect(self.owner_asked)
        self._counts = QHBoxLayout()
        self._counts.setSpacing(32)
        self._bars = DayBars(kit, words.chart, empty=words.nothing)
        head = Card()
        head.column.setSpacing(6)
        line = QHBoxLayout()
        line.addLayout(self._counts, 1)
        line.addWidget(self._owner)
        head.column.addLayout(line)
        head.column.addWidget(self._bars)
        head.column.addWidget(Words(words.chart_legend, "support"))
        self.body.addWidget(head)
        self._table = self._make_table()
        self._table.opened.connect(lambda row: self.opened.emit(row.application_id))
        card = Card()
        card.add_filling(self._table, self._table.height_for(_ROWS))
        self.body.addWidget(card, 1)
        open_, back = Button(words.open), Button(words.back)
        open_.clicked.connect(self._ask_open)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(open_, back))
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit))

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()

    def show_owners(self, owners: Options) -> None:
        """Whose; what was chosen stays."""
        chosen = self._owner.value()
        self._owner.show_options(owners)
        self._owner.box.blockSignals(True)  # noqa: FBT003
        self._owner.show_value(chosen)
        self._owner.box.blockSignals(False)  # noqa: FBT003

    def show_board(self, board: BoardShown) -> None:
        """As it stands today."""
        while (item := self._counts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for label, value in board.counts:
            fact = Fact(label)
            fact.show_value(value)
            self._counts.addWidget(fact)
        self._counts.addStretch(1)
        self._bars.show_bars(board.bars)
        self._table.show_empty_text(self._words.nothing)
        self._table.show_rows(board.rows)

    def show_failed(self, message: Message) -> None:
        """It could not be read."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_board(BoardShown((), (), ()))
        self._table.show_empty_text(self._words.loading)

    def _ask_open(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.opened.emit(row.application_id)

    def _make_table(self) -> Table[DueLine]:
        words = self._words
        columns = (
            Column[DueLine](words.when, lambda row: Cell(row.when, row.kind), 150),
            Column[DueLine](words.day, lambda row: row.day, 120),
            Column[DueLine](words.number, lambda row: row.number, 170),
            Column[DueLine](words.procedure, lambda row: row.procedure, 170),
            Column[DueLine](words.what, lambda row: row.what),
            Column[DueLine](words.owner, lambda row: row.owner, 130),
            Column[DueLine](words.note, lambda row: row.note, 220),
        )
        return Table(self.kit, words.title, columns, empty=words.loading)
