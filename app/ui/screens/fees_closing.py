"""日締め: sums by kind, the cash that was counted, two signatures; and the closings there were."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_SUMS, _PAST = 3, 2


@dataclass(frozen=True, slots=True)
class SumLine:
    """What came together of one kind."""

    kind: str
    count: str
    free: str
    yen: str


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """A closing as text to show. ``may``: sign, take_back."""

    position: int
    version: int
    day: str
    total: str
    counted: str
    difference: str
    first: str
    second: str
    state: str
    kind: Kind
    may: tuple[str, ...]


class FeesClosingScreen(Screen):
    """``sign_asked`` and ``take_back_asked`` carry position and version, ``look_asked`` the position."""

    count_asked = Signal()
    sign_asked = Signal(int, int)
    take_back_asked = Signal(int, int)
    look_asked = Signal(int)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.fees_closing
        super().__init__(kit, words.title, has_side=False)
        self._words, self._may_count = words, False
        self._total, self._note = Words("", "heading"), Words("", "support")
        self._sums, self._past = self._sum_table(), self._past_table()
        self._past.selected.connect(lambda _: self._offer())
        first = Card(words.now)
        first.column.setSpacing(6)
        first.add_filling(self._sums, self._sums.height_for(_SUMS))
        first.column.addWidget(self._total)
        first.column.addWidget(self._note)
        self._count = Button(words.count, "primary")
        self._sign, self._again = Button(words.sign, "primary", final=True), Button(words.take_back)
        self._look = Button(words.look)
        second = Card(words.past)
        second.column.setSpacing(6)
        second.add_filling(self._past, self._past.height_for(_PAST))
        for card, stretch in ((first, 3), (second, 3)):
            self.body.addWidget(card, stretch)
        for button, ask in (
            (self._count, self.count_asked.emit),
            (self._sign, self._ask_sign),
            (self._again, self._ask_again),
            (self._look, self._ask_look),
        ):
            button.clicked.connect(lambda _=False, ask=ask: ask())
        back = Button(words.back)
        back.clicked.connect(self.back_asked)
        foot = QHBoxLayout()
        foot.addLayout(in_line(self._count, self._sign, self._again, self._look, back))
        self.foot.addLayout(foot)
        self._offer()

    def first_focus(self) -> QWidget:
        return self._past if self._past.items() else self._sums

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()

    def show_sums(self, rows: Sequence[SumLine], total: str, note: str, *, may_count: bool) -> None:
        """What lies in the till now. ``may_count``: nothing waits, and this person may close it."""
        self._may_count = may_count
        self._sums.show_empty_text(self._words.nothing)
        self._sums.show_rows(rows)
        self._total.show_text(total)
        self._note.show_text(note)
        self._note.setVisible(bool(note))
        self._offer()

    def show_past(self, rows: Sequence[ClosingLine]) -> None:
        """The closings there were, the latest first."""
        self._past.show_empty_text(self._words.no_past)
        self._past.show_rows(rows)
        if rows:
            self._past.selectRow(0)
        self._offer()

    def show_failed(self, message: Message) -> None:
        """It was not done."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_sums((), "", "", may_count=False)
        self.show_past(())

    def _offer(self) -> None:
        words, row = self._words, self._past.marked()
        may = () if row is None else row.may
        self._count.setVisible(self._may_count)
        self._sign.setVisible("sign" in may)
        self._again.setVisible("take_back" in may)
        self._look.setVisible(row is not None)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if "sign" in may:
            offers.append(Offer("commit", words.sign_key, self._ask_sign))
        elif self._may_count:
            offers.append(Offer("commit", words.count_key, self.count_asked.emit))
        self.offer(*offers)

    def _ask_sign(self) -> None:
        row = self._past.marked()
        if row is not None and "sign" in row.may:
            self.sign_asked.emit(row.position, row.version)

    def _ask_again(self) -> None:
        row = self._past.marked()
        if row is not None and "take_back" in row.may:
            self.take_back_asked.emit(row.position, row.version)

    def _ask_look(self) -> None:
        row = self._past.marked()
        if row is not None:
            self.look_asked.emit(row.position)

    def _sum_table(self) -> Table[SumLine]:
        words = self._words
        columns = (
            Column[SumLine](words.kind, lambda row: row.kind),
            Column[SumLine](words.number, lambda row: row.count, 120, is_number=True),
            Column[SumLine](words.free, lambda row: row.free, 120, is_number=True),
            Column[SumLine](words.yen, lambda row: row.yen, 160, is_number=True),
        )
        return Table(self.kit, words.now, columns, empty=words.loading)

    def _past_table(self) -> Table[ClosingLine]:
        words = self._words
        columns = (
            Column[ClosingLine](words.day, lambda row: row.day, 200),
            Column[ClosingLine](words.total, lambda row: row.total, 130, is_number=True),
            Column[ClosingLine](words.counted, lambda row: row.counted, 130, is_number=True),
            Column[ClosingLine](words.difference, lambda row: row.difference, 130, is_number=True),
            Column[ClosingLine](words.first, lambda row: row.first),
            Column[ClosingLine](words.second, lambda row: row.second),
            Column[ClosingLine](words.state, lambda row: Cell(row.state, row.kind), 270),
        )
        return Table(self.kit, words.past, columns, empty=words.loading)
