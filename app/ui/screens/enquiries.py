"""情報照会: the enquiries that an application calls for, how each stands, and sending them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class EnquiryShown:
    """One enquiry as text to show. ``sent``: it was made already."""

    id: str
    label: str
    subject: str = field(repr=False)
    provider: str
    year: str
    state: str
    kind: Kind
    purpose: str
    sent: bool


class EnquiryScreen(Screen):
    """``send_asked`` carries the enquiry's id."""

    send_asked = Signal(str)
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
            Column[EnquiryShown](words.whom, lambda row: row.provider, 160),
            Column[EnquiryShown](words.year, lambda row: row.year, 110),
            Column[EnquiryShown](
                words.state, lambda row: Cell(row.state, row.kind, "pending" if row.kind == "information" else ""), 200
            ),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._purpose = Words("", "support")
        self._table.selected.connect(lambda row: self._purpose.show_text(words.purpose(row.purpose)))
        self._table.opened.connect(self._send)
        send, back = Button(words.send, "primary", final=True), Button(words.back)
        send.clicked.connect(self._send_marked)
        back.clicked.connect(self.form_asked)
        self.back_asked.connect(self.form_asked)
        card = Card()
        card.column.addWidget(Words(words.lead))
        card.add_filling(self._table, 120)
        card.column.addWidget(self._purpose)
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
        self._purpose.show_text(
            self._words.purpose(enquiries[min(at, len(enquiries) - 1)].purpose) if enquiries else ""
        )

    def wipe(self) -> None:
        super().wipe()
        self.show_enquiries(())

    def _send_marked(self) -> None:
        if (row := self._table.marked()) is not None:
            self._send(row)

    def _send(self, row: EnquiryShown) -> None:
        if not row.sent:
            self.send_asked.emit(row.id)
