"""止まった送信: what was given up on its way to the network, to be sent again or closed with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.card import Card
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class HaltedShown:
    """One that was given up, as text. ``needs_place``: a municipality's code is missing."""

    item_id: str
    kind: str
    made: str
    entry: str
    cause: str
    needs_place: bool


class BoundaryHaltedScreen(NetworkScreen):
    """``selected`` carries a ``HaltedShown``. Deeds: ``again``, ``close``, ``refresh``."""

    selected = Signal(object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.boundary_halted
        deeds = (
            Deed("again", words.again, "commit", words.again_key, is_primary=True),
            Deed("close", words.close, "return_case", words.close_key, question=words.close_question),
            Deed("refresh", words.refresh, "refresh", words.refresh_key),
        )
        super().__init__(kit, words.title, deeds)
        columns = (
            Column[HaltedShown](words.kind, lambda row: row.kind, 190),
            Column[HaltedShown](words.made, lambda row: row.made, 140),
            Column[HaltedShown](words.entry, lambda row: row.entry, 300),
            Column[HaltedShown](words.cause, lambda row: row.cause),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.selected.connect(self.selected)
        upper, lower = Card(), Card()
        upper.column.addWidget(Words(words.lead, "support"))
        upper.column.addWidget(self.status)
        upper.add_filling(self._table, self._table.height_for(4))
        lower.column.addWidget(self.fields)
        self._form = lower
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        super().show_form(fields, values)
        self._form.setVisible(bool(fields))

    def show_halted(self, rows: Sequence[HaltedShown]) -> None:
        """All of them."""
        self._table.show_rows(rows)

    def marked(self) -> HaltedShown | None:
        """The line that is marked."""
        return self._table.marked()

    def wipe(self) -> None:
        super().wipe()
        self.show_halted(())
        self.show_deeds(("refresh",))
