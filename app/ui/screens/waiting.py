"""待機: between two visits: the next ticket, drafts to go on with, what waits to be sent, today's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_SENT = 2
"""Rows of what waits to be sent that stand without scrolling; the lists above take the room that is left."""


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft as text to show."""

    draft_id: str
    procedure: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class OutgoingShown:
    """What has not arrived, as text to show. ``given_up``: somebody has to look at it."""

    what: str
    cause: str
    next_try: str
    who: str
    given_up: bool


@dataclass(frozen=True, slots=True)
class ReceivedShown:
    """An application that was received today, as text to show."""

    number: str
    procedure: str
    receipt_date: str
    state: str


class WaitingScreen(Screen):
    """``next_asked`` carries the ticket number, "" without one; ``draft_asked`` the draft to go on with."""

    next_asked = Signal(str)
    draft_asked = Signal(str)
    reload_asked = Signal()
    queue_asked = Signal()
    admin_asked = Signal()
    sign_out_asked = Signal()
    readers_asked = Signal()
    outgoing_asked = Signal()
    lookup_asked = Signal()
    register_asked = Signal()
    others_asked = Signal()
    diagnose_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.waiting
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._ticket = TextField(kit, words.ticket)
        self._ticket.line.setPlaceholderText(words.ticket_support)
        self._ticket.line.setMaxLength(16)
        self._ticket.line.setFixedWidth(kit.look.px(200))
        self._begin = Button(words.begin, "primary")
        self._begin.clicked.connect(self._ask_next)
        self._drafts = self._draft_table()
        self._outgoing = self._outgoing_table()
        self._received = self._received_table()
        self._queue = _door(words.queue, self.queue_asked)
        self._lookup = _door(kit.texts.access_lookup.title, self.lookup_asked)
        self._register = _door(kit.texts.register.title, self.register_asked)
        self._others = _door(kit.texts.office.title, self.others_asked)
        self._admin = _door(kit.texts.admin.enter, self.admin_asked)
        self.body.addWidget(self._start_card())
        upper, lower = self._lists()
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower)
        doors = (self._queue, self._register, self._others, self._lookup, *self._always_open())
        self.foot.addLayout(in_line(*doors))
        self._offer()

    def _always_open(self) -> tuple[Button, ...]:
        """Doors that are open to everybody; the room of administrators stands among them."""
        words = self._words
        outgoing, readers = Button(self.kit.texts.outgoing.title), Button(words.readers)
        diagnose, leave = Button(self.kit.texts.diagnostics.door, "text"), Button(words.sign_out, "text")
        for door, asked in (
            (outgoing, self.outgoing_asked),
            (readers, self.readers_asked),
            (diagnose, self.diagnose_asked),
            (leave, self.sign_out_asked),
        ):
            door.clicked.connect(asked)
        return outgoing, readers, self._admin, diagnose, leave

    def first_focus(self) -> QWidget:
        return self._ticket.line

    def show_ticket(self, ticket: str) -> None:
        """Propose a ticket number; the clerk may type another one."""
        self._ticket.show_text(ticket)
        self._ticket.line.selectAll()

    def show_work(
        self,
        drafts: Sequence[DraftShown],
        outgoing: Sequence[OutgoingShown],
        received: Sequence[ReceivedShown],
    ) -> None:
        """Show how the work on this PC stands."""
        self._drafts.show_rows(drafts)
        self._outgoing.show_rows(outgoing)
        self._outgoing.setFixedHeight(self._outgoing.height_for(min(_SENT, max(1, len(outgoing)))))
        self._received.show_rows(received)

    def show_queue_offered(self, *, offered: bool) -> None:
        """Whether this person has a queue of applications to look at."""
        self._queue.setVisible(offered)
        self._offer()

    def show_lookup_offered(self, *, offered: bool) -> None:
        """Whether this person may look somebody up without a visit."""
        self._lookup.setVisible(offered)
        self._offer()

    def show_register_offered(self, *, offered: bool) -> None:
        """Whether the room of the register is open to this person."""
        self._register.setVisible(offered)
        self._offer()

    def show_others_offered(self, *, offered: bool) -> None:
        """Whether one of the office's other rooms is open to this person."""
        self._others.setVisible(offered)
        self._offer()

    def show_admin_offered(self, *, offered: bool) -> None:
        """Whether the room of administrators is open to this person."""
        self._admin.setVisible(offered)
        self._offer()

    def wipe(self) -> None:
        super().wipe()
        self._ticket.show_text("")
        self.show_work((), (), ())

    def _offer(self) -> None:
        words = self._words
        offers = [
            Offer("sign_out", words.sign_out, self.sign_out_asked.emit),
            Offer("next_visit", words.begin, self._ask_next),
            Offer("refresh", words.reload, self.reload_asked.emit),
            Offer("readers", words.readers_key, self.readers_asked.emit),
            Offer("outgoing", self.kit.texts.outgoing.key, self.outgoing_asked.emit),
        ]
        if not self._queue.isHidden():
            offers.append(Offer("search", words.queue, self.queue_asked.emit))
        if not self._register.isHidden():
            offers.append(Offer("records", self.kit.texts.register.key, self.register_asked.emit))
        if not self._others.isHidden():
            offers.append(Offer("hold", self.kit.texts.office.key, self.others_asked.emit))
        if not self._lookup.isHidden():
            offers.append(Offer("ways", self.kit.texts.access_lookup.key, self.lookup_asked.emit))
        if not self._admin.isHidden():
            offers.append(Offer("administer", self.kit.texts.admin.enter, self.admin_asked.emit))
        self.offer(*offers)

    def _ask_next(self) -> None:
        self.next_asked.emit(self._ticket.text())

    def _start_card(self) -> Card:
        card = Card()
        line = in_line(self._ticket, self._begin, spacing=24)
        line.setAlignment(self._begin, Qt.AlignmentFlag.AlignBottom)
        lead = Words(self._words.lead, "support")
        line.insertWidget(2, lead, 1, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(line)
        return card

    def _lists(self) -> tuple[QWidget, QWidget]:
        words = self._words
        upper = QWidget()
        line = QHBoxLayout(upper)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for title, table in ((words.drafts, self._drafts), (words.received, self._received)):
            card = Card(title)
            card.add_filling(table, table.height_for(1))
            line.addWidget(card, 1)
        card = Card(words.waiting)
        card.column.addWidget(self._outgoing)
        return upper, card

    def _draft_table(self) -> Table[DraftShown]:
        words = self._words
        columns = (
            Column[DraftShown](words.procedure, lambda row: row.procedure),
            Column[DraftShown](words.saved_at, lambda row: row.saved_at, 150),
        )
        table = Table(self.kit, words.drafts, columns, empty=words.no_drafts)
        table.opened.connect(lambda row: self.draft_asked.emit(row.draft_id))
        return table

    def _received_table(self) -> Table[ReceivedShown]:
        words = self._words
        columns = (
            Column[ReceivedShown](words.number, lambda row: row.number, 168),
            Column[ReceivedShown](words.procedure, lambda row: row.procedure),
            Column[ReceivedShown](words.state, lambda row: row.state, 190),
        )
        return Table(self.kit, words.received, columns, empty=words.none_received)

    def _outgoing_table(self) -> Table[OutgoingShown]:
        words = self._words
        columns = (
            Column[OutgoingShown](words.what, lambda row: row.what, 180),
            Column[OutgoingShown](words.state, _cause),
            Column[OutgoingShown](words.next_try, lambda row: row.next_try, 160),
            Column[OutgoingShown](words.who, lambda row: row.who, 300),
        )
        table = Table(self.kit, words.waiting, columns, empty=words.none_waiting)
        table.opened.connect(lambda _: self.outgoing_asked.emit())
        return table


def _door(text: str, asked: SignalInstance) -> Button:
    """A way to somewhere else, hidden until it is offered."""
    button = Button(text)
    button.clicked.connect(asked)
    button.hide()
    return button


def _cause(row: OutgoingShown) -> Cell:
    return Cell(row.cause, "error") if row.given_up else Cell(row.cause, "information", "pending")
