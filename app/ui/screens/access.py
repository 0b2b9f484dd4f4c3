"""閲覧の点検: what stands out among all looks at people, the gravest first, with how much is explained at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.day_bars import DayBar, DayBars, ShareBar
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as text to show."""

    finding_id: str
    score: str
    kind: Kind
    staff: str
    why: str
    accesses: str
    when: str
    state: str
    state_kind: Kind


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """How much is explained: ``shares`` are words and counts by matter, by reason, by nothing."""

    lead: str
    own: str
    days: tuple[DayBar, ...]
    shares: tuple[tuple[str, int], ...]


class AccessScreen(Screen):
    """``open_asked`` carries a finding's id. ``other_asked``: what was settled instead, or back."""

    open_asked = Signal(str)
    refresh_asked = Signal()
    other_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.access
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_settled = words, False
        self._lead, self._own = Words(words.loading, "support"), Words("", "support")
        self._bars = DayBars(kit, words.chart, empty=words.chart_none)
        self._share = ShareBar(kit, words.share)
        self._table = self._make_table()
        self._table.opened.connect(self._on_opened)
        figures = QHBoxLayout()
        figures.setSpacing(16)
        for heading, picture, share in ((words.share, self._share, 2), (words.chart, self._bars, 3)):
            card = Card(heading)
            card.column.addWidget(picture)
            figures.addWidget(card, share)
        self.body.addLayout(figures)
        below = Card()
        below.column.addWidget(self._lead)
        below.column.addWidget(self._own)
        below.column.setSpacing(6)
        below.add_filling(self._table, self._table.height_for(4))
        self.body.addWidget(below, 1)
        self._open, self._other, back = Button(words.open, "primary"), Button(words.settled), Button(words.back)
        self._open.clicked.connect(self._ask_open)
        self._other.clicked.connect(self.other_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(self._open, self._other, back))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The review is being made."""
        self.banner.clear()
        self._lead.show_text(self._words.loading)

    def show_findings(self, rows: Sequence[FindingShown], figures: FiguresShown, *, settled: bool) -> None:
        """What stands out, or what was ``settled``."""
        words = self._words
        self._is_settled = settled
        self._lead.show_text(figures.lead)
        self._own.show_text(figures.own)
        self._own.setVisible(bool(figures.own))
        self._bars.show_bars(figures.days)
        self._share.show_shares(figures.shares)
        self._table.show_empty_text(words.none_settled if settled else words.none)
        self._table.show_rows(rows)
        self._other.show_text(words.waiting if settled else words.settled)
        self._open.setEnabled(bool(rows))
        self._offer()

    def show_failed(self, message: Message) -> None:
        """The review could not be made."""
        self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_settled = False
        self.show_findings((), FiguresShown("", "", (), ()), settled=False)
        self._table.show_empty_text(self._words.loading)

    def _offer(self) -> None:
        words = self._words
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("other_way", words.waiting_key if self._is_settled else words.settled_key, self.other_asked.emit),
        ]
        if self._table.items():
            offers.append(Offer("search", words.open_key, self._ask_open))
        self.offer(*offers)

    def _on_opened(self, row: FindingShown) -> None:
        self.open_asked.emit(row.finding_id)

    def _ask_open(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.open_asked.emit(row.finding_id)

    def _make_table(self) -> Table[FindingShown]:
        words = self._words
        columns = (
            Column[FindingShown](words.score, lambda row: Cell(row.score, row.kind), 110),
            Column[FindingShown](words.staff, lambda row: row.staff, 190),
            Column[FindingShown](words.why, lambda row: row.why),
            Column[FindingShown](words.accesses, lambda row: row.accesses, 92),
            Column[FindingShown](words.when, lambda row: row.when, 140),
            Column[FindingShown](words.state, lambda row: Cell(row.state, row.state_kind), 210),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
