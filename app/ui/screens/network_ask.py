"""本人確認情報: searched by any of the four items or by number, or enquired of the national level."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, FactShown, NetworkScreen, fact_table
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class FoundShown:
    """One person found, as text. ``more``: what else is known, shown while the row is marked."""

    name: str = field(repr=False)
    birth: str = field(repr=False)
    sex: str
    address: str = field(repr=False)
    place: str
    state: str
    state_kind: Kind
    more: tuple[FactShown, ...] = ()


class NetworkAskScreen(NetworkScreen):
    """Deeds: ``ask``, ``show`` the numbers of an answer. ``enquires``: of the national level, by code too."""

    selected = Signal(object)

    def __init__(self, kit: Kit, *, enquires: bool) -> None:
        words = kit.texts.network_ask
        deeds = (
            Deed("ask", words.enquire if enquires else words.search, "search", words.ask_key, is_primary=True),
            Deed("show", words.show, "copy", words.show_key),
        )
        super().__init__(kit, words.title_enquiry if enquires else words.title, deeds, columns=3)
        self._words, self._enquires = words, enquires
        columns = (
            Column[FoundShown](words.name, lambda row: row.name, 210, is_name=True),
            Column[FoundShown](words.birth, lambda row: row.birth, 170),
            Column[FoundShown](words.sex, lambda row: row.sex, 60),
            Column[FoundShown](words.address, lambda row: row.address, is_name=True),
            Column[FoundShown](words.place, lambda row: row.place, 150),
            Column[FoundShown](words.state, lambda row: Cell(row.state, row.state_kind), 130),
        )
        self._found = Table(kit, words.found, columns, empty=words.before)
        self._found.selected.connect(self._on_selected)
        self._more = fact_table(kit, words.more, 150)
        upper, lower = Card(), Card()
        upper.column.setContentsMargins(20, 8, 20, 8)
        upper.column.addWidget(self.fields)
        upper.column.addWidget(self.status)
        lower.column.setContentsMargins(20, 8, 20, 8)
        lower.add_filling(self._found, self._found.height_for(3))
        if enquires:
            line = in_line()
            line.takeAt(0)
            self._more.setFixedHeight(self._more.height_for(3))
            line.addWidget(self._more, 1)
            lower.column.addLayout(line)
        self.body.setSpacing(8)
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.wipe()

    def show_found(self, rows: Sequence[FoundShown], empty: str, *, shows: bool) -> None:
        """Who was found, best first; the line that was marked stays so. ``shows``: numbers can be shown."""
        place = self._found.currentIndex().row()
        self._more.show_rows(())
        self._found.show_empty_text(empty)
        self._found.show_rows(rows)
        if 0 < place < len(rows):
            self._found.selectRow(place)
        self.show_deeds(("ask", "show") if shows else ("ask",))

    def look_at_found(self) -> None:
        """The cursor goes to who was found."""
        self._found.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.show_found((), self._words.before, shows=False)

    def _on_selected(self, row: FoundShown) -> None:
        self._more.show_rows(row.more)
