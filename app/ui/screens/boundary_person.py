"""一人分の送信: what went out of one person and how far it is; 送付先情報 is sent from here."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class SentShown:
    """One thing on its way, as text."""

    kind: str
    state: str
    state_kind: Kind
    made: str
    goes: str
    cause: str


class BoundaryPersonScreen(NetworkScreen):
    """Deeds: ``look``, ``deliver``."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.boundary_person
        deeds = (
            Deed("look", words.look, "search", words.look_key, is_primary=True),
            Deed("deliver", words.deliver, "commit", words.deliver_key, question=words.deliver_question),
        )
        super().__init__(kit, words.title, deeds)
        self._words = words
        columns = (
            Column[SentShown](words.kind, lambda row: row.kind, 220),
            Column[SentShown](words.state, lambda row: Cell(row.state, row.state_kind), 230),
            Column[SentShown](words.made, lambda row: row.made, 150),
            Column[SentShown](words.goes, lambda row: row.goes, 170),
            Column[SentShown](words.cause, lambda row: row.cause),
        )
        self._table = Table(kit, words.list, columns, empty=words.before)
        upper, lower = Card(), Card()
        upper.column.addWidget(Words(words.lead, "support"))
        upper.column.addWidget(self.fields)
        upper.column.addWidget(self.status)
        lower.add_filling(self._table, self._table.height_for(4))
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.wipe()

    def show_sent(self, rows: Sequence[SentShown], empty: str) -> None:
        """The newest first."""
        self._table.show_empty_text(empty)
        self._table.show_rows(rows)

    def wipe(self) -> None:
        super().wipe()
        self.show_sent((), self._words.before)
        self.show_deeds(("look",))
