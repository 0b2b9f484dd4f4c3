"""利用申請の一覧: what each system may be told, since when and on what ground; what waits for a decision first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class UseLine:
    """A use application as text. ``number``: 個人番号 is among its items; ``note``: said below while it is marked."""

    application_id: str
    state: str
    state_kind: Kind
    system: str
    items: str
    number: bool
    period: str
    by: str
    note: str


class DistributionUsesScreen(Screen):
    """``opened`` carries an application's id."""

    opened = Signal(str)
    fresh_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.distribution_uses
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._count, self._note = Words(kit.texts.office.loading, "support"), Words("", "label")
        columns = (
            Column[UseLine](words.state, lambda row: Cell(row.state, row.state_kind), 140),
            Column[UseLine](words.system, lambda row: row.system, 296),
            Column[UseLine](words.items, lambda row: row.items),
            Column[UseLine](words.number, self._number, 120),
            Column[UseLine](words.period, lambda row: row.period, 250),
            Column[UseLine](words.by, lambda row: row.by, 96),
        )
        self._table = Table(kit, words.list, columns, empty=kit.texts.office.loading)
        self._table.opened.connect(lambda row: self.opened.emit(row.application_id))
        self._table.selected.connect(lambda row: self._note.show_text(row.note))
        self._open, self._fresh = Button(words.open, "primary"), Button(words.fresh)
        back = Button(kit.texts.office.back)
        for button, ask in (
            (self._open, self._ask_open),
            (self._fresh, self.fresh_asked.emit),
            (back, self.back_asked.emit),
        ):
            button.clicked.connect(ask)
        card = Card()
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(5))
        card.column.addWidget(self._note)
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(self._open, self._fresh, back))
        self.show_offered(applies=False)

    def first_focus(self) -> QWidget:
        return self._table

    def show_offered(self, *, applies: bool) -> None:
        """Whether this person may enter an application."""
        words = self._words
        self._fresh.setVisible(applies)
        offers = [
            Offer("refresh", self.kit.texts.office.refresh, self.refresh_asked.emit),
            Offer("search", words.open_key, self._ask_open),
        ]
        self.offer(*offers, *([Offer("next_visit", words.fresh_key, self.fresh_asked.emit)] if applies else []))

    def show_working(self) -> None:
        """The list is being read."""
        self._count.show_text(self.kit.texts.office.loading)

    def show_lines(self, lines: Sequence[UseLine], count: str) -> None:
        """The applications; the line that was marked stays so."""
        before = self._table.marked()
        self._note.show_text("")
        self._count.show_text(count)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(lines)
        for place, one in enumerate(lines):
            if before is not None and one.application_id == before.application_id:
                self._table.selectRow(place)

    def show_failed(self, message: Message) -> None:
        """It could not be read."""
        self._count.show_text("")
        self._table.show_empty_text(self.kit.texts.office.not_read)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_lines((), "")
        self._table.show_empty_text(self.kit.texts.office.loading)

    def _ask_open(self) -> None:
        if (row := self._table.marked()) is not None:
            self.opened.emit(row.application_id)

    def _number(self, row: UseLine) -> Cell:
        words = self._words
        return Cell(words.with_number, "warning") if row.number else Cell(words.without_number, "quiet")
