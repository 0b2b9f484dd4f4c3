"""職員カード: a person's cards, or all that wait; approving, and revoking after a second look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

Deed = Literal["approve", "revoke"]


@dataclass(frozen=True, slots=True)
class StaffCardShown:
    """A card as text to show. ``deeds``: what this administrator may do with it; ``note``: what to know of it."""

    key_id: str
    staff_id: str
    label: str
    registered: str
    approved: str
    state: str
    kind: Kind
    deeds: frozenset[Deed]
    note: str


class AdminCardsScreen(Screen):
    """``look_asked`` carries a staff number, "" for what waits; ``approve_asked``, ``revoke_asked`` a card's key id.

    ``register_asked`` carries the staff number that stands in the field.
    """

    look_asked = Signal(str)
    approve_asked = Signal(str)
    revoke_asked = Signal(str)
    register_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_cards
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._staff_id = TextField(kit, words.staff_id, support=words.staff_id_support)
        self._staff_id.line.setMaxLength(32)
        self._staff_id.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._count = Words(words.loading, "support")
        self._table = self._make_table()
        self._note = Words("")
        self._revoking = self._make_question()
        self._approve = Button(words.approve, "primary", final=True)
        self._revoke, self._register, self._back = Button(words.revoke), Button(words.register), Button(words.back)
        self.body.addWidget(self._search_card())
        card = Card(words.list)
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(2))
        card.column.addWidget(self._note)
        self.body.addWidget(card, 1)
        self._buttons = QWidget()
        line = in_line(self._approve, self._register, self._revoke, self._back)
        line.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(line)
        self.foot.addWidget(self._revoking)
        self.foot.addWidget(self._buttons)
        self._connect()
        self._on_selected(None)

    def first_focus(self) -> QWidget:
        return self._staff_id.line

    def show_loading(self) -> None:
        """The list is being read."""
        self._hide_question()
        self._count.show_text(self._words.loading)

    def show_cards(self, staff_id: str, cards: Sequence[StaffCardShown]) -> None:
        """The cards of ``staff_id``; "": those that wait for approval. The card that was marked stays so."""
        words, marked = self._words, self._table.marked()
        self._is_busy = False
        if staff_id:
            self._count.show_text(words.of_person(staff_id, len(cards)) if cards else words.of_nobody(staff_id))
        else:
            self._count.show_text(words.count(len(cards)) if cards else words.none_waiting)
        self._table.show_empty_text(words.empty_person if staff_id else words.empty_waiting)
        self._table.show_rows(cards)
        for place, card in enumerate(cards):
            if marked is not None and card.key_id == marked.key_id:
                self._table.selectRow(place)
        self._on_selected(self._table.marked())

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._hide_question()
        self._count.show_text(self._words.working)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about."""
        self._is_busy = False
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._hide_question()
        self._staff_id.show_text("")
        self._table.show_rows(())
        self._table.show_empty_text(self._words.loading)
        self._count.show_text(self._words.loading)
        self._on_selected(None)

    def _connect(self) -> None:
        self._table.selected.connect(self._on_selected)
        self._approve.clicked.connect(self._ask_approve)
        self._revoke.clicked.connect(self._ask_whether)
        self._register.clicked.connect(self._ask_register)
        self._back.clicked.connect(self.back_asked)

    def _on_selected(self, card: StaffCardShown | None) -> None:
        self._hide_question()
        deeds = frozenset[Deed]() if card is None else card.deeds
        self._note.show_text("" if card is None else card.note)
        self._approve.setVisible("approve" in deeds)
        self._revoke.setVisible("revoke" in deeds)
        self._offer()

    def _offer(self) -> None:
        words, card = self._words, self._table.marked()
        deeds = frozenset[Deed]() if card is None else card.deeds
        offers = [
            Offer("search", words.look, self._ask_look),
            Offer("refresh", words.refresh, self._ask_look),
        ]
        if "revoke" in deeds:
            offers.append(Offer("return_case", words.revoke_key, self._ask_whether))
        if "approve" in deeds:
            offers.append(Offer("commit", words.approve_key, self._ask_approve))
        self.offer(*offers)

    def _ask_look(self) -> None:
        self.banner.clear()
        self.look_asked.emit(self._staff_id.text())

    def _ask_register(self) -> None:
        if not self._is_busy:
            self.register_asked.emit(self._staff_id.text())

    def _ask_approve(self) -> None:
        card = self._table.marked()
        if card is not None and "approve" in card.deeds and not self._is_busy:
            self.approve_asked.emit(card.key_id)

    def _ask_whether(self) -> None:
        """Revoking can't be taken back: the question comes first, its answer with a key press of its own."""
        card = self._table.marked()
        if card is None or "revoke" not in card.deeds or self._is_busy:
            return
        self._heading.show_text(self._words.revoke_title(card.staff_id, card.label))
        for widget in (self._buttons, self._note):
            widget.hide()
        self._revoking.show()
        self.offer()
        self._no.setFocus()

    def _ask_revoke(self) -> None:
        card = self._table.marked()
        if card is not None and not self._is_busy:
            self.revoke_asked.emit(card.key_id)

    def _hide_question(self) -> None:
        if not self._revoking.isHidden():
            self._revoking.hide()
            for widget in (self._buttons, self._note):
                widget.show()
            self._offer()
            self._table.setFocus()

    def _search_card(self) -> Card:
        card, look = Card(), Button(self._words.look)
        look.clicked.connect(self._ask_look)
        line = in_line(self._staff_id, look, spacing=16)
        line.setAlignment(look, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(line)
        return card

    def _make_question(self) -> Card:
        words, card = self._words, Card()
        self._heading = Words("", "heading")
        yes, self._no = Button(words.revoke_confirm, final=True), Button(words.cancel)
        yes.clicked.connect(self._ask_revoke)
        self._no.clicked.connect(self._hide_question)
        for widget in (self._heading, Words(words.revoke_text)):
            card.column.addWidget(widget)
        card.column.addLayout(in_line(self._no, yes))
        card.hide()
        return card

    def _make_table(self) -> Table[StaffCardShown]:
        words = self._words
        columns = (
            Column[StaffCardShown](words.person, lambda row: row.staff_id, 130),
            Column[StaffCardShown](words.label, lambda row: row.label),
            Column[StaffCardShown](words.registered, lambda row: row.registered, 300),
            Column[StaffCardShown](words.approved, lambda row: row.approved, 150),
            Column[StaffCardShown](words.state, lambda row: Cell(row.state, row.kind), 260),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
