"""支援措置・抑止: what holds now, alerts and what waits for a decision first; of everybody, or of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.restrained import show_restrained
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure as text."""

    measure_id: str
    kind: str
    people: str = field(repr=False)
    state: str
    state_kind: Kind
    acts: str
    until: str
    until_kind: Kind | None
    complete: bool


class RegisterMeasuresScreen(Screen):
    """``opened`` carries a measure's id; ``request_asked``, ``release_asked`` are about the person at hand."""

    opened = Signal(str)
    request_asked = Signal()
    release_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_measures
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._whom = QLabel()
        self._whom.setProperty("role", "heading")
        self._count = Words(words.loading, "support")
        columns = (
            Column[MeasureLine](words.state, lambda row: Cell(row.state, row.state_kind), 180),
            Column[MeasureLine](words.kind, lambda row: row.kind, 140),
            Column[MeasureLine](words.people, lambda row: row.people, is_name=True),
            Column[MeasureLine](words.acts, lambda row: row.acts, 216),
            Column[MeasureLine](words.until, _until, 300),
            Column[MeasureLine](words.systems, self._complete, 170),
        )
        self._table = Table(kit, words.list, columns, empty=words.loading)
        self._table.opened.connect(lambda row: self.opened.emit(row.measure_id))
        self._open, self._request = Button(words.open, "primary"), Button(words.request)
        self._release, back = Button(words.release), Button(kit.texts.register.back)
        for button, ask in (
            (self._open, self._ask_open),
            (self._request, self.request_asked.emit),
            (self._release, self.release_asked.emit),
            (back, self.back_asked.emit),
        ):
            button.clicked.connect(ask)
        card = Card()
        card.column.addWidget(self._whom)
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(5))
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(self._open, self._request, self._release, back))
        self.show_offered(sees=False, sets=False, releases=False)
        self._whom.hide()

    def first_focus(self) -> QWidget:
        return self._table if not self._table.isHidden() else self._request

    def show_offered(self, *, sees: bool, sets: bool, releases: bool) -> None:
        """What this person may do here: see the measures, ask for one, release."""
        words = self._words
        for widget, offered in (
            (self._table, sees),
            (self._open, sees),
            (self._request, sets),
            (self._release, releases),
        ):
            widget.setVisible(offered)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if sees:
            offers.append(Offer("search", words.open_key, self._ask_open))
        if sets:
            offers.append(Offer("next_visit", words.request_key, self.request_asked.emit))
        if releases:
            offers.append(Offer("to_supervisor", words.release_key, self.release_asked.emit))
        self.offer(*offers)

    def show_whom(self, name: str) -> None:
        """About whom, "" for everybody."""
        self._whom.setText(self._words.title_of(name) if name else "")
        self._whom.setVisible(bool(name))

    def show_working(self) -> None:
        """The list is being read."""
        self._count.show_text(self._words.loading)

    def show_lines(self, lines: Sequence[MeasureLine], count: str, none: str) -> None:
        """What holds."""
        before = self._table.marked()
        show_restrained(self, there=bool(lines))
        self._count.show_text(count)
        self._table.show_empty_text(none)
        self._table.show_rows(lines)
        for place, one in enumerate(lines):
            if before is not None and one.measure_id == before.measure_id:
                self._table.selectRow(place)

    def show_failed(self, message: Message) -> None:
        """It could not be read."""
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_whom("")
        self.show_lines((), "", self._words.loading)

    def _ask_open(self) -> None:
        if (row := self._table.marked()) is not None:
            self.opened.emit(row.measure_id)

    def _complete(self, row: MeasureLine) -> Cell:
        words = self._words
        return Cell(words.complete, "success") if row.complete else Cell(words.incomplete, "warning")


def _until(row: MeasureLine) -> str | Cell:
    return row.until if row.until_kind is None else Cell(row.until, row.until_kind)
