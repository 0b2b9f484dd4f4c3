"""住民票の内容: one person's record with the household; what is restrained stands above, guarded items masked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.restrained import show_restrained
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A line of the record. ``is_hidden``: of a guarded class."""

    label: str
    value: str = field(repr=False)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member of the household, as text."""

    business_number: str
    name: str = field(repr=False)
    relation: str
    birth: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A record as text. ``alert``: kind, title and sentence of what is restrained, None for nothing."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    chips: tuple[tuple[str, Kind], ...]
    items: tuple[ItemShown, ...]
    household: tuple[MemberShown, ...]
    alert: tuple[Kind, str, str] | None = None


@dataclass(frozen=True, slots=True)
class RecordOffers:
    """What this person may do from here. ``show_for``: procedures for which guarded items may be seen."""

    history: bool = False
    enter: bool = False
    measures: bool = False
    show_for: tuple[tuple[str, str], ...] = ()


class RegisterRecordScreen(Screen):
    """``member_asked`` carries a 宛名番号, ``items_asked`` a procedure ("" hides the items again)."""

    refresh_asked = Signal()
    history_asked = Signal()
    enter_asked = Signal()
    measures_asked = Signal()
    member_asked = Signal(str)
    items_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_record
        super().__init__(kit, words.title, has_side=False)
        self._words, self._offers_here = words, RecordOffers()
        self._name, self._kana = ResidentName(kit, 28), Words("", "support")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._items, self._household = self._item_table(), self._household_table()
        self._show_for = Choice(kit, words.show_for, (), support=words.show_for_support)
        self._show_for.changed.connect(self.items_asked)
        self._enter, self._history = Button(words.enter, "primary"), Button(words.history)
        self._measures, self._member = Button(words.measures), Button(words.member)
        back = Button(kit.texts.register.back)
        for button, ask in (
            (self._enter, self.enter_asked.emit),
            (self._history, self.history_asked.emit),
            (self._measures, self.measures_asked.emit),
            (self._member, self._ask_member),
            (back, self.back_asked.emit),
        ):
            button.clicked.connect(ask)
        self.body.addLayout(self._head_line())
        self.body.addLayout(self._columns(), 1)
        self.foot.addLayout(in_line(self._enter, self._history, self._measures, self._member, back))
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._items

    def show_offered(self, offers: RecordOffers) -> None:
        """Which ways lead on."""
        self._offers_here = offers
        for button, offered in (
            (self._enter, offers.enter),
            (self._history, offers.history),
            (self._measures, offers.measures),
        ):
            button.setVisible(offered)
        self._show_for.show_options(offers.show_for)
        self._show_for.setVisible(bool(offers.show_for))
        self._offer()

    def show_working(self) -> None:
        """The record is being read."""
        self.banner.clear()
        self._items.show_empty_text(self._words.empty)

    def show_record(self, shown: RecordShown) -> None:
        """The record; what was marked stays where it was."""
        place = self._items.currentIndex().row()
        self._name.show_name(shown.name)
        self._kana.show_text(shown.kana)
        self.show_chips(shown.chips)
        self._items.show_rows(shown.items)
        if 0 < place < len(shown.items):
            self._items.selectRow(place)
        self._household.show_rows(shown.household)
        self._member.setVisible(bool(shown.household))
        show_restrained(self, there=shown.alert is not None)
        if shown.alert is not None:
            self.banner.show_text(*shown.alert)
        self._offer()

    def show_chips(self, chips: Sequence[tuple[str, Kind]]) -> None:
        """States of the record, in words."""
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text, kind in chips:
            self._chips.addWidget(Chip(self.kit, text, kind))
        self._chips.addStretch(1)

    def show_failed(self, message: Message) -> None:
        """It is refused or the office is out of reach."""
        self._items.show_empty_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_record(RecordShown("", "", (), (), ()))
        self.show_offered(RecordOffers())
        self._items.show_empty_text("")

    def _offer(self) -> None:
        words, here = self._words, self._offers_here
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if here.history:
            offers.append(Offer("records", words.history_key, self.history_asked.emit))
        if here.measures:
            offers.append(Offer("to_supervisor", words.measures_key, self.measures_asked.emit))
        if here.enter:
            offers.append(Offer("commit", words.enter_key, self.enter_asked.emit))
        self.offer(*offers)

    def _ask_member(self) -> None:
        if (one := self._household.marked()) is not None:
            self.member_asked.emit(one.business_number)

    def _head_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._name)
        line.addWidget(self._kana)
        line.addLayout(self._chips, 1)
        return line

    def _columns(self) -> QHBoxLayout:
        words = self._words
        left, right = Card(), Card(words.household)
        left.column.setContentsMargins(12, 12, 12, 12)
        left.add_filling(self._items, self._items.height_for(6))
        right.add_filling(self._household, self._household.height_for(2))
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(right, 1)
        side.addWidget(self._show_for)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 7)
        columns.addLayout(side, 5)
        return columns

    def _item_table(self) -> Table[ItemShown]:
        words = self._words
        columns = (
            Column[ItemShown](words.item, lambda row: row.label, 240),
            Column[ItemShown](words.value, _value, is_name=True),
        )
        return Table(self.kit, words.list, columns, empty=words.empty)

    def _household_table(self) -> Table[MemberShown]:
        words = self._words
        columns = (
            Column[MemberShown](words.name, lambda row: row.name, is_name=True),
            Column[MemberShown](words.relation, lambda row: row.relation, 100),
            Column[MemberShown](words.birth, lambda row: row.birth, 170),
        )
        table = Table(self.kit, words.household, columns, empty=words.nobody)
        table.opened.connect(lambda row: self.member_asked.emit(row.business_number))
        return table


def _value(row: ItemShown) -> str | Cell:
    return Cell(row.value, "quiet", "lock") if row.is_hidden else row.value
