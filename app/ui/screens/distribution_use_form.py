"""新しい利用申請: for which system, which of the items it may have, for how long and what for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
class ItemOffered:
    """An item that can be applied for. ``marked``: it is wanted; ``is_number``: it is the 個人番号."""

    name: str
    label: str
    marked: bool
    is_number: bool


class DistributionUseFormScreen(Screen):
    """``edited`` carries a field and its text, ``toggled`` an item; ``empty_asked``: drop what is typed."""

    edited = Signal(str, str)
    toggled = Signal(str)
    all_asked = Signal()
    save_asked = Signal()
    empty_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words, office = kit.texts.distribution_use_form, kit.texts.office
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._state, self._kept, self._ground = Words("", "label"), Words("", "support"), Words("", "support")
        self._items = Table(
            kit,
            words.items,
            (
                Column[ItemOffered](words.wanted, self._wanted, 116),
                Column[ItemOffered](words.item, lambda row: Cell(row.label, "warning") if row.is_number else row.label),
            ),
            empty=words.system_first,
        )
        self._items.opened.connect(lambda row: self.toggled.emit(row.name))
        self.fields = RegisterFields(kit)
        self.fields.edited.connect(self.edited)
        save, empty, back = Button(words.save, "primary", final=True), Button(office.empty_form), Button(office.back)
        for button, ask in ((save, self._ask), (empty, self.empty_asked.emit), (back, self.back_asked.emit)):
            button.clicked.connect(ask)
        left, right = Card(), Card(words.items)
        left.column.setContentsMargins(20, 12, 8, 12)
        left.column.addWidget(scrolled(self.fields), 1)
        left.column.addWidget(self._ground)
        right.add_filling(self._items, self._items.height_for(5))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 8)
        columns.addWidget(right, 4)
        self.body.setSpacing(8)
        self.body.addWidget(Words(words.lead, "support"))
        self.body.addLayout(columns, 1)
        foot = in_line(save, empty, back)
        foot.addWidget(self._state)
        foot.addWidget(self._kept)
        self.foot.addLayout(foot)
        self.offer(
            Offer("copy", words.toggle_key, self._toggle),
            Offer("next_visit", words.all_key, self.all_asked.emit),
            Offer("return_case", office.empty_form_key, self.empty_asked.emit),
            Offer("commit", words.save_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        return self.fields.first() or self._items

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """The fields, filled."""
        self.fields.show_fields(fields, values)

    def show_items(self, items: Sequence[ItemOffered], ground: str) -> None:
        """What the system may have, and on what ground; the line that was marked stays so."""
        place = self._items.currentIndex().row()
        self._items.show_rows(items)
        self._ground.show_text(ground)
        if 0 < place < len(items):
            self._items.selectRow(place)

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
        self._state.show_text(self.kit.texts.office.working)

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self._is_busy = False
        self._state.show_text("")
        self.banner.show_message(message)

    def show_kept(self, text: str) -> None:
        """What became of what is typed."""
        self._kept.show_text(text)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        for words in (self._state, self._kept):
            words.show_text("")
        self.show_items((), "")
        self.fields.show_fields((), {})

    def _toggle(self) -> None:
        if (row := self._items.marked()) is not None:
            self.toggled.emit(row.name)

    def _ask(self) -> None:
        if not self._is_busy:
            self.save_asked.emit()

    def _wanted(self, row: ItemOffered) -> Cell:
        words = self.kit.texts.office
        return Cell(words.yes, "information", "next") if row.marked else Cell(words.no, "quiet")
