"""本人確認情報整合: a comparison with its progress, the differences side by side, how each is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.compare import Compared, CompareTable
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One difference as text. ``rows``: either side, item by item."""

    difference_id: str
    kind: str
    name: str = field(repr=False)
    items: str
    state: str
    state_kind: Kind
    how: str
    rows: tuple[Compared, ...] = field(repr=False, default=())


class NetworkCompareScreen(NetworkScreen):
    """``selected`` carries a ``DifferenceShown``.

    Deeds: ``start``, ``refresh``, ``other``; ``propose`` of who works them off; ``approve`` and ``return`` of who
    decides.
    """

    selected = Signal(object)

    def __init__(self, kit: Kit, *, decides: bool) -> None:
        words = kit.texts.network_compare
        propose = (
            Deed("propose", words.propose, "commit", words.propose_key, is_primary=True),
            Deed("start", words.start, "next_visit", words.start_key),
        )
        decide = (
            Deed("approve", words.approve, "commit", words.approve_key, True, words.approve_question),  # noqa: FBT003
            Deed("return", words.send_back, "return_case", words.return_key, question=words.return_question),
        )
        rest = (
            Deed("refresh", words.refresh, "refresh", words.refresh_key),
            Deed("other", words.other, "other_way", words.other_key),
        )
        super().__init__(
            kit, words.title_decide if decides else words.title, (*(decide if decides else propose), *rest)
        )
        self._words = words
        self._lead, self._how = Words("", "label"), Words("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words.progress)
        self._bar.setFixedWidth(kit.look.px(260))
        columns = (
            Column[DifferenceShown](words.state, lambda row: Cell(row.state, row.state_kind), 150),
            Column[DifferenceShown](words.kind, lambda row: row.kind, 190),
            Column[DifferenceShown](words.name, lambda row: row.name, is_name=True),
            Column[DifferenceShown](words.items, lambda row: row.items, 250),
            Column[DifferenceShown](words.how, lambda row: row.how, 330),
        )
        self._table = Table(kit, words.list, columns, empty=words.before)
        self._table.selected.connect(self._on_selected)
        self._sides = CompareTable(kit, words.sides, sides=(words.here, words.there), empty=words.sides_none)
        self._lay_out()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        super().show_form(fields, values)
        self._form.setVisible(bool(fields))

    def show_progress(self, lead: str, looked: int, total: int, *, running: bool) -> None:
        """Which comparison it is, and how far."""
        self._lead.show_text(lead)
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(looked)
        self._bar.setVisible(running)

    def show_differences(self, rows: Sequence[DifferenceShown], empty: str) -> None:
        """What differs; the line that was marked stays so."""
        before = self._table.marked()
        self._sides.show_rows(())
        self._how.show_text("")
        self._table.show_empty_text(empty)
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if before is not None and row.difference_id == before.difference_id:
                self._table.selectRow(place)

    def marked(self) -> DifferenceShown | None:
        """The line that is marked."""
        return self._table.marked()

    def wipe(self) -> None:
        super().wipe()
        self.show_progress("", 0, 0, running=False)
        self.show_differences((), self._words.before)
        self.show_deeds(("start", "refresh", "other"))

    def _on_selected(self, row: DifferenceShown) -> None:
        self._sides.show_rows(row.rows)
        self._how.show_text(row.how)
        self.selected.emit(row)

    def _lay_out(self) -> None:
        upper, middle, self._form = Card(), Card(), Card()
        head = in_line(self._lead, self._bar, spacing=16)
        head.takeAt(head.count() - 1)
        head.setStretch(0, 1)
        for card in (upper, middle, self._form):
            card.column.setContentsMargins(20, 8, 20, 8)
            card.column.setSpacing(6)
        upper.column.addLayout(head)
        upper.column.addWidget(self.status)
        upper.add_filling(self._table, self._table.height_for(2))
        middle.add_filling(self._sides, self._sides.height_for(2))
        middle.column.addWidget(self._how)
        self._form.column.addWidget(self.fields)
        self.body.setSpacing(8)
        self.body.addWidget(upper, 1)
        self.body.addWidget(middle, 1)
        self.body.addWidget(self._form)
