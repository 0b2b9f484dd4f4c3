"""措置の申出: for whom, what is restrained, since when and why; it holds from the moment it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, scrolled
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class CoveredShown:
    """Somebody whom it may cover, as text."""

    place: int
    name: str = field(repr=False)
    relation: str
    covered: bool


class RegisterMeasureFormScreen(Screen):
    """``edited`` carries a field and its text; ``toggled`` a place; ``save_asked``: keep it."""

    edited = Signal(str, str)
    toggled = Signal(int)
    save_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_measure_form
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._state = Words("", "label")
        self._people = Table(
            kit,
            words.people,
            (
                Column[CoveredShown](words.moves, self._covered, 100),
                Column[CoveredShown](words.name, lambda row: row.name, is_name=True),
                Column[CoveredShown](words.relation, lambda row: row.relation, 100),
            ),
            empty=words.nobody,
        )
        self._people.opened.connect(lambda row: self.toggled.emit(row.place))
        self.fields = RegisterFields(kit)
        self.fields.edited.connect(self.edited)
        save, back = Button(words.save, "primary", final=True), Button(kit.texts.register.back)
        save.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        left, right = Card(words.people), Card()
        left.add_filling(self._people, self._people.height_for(3))
        right.column.setContentsMargins(20, 12, 8, 12)
        right.column.addWidget(scrolled(self.fields), 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 4)
        columns.addWidget(right, 8)
        self.body.setSpacing(8)
        self.body.addWidget(Words(words.lead, "support"))
        self.body.addLayout(columns, 1)
        foot = in_line(save, back)
        foot.addWidget(self._state)
        self.foot.addLayout(foot)
        self.offer(
            Offer("copy", words.toggle_key, self._toggle),
            Offer("commit", words.save_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        return self._people

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """The fields, filled."""
        self.fields.show_fields(fields, values)

    def show_people(self, people: Sequence[CoveredShown], at: int = 0) -> None:
        """Who may be covered."""
        self._people.show_rows(people)
        if 0 < at < len(people):
            self._people.selectRow(at)

    def show_missing(self, errors: Mapping[str, str], said: str) -> None:
        """What is to be filled first."""
        self._is_busy = False
        self._state.show_text(said)
        if first := self.fields.show_errors(errors):
            self.fields.focus(first)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._state.show_text(self.kit.texts.register.working)

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self._is_busy = False
        self._state.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._state.show_text("")
        self._people.show_rows(())
        self.fields.show_fields((), {})

    def _toggle(self) -> None:
        if (row := self._people.marked()) is not None:
            self.toggled.emit(row.place)

    def _ask(self) -> None:
        if not self._is_busy:
            self.save_asked.emit()

    def _covered(self, row: CoveredShown) -> Cell:
        words = self._words
        return Cell(words.yes, "information", "next") if row.covered else Cell(words.no, "quiet")
