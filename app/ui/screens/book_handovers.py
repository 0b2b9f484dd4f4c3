"""引継ぎ: what came to a section and what left it; accepted by somebody there, declined with a reason, taken back."""

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
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 5
ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One hand-over as text to show. ``may``: what this person may answer; ``said``: note and answer."""

    handover_id: str
    number: str
    procedure: str
    way: str
    given: str
    state: str
    kind: Kind
    said: str
    version: int
    may: tuple[str, ...]


class HandoversScreen(Screen):
    """``answered`` carries the hand-over's id, its version, the outcome and the note."""

    answered = Signal(str, int, str, str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.handovers
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._table = self._make_table()
        self._table.selected.connect(self._show_one)
        upper = Card()
        upper.column.addWidget(Words(words.lead, "support"))
        upper.add_filling(self._table, self._table.height_for(_ROWS))
        self._said = Words("")
        self._note = TextField(kit, words.note, support=words.note_support)
        self._one = Card()
        for widget in (self._said, self._note):
            self._one.column.addWidget(widget)
        self.body.addWidget(upper, 1)
        self.body.addWidget(self._one)
        self._buttons = {
            ACCEPTED: Button(words.accept, "primary", final=True),
            DECLINED: Button(words.decline),
            WITHDRAWN: Button(words.withdraw),
        }
        for outcome, button in self._buttons.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self._answer(outcome))
        back = Button(words.back)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(*self._buttons.values(), back))
        self._show_one(None)

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()

    def show_rows(self, rows: Sequence[HandoverLine]) -> None:
        """All of them, the newest first."""
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        self._note.show_text("")
        self._show_one(rows[0] if rows else None)

    def show_failed(self, message: Message) -> None:
        """It could not be read or answered."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_rows(())
        self._table.show_empty_text(self._words.loading)

    def _show_one(self, row: HandoverLine | None) -> None:
        self._one.setVisible(row is not None)
        self._note.setVisible(row is not None and bool(row.may))
        self._note.clear_error()
        for outcome, button in self._buttons.items():
            button.setVisible(row is not None and outcome in row.may)
        if row is not None:
            self._said.show_text(row.said)
        words = self._words
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if row is not None and ACCEPTED in row.may:
            offers.append(Offer("commit", words.accept_key, lambda: self._answer(ACCEPTED)))
            offers.append(Offer("return_case", words.decline_key, lambda: self._answer(DECLINED)))
        self.offer(*offers)

    def _answer(self, outcome: str) -> None:
        row = self._table.marked()
        if row is None or outcome not in row.may:
            return
        if outcome == DECLINED and not self._note.text():
            self._note.show_error(self._words.reason_missing)
            self._note.line.setFocus()
            return
        self.answered.emit(row.handover_id, row.version, outcome, self._note.text())

    def _make_table(self) -> Table[HandoverLine]:
        words = self._words
        columns = (
            Column[HandoverLine](words.number, lambda row: row.number, 170),
            Column[HandoverLine](words.procedure, lambda row: row.procedure),
            Column[HandoverLine](words.way, lambda row: row.way, 300),
            Column[HandoverLine](words.given, lambda row: row.given, 280),
            Column[HandoverLine](words.state, lambda row: Cell(row.state, row.kind), 180),
        )
        return Table(self.kit, words.title, columns, empty=words.loading)
