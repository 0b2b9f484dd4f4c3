"""特例転入: what somebody announced who was checked by card; from here the move-in is entered."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.network_screen import Deed, NetworkScreen
from app.ui.widgets.card import Card, Fact, in_line
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
        self._facts = tuple(Fact(name) for name in (words.moved_from, words.planned, words.erase, words.address))
        columns = (
            Column[MoverShown](words.name, lambda row: row.name, is_name=True),
            Column[MoverShown](words.kana, lambda row: row.kana, 260),
            Column[MoverShown](words.birth, lambda row: row.birth, 190),
            Column[MoverShown](words.sex, lambda row: row.sex, 90),
        )
        self._people = Table(kit, words.people, columns, empty=words.empty)
        self._upper, self._lower = Card(words.facts), Card(words.people)
        self._upper.column.addLayout(in_line(*self._facts[:3], spacing=48))
        self._upper.column.addWidget(self._facts[3])
        self._upper.column.addWidget(Words(words.lead, "support"))
        self._lower.add_filling(self._people, self._people.height_for(2))
        self.body.addWidget(self.status)
        self.body.addWidget(self._upper)
        self.body.addWidget(self._lower, 1)
        self.body.addStretch(0)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._people

    def show_moving(self, facts: Sequence[str], people: Sequence[MoverShown], deeds: Sequence[str]) -> None:
        """What was announced: from where, planned when, erased when, the former address; and who."""
        for fact, value in zip(self._facts, (*facts, "", "", "", ""), strict=False):
            fact.show_value(value)
        for card in (self._upper, self._lower):
            card.setVisible(bool(facts))
        self._people.show_rows(people)
        self.show_deeds(deeds)

    def wipe(self) -> None:
        super().wipe()
        self.show_moving((), (), ())
