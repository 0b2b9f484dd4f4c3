"""閲覧記録の開示: extracts that wait for a second person, what was approved, what is withheld; a new one below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 3
_MOST_REQUEST, _MOST_PERSON = 64, 32


@dataclass(frozen=True, slots=True)
class ExtractShown:
    """An extract as text to show. ``place``: its number in the answer; ``may``: "approve", "save" or ""."""

    place: int
    state: str
    state_kind: Kind
    request: str
    person: str
    period: str
    by: str
    head: str
    lines: str
    may: str


class ExtractScreen(Screen):
    """``approve_asked`` and ``save_asked`` carry a place; ``propose_asked``: request, person, first and last day."""

    refresh_asked = Signal()
    propose_asked = Signal(str, str, object, object)
    approve_asked = Signal(int)
    save_asked = Signal(int)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.extracts
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._lead = Words(words.loading, "support")
        self._table = self._make_table()
        self._table.selected.connect(self._show_one)
        upper = Card()
        upper.column.setSpacing(6)
        upper.column.addWidget(self._lead)
        upper.add_filling(self._table, self._table.height_for(_ROWS))
        self._head, self._lines = Words("", "heading"), Words("")
        self._one = Card()
        self._one.column.setSpacing(6)
        self._one.column.addWidget(self._head)
        self._one.column.addWidget(self._lines)
        self.body.addWidget(upper, 1)
        self.body.addWidget(self._one)
        self.body.addWidget(self._make_form())
        self._approve, self._save = Button(words.approve, "primary", final=True), Button(words.save)
        back = Button(words.back)
        self._approve.clicked.connect(self._ask_approve)
        self._save.clicked.connect(self._ask_save)
        back.clicked.connect(self.back_asked)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._approve, self._save, back):
            foot.addWidget(button)
        foot.addStretch(1)
        self.foot.addLayout(foot)
        self._show_one(None)

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked."""
        self._is_busy = True
        self.banner.clear()

    def show_idle(self) -> None:
        """The office has answered; the list stays as it is."""
        self._is_busy = False

    def show_extracts(self, rows: Sequence[ExtractShown], lead: str, place: int = 0) -> None:
        """All of them; ``place``: which one is shown below."""
        self._is_busy = False
        self._lead.show_text(lead)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        chosen = next((row for row in rows if row.place == place), None)
        if chosen is not None:
            self._table.mark_cell(rows.index(chosen), 0)
        self._show_one(chosen)

    def show_failed(self, message: Message) -> None:
        """It could not be read or done; what was typed stays."""
        self._is_busy = False
        if not self._table.items():
            self._lead.show_text("")
        self.banner.show_message(message)

    def empty_form(self) -> None:
        """What was typed has been taken."""
        for field in (self._request, self._person):
            field.show_text("")
        for day in (self._since, self._until):
            day.show_date(None)

    def wipe(self) -> None:
        super().wipe()
        self.show_extracts((), self._words.loading)
        self._table.show_empty_text(self._words.loading)
        self.empty_form()

    def _make_form(self) -> Card:
        kit, words = self.kit, self._words
        self._request = TextField(kit, words.new_request, required=True)
        self._request.line.setMaxLength(_MOST_REQUEST)
        self._person = TextField(kit, words.new_person, required=True)
        self._person.line.setMaxLength(_MOST_PERSON)
        self._since, self._until = (
            DateField(kit, words.since, required=True),
            DateField(kit, words.until, required=True),
        )
        propose = Button(words.propose)
        propose.clicked.connect(self._ask_propose)
        form = Card(words.new)
        row = QHBoxLayout()
        row.setSpacing(16)
        for field, share in ((self._request, 2), (self._person, 2), (self._since, 0), (self._until, 0)):
            row.addWidget(field, share)
        row.addWidget(propose)
        form.column.addLayout(row)
        return form

    def _show_one(self, row: ExtractShown | None) -> None:
        self._one.setVisible(row is not None)
        self._approve.setVisible(row is not None and row.may == "approve")
        self._save.setVisible(row is not None and row.may == "save")
        if row is not None:
            self._head.show_text(row.head)
            self._lines.show_text(row.lines)
        words = self._words
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("records", words.propose_key, self._ask_propose),
        ]
        if row is not None and row.may == "approve":
            offers.append(Offer("commit", words.approve_key, self._ask_approve))
        if row is not None and row.may == "save":
            offers.append(Offer("save", words.save_key, self._ask_save))
        self.offer(*offers)

    def _ask_propose(self) -> None:
        request, person = self._request.text(), self._person.text()
        days: tuple[date | None, date | None] = (self._since.check(), self._until.check())
        fields = (self._request, self._person, self._since, self._until)
        for field, found in zip(fields, (request, person, *days), strict=True):
            if not found and not field.error():
                field.show_missing()
        if request and person and all(days) and not self._is_busy:
            self.propose_asked.emit(request, person, *days)

    def _ask_approve(self) -> None:
        row = self._table.marked()
        if row is not None and row.may == "approve" and not self._is_busy:
            self.approve_asked.emit(row.place)

    def _ask_save(self) -> None:
        row = self._table.marked()
        if row is not None and row.may == "save" and not self._is_busy:
            self.save_asked.emit(row.place)

    def _make_table(self) -> Table[ExtractShown]:
        words = self._words
        columns = (
            Column[ExtractShown](words.state, lambda row: Cell(row.state, row.state_kind), 220),
            Column[ExtractShown](words.request, lambda row: row.request),
            Column[ExtractShown](words.person, lambda row: row.person, 150),
            Column[ExtractShown](words.period, lambda row: row.period, 285),
            Column[ExtractShown](words.by, lambda row: row.by, 220),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
