"""広域交付: asks the municipality where somebody lives for a copy, and shows what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QSizePolicy

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, FactShown, NetworkScreen, fact_table
from app.ui.widgets.card import Card
from app.ui.widgets.table import Column, Table


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of the copy as text. ``number``, ``code``: masked unless shown on purpose."""

    name: str = field(repr=False)
    birth: str = field(repr=False)
    sex: str
    relation: str
    since: str
    code: str = field(repr=False)
    number: str = field(repr=False)


class NetworkWideScreen(NetworkScreen):
    """Deeds: ``ask``, ``look`` whether the answer is there, ``print`` it, ``show`` the numbers."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_wide
        deeds = (
            Deed("ask", words.ask, "commit", words.ask_key, is_primary=True),
            Deed("look", words.look, "refresh", words.look_key),
            Deed("print", words.print, "preview", words.print_key, is_primary=True),
            Deed("show", words.show, "copy", words.show_key),
        )
        super().__init__(kit, words.title, deeds, columns=3)
        self._facts = fact_table(kit, words.facts)
        self._facts.setFixedHeight(self._facts.height_for(3))
        columns = (
            Column[LineShown](words.name, lambda row: row.name, is_name=True),
            Column[LineShown](words.birth, lambda row: row.birth, 180),
            Column[LineShown](words.sex, lambda row: row.sex, 70),
            Column[LineShown](words.relation, lambda row: row.relation, 120),
            Column[LineShown](words.since, lambda row: row.since, 180),
            Column[LineShown](words.code, lambda row: row.code, 150),
            Column[LineShown](words.number, lambda row: row.number, 160),
        )
        self._lines = Table(kit, words.lines, columns, empty=words.empty)
        self._form, self._copy = Card(), Card()
        self._form.column.addWidget(self.fields)
        self._form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._copy.column.addWidget(self._facts)
        self._copy.add_filling(self._lines, self._lines.height_for(3))
        self.body.addWidget(self.status)
        self.body.addWidget(self._form)
        self.body.addWidget(self._copy, 1)
        self.body.addStretch(0)
        self.wipe()

    def show_copy(self, facts: Sequence[FactShown], lines: Sequence[LineShown]) -> None:
        """What the other municipality says."""
        self._facts.show_rows(facts)
        self._lines.show_rows(lines)
        self._copy.setVisible(bool(lines))

    def show_asked(self, *, asked: bool) -> None:
        """It is asked for: the form makes room."""
        self._form.setVisible(not asked)

    def show_waiting(self, text: str) -> None:
        """The answer is not there yet."""
        self.status.show_text(text)

    def wipe(self) -> None:
        super().wipe()
        self.show_copy((), ())
        self.show_asked(asked=False)
        self.show_deeds(("ask",))
