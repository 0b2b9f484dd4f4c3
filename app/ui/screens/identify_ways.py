"""本人確認の方法: every way of confirming who stands here, what each needs, and what follows if none succeeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way: its id, its words, what it needs, and how it stands now (attempts left, or why it can't be gone)."""

    id: str
    name: str
    needs: str
    state: str = ""
    kind: Kind = "quiet"
    open: bool = True


class WaysScreen(Screen):
    """``chosen`` carries the id of a way; ``none_asked``: on without any; ``back_asked``: to the card."""

    chosen = Signal(str)
    none_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.ways
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        columns = (
            Column[WayShown](words.name, lambda row: row.name, 330),
            Column[WayShown](words.needs, lambda row: row.needs),
            Column[WayShown](words.state, self._state, 250),
        )
        self._table = Table(kit, words.title, columns, empty=words.none)
        self._table.opened.connect(self._choose)
        self._follows = Words("")
        choose, back, none = Button(words.choose, "primary"), Button(words.back), Button(words.unconfirmed)
        choose.clicked.connect(lambda: self._choose(self._table.marked()))
        back.clicked.connect(self.back_asked)
        none.clicked.connect(self.none_asked)
        ways, after = Card(), Card(words.follows)
        ways.add_filling(self._table, self._table.height_for(8))
        after.column.setSpacing(4)
        for card in (ways, after):
            card.column.setContentsMargins(20, 8, 20, 8)
        self.body.setSpacing(8)
        after.column.addWidget(self._follows)
        self.body.addWidget(ways, 1)
        self.body.addWidget(after)
        self.foot.addLayout(in_line(choose, back, none))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("other_way", words.unconfirmed_key, self.none_asked.emit),
            Offer("commit", words.choose_key, lambda: self._choose(self._table.marked())),
        )

    def first_focus(self) -> QWidget:
        return self._table

    def show_ways(self, ways: Sequence[WayShown], follows: str) -> None:
        """Offer these; ``follows``: what happens to whom nobody could confirm."""
        at = self._table.marked()
        self._table.show_rows(ways)
        if at is not None:
            self._table.selectRow(next((n for n, one in enumerate(ways) if one.id == at.id), 0))
        self._follows.show_text(follows)

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._follows.show_text("")

    def _choose(self, way: WayShown | None) -> None:
        if way is None:
            return
        if not way.open:
            self.banner.show_text("warning", way.name, way.state, self._words.other)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.clear()
        self.chosen.emit(way.id)

    @staticmethod
    def _state(way: WayShown) -> str | Cell:
        return Cell(way.state, way.kind) if way.state else ""
