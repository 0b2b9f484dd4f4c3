"""特例転入: what somebody announced who was checked by card; from here the move-in is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, FactShown, NetworkScreen, fact_table
from app.ui.widgets.card import Card
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class MoverShown:
    """One person of the move as text."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth: str = field(repr=False)
    sex: str


class NetworkMovingScreen(NetworkScreen):
    """Deed: ``enter`` the move-in."""

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.network_moving
        super().__init__(kit, words.title, (Deed("enter", words.enter, "commit", words.enter_key, is_primary=True),))
        self._facts = fact_table(kit, words.facts)
        self._facts.setFixedHeight(self._facts.height_for(4))
        columns = (
            Column[MoverShown](words.name, lambda row: row.name, is_name=True),
            Column[MoverShown](words.kana, lambda row: row.kana, 260),
            Column[MoverShown](words.birth, lambda row: row.birth, 190),
            Column[MoverShown](words.sex, lambda row: row.sex, 90),
        )
        self._people = Table(kit, words.people, columns, empty=words.empty)
        upper, lower = Card(), Card(words.people)
        upper.column.addWidget(self.status)
        upper.column.addWidget(self._facts)
        upper.column.addWidget(Words(words.lead, "support"))
        lower.add_filling(self._people, self._people.height_for(3))
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._people

    def show_moving(self, facts: Sequence[FactShown], people: Sequence[MoverShown], deeds: Sequence[str]) -> None:
        """What was announced."""
        self._facts.show_rows(facts)
        self._people.show_rows(people)
        self.show_deeds(deeds)

    def wipe(self) -> None:
        super().wipe()
        self.show_moving((), (), ())
