"""仮登録の一覧: one's own with drafts, or everybody's for who decides, with marks to approve several at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as text. ``draft_id``: it is a draft of this PC; ``cannot``: why it can't be marked, "" if it can."""

    entry_id: str
    kind: str
    people: str = field(repr=False)
    since: str
    by: str
    event: str
    findings: str
    findings_kind: Kind
    state: str
    state_kind: Kind
    draft_id: str = ""
    cannot: str = ""


class RegisterListScreen(Screen):
    """``opened`` carries an ``EntryLine``; ``other_asked``: what was decided instead, or back.

    ``approve_asked`` carries the marked ids; ``all_asked``: everything that may go together; ``drop_asked`` a draft.
    """

    opened = Signal(object)
    refresh_asked = Signal()
    other_asked = Signal()
    fresh_asked = Signal()
    approve_asked = Signal(object)
    all_asked = Signal()
    drop_asked = Signal(str)

    def __init__(self, kit: Kit, *, decides: bool, cap: int) -> None:
        words = kit.texts.register_own
        super().__init__(kit, words.title_waiting if decides else words.title, has_side=False)
        self._words, self._bulk, self._decides, self._cap = words, kit.texts.register_bulk, decides, cap
        self._is_decided = self._is_busy = False
        self._marks: set[str] = set()
        self._wanted = ""
        self._count, self._question = Words(words.loading, "support"), Words("", "label")
        self._table = self._make_table()
        self._table.opened.connect(self.opened)
        self._table.selected.connect(lambda _: self._offer())
        card = Card()
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(6))
        self.body.addWidget(card, 1)
        self._open, self._approve = Button(words.open, "primary"), Button(self._bulk.approve_none, final=True)
        self._all, self._fresh = Button(self._bulk.approve_all(cap), final=True), Button(words.fresh)
        self._drop = Button(words.drop, final=True)
        self._yes, no = Button(self._bulk.confirm, "primary", final=True), Button(self._bulk.cancel)
        back = Button(kit.texts.register.back)
        for button, ask in (
            (self._open, self._ask_open),
            (self._approve, self._ask_marked),
            (self._all, self._ask_all),
            (self._fresh, self.fresh_asked.emit),
            (self._drop, self._ask_drop),
            (self._yes, self._on_yes),
            (no, self._on_no),
            (back, self.back_asked.emit),
        ):
            button.clicked.connect(ask)
        self._buttons, self._asking = QWidget(), QWidget()
        line = in_line(self._open, self._approve, self._all, self._fresh, self._drop, back)
        asked = in_line(self._yes, no)
        asked.insertWidget(0, self._question)
        for box, layout in ((self._buttons, line), (self._asking, asked)):
            layout.setContentsMargins(0, 0, 0, 0)
            box.setLayout(layout)
            self.foot.addWidget(box)
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self._count.show_text(self.kit.texts.register.working)

    def show_lines(self, lines: Sequence[EntryLine], count: str, *, decided: bool) -> None:
        """What waits, or what was ``decided``; the line that was marked stays so."""
        words, before = self._words, self._table.marked()
        self._is_busy, self._is_decided = False, decided
        self._marks &= {one.entry_id for one in lines}
        self._count.show_text(count)
        none = words.none_waiting if self._decides else words.none
        self._table.show_empty_text(words.none_decided if decided else none)
        self._table.show_rows(lines)
        for place, one in enumerate(lines):
            if before is not None and (one.entry_id, one.draft_id) == (before.entry_id, before.draft_id):
                self._table.selectRow(place)
        self._on_no()

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about."""
        self._is_busy = False
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._marks.clear()
        self._wanted = ""
        self.show_lines((), self._words.loading, decided=False)
        self._table.show_empty_text(self._words.loading)

    def _offer(self) -> None:
        words, bulk, row = self._words, self._bulk, self._table.marked()
        is_draft = row is not None and bool(row.draft_id)
        marks = self._decides and not self._is_decided
        self._approve.setVisible(marks)
        self._approve.show_text(bulk.approve_marked(len(self._marks)) if self._marks else bulk.approve_none)
        self._all.setVisible(marks)
        self._fresh.setVisible(not self._decides)
        self._drop.setVisible(is_draft)
        self._open.setEnabled(row is not None)
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("other_way", words.waiting_key if self._is_decided else words.decided, self.other_asked.emit),
        ]
        if row is not None:
            offers.append(Offer("search", words.open_key, self._ask_open))
        if marks:
            offers.append(Offer("copy", bulk.toggle_key, self._toggle))
            offers.append(Offer("commit", bulk.approve_key, self._ask_marked))
            offers.append(Offer("hold", bulk.approve_all_key, self._ask_all))
        if not self._decides:
            offers.append(Offer("next_visit", words.fresh_key, self.fresh_asked.emit))
        if is_draft:
            offers.append(Offer("return_case", words.drop_key, self._ask_drop))
        self.offer(*offers)

    def _ask_open(self) -> None:
        if (row := self._table.marked()) is not None:
            self.opened.emit(row)

    def _toggle(self) -> None:
        row = self._table.marked()
        if row is None:
            return
        if row.cannot:
            self.banner.show_text("warning", self._bulk.cannot(row.cannot))
            return
        if row.entry_id not in self._marks and len(self._marks) == self._cap:
            self.banner.show_text("warning", self._bulk.too_many(self._cap))
            return
        self.banner.clear()
        self._marks ^= {row.entry_id}
        self._table.viewport().update()
        self._offer()

    def _ask_marked(self) -> None:
        if not self._marks:
            self.banner.show_text("information", self._bulk.not_marked)
        elif not self._is_busy:
            self._ask("marked", self._bulk.confirm_marked(len(self._marks)), self._bulk.confirm)

    def _ask_all(self) -> None:
        if not self._is_busy:
            self._ask("all", self._bulk.confirm_all(self._cap), self._bulk.confirm)

    def _ask_drop(self) -> None:
        self._ask("drop", self._words.drop_confirm, self._words.drop)

    def _ask(self, wanted: str, question: str, yes: str) -> None:
        self._wanted = wanted
        self._question.show_text(question)
        self._yes.show_text(yes)
        self._buttons.hide()
        self._asking.show()
        self.offer()
        self._yes.setFocus()

    def _on_yes(self) -> None:
        wanted, row = self._wanted, self._table.marked()
        self._on_no()
        if wanted == "marked":
            self.approve_asked.emit(frozenset(self._marks))
        elif wanted == "all":
            self.all_asked.emit()
        elif wanted == "drop" and row is not None:
            self.drop_asked.emit(row.draft_id)

    def _on_no(self) -> None:
        self._wanted = ""
        self._asking.hide()
        self._buttons.show()
        self._offer()
        self._table.setFocus()

    def _make_table(self) -> Table[EntryLine]:
        words = self._words
        mark = Column[EntryLine](words.mark, self._mark, 112)
        columns = (
            *([mark] if self._decides else []),
            Column[EntryLine](words.state, lambda row: Cell(row.state, row.state_kind), 236),
            Column[EntryLine](words.kind, lambda row: row.kind, 136),
            Column[EntryLine](words.people, lambda row: row.people, is_name=True),
            Column[EntryLine](words.event, lambda row: row.event, 110),
            Column[EntryLine](words.since, lambda row: row.since, 152),
            Column[EntryLine](words.by, lambda row: row.by, 90),
            Column[EntryLine](words.findings, lambda row: Cell(row.findings, row.findings_kind), 160),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)

    def _mark(self, row: EntryLine) -> str | Cell:
        if row.entry_id in self._marks:
            return Cell(self._words.marked, "success")
        return Cell("", "quiet", "lock") if row.cannot and not self._is_decided else ""
