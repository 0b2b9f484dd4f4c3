"""情報照会: the enquiries that an application calls for, how each stands, and sending them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.screens.enquiry_questions import NOTHING, EnquiryAsked, EnquiryQuestions
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class EnquiryShown:
    """One enquiry as text to show. ``sent``: it was made already; ``step``: what to do now, "" before that.

    ``asked``: what is said before it is sent; ``note``: whom it asks, and why that one.
    """

    id: str
    label: str
    subject: str = field(repr=False)
    provider: str
    year: str
    state: str
    kind: Kind
    purpose: str
    sent: bool
    step: str = ""
    asked: EnquiryAsked = NOTHING
    note: str = ""


class EnquiryScreen(Screen):
    """``send_asked`` carries an ``EnquirySaid``."""

    send_asked = Signal(object)
    reload_asked = Signal()
    form_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.enquiry
        super().__init__(kit, words.title)
        self._words = words
        columns = (
            Column[EnquiryShown](words.what, lambda row: row.label),
            Column[EnquiryShown](words.about, lambda row: row.subject, 150, is_name=True),
            Column[EnquiryShown](words.whom, lambda row: row.provider, 140),
            Column[EnquiryShown](words.year, lambda row: row.year, 184),
            Column[EnquiryShown](
                words.state, lambda row: Cell(row.state, row.kind, "pending" if row.kind == "information" else ""), 200
            ),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._purpose = Words("", "support")
        self._note = Words("", "body")
        self._step = Words("", "label")
        self._questions = EnquiryQuestions(kit)
        self._table.selected.connect(self._show_one)
        self._table.opened.connect(self._send)
        send, back = Button(words.send, "primary", final=True), Button(words.back)
        send.clicked.connect(self._send_marked)
        back.clicked.connect(self.form_asked)
        self.back_asked.connect(self.form_asked)
        card = Card()
        card.column.addWidget(Words(words.lead))
        card.add_filling(self._table, 120)
        for part in (self._note, self._purpose, self._step, self._questions):
            card.column.addWidget(part)
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(send, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("refresh", words.refresh, self.reload_asked.emit),
            Offer("previous_part", words.back, self.form_asked.emit),
            Offer("commit", words.send, self._send_marked),
        )

    def first_focus(self) -> QWidget:
        return self._table

    def show_enquiries(self, enquiries: Sequence[EnquiryShown]) -> None:
        """Show these; the marked one stays marked."""
        at = max(0, self._table.currentIndex().row())
        self._table.show_rows(enquiries)
        if at < len(enquiries):
            self._table.selectRow(at)
        self._show_one(enquiries[min(at, len(enquiries) - 1)] if enquiries else None)

    def show_next(self) -> None:
        """One was sent: on to the next that is not, at the question that it asks."""
        rows = self._table.items()
        at = next((place for place, row in enumerate(rows) if not row.sent), None)
        if at is None:
            return
        self._table.selectRow(at)
        to = self._questions.first() if rows[at].asked.is_asked else self._table
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_marked(self, name: str) -> None:
        """Mark the enquiry ``name``."""
        places = [place for place, row in enumerate(self._table.items()) if row.id == name]
        if places:
            self._table.selectRow(places[0])

    def wipe(self) -> None:
        super().wipe()
        self.show_enquiries(())

    def _show_one(self, row: EnquiryShown | None) -> None:
        """What it is for, what to do now; of one that is not sent yet what has to be said. Each is asked anew."""
        words = self._words
        self._note.show_text("" if row is None else row.note)
        self._purpose.show_text("" if row is None else words.purpose(row.purpose))
        self._step.show_text(words.step(row.step) if row is not None and row.step else "")
        if row is None or row.sent:
            self._questions.show_for("", NOTHING)
        else:
            self._questions.show_for(row.id, row.asked)

    def _send_marked(self) -> None:
        if (row := self._table.marked()) is not None:
            self._send(row)

    def _send(self, row: EnquiryShown) -> None:
        if row.sent:
            return
        if (said := self._questions.said()) is not None:
            self.send_asked.emit(said)
