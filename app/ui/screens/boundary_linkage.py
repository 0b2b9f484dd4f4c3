"""情報連携記録: what passed the boundary on some days, of one person or all, each with what the record says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, FactShown, NetworkScreen, fact_table
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class LinkageShown:
    """One record as text. ``note``: what is to be known beside it, "" for nothing."""

    at: str
    what: str
    about: str
    note: str
    note_kind: Kind
    facts: tuple[FactShown, ...] = ()


class BoundaryLinkageScreen(NetworkScreen):
    """Deed: ``look``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.boundary_linkage
        super().__init__(
            kit, words.title, (Deed("look", words.look, "search", words.look_key, is_primary=True),), columns=3
        )
        columns = (
            Column[LinkageShown](words.at, lambda row: row.at, 130),
            Column[LinkageShown](words.what, lambda row: row.what),
            Column[LinkageShown](words.about, lambda row: row.about, 240),
            Column[LinkageShown](words.note, lambda row: Cell(row.note, row.note_kind) if row.note else "", 270),
        )
        self._words = words
        self._facts = fact_table(kit, words.facts)
        self._table = Table(kit, words.list, columns, empty=words.before)
        self._table.selected.connect(lambda row: self._facts.show_rows(row.facts))
        upper, lower = Card(), Card()
        for card in (upper, lower):
            card.column.setContentsMargins(20, 8, 20, 8)
        upper.column.addWidget(self.fields)
        upper.column.addWidget(self.status)
        lower.add_filling(self._table, self._table.height_for(3))
        self._facts.setFixedHeight(self._facts.height_for(3))
        lower.column.addWidget(self._facts)
        self.body.setSpacing(8)
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.wipe()

    def show_records(self, rows: Sequence[LinkageShown], empty: str) -> None:
        """Oldest first."""
        self._facts.show_rows(())
        self._table.show_empty_text(empty)
        self._table.show_rows(rows)
        if rows:
            self._table.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.show_records((), self._words.before)
