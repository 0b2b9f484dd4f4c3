"""受付簿: the applications of a section, found by state, owner, procedure, days of receipt or the end of the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 5


@dataclass(frozen=True, slots=True)
class BookLine:
    """One application as text to show. ``kind`` and ``due_kind``: how its state and its last day are marked."""

    application_id: str
    number: str
    received: str
    procedure: str
    applicant: str
    channel: str
    state: str
    kind: Kind
    owner: str
    due: str
    due_kind: Kind


@dataclass(frozen=True, slots=True)
class BookFilters:
    """What is looked for: values of the choices, days, the end of a number."""

    state: str = ""
    owner: str = ""
    procedure: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""


class BookScreen(Screen):
    """``search_asked`` carries ``BookFilters``, ``opened`` an application's id."""

    search_asked = Signal(object)
    opened = Signal(str)
    refresh_asked = Signal()
    outside_asked = Signal()
    handovers_asked = Signal()

    def __init__(self, kit: Kit, states: Options, procedures: Options) -> None:
        words = kit.texts.book
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._state = Choice(kit, words.state, states)
        self._owner = Choice(kit, words.owner, ())
        self._procedure = Choice(kit, words.procedure, procedures)
        self._number = TextField(kit, words.number)
        self._since, self._until = DateField(kit, words.since), DateField(kit, words.until)
        self._search = Button(words.search, "primary")
        self._search.clicked.connect(self._ask)
        self.body.addWidget(self._make_filters())
        self._lead = Words(words.loading, "support")
        self._table = self._make_table()
        self._table.opened.connect(lambda row: self.opened.emit(row.application_id))
        card = Card()
        card.column.setSpacing(6)
        card.column.addWidget(self._lead)
        card.add_filling(self._table, self._table.height_for(_ROWS))
        self.body.addWidget(card, 1)
        self._open, self._handovers = Button(words.open), Button(words.handovers)
        self._outside, back = Button(words.outside), Button(words.back)
        self._open.clicked.connect(self._ask_open)
        self._handovers.clicked.connect(self.handovers_asked)
        self._outside.clicked.connect(self.outside_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(self._open, self._handovers, self._outside, back))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table if self._table.items() else self._number

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()
        self._lead.show_text(self._words.loading)

    def show_owners(self, owners: Options) -> None:
        """Whom an owner may be chosen from; what was chosen stays."""
        chosen = self._owner.value()
        self._owner.show_options(owners)
        self._owner.show_value(chosen)

    def show_rows(self, rows: Sequence[BookLine], lead: str, handovers: str) -> None:
        """What was found; ``handovers``: the word on the door to them, with how many wait."""
        self._lead.show_text(lead)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        self._handovers.show_text(handovers)
        self._offer()

    def show_outside_offered(self, *, offered: bool) -> None:
        """Whether this person receives applications."""
        self._outside.setVisible(offered)

    def show_failed(self, message: Message) -> None:
        """It could not be read; what is shown stays."""
        self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        for choice in (self._state, self._owner, self._procedure):
            choice.show_value("")
        self._number.show_text("")
        self._since.show_date(None)
        self._until.show_date(None)
        self.show_rows((), self._words.loading, self._words.handovers)
        self._table.show_empty_text(self._words.loading)

    def filters(self) -> BookFilters | None:
        """What is looked for; None while a day is wrong."""
        since, until = self._since.check(), self._until.check()
        if self._since.error() or self._until.error():
            return None
        return BookFilters(
            self._state.value(), self._owner.value(), self._procedure.value(), since, until, self._number.text()
        )

    def _ask(self) -> None:
        wanted = self.filters()
        if wanted is not None:
            self.search_asked.emit(wanted)

    def _ask_open(self) -> None:
        row = self._table.marked()
        if row is not None:
            self.opened.emit(row.application_id)

    def _offer(self) -> None:
        words = self._words
        self._open.setEnabled(bool(self._table.items()))
        self.offer(
            Offer("search", words.search, self._ask),
            Offer("refresh", words.refresh, self.refresh_asked.emit),
        )

    def _make_filters(self) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, field in enumerate((self._state, self._owner, self._procedure, self._number)):
            grid.addWidget(field, 0, place)
        grid.addWidget(self._since, 1, 0, 1, 1)
        grid.addWidget(self._until, 1, 1, 1, 1)
        grid.addWidget(self._search, 1, 3, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        for place, stretch in enumerate((3, 3, 4, 3)):
            grid.setColumnStretch(place, stretch)
        card.column.addLayout(grid)
        return card

    def _make_table(self) -> Table[BookLine]:
        words = self._words
        columns = (
            Column[BookLine](words.receipt, lambda row: row.number, 170),
            Column[BookLine](words.received, lambda row: row.received, 110),
            Column[BookLine](words.procedure, lambda row: row.procedure),
            Column[BookLine](words.applicant, lambda row: row.applicant, 170, is_name=True),
            Column[BookLine](words.channel, lambda row: row.channel, 80),
            Column[BookLine](words.state, lambda row: Cell(row.state, row.kind), 230),
            Column[BookLine](words.owner, lambda row: row.owner, 130),
            Column[BookLine](words.due, lambda row: Cell(row.due, row.due_kind), 150),
        )
        return Table(self.kit, words.title, columns, empty=words.loading)
