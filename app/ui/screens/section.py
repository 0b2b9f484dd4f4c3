"""所属の職員と下書き: who of the section sits where, which drafts lie sealed; ending a session, taking a draft over."""

from collections.abc import Callable, Sequence
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
class SeatShown:
    """An open session as text to show. ``question``: what is asked before it is ended."""

    name: str
    person: str
    terminal: str
    started: str
    state: str
    kind: Kind
    question: str


@dataclass(frozen=True, slots=True)
class DraftLying:
    """A sealed draft as text to show. ``barred``: why it can't be taken over here, "" where it can."""

    draft_id: str
    person: str
    terminal: str
    ticket: str
    procedure: str
    saved: str
    question: str
    barred: str


class SectionScreen(Screen):
    """``end_asked`` carries a session's name, ``take_asked`` a draft's id; both after a second look."""

    refresh_asked = Signal()
    end_asked = Signal(str)
    take_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.section
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._wanted: Callable[[], None] = _nothing
        self._seats, self._drafts = self._seat_table(), self._draft_table()
        self._note = Words("", "support")
        self._end, self._take, back = Button(words.end), Button(words.take, "primary", final=True), Button(words.back)
        self._end.clicked.connect(self._ask_end)
        self._take.clicked.connect(self._ask_take)
        back.clicked.connect(self.back_asked)
        self._asking = self._make_question()
        self.body.addWidget(Words(words.lead, "support"))
        for title, table in ((words.seats, self._seats), (words.drafts, self._drafts)):
            card = Card(title)
            card.add_filling(table, table.height_for(2))
            self.body.addWidget(card, 1)
        self._buttons = QWidget()
        line = in_line(self._take, self._end, back)
        line.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(line)
        self.foot.addWidget(self._note)
        self.foot.addWidget(self._asking)
        self.foot.addWidget(self._buttons)
        self._seats.selected.connect(lambda _: self._on_selected())
        self._drafts.selected.connect(lambda _: self._on_selected())
        self._on_selected()

    def first_focus(self) -> QWidget:
        return self._seats

    def show_section(self, seats: Sequence[SeatShown], drafts: Sequence[DraftLying]) -> None:
        """How it stands now."""
        self._is_busy = False
        self._hide_question()
        self._seats.show_empty_text(self._words.no_seats)
        self._drafts.show_empty_text(self._words.no_drafts)
        self._seats.show_rows(seats)
        self._drafts.show_rows(drafts)
        self._on_selected()

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self._hide_question()
        self.banner.clear()
        self._note.show_text(self._words.working)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about."""
        self._is_busy = False
        self._on_selected()
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._hide_question()
        for table in (self._seats, self._drafts):
            table.show_empty_text(self._words.loading)
        self._seats.show_rows(())
        self._drafts.show_rows(())
        self._on_selected()

    def _on_selected(self) -> None:
        if not self._asking.isHidden():
            return
        words, seat, draft = self._words, self._seats.marked(), self._drafts.marked()
        self._end.setVisible(seat is not None)
        self._take.setVisible(draft is not None and not draft.barred)
        self._note.show_text("" if draft is None else draft.barred)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if seat is not None:
            offers.append(Offer("return_case", words.end_key, self._ask_end))
        if draft is not None and not draft.barred:
            offers.append(Offer("commit", words.take_key, self._ask_take))
        self.offer(*offers)

    def _ask_end(self) -> None:
        seat = self._seats.marked()
        if seat is not None and not self._is_busy:
            words = self._words
            self._ask(seat.question, words.end_text, words.end_yes, lambda: self.end_asked.emit(seat.name))

    def _ask_take(self) -> None:
        draft = self._drafts.marked()
        if draft is not None and not draft.barred and not self._is_busy:
            words = self._words
            self._ask(draft.question, words.take_text, words.take_yes, lambda: self.take_asked.emit(draft.draft_id))

    def _ask(self, question: str, text: str, yes: str, then: Callable[[], None]) -> None:
        """Neither can be taken back, and somebody else feels it: the question comes first."""
        self._wanted = then
        self._heading.show_text(question)
        self._text.show_text(text)
        self._yes.show_text(yes)
        for widget in (self._buttons, self._note):
            widget.hide()
        self._asking.show()
        self.offer()
        self._no.setFocus()

    def _on_yes(self) -> None:
        if not self._is_busy:
            self._wanted()

    def _hide_question(self) -> None:
        self._wanted = _nothing
        if not self._asking.isHidden():
            self._asking.hide()
            for widget in (self._buttons, self._note):
                widget.show()
            self._on_selected()
            self._seats.setFocus()

    def _make_question(self) -> Card:
        card = Card()
        self._heading, self._text = Words("", "heading"), Words("")
        self._yes, self._no = Button("", final=True), Button(self._words.cancel)
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._hide_question)
        for widget in (self._heading, self._text):
            card.column.addWidget(widget)
        card.column.addLayout(in_line(self._no, self._yes))
        card.hide()
        return card

    def _seat_table(self) -> Table[SeatShown]:
        words = self._words
        columns = (
            Column[SeatShown](words.person, lambda row: row.person, is_name=True),
            Column[SeatShown](words.terminal, lambda row: row.terminal, 260),
            Column[SeatShown](words.started, lambda row: row.started, 240),
            Column[SeatShown](words.state, lambda row: Cell(row.state, row.kind), 260),
        )
        return Table(self.kit, words.seats, columns, empty=words.loading)

    def _draft_table(self) -> Table[DraftLying]:
        words = self._words
        columns = (
            Column[DraftLying](words.person, lambda row: row.person, is_name=True),
            Column[DraftLying](words.terminal, lambda row: row.terminal, 120),
            Column[DraftLying](words.ticket, lambda row: row.ticket, 110),
            Column[DraftLying](words.procedure, lambda row: row.procedure, 330),
            Column[DraftLying](words.saved, lambda row: row.saved, 240),
        )
        return Table(self.kit, words.drafts, columns, empty=words.loading)


def _nothing() -> None:
    return
