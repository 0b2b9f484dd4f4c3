"""情報連携記録: what was passed on about whom and to which system, searched for a reason and by a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class LinkageLine:
    """A linkage record as text. ``note``: all its items, said below while it is marked."""

    at: str
    event: str
    subject: str = field(repr=False)
    system: str
    items: str
    sequence: str
    note: str


class DistributionLinkageScreen(Screen):
    """``edited`` carries a field and its text; ``search_asked``: look; ``more_asked``: older ones besides."""

    edited = Signal(str, str)
    search_asked = Signal()
    more_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.distribution_linkage
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self.fields = RegisterFields(kit, columns=3)
        self.fields.edited.connect(self.edited)
        self._count, self._note = Words("", "support"), Words("", "label")
        columns = (
            Column[LinkageLine](words.at, lambda row: row.at, 184),
            Column[LinkageLine](words.event, lambda row: row.event, 130),
            Column[LinkageLine](words.subject, lambda row: row.subject, 236),
            Column[LinkageLine](words.system, lambda row: row.system, 280),
            Column[LinkageLine](words.items, lambda row: row.items),
            Column[LinkageLine](words.sequence, lambda row: row.sequence, 96, is_number=True),
        )
        self._table = Table(kit, words.list, columns, empty=words.not_asked)
        self._table.selected.connect(lambda row: self._note.show_text(row.note))
        search, self._more, back = Button(words.search, "primary"), Button(words.more), Button(kit.texts.office.back)
        for button, ask in ((search, self._ask), (self._more, self.more_asked.emit), (back, self.back_asked.emit)):
            button.clicked.connect(ask)
        asked, found = Card(), Card()
        asked.column.setContentsMargins(20, 8, 8, 8)
        asked.column.addWidget(self.fields)
        found.column.setContentsMargins(20, 8, 20, 8)
        found.column.setSpacing(6)
        found.column.addWidget(self._count)
        found.add_filling(self._table, self._table.height_for(4))
        found.column.addWidget(self._note)
        self.body.setSpacing(8)
        self.body.addWidget(asked)
        self.body.addWidget(found, 1)
        self.foot.addLayout(in_line(search, self._more, back))
        self._to_more(offered=False)

    def first_focus(self) -> QWidget:
        return self.fields.first() or self._table

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """What is searched by."""
        self.fields.show_fields(fields, values)

    def show_missing(self, errors: Mapping[str, str]) -> None:
        """What is to be filled first."""
        self._is_busy = False
        if first := self.fields.show_errors(errors):
            self.fields.focus(first)

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self.fields.show_errors({})
        self._count.show_text(self.kit.texts.office.working)

    def show_lines(self, lines: Sequence[LinkageLine], count: str, *, more: bool) -> None:
        """What was passed on, newest first. ``more``: there are older ones."""
        self._is_busy, place = False, self._table.currentIndex().row()
        self._note.show_text("")
        self._count.show_text(count)
        self._table.show_empty_text(self._words.none if count else self._words.not_asked)
        self._table.show_rows(lines)
        if 0 < place < len(lines):
            self._table.selectRow(place)
        self._to_more(offered=more)

    def show_failed(self, message: Message) -> None:
        """It could not be read."""
        self._is_busy = False
        self._count.show_text("")
        self.banner.show_message(message)

    def to_results(self) -> None:
        """The cursor goes to what was found."""
        self._table.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.fields.show_fields((), {})
        self.show_lines((), "", more=False)

    def _ask(self) -> None:
        if not self._is_busy:
            self.search_asked.emit()

    def _to_more(self, *, offered: bool) -> None:
        words = self._words
        self._more.setVisible(offered)
        older = [Offer("next_visit", words.more_key, self.more_asked.emit)] if offered else []
        self.offer(Offer("search", words.search_key, self._ask), *older)
