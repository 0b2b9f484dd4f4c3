"""送信の状況: what has not arrived: why, when it is tried again, who can act, what to tell the resident."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.choice import Options, Pick
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_ROWS = 3


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One thing as text to show. ``given_up``: nothing happens by itself any more; ``may_act``: this person may act."""

    item_id: str
    what: str
    state: str
    laid_at: str
    tries: str
    next_try: str
    who: str
    why: str
    advice: str
    tell: str
    given_up: bool
    may_act: bool


class OutgoingScreen(Screen):
    """``again_asked`` and ``aside_asked`` carry the item's id; ``aside_asked`` also the reason chosen."""

    refresh_asked = Signal()
    hurry_asked = Signal()
    again_asked = Signal(str)
    aside_asked = Signal(str, str)

    def __init__(self, kit: Kit, reasons: Options) -> None:
        words = kit.texts.outgoing
        super().__init__(kit, words.title, has_side=False)
        self._words, self._chosen = words, ""
        self._table = self._make_table()
        self._table.selected.connect(self._on_selected)
        self._facts = {name: Fact(label) for name, label in self._labels()}
        self._reason = Pick(kit, words.reason, reasons, required=True)
        self._again, self._aside = Button(words.again, "primary"), Button(words.aside)
        self._hurry, back = Button(words.hurry), Button(words.back)
        self._again.clicked.connect(self._ask_again)
        self._aside.clicked.connect(self._ask_aside)
        self._hurry.clicked.connect(self.hurry_asked)
        back.clicked.connect(self.back_asked)
        self.body.addWidget(Words(words.lead, "support"))
        upper = Card(words.list)
        upper.add_filling(self._table, self._table.height_for(_ROWS))
        self.body.addWidget(upper, 1)
        self.body.addWidget(self._detail())
        self.foot.addLayout(in_line(self._again, self._aside, self._hurry, back))
        self._offer()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_items(self, items: Sequence[ItemShown]) -> None:
        """What has not arrived now; the row that was marked stays marked where it is still there."""
        marked = self._table.marked()
        self._table.selected.disconnect(self._on_selected)
        self._table.show_rows(items)
        places = [place for place, item in enumerate(items) if marked is not None and item.item_id == marked.item_id]
        self._table.selected.connect(self._on_selected)
        if items:
            self._table.selectRow(places[0] if places else 0)
        self._on_selected(self._table.marked() if items else None)

    def wipe(self) -> None:
        super().wipe()
        self._reason.show_value("")
        self.show_items(())

    def _labels(self) -> tuple[tuple[str, str], ...]:
        words = self._words
        return (("why", words.why), ("advice", words.advice), ("tell", words.tell))

    def _detail(self) -> QWidget:
        self._detail_card = Card(self._words.detail)
        line = QHBoxLayout()
        line.setSpacing(24)
        for fact in self._facts.values():
            line.addWidget(fact, 1, Qt.AlignmentFlag.AlignTop)
        self._detail_card.column.addLayout(line)
        self._detail_card.column.addWidget(self._reason)
        return self._detail_card

    def _make_table(self) -> Table[ItemShown]:
        words = self._words
        columns = (
            Column[ItemShown](words.what, lambda row: row.what, 170),
            Column[ItemShown](words.state, _state),
            Column[ItemShown](words.laid_at, lambda row: row.laid_at, 130),
            Column[ItemShown](words.tries, lambda row: row.tries, 90, is_number=True),
            Column[ItemShown](words.next_try, lambda row: row.next_try, 130),
            Column[ItemShown](words.who, lambda row: row.who, 290),
        )
        return Table(self.kit, words.list, columns, empty=words.empty)

    def _on_selected(self, item: ItemShown | None) -> None:
        for name, fact in self._facts.items():
            fact.show_value("" if item is None else getattr(item, name))
        self._detail_card.setVisible(item is not None)
        for widget in (self._reason, self._again, self._aside):
            widget.setVisible(item is not None and item.may_act)
        chosen = "" if item is None else item.item_id
        if chosen != self._chosen:  # the list is read anew all the time: what was said of the same item stays
            self._reason.show_value("")
            self._reason.clear_error()
        self._chosen = chosen
        self._offer()

    def _offer(self) -> None:
        words, item = self._words, self._table.marked()
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("next_visit", words.hurry, self.hurry_asked.emit),
        ]
        if item is not None and item.may_act:
            offers += [
                Offer("commit", words.again, self._ask_again),
                Offer("return_case", words.aside_key, self._ask_aside),
            ]
        self.offer(*offers)

    def _ask_again(self) -> None:
        item = self._table.marked()
        if item is not None and item.may_act:
            self.again_asked.emit(item.item_id)

    def _ask_aside(self) -> None:
        item = self._table.marked()
        if item is None or not item.may_act:
            return
        if not self._reason.value():
            self._reason.show_error(self._words.reason_needed)
            self._reason.setFocus()
            return
        self.aside_asked.emit(item.item_id, self._reason.value())


def _state(row: ItemShown) -> Cell:
    return Cell(row.state, "error") if row.given_up else Cell(row.state, "information", "pending")
