"""一時解除: asked for with its reason, agreed to by another person, and those in force with the time they have left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.restrained import has_restrained, show_restrained
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
    reason: str = field(default="", repr=False)
    waits: bool = False
    may: tuple[str, ...] = ("end",)


class RegisterReleaseScreen(Screen):
    """``edited`` carries a field and its text; ``confirm_asked`` and ``end_asked`` a release's id.

    F12 asks where there is a form, and agrees to the marked one where there is only the list.
    """

    edited = Signal(str, str)
    grant_asked = Signal()
    confirm_asked = Signal(str)
    end_asked = Signal(str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_release
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._confirms, self._asks = False, True
        self._lead, self._why = Words(""), Words("")
        self.fields = RegisterFields(kit)
        self.fields.edited.connect(self.edited)
        self._table = Table(
            kit,
            words.list,
            (
                Column[ReleaseShown](words.left, _state, 236),
                Column[ReleaseShown](words.whom, lambda row: row.name, 190, is_name=True),
                Column[ReleaseShown](words.act, lambda row: row.act, 100),
                Column[ReleaseShown](words.until, lambda row: row.until, 116),
                Column[ReleaseShown](words.by, lambda row: row.by, 210),
                Column[ReleaseShown](words.reason, lambda row: row.reason),
            ),
            empty=words.none,
        )
        self._grant, self._end = Button(words.grant, "primary", final=True), Button(words.end)
        self._confirm = Button(words.confirm, final=True)
        back = Button(kit.texts.register.back)
        self._grant.clicked.connect(self._ask)
        self._confirm.clicked.connect(self._ask_confirm)
        self._end.clicked.connect(self._ask_end)
        back.clicked.connect(self.back_asked)
        self._upper, lower = Card(), Card(words.list)
        upper = self._upper
        upper.column.addWidget(self._lead)
        upper.column.addWidget(self.fields)
        lower.add_filling(self._table, self._table.height_for(1))
        lower.column.addWidget(self._why)
        self._table.selected.connect(lambda _: self._show_deeds())
        self.body.setSpacing(10)
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.foot.addLayout(in_line(self._grant, self._confirm, self._end, back))
        self.show_releases(())

    def first_focus(self) -> QWidget:
        return (self.fields.first() if self._asks else None) or self._table

    def show_role(self, *, confirms: bool, asks: bool) -> None:
        """Whether this person agrees to what others ask for, and whether there is somebody to ask for."""
        self._confirms, self._asks = confirms, asks
        self._upper.setVisible(asks)
        self._grant.setVisible(asks)
        self._show_deeds()

    def show_form(self, lead: str, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """For whom, and what is asked."""
        self._is_busy = False
        self._lead.show_text(lead)
        self.fields.show_fields(fields, values)

    def show_releases(self, rows: Sequence[ReleaseShown]) -> None:
        """Those in force; the one that was marked stays so."""
        before = self._table.marked()
        if bool(rows) != has_restrained(self):
            show_restrained(self, there=bool(rows))
        self._is_busy = False
        self._table.show_rows(rows)
        for place, row in enumerate(rows):
            if before is not None and row.release_id == before.release_id:
                self._table.selectRow(place)
        self._show_deeds()

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

    def _show_deeds(self) -> None:
        """What may be done with the marked one."""
        words, row = self._words, self._table.marked()
        may: tuple[str, ...] = () if row is None or not self._confirms else row.may
        can_confirm, can_end = "confirm" in may, "end" in may
        why = "" if row is None else row.reason
        self._why.show_text(words.why(why) if why else "")
        self._why.setVisible(bool(why))
        self._confirm.setVisible(can_confirm)
        self._end.setVisible(can_end)
        self._end.show_text(words.decline if can_confirm else words.end)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if self._asks:
            offers.append(Offer("commit", words.grant_key, self._ask))
        elif can_confirm:
            offers.append(Offer("commit", words.confirm_key, self._ask_confirm))
        if can_end:
            key = words.decline_key if can_confirm else words.end_key
            offers.append(Offer("return_case", key, self._ask_end))
        if [(one.action, one.label) for one in offers] != [(one.action, one.label) for one in self._offers]:
            self.offer(*offers)

    def _ask_confirm(self) -> None:
        row = self._table.marked()
        if not self._is_busy and row is not None and "confirm" in row.may:
            self.confirm_asked.emit(row.release_id)

    def _ask(self) -> None:
        if not self._is_busy:
            self.grant_asked.emit()

    def _ask_end(self) -> None:
        if not self._is_busy and (row := self._table.marked()) is not None:
            self.end_asked.emit(row.release_id)


def _state(row: ReleaseShown) -> Cell:
    return Cell(row.left, "information") if row.waits else Cell(row.left, "warning", "pending")
