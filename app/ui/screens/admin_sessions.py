"""サインインの状況: who is signed in now, and the last tries with the cause of each that was refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.admin_office import Sieve
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class SessionShown:
    """An open session as text to show."""

    person: str
    terminal: str
    started: str
    expires: str


@dataclass(frozen=True, slots=True)
class TryShown:
    """A try to sign in or unlock as text to show."""

    at: str
    person: str
    terminal: str
    purpose: str
    result: str
    kind: Kind


class AdminSessionsScreen(Screen):
    """``refresh_asked``: read again. ``other_asked``: all tries instead of the refused ones, or back."""

    refresh_asked = Signal()
    other_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_sessions
        super().__init__(kit, words.title, has_side=False)
        self._words, self._count, self._tried = words, Words(words.loading, "support"), Words("", "support")
        columns = (
            Column[SessionShown](words.person, lambda row: row.person, is_name=True),
            Column[SessionShown](words.terminal, lambda row: row.terminal, 300),
            Column[SessionShown](words.started, lambda row: row.started, 220),
            Column[SessionShown](words.expires, lambda row: row.expires, 220),
        )
        self._table = Table(kit, words.open_sessions, columns, empty=words.loading)
        tries = (
            Column[TryShown](words.at, lambda row: row.at, 210),
            Column[TryShown](words.person, lambda row: row.person, 280, is_name=True),
            Column[TryShown](words.terminal, lambda row: row.terminal, 250),
            Column[TryShown](words.purpose, lambda row: row.purpose, 140),
            Column[TryShown](words.result, lambda row: Cell(row.result, row.kind)),
        )
        self._tries = Table(kit, words.tries, tries, empty=words.loading)
        self._sieve = Sieve(kit, words.find, "", self._tries, lambda one: f"{one.person} {one.terminal} {one.result}")
        upper, lower, back, self._other = Card(), Card(), Button(words.back), Button("")
        back.clicked.connect(self.back_asked)
        self._other.clicked.connect(self.other_asked)
        upper.column.addWidget(self._count)
        upper.add_filling(self._table, self._table.height_for(2))
        lower.column.addWidget(self._sieve)
        lower.column.addWidget(self._tried)
        lower.add_filling(self._tries, self._tries.height_for(3))
        self.body.addWidget(upper, 2)
        self.body.addWidget(lower, 3)
        self.foot.addLayout(in_line(self._other, back))
        self._show_other(refused=False)

    def first_focus(self) -> QWidget:
        return self._table

    def show_sessions(self, sessions: Sequence[SessionShown]) -> None:
        """Who is signed in now."""
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(sessions)
        self._count.show_text(self._words.count(len(sessions)))

    def show_tries(self, tries: Sequence[TryShown], *, refused: bool) -> None:
        """The last tries; ``refused``: only those."""
        words = self._words
        self._tries.show_empty_text(words.no_refused if refused else words.no_tries)
        self._sieve.show_rows(tries)
        self._tried.show_text((words.refused_count if refused else words.tries_count)(len(tries)))
        self._show_other(refused=refused)

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()
        self._count.show_text(self._words.loading)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about."""
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._count.show_text(self._words.loading)
        self._table.show_rows(())
        self._table.show_empty_text(self._words.loading)
        self._sieve.field.show_text("")
        self._sieve.show_rows(())
        self._tries.show_empty_text(self._words.loading)
        self._tried.show_text("")

    def _show_other(self, *, refused: bool) -> None:
        words = self._words
        self._other.show_text(words.show_all if refused else words.show_refused)
        self.offer(
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("other_way", words.all_key if refused else words.refused_key, self.other_asked.emit),
        )
