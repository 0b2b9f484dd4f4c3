"""The enquiries that a case calls for, each with how it stands; Enter begins one, what is said before stands below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screens.enquiry_questions import NOTHING, EnquiryQuestions, EnquirySaid
from app.ui.screens.review_shown import EnquiryRow
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 3
"""Rows shown without scrolling: the claim and the answers have to be seen beside them."""


class EnquiryPanel(QWidget):
    """``start_asked`` carries an ``EnquirySaid`` of one that was not made yet.

    ``consent_open`` says how many wait for somebody to say whether the person agreed.
    """

    start_asked = Signal(object)
    consent_open = Signal(int)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words, names = kit.texts.review, kit.texts.enquiry
        columns = (
            Column[EnquiryRow](names.what, lambda row: row.label),
            Column[EnquiryRow](names.about, lambda row: row.subject, 168, is_name=True),
            Column[EnquiryRow](names.year, lambda row: row.year, 184),
            Column[EnquiryRow](names.whom, lambda row: row.whom, 140),
            Column[EnquiryRow](names.state, lambda row: Cell(row.state, row.kind), 196),
        )
        self._declined: set[str] = set()
        self._table = Table(kit, words.enquiries, columns, empty=names.none)
        self._note = Words("", "support")
        self._questions = EnquiryQuestions(kit, is_low=True)
        self._table.selected.connect(self._show_one)
        self._table.opened.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Words(words.enquiries, "heading"))
        head.addWidget(Words(words.enquiries_support, "support"), 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        for part in (self._table, self._note, self._questions):
            column.addWidget(part)
        self.setFocusProxy(self._table)

    def show_rows(self, rows: Sequence[EnquiryRow]) -> None:
        """How they stand now; the marked row stays marked."""
        place = max(0, self._table.currentIndex().row())
        self._table.show_rows(rows)
        self._table.setFixedHeight(self._table.height_for(max(1, min(_ROWS, len(rows)))))
        if place < len(rows):
            self._table.selectRow(place)
        self._show_one(rows[min(place, len(rows) - 1)] if rows else None)
        if not rows:
            self._declined.clear()

    def ask_all(self) -> None:
        """Begin all that need nothing said and the marked one as it was answered; then on to the next question."""
        marked, rows = self._table.marked(), [one for one in self._table.items() if one.can_start]
        if marked is not None and marked in rows and self._questions.answer() == "no":
            self._declined.add(marked.enquiry_id)
        begun = [self._begun(one, is_marked=one is marked) for one in rows]
        for said in begun:
            if said is not None:
                self.start_asked.emit(said)
        waits = [one for one, said in zip(rows, begun, strict=True) if said is None and one.asked.consent]
        waits = [one for one in waits if one.enquiry_id not in self._declined]
        if waits:
            self._go_to(waits[0])
            self.consent_open.emit(len(waits))

    def _begun(self, row: EnquiryRow, *, is_marked: bool) -> EnquirySaid | None:
        """What is sent of ``row`` now; None where somebody has to say something first."""
        if is_marked:
            is_open = row.asked.consent and self._questions.answer() != "yes"
            return None if is_open else self._questions.said()
        return None if row.asked.consent else EnquirySaid(row.enquiry_id, period=row.asked.offered)

    def _go_to(self, row: EnquiryRow) -> None:
        self._table.selectRow(self._table.items().index(row))
        self._questions.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_one(self, row: EnquiryRow | None) -> None:
        """Whom it asks and why; of one that was not made yet what has to be said."""
        self._note.show_text("" if row is None else row.note)
        if row is None or not row.can_start:
            self._questions.show_for("", NOTHING)
        else:
            self._questions.show_for(row.enquiry_id, row.asked)

    def _on_opened(self, row: EnquiryRow) -> None:
        if row.can_start and (said := self._questions.said()) is not None:
            self.start_asked.emit(said)
