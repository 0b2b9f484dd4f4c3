"""The enquiries that a case calls for, each with how it stands; Enter begins one that was not made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screens.review_shown import EnquiryRow
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 3
"""Rows shown without scrolling: the claim and the answers have to be seen beside them."""


class EnquiryPanel(QWidget):
    """``start_asked`` carries the identifier of an enquiry that was not made yet."""

    start_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        words, names = kit.texts.review, kit.texts.enquiry
        columns = (
            Column[EnquiryRow](names.what, lambda row: row.label),
            Column[EnquiryRow](names.about, lambda row: row.subject, 168, is_name=True),
            Column[EnquiryRow](names.year, lambda row: row.year, 120),
            Column[EnquiryRow](names.whom, lambda row: row.whom, 148),
            Column[EnquiryRow](names.state, lambda row: Cell(row.state, row.kind), 196),
        )
        self._table = Table(kit, words.enquiries, columns, empty=names.none)
        self._table.opened.connect(self._on_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Words(words.enquiries, "heading"))
        head.addWidget(Words(words.enquiries_support, "support"), 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addWidget(self._table)
        self.setFocusProxy(self._table)

    def show_rows(self, rows: Sequence[EnquiryRow]) -> None:
        """How they stand now; the marked row stays marked."""
        place = max(0, self._table.currentIndex().row())
        self._table.show_rows(rows)
        self._table.setFixedHeight(self._table.height_for(max(1, min(_ROWS, len(rows)))))
        if place < len(rows):
            self._table.selectRow(place)

    def _on_opened(self, row: EnquiryRow) -> None:
        if row.can_start:
            self.start_asked.emit(row.enquiry_id)
