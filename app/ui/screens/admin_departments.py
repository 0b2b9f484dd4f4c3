"""所属: each department with the sections it is in charge of; entered and changed here, its rights in the matrix."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.admin_office import OfficeScreen, Sieve
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class DepartmentShown:
    """A department as text to show; ``sections`` as they are typed."""

    department: str
    sections: str
    people: str
    rights: str
    state: str
    kind: Kind


class AdminDepartmentsScreen(OfficeScreen):
    """``entered`` carries name and sections; ``rights_asked`` a name."""

    entered = Signal(str, str)
    rights_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_departments
        super().__init__(kit, words.title)
        self._words = words
        columns = (
            Column[DepartmentShown](words.department, lambda row: row.department, 300),
            Column[DepartmentShown](words.sections, lambda row: row.sections),
            Column[DepartmentShown](words.people, lambda row: row.people, 100, is_number=True),
            Column[DepartmentShown](words.rights_count, lambda row: row.rights, 100, is_number=True),
            Column[DepartmentShown](words.state, lambda row: Cell(row.state, row.kind) if row.state else "", 150),
        )
        self._table = Table(kit, words.title, columns, empty=words.none)
        self._sieve = Sieve(
            kit, words.find, words.find_support, self._table, lambda one: f"{one.department} {one.sections}"
        )
        self._table.selected.connect(self._on_marked)
        self._name = TextField(kit, words.department, required=True, support=words.name_support)
        self._name.line.setMaxLength(64)
        self._sections = TextField(kit, words.sections, support=words.sections_support)
        for field in (self._name, self._sections):
            field.setMinimumWidth(kit.look.px(480))
        upper, lower = Card(), Card(words.edit)
        upper.column.addWidget(self._sieve)
        upper.column.addWidget(self.count)
        upper.add_filling(self._table, self._table.height_for(3))
        lower.column.addLayout(in_line(self._name, self._sections, spacing=16))
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower)
        keep, rights = Button(words.keep, "primary"), Button(words.rights)
        keep.clicked.connect(self._ask)
        rights.clicked.connect(self._ask_rights)
        self.finish_foot(keep, rights)
        self.offer_here(Offer("save", words.keep_key, self._ask), Offer("preview", words.rights_key, self._ask_rights))

    def first_focus(self) -> QWidget:
        return self._sieve.field.line

    def show_departments(self, departments: Sequence[DepartmentShown]) -> None:
        """All of them; the one that was marked stays so."""
        marked = self._table.marked()
        self._sieve.show_rows(departments)
        self.count.show_text(self._words.count(len(departments)))
        if marked is not None:
            places = [at for at, one in enumerate(self._table.items()) if one.department == marked.department]
            self._table.selectRow(places[0] if places else 0)

    def wipe(self) -> None:
        super().wipe()
        self._sieve.field.show_text("")
        self._sieve.show_rows(())
        self._name.show_text("")
        self._sections.show_text("")

    def _on_marked(self, one: DepartmentShown | None) -> None:
        if one is not None:
            self._name.show_text(one.department)
            self._sections.show_text(one.sections)

    def _ask(self) -> None:
        if not self._name.text():
            self._name.show_error(self._words.empty_name)
            self._name.line.setFocus()
            return
        self.entered.emit(self._name.text(), self._sections.text())

    def _ask_rights(self) -> None:
        if (one := self._table.marked()) is not None:
            self.rights_asked.emit(one.department)
