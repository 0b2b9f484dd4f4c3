"""職員: everybody of the office in one list that is sifted while typing; from here to one person or their rights."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.admin_office import OfficeScreen, Sieve
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as text to show."""

    staff_id: str
    name: str
    department: str
    until: str
    state: str
    kind: Kind


class AdminPeopleScreen(OfficeScreen):
    """``person_asked``, ``rights_asked`` carry a staff number; ``new_asked``: somebody new."""

    person_asked = Signal(str)
    rights_asked = Signal(str)
    new_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_people
        super().__init__(kit, words.title)
        self._words = words
        columns = (
            Column[PersonShown](words.staff_id, lambda row: row.staff_id, 130),
            Column[PersonShown](words.name, lambda row: row.name, 280, is_name=True),
            Column[PersonShown](words.department, lambda row: row.department),
            Column[PersonShown](words.until, lambda row: row.until, 150),
            Column[PersonShown](words.state, lambda row: Cell(row.state, row.kind), 190),
        )
        self._table = Table(kit, words.title, columns, empty=words.none)
        self._sieve = Sieve(
            kit, words.find, words.find_support, self._table, lambda one: f"{one.staff_id} {one.name} {one.department}"
        )
        self._table.opened.connect(self._ask_person)
        card = Card()
        card.column.addWidget(self._sieve)
        card.column.addWidget(self.count)
        card.add_filling(self._table, self._table.height_for(4))
        self.body.addWidget(card, 1)
        person, rights, new = Button(words.edit, "primary"), Button(words.rights), Button(words.new)
        person.clicked.connect(self._ask_person)
        rights.clicked.connect(self._ask_rights)
        new.clicked.connect(self.new_asked)
        self.finish_foot(person, rights, new)
        self.offer_here(
            Offer("search", words.edit_key, self._ask_person),
            Offer("next_visit", words.new_key, self.new_asked.emit),
            Offer("preview", words.rights_key, self._ask_rights),
        )

    def first_focus(self) -> QWidget:
        return self._sieve.field.line

    def show_people(self, people: Sequence[PersonShown]) -> None:
        """Everybody; the person that was marked stays so."""
        marked = self._table.marked()
        self._sieve.show_rows(people)
        self.count.show_text(self._words.count(len(people)))
        if marked is not None:
            places = [at for at, one in enumerate(self._table.items()) if one.staff_id == marked.staff_id]
            self._table.selectRow(places[0] if places else 0)

    def wipe(self) -> None:
        super().wipe()
        self._sieve.field.show_text("")
        self._sieve.show_rows(())

    def _ask_person(self) -> None:
        if (one := self._table.marked()) is not None:
            self.person_asked.emit(one.staff_id)

    def _ask_rights(self) -> None:
        if (one := self._table.marked()) is not None:
            self.rights_asked.emit(one.staff_id)
