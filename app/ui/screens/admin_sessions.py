"""サインイン中の職員: who is at which terminal now, since when and until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class SessionShown:
    """An open session as text to show."""

    person: str
    terminal: str
    started: str
    expires: str


class AdminSessionsScreen(Screen):
    """``refresh_asked``: read again."""

    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_sessions
        super().__init__(kit, words.title, has_side=False)
        self._words, self._count = words, Words(words.loading, "support")
        columns = (
            Column[SessionShown](words.person, lambda row: row.person, is_name=True),
            Column[SessionShown](words.terminal, lambda row: row.terminal, 300),
            Column[SessionShown](words.started, lambda row: row.started, 220),
            Column[SessionShown](words.expires, lambda row: row.expires, 220),
        )
        self._table = Table(kit, words.title, columns, empty=words.loading)
        card, back = Card(), Button(words.back)
        back.clicked.connect(self.back_asked)
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(4))
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(back))
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit))

    def first_focus(self) -> QWidget:
        return self._table

    def show_sessions(self, sessions: Sequence[SessionShown]) -> None:
        """Who is signed in now."""
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(sessions)
        self._count.show_text(self._words.count(len(sessions)))

    def wipe(self) -> None:
        super().wipe()
        self._count.show_text(self._words.loading)
        self._table.show_rows(())
        self._table.show_empty_text(self._words.loading)
