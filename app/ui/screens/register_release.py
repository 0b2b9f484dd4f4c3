"""一時解除: one act let through for some minutes, and those in force with the time they have left."""

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
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """A release in force, as text."""

    release_id: str
    name: str = field(repr=False)
    act: str
    left: str
    until: str
    by: str = ""


class RegisterReleaseScreen(Screen):
    """``edited`` carries a field and its text; ``end_asked`` a release's id."""

    edited = Signal(str, str)
    grant_asked = Signal()
    end_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_release
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._lead = Words("")
        self.fields = RegisterFields(kit)
        self.fields.edited.connect(self.edited)
        self._table = Table(
            kit,
            words.list,
            (
                Column[ReleaseShown](words.whom, lambda row: row.name, is_name=True),
                Column[ReleaseShown](words.act, lambda row: row.act, 140),
                Column[ReleaseShown](words.left, lambda row: Cell(row.left, "warning", "pending"), 180),
                Column[ReleaseShown](words.until, lambda row: row.until, 170),
                Column[ReleaseShown](words.by, lambda row: row.by, 170),
            ),
            empty=words.none,
        )
        grant, self._end = Button(words.grant, "primary", final=True), Button(words.end)
        back = Button(kit.texts.register.back)
        grant.clicked.connect(self._ask)
        self._end.clicked.connect(self._ask_end)
        back.clicked.connect(self.back_asked)
        upper, lower = Card(), Card(words.list)
        upper.column.addWidget(self._lead)
        upper.column.addWidget(self.fields)
        lower.add_filling(self._table, self._table.height_for(1))
        self.body.setSpacing(10)
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.foot.addLayout(in_line(grant, self._end, back))
        self.show_releases(())

    def first_focus(self) -> QWidget:
        return self.fields.first() or self._table

    def show_form(self, lead: str, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """For whom, and what is asked."""
        self._is_busy = False
        self._lead.show_text(lead)
        self.fields.show_fields(fields, values)

    def show_releases(self, rows: Sequence[ReleaseShown]) -> None:
        """Those in force; the one that was marked stays so."""
        words, before = self._words, self._table.marked()
        self._is_busy = False
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if before is not None and row.release_id == before.release_id:
                self._table.selectRow(place)
        self._end.setVisible(bool(rows))
        offers = [Offer("commit", words.grant_key, self._ask)]
        if rows:
            offers.append(Offer("return_case", words.end_key, self._ask_end))
        if [one.action for one in offers] != [one.action for one in self._offers]:
            self.offer(*offers)

    def show_missing(self, errors: Mapping[str, str]) -> None:
        """What is to be filled first."""
        self._is_busy = False
        self.fields.focus(self.fields.show_errors(errors))

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_form("", (), {})
        self.show_releases(())

    def _ask(self) -> None:
        if not self._is_busy:
            self.grant_asked.emit()

    def _ask_end(self) -> None:
        if not self._is_busy and (row := self._table.marked()) is not None:
            self.end_asked.emit(row.release_id)
