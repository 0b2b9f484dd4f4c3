"""交付の一覧: each number with its state; the paper is made, handed over or posted, spoiled, its fee put right."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_OPEN = frozenset({"print", "hand", "post"})
"""What is still to be done with a copy."""


@dataclass(frozen=True, slots=True)
class CopyShown:
    """One number as text. ``may``: print, hand, post, spoil, fee, replace; ``tone`` of the state's mark.

    ``whom``, ``names``, ``bears`` and ``sheets``: what is looked at before it leaves the counter.
    """

    number: str
    title: str
    state: str
    tone: Kind
    route: str
    fee: str
    may: tuple[str, ...]
    whom: str = field(default="", repr=False)
    names: str = field(default="", repr=False)
    bears: str = ""
    sheets: str = ""


class CertificateCopiesScreen(Screen):
    """Signals carry the number; ``handed_asked`` sheets too, ``spoil_asked`` the reason, ``fee_asked`` yen and why."""

    make_asked = Signal(str)
    handed_asked = Signal(str, int)
    spoil_asked = Signal(str, str)
    again_asked = Signal(str)
    fee_asked = Signal(str, int, str)
    another_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.certificate_copies
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        columns = (
            Column[CopyShown](words.number, lambda row: row.number, 270),
            Column[CopyShown](words.kind, lambda row: row.title),
            Column[CopyShown](words.state, lambda row: Cell(row.state, row.tone), 120),
            Column[CopyShown](words.route, lambda row: row.route, 110),
            Column[CopyShown](words.fee, lambda row: row.fee, 96),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.selected.connect(self._on_marked)
        self._table.opened.connect(lambda row: self._do("print", row))
        self._taken = Words("", "support")
        self._sheets = TextField(kit, words.sheets)
        self._look = {name: Fact(getattr(words, name)) for name in ("whom", "names", "bears")}
        self._reason = Choice(kit, words.spoil_reason, ())
        self._yen, self._why = TextField(kit, words.fee_right), TextField(kit, words.fee_reason)
        self._buttons = {
            "print": Button(words.make, "primary"),
            "hand": Button(words.hand),
            "spoil": Button(words.spoil),
            "replace": Button(words.again),
            "fee": Button(words.correct),
        }
        for act, button in self._buttons.items():
            button.clicked.connect(partial(self._on_button, act))
        self._lay()
        another, back = Button(words.another), Button(words.back)
        another.clicked.connect(self.another_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(*(self._buttons[one] for one in ("print", "hand", "replace")), another, back))
        self._on_marked(None)

    def first_focus(self) -> QWidget:
        return self._table

    def show_copies(self, rows: Sequence[CopyShown], taken: str, reasons: Options, mark: str = "") -> None:
        """All numbers; ``mark``: the one to stand on, else the first."""
        self._table.show_rows(rows)
        self._taken.show_text(taken)
        if self._reason.box.count() != len(reasons) + 1:
            self._reason.show_options(reasons)
        at = next((place for place, row in enumerate(rows) if row.number == mark), 0)
        if rows:
            self._table.mark_cell(at, 0)
        self._on_marked(self._table.marked())

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._taken.show_text("")
        for one in (self._sheets, self._yen, self._why):
            one.show_text("")
        self._reason.show_value("")
        self._on_marked(None)

    def _on_button(self, act: str) -> None:
        self._do(act, self._table.marked())

    def _do(self, act: str, row: CopyShown | None) -> None:
        words = self._words
        if row is None:
            self.banner.show_text("warning", words.mark_first)
            return
        if act == "hand" and "post" in row.may:
            act = "post"
        if act not in row.may:
            self.banner.show_text("warning", words.not_now)
            return
        asks = {
            "print": lambda: self.make_asked.emit(row.number),
            "hand": lambda: self._hand(row),
            "post": lambda: self._hand(row),
            "spoil": lambda: self._spoil(row),
            "replace": lambda: self.again_asked.emit(row.number),
            "fee": lambda: self._fee(row),
        }
        asks[act]()

    def _hand(self, row: CopyShown) -> None:
        sheets = self._sheets.text().strip()
        if not sheets.isdecimal() or not int(sheets):
            self._sheets.show_error(self._words.sheets_wrong)
            self._sheets.line.setFocus()
        elif row.sheets and sheets != row.sheets:
            self._sheets.show_error(self._words.sheets_differ(row.sheets))
            self._sheets.line.setFocus()
        else:
            self.handed_asked.emit(row.number, int(sheets))

    def _spoil(self, row: CopyShown) -> None:
        if not self._reason.value():
            self._reason.show_error(self._words.spoil_reason_missing)
            self._reason.box.setFocus()
        else:
            self.spoil_asked.emit(row.number, self._reason.value())

    def _fee(self, row: CopyShown) -> None:
        yen = self._yen.text().strip()
        if not yen.isdecimal():
            self._yen.show_error(self._words.fee_wrong)
            self._yen.line.setFocus()
        else:
            self.fee_asked.emit(row.number, int(yen), self._why.text().strip())

    def _on_marked(self, row: CopyShown | None) -> None:
        """Only what may be done with this number is offered to the keys."""
        words, may = self._words, () if row is None else row.may
        self._show_look(row)
        posts = "post" in may
        self._buttons["hand"].show_text(words.post if posts else words.hand)
        offers = [Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit)]
        known = (
            ("print", "preview", words.make), ("hand", "commit", words.hand), ("post", "commit", words.post),
            ("spoil", "return_case", words.spoil), ("replace", "refresh", words.again),
            ("fee", "records", words.correct),
        )  # fmt: skip
        for act, key, word in known:
            if act in may:
                offers.append(Offer(key, word, partial(self._on_button, act)))
        if self._is_all_done():
            offers.append(Offer("commit", self.kit.texts.visit.close_key, self.close_asked.emit))
        offers.append(Offer("search", words.another, self.another_asked.emit))
        self.offer(*offers)

    def _show_look(self, row: CopyShown | None) -> None:
        """What to look at before this number leaves the counter."""
        leaves = row is not None and bool({"hand", "post"} & set(row.may))
        for name, fact in self._look.items():
            fact.show_value(getattr(row, name) if leaves else "")
            fact.setVisible(leaves)
        self._sheets.show_text(row.sheets if row is not None and leaves else "")

    def _is_all_done(self) -> bool:
        """Whether every copy has left or is spoiled: then the visit may end by the key that went on so far."""
        rows = self._table.items()
        return bool(rows) and not any(set(row.may) & _OPEN for row in rows)

    def _lay(self) -> None:
        words = self._words
        card, below = Card(words.list), QHBoxLayout()
        card.column.addWidget(Words(words.lead, "support"))
        card.column.addWidget(self._taken)
        card.add_filling(self._table, self._table.height_for(3))
        below.setSpacing(16)
        look, spoil, fee = Card(words.second_look), Card(words.spoil), Card(words.correct)
        for one in (*self._look.values(), self._sheets):
            look.column.addWidget(one)
        spoil.column.addWidget(self._reason)
        spoil.column.addLayout(in_line(self._buttons["spoil"]))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._yen, 1)
        line.addWidget(self._why, 2)
        fee.column.addLayout(line)
        fee.column.addLayout(in_line(self._buttons["fee"]))
        for part in (look, spoil, fee):
            part.column.addStretch(1)
        below.addWidget(spoil, 1)
        below.addWidget(fee, 2)
        left, whole = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(16)
        left.addWidget(card, 1)
        left.addLayout(below)
        whole.setSpacing(16)
        whole.addLayout(left, 3)
        whole.addWidget(look, 1)
        self.body.addLayout(whole, 1)
