"""台帳の警報: what did not hold in a log, where and since when, what to do now; taken note of by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_MOST_NOTE = 400
_ROWS = 3


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """An alarm as text to show. ``place``: its number in the answer; ``notes``: who took note, a line each."""

    place: int
    log: str
    found: str
    by: str
    since: str
    state: str
    state_kind: Kind
    why: str
    now: str
    notes: tuple[str, ...]


class LedgerAlarmsScreen(Screen):
    """``note_asked`` carries the alarm's place and the note."""

    refresh_asked = Signal()
    note_asked = Signal(int, str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.ledger_alarms
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._lead, self._witnesses = Words(words.loading, "support"), Words("", "support")
        self._table = self._make_table()
        self._table.selected.connect(self._show_one)
        upper = Card()
        upper.column.addWidget(self._lead)
        upper.column.addWidget(self._witnesses)
        upper.column.setSpacing(6)
        upper.add_filling(self._table, self._table.height_for(_ROWS))
        self._head, self._why, self._now = Words("", "heading"), Words(""), Words("")
        self._notes = Words("", "support")
        lower = Card()
        lower.column.setSpacing(6)
        for one in (self._head, self._why, self._now, self._notes):
            lower.column.addWidget(one)
        self._one = lower
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower)
        self._note = TextField(kit, words.note, required=True, support=words.note_support)
        self._note.line.setMaxLength(_MOST_NOTE)
        self._take, back = Button(words.take_note, "primary", final=True), Button(words.back)
        self._take.clicked.connect(self._ask_note)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(self._beside_note(self._take, back))
        self._show_one(None)
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked."""
        self._is_busy = True
        self.banner.clear()

    def show_alarms(self, rows: Sequence[AlarmShown], lead: str, witnesses: str) -> None:
        """All alarms, the newest first; ``witnesses``: how far those outside are."""
        words = self._words
        self._is_busy = False
        self._lead.show_text(lead)
        self._witnesses.show_text(witnesses)
        self._witnesses.setVisible(bool(witnesses))
        self._table.show_empty_text(words.none)
        self._table.show_rows(rows)
        self._note.show_text("")
        self._show_one(rows[0] if rows else None)
        self._offer()

    def show_failed(self, message: Message) -> None:
        """It could not be read or kept; what was typed stays."""
        self._is_busy = False
        if not self._table.items():
            self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_alarms((), self._words.loading, "")
        self._table.show_empty_text(self._words.loading)

    def _beside_note(self, *buttons: Button) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._note, 1)
        for button in buttons:
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def _show_one(self, row: AlarmShown | None) -> None:
        self._one.setVisible(row is not None)
        self._note.setVisible(row is not None)
        self._take.setVisible(row is not None)
        self._note.clear_error()
        if row is not None:
            words = self._words
            self._head.show_text(words.one(row.log, row.found))
            self._why.show_text(words.why(row.why))
            self._now.show_text(words.now(row.now))
            self._notes.show_text("\n".join(row.notes) or words.not_noted)

    def _offer(self) -> None:
        words = self._words
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if self._table.items():
            offers.append(Offer("commit", words.take_note_key, self._ask_note))
        self.offer(*offers)

    def _ask_note(self) -> None:
        row, note = self._table.marked(), self._note.text()
        if row is None or self._is_busy:
            return
        if not note:
            self._note.show_error(self._words.note_missing)
            self._note.setFocus()
            return
        self.note_asked.emit(row.place, note)

    def _make_table(self) -> Table[AlarmShown]:
        words = self._words
        columns = (
            Column[AlarmShown](words.state, lambda row: Cell(row.state, row.state_kind), 130),
            Column[AlarmShown](words.log, lambda row: row.log, 280),
            Column[AlarmShown](words.found, lambda row: row.found),
            Column[AlarmShown](words.by, lambda row: row.by, 200),
            Column[AlarmShown](words.since, lambda row: row.since, 160),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
