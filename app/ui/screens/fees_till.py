"""手数料: what this window took since it was closed last; a fee is taken, waived, or asked to be void."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 5
_MOST = 99
VOID, AGREE, REFUSE, CORRECT = "void", "agree", "refuse", "correct"


@dataclass(frozen=True, slots=True)
class FeeLineShown:
    """One entry as text to show. ``may``: void, agree, refuse, correct."""

    fee_id: str
    at: str
    number: str
    kind: str
    yen: str
    ground: str
    about: str
    by: str
    state: str
    mark: Kind
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeToTake:
    """What was entered."""

    kind: str
    count: int
    exemption: str
    about: str


class FeesTillScreen(Screen):
    """``take_asked`` carries a ``FeeToTake``, ``act_asked`` a fee's id and what is done with it."""

    kind_chosen = Signal(str)
    take_asked = Signal(object)
    act_asked = Signal(str, str)
    closing_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.fees_till
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._kind = Choice(kit, words.kind, (), required=True)
        self._count = TextField(kit, words.count, required=True)
        self._exemption = Choice(kit, words.exemption, ())
        self._about = TextField(kit, words.about)
        self._price = Words("", "support")
        self._kind.changed.connect(self.kind_chosen)
        self._take = Button(words.take, "primary", final=True)
        self._take.clicked.connect(self._on_take)
        self._form = self._make_form()
        self.body.addWidget(self._form)
        self._lead = Words("", "heading")
        self._note = Words("", "support")
        self._table = self._make_table()
        self._table.selected.connect(lambda _: self._offer())
        card = Card()
        card.column.setSpacing(6)
        card.column.addWidget(self._lead)
        card.column.addWidget(self._note)
        card.add_filling(self._table, self._table.height_for(_ROWS))
        self.body.addWidget(card, 1)
        self._acts = {
            VOID: Button(words.void),
            AGREE: Button(words.agree, final=True),
            REFUSE: Button(words.refuse),
            CORRECT: Button(words.correct),
        }
        for act, button in self._acts.items():
            button.clicked.connect(lambda _=False, act=act: self._act(act))
        self._closing, back = Button(words.closing), Button(words.back)
        self._closing.clicked.connect(self.closing_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(*self._acts.values(), self._closing, back))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table if self._form.isHidden() else self._kind

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_kinds(self, kinds: Options) -> None:
        """What can be taken here."""
        self._kind.show_options(kinds)
        self._count.show_text("1")

    def show_kind(self, price: str, exemptions: Options) -> None:
        """What the chosen kind costs, and on what grounds it may cost nothing."""
        self._price.show_text(price)
        self._exemption.show_options(exemptions)

    def show_till(self, rows: Sequence[FeeLineShown], lead: str, note: str, *, takes: bool) -> None:
        """What lies in it. ``takes``: whether fees are taken here, not an earlier closing looked at."""
        self._is_busy = False
        self._form.setVisible(takes)
        self._closing.setVisible(takes)
        self._lead.show_text(lead)
        self._note.show_text(note)
        self._note.setVisible(bool(note))
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        self._offer()

    def clear_form(self) -> None:
        """It was taken: the next one may come."""
        self._kind.show_value("")
        self._count.show_text("1")
        self._about.show_text("")
        self.show_kind("", ())
        self._kind.setFocus()

    def show_failed(self, message: Message) -> None:
        """It was not done; what was entered stays."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_till((), "", "", takes=True)
        self._about.show_text("")
        self._table.show_empty_text(self._words.loading)

    def _offer(self) -> None:
        words, row = self._words, self._table.marked()
        may = () if row is None else row.may
        for act, button in self._acts.items():
            button.setVisible(act in may)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if not self._form.isHidden():
            offers.append(Offer("commit", words.take_key, self._on_take))
        self.offer(*offers)

    def _act(self, act: str) -> None:
        row = self._table.marked()
        if row is not None and act in row.may and not self._is_busy:
            self.act_asked.emit(row.fee_id, act)

    def _on_take(self) -> None:
        words, typed = self._words, self._count.text()
        count = int(typed) if typed.isascii() and typed.isdigit() else 0
        if self._is_busy:
            return
        if not self._kind.value():
            self._kind.show_error(words.kind_missing)
            self._kind.setFocus()
        elif not 0 < count <= _MOST:
            self._count.show_error(words.count_wrong)
            self._count.setFocus()
        else:
            self.take_asked.emit(FeeToTake(self._kind.value(), count, self._exemption.value(), self._about.text()))

    def _make_form(self) -> Card:
        card = Card()
        line = QHBoxLayout()
        line.setSpacing(16)
        for field, stretch in ((self._kind, 4), (self._count, 1), (self._exemption, 3), (self._about, 2)):
            line.addWidget(field, stretch)
        line.addWidget(self._take, 0, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(line)
        card.column.addWidget(self._price)
        return card

    def _make_table(self) -> Table[FeeLineShown]:
        words = self._words
        columns = (
            Column[FeeLineShown](words.at, lambda row: row.at, 80),
            Column[FeeLineShown](words.number, lambda row: row.number, 230),
            Column[FeeLineShown](words.kind, lambda row: row.kind),
            Column[FeeLineShown](words.yen, lambda row: row.yen, 100, is_number=True),
            Column[FeeLineShown](words.ground, lambda row: row.ground, 200),
            Column[FeeLineShown](words.about, lambda row: row.about, 160),
            Column[FeeLineShown](words.by, lambda row: row.by, 110),
            Column[FeeLineShown](words.state, lambda row: Cell(row.state, row.mark), 150),
        )
        return Table(self.kit, words.title, columns, empty=words.loading)
