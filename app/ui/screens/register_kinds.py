"""異動の種類: which change is to be entered, notifications first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class KindShown:
    """A kind as text to show."""

    kind: str
    title: str
    basis: str
    whom: str


class RegisterKindsScreen(Screen):
    """``chosen`` carries the kind."""

    chosen = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_kinds
        super().__init__(kit, words.title, has_side=False)
        self._lead = Words("", "support")
        columns = (
            Column[KindShown](words.kind, lambda row: row.title),
            Column[KindShown](words.basis, lambda row: row.basis, 160),
            Column[KindShown](words.law, lambda row: row.whom, 320),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.opened.connect(lambda row: self.chosen.emit(row.kind))
        choose, back = Button(words.choose, "primary"), Button(kit.texts.register.back)
        choose.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(self._lead)
        card.add_filling(self._table, self._table.height_for(6))
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(choose, back))
        self.offer(Offer("commit", words.choose_key, self._ask))

    def first_focus(self) -> QWidget:
        return self._table

    def show_kinds(self, kinds: Sequence[KindShown], lead: str) -> None:
        """What can be entered; ``lead``: about whom."""
        self._lead.show_text(lead)
        self._table.show_rows(kinds)

    def show_working(self) -> None:
        """Nothing is asked here."""
        self.banner.clear()

    def show_failed(self, message: Message) -> None:
        """Why it could not be opened."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_kinds((), "")

    def _ask(self) -> None:
        if (row := self._table.marked()) is not None:
            self.chosen.emit(row.kind)
