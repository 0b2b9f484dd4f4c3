"""特例転入: who announced to move here with a card and has not come yet; from here the move-in is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class AnnouncedShown:
    """One announcement as text. ``is_soon``: its data are erased within days."""

    announcement_id: str
    names: str = field(repr=False)
    moved_from: str = field(repr=False)
    planned: str
    received: str
    erase: str
    is_soon: bool


class RegisterAnnouncedScreen(Screen):
    """``opened`` carries an id."""

    opened = Signal(str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_announced
        super().__init__(kit, words.title, has_side=False)
        self._words, self._count = words, Words(words.loading, "support")
        columns = (
            Column[AnnouncedShown](words.names, lambda row: row.names, is_name=True),
            Column[AnnouncedShown](words.moved_from, lambda row: row.moved_from, is_name=True),
            Column[AnnouncedShown](words.planned, lambda row: row.planned, 170),
            Column[AnnouncedShown](words.received, lambda row: row.received, 170),
            Column[AnnouncedShown](words.erase, self._erase, 290),
        )
        self._table = Table(kit, words.list, columns, empty=words.loading)
        self._table.opened.connect(lambda row: self.opened.emit(row.announcement_id))
        choose, back = Button(words.open, "primary"), Button(kit.texts.register.back)
        choose.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(Words(words.lead, "support"))
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(5))
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(choose, back))
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit), Offer("commit", words.open_key, self._ask))

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The list is being read."""
        self.banner.clear()
        self._count.show_text(self._words.loading)

    def show_rows(self, rows: Sequence[AnnouncedShown]) -> None:
        """What waits, first to be erased first."""
        self._count.show_text(self._words.count(len(rows)))
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)

    def show_failed(self, message: Message) -> None:
        """It could not be read."""
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._count.show_text("")
        self._table.show_rows(())
        self._table.show_empty_text(self._words.loading)

    def _ask(self) -> None:
        if (row := self._table.marked()) is not None:
            self.opened.emit(row.announcement_id)

    def _erase(self, row: AnnouncedShown) -> str | Cell:
        return Cell(self._words.soon(row.erase), "warning") if row.is_soon else row.erase
