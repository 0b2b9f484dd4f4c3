"""変更の承認: what another administrator wants changed, beside what stands now; agreed or turned down here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.admin_difference import ChangeLine, difference_table
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

Verdict = Literal["approve", "reject", "withdraw"]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change as text to show. ``verdicts``: what this administrator may say; ``note``: reason, and why not more."""

    change_id: str
    kind_word: str
    about: str
    proposed: str
    until: str
    state: str
    kind: Kind
    lines: tuple[ChangeLine, ...]
    verdicts: frozenset[Verdict]
    note: str


class AdminChangesScreen(Screen):
    """``approve_asked``, ``withdraw_asked`` carry a change's id, ``reject_asked`` its id and why.

    ``other_asked``: what was decided instead, or back.
    """

    approve_asked = Signal(str)
    reject_asked = Signal(str, str)
    withdraw_asked = Signal(str)
    refresh_asked = Signal()
    other_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_changes
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._is_decided = words, False, False
        self._count = Words(words.loading, "support")
        self._table = self._make_table()
        self._table.selected.connect(self._on_selected)
        self._note = Words("")
        self._lines = difference_table(kit, words.content)
        self._approve, self._reject = Button(words.approve, "primary", final=True), Button(words.reject)
        self._withdraw = Button(words.withdraw, final=True)
        back = Button(words.back)
        self._approve.clicked.connect(self._ask_approve)
        self._reject.clicked.connect(self._ask_why)
        self._withdraw.clicked.connect(self._ask_withdraw)
        back.clicked.connect(self.back_asked)
        upper, lower = Card(), Card(words.content)
        upper.column.addWidget(self._count)
        upper.add_filling(self._table, self._table.height_for(2))
        lower.column.addWidget(self._note)
        lower.add_filling(self._lines, self._lines.height_for(2))
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower, 1)
        self._buttons = QWidget()
        line = in_line(self._approve, self._reject, self._withdraw, back)
        line.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(line)
        self._rejecting = self._make_question()
        self.foot.addWidget(self._rejecting)
        self.foot.addWidget(self._buttons)
        self._on_selected(None)

    def first_focus(self) -> QWidget:
        return self._table

    def show_loading(self) -> None:
        """The list is being read."""
        self._count.show_text(self._words.loading)

    def show_changes(self, changes: Sequence[ChangeShown], *, decided: bool) -> None:
        """What waits, or what was ``decided``; the change that was marked stays so."""
        words, marked = self._words, self._table.marked()
        self._is_busy, self._is_decided = False, decided
        count = words.decided_count if decided else words.count
        self._count.show_text(count(len(changes)))
        self._table.show_empty_text(words.none_decided if decided else words.none)
        self._table.show_rows(changes)
        for place, change in enumerate(changes):
            if marked is not None and change.change_id == marked.change_id:
                self._table.selectRow(place)
        self._on_selected(self._table.marked())

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._count.show_text(self._words.working)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about."""
        self._is_busy = False
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = self._is_decided = False
        self._why.show_text("")
        self._table.show_rows(())
        self._table.show_empty_text(self._words.loading)
        self._on_selected(None)

    def _on_selected(self, change: ChangeShown | None) -> None:
        self._note.show_text("" if change is None else change.note)
        self._lines.show_rows(() if change is None else change.lines)
        self._hide_question()
        verdicts = frozenset[Verdict]() if change is None else change.verdicts
        self._approve.setVisible("approve" in verdicts)
        self._reject.setVisible("reject" in verdicts)
        self._withdraw.setVisible("withdraw" in verdicts)
        words = self._words
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("other_way", words.waiting_key if self._is_decided else words.decided_key, self.other_asked.emit),
        ]
        if "reject" in verdicts:
            offers.append(Offer("return_case", words.reject_key, self._ask_why))
        if "withdraw" in verdicts:
            offers.append(Offer("return_case", words.withdraw_key, self._ask_withdraw))
        if "approve" in verdicts:
            offers.append(Offer("commit", words.approve_key, self._ask_approve))
        self.offer(*offers)

    def _ask_approve(self) -> None:
        change = self._table.marked()
        if change is not None and "approve" in change.verdicts and not self._is_busy:
            self.approve_asked.emit(change.change_id)

    def _ask_withdraw(self) -> None:
        change = self._table.marked()
        if change is not None and "withdraw" in change.verdicts and not self._is_busy:
            self.withdraw_asked.emit(change.change_id)

    def _ask_why(self) -> None:
        """A refusal has its reason: the proposer reads it."""
        if not self._is_busy:
            self._buttons.hide()
            self._rejecting.show()
            self.offer()
            self._why.line.setFocus()

    def _ask_reject(self) -> None:
        change, why = self._table.marked(), self._why.text()
        if change is None or self._is_busy:
            return
        if not why:
            self._why.show_error(self._words.empty_why)
            return
        self.reject_asked.emit(change.change_id, why)

    def _hide_question(self) -> None:
        if not self._rejecting.isHidden():
            self._rejecting.hide()
            self._why.show_text("")
            self._buttons.show()
            self._table.setFocus()

    def _on_cancelled(self) -> None:
        self._on_selected(self._table.marked())

    def _make_question(self) -> Card:
        words, card = self._words, Card()
        self._why = TextField(self.kit, words.why, required=True, support=words.why_support)
        self._why.line.setMaxLength(200)
        yes, no = Button(words.reject_confirm, final=True), Button(words.cancel)
        yes.clicked.connect(self._ask_reject)
        no.clicked.connect(self._on_cancelled)
        card.column.addWidget(self._why)
        card.column.addLayout(in_line(yes, no))
        card.hide()
        return card

    def _make_table(self) -> Table[ChangeShown]:
        words = self._words
        columns = (
            Column[ChangeShown](words.kind, lambda row: row.kind_word, 150),
            Column[ChangeShown](words.about, lambda row: row.about),
            Column[ChangeShown](words.proposed, lambda row: row.proposed, 290),
            Column[ChangeShown](words.until, lambda row: row.until, 160),
            Column[ChangeShown](words.state, lambda row: Cell(row.state, row.kind), 230),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
