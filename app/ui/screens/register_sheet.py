"""確認票: what one entry would change, before and after, with its findings; decided, corrected or taken back here."""

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, scrolled
from app.ui.screens.register_shown import DeltaShown, delta_table, whole_of
from app.ui.screens.review_findings import FindingList
from app.ui.screens.review_shown import FindingShown
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words

Verdict = Literal["approve", "refuse", "correct", "withdraw"]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """An entry as text. ``note``: kind and sentence of why it can't be decided here, None for nothing."""

    about: str
    by: str
    more: str = field(repr=False)
    rows: tuple[DeltaShown, ...] = field(repr=False)
    findings: tuple[FindingShown, ...] = field(repr=False)
    verdicts: frozenset[Verdict]
    note: tuple[Kind, str] | None = None


class RegisterSheetScreen(Screen):
    """``approve_asked`` carries the ticked findings, ``refuse_asked`` why. ``next_asked``: the one behind it."""

    approve_asked = Signal(object)
    refuse_asked = Signal(str)
    correct_asked = Signal()
    withdraw_asked = Signal()
    next_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_sheet
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._verdicts: frozenset[Verdict] = frozenset()
        self._about, self._by, self._more = Words("", "heading"), Words("", "support"), Words("")
        entry = kit.texts.register_entry
        self._rows = delta_table(kit, words.difference, empty=words.none, heads=(entry.now, entry.then))
        self._findings = FindingList(kit)
        self._buttons: dict[str, Button] = {
            "approve": Button(words.approve, "primary", final=True),
            "refuse": Button(words.refuse),
            "correct": Button(words.correct, "primary"),
            "withdraw": Button(words.withdraw, final=True),
        }
        asks = {
            "approve": self._ask_approve,
            "refuse": self._ask_why,
            "correct": self._ask_correct,
            "withdraw": self._ask_sure,
        }
        for name, button in self._buttons.items():
            button.clicked.connect(asks[name])
        back = Button(kit.texts.register.back)
        back.clicked.connect(self.back_asked)
        self._line = QWidget()
        line = in_line(*self._buttons.values(), back)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        self._refusing, self._withdrawing = self._make_refusing(), self._make_withdrawing()
        self._build()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._rows

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_sheet(self, shown: SheetShown) -> None:
        """One entry."""
        self._is_busy = False
        self._verdicts = shown.verdicts
        self._about.show_text(shown.about)
        self._by.show_text(shown.by)
        self._more.show_text(shown.more)
        self._more.setVisible(bool(shown.more))
        self._rows.show_rows(shown.rows)
        self._findings.show_findings(shown.findings)
        for name, button in self._buttons.items():
            button.setVisible(name in shown.verdicts)
        if shown.note is not None:
            kind, text = shown.note
            self.banner.show_text(kind, text)
        self._to_buttons()

    def show_failed(self, message: Message) -> None:
        """It did not come about."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._why.show_text("")
        self._findings.show_findings(())
        self.show_sheet(SheetShown("", "", "", (), (), frozenset()))

    def _offer(self) -> None:
        words, may = self._words, self._verdicts
        offers = [
            Offer("refresh", words.refresh, self.refresh_asked.emit),
            Offer("next_part", words.next_key, self.next_asked.emit),
        ]
        if "approve" in may:
            offers.append(Offer("commit", words.approve_key, self._ask_approve))
        if "refuse" in may:
            offers.append(Offer("return_case", words.refuse_key, self._ask_why))
        if "correct" in may:
            offers.append(Offer("commit", words.correct_key, self._ask_correct))
        if "withdraw" in may:
            offers.append(Offer("return_case", words.withdraw_key, self._ask_sure))
        self.offer(*offers)

    def _ask_approve(self) -> None:
        if self._is_busy or "approve" not in self._verdicts:
            return
        if boxes := self._findings.open_boxes():
            self.banner.show_text("warning", self._words.unticked)
            boxes[0].setFocus()
            return
        self.approve_asked.emit(self._findings.looked())

    def _ask_correct(self) -> None:
        if not self._is_busy:
            self.correct_asked.emit()

    def _ask_why(self) -> None:
        self._ask(self._refusing)

    def _ask_sure(self) -> None:
        self._ask(self._withdrawing)

    def _ask(self, question: QWidget) -> None:
        if not self._is_busy:
            self._line.hide()
            question.show()
            self.offer()
            question.setFocus()

    def _to_buttons(self) -> None:
        self._refusing.hide()
        self._withdrawing.hide()
        self._line.show()
        self._offer()

    def _on_cancelled(self) -> None:
        self._to_buttons()
        self._rows.setFocus()

    def _ask_refuse(self) -> None:
        if not self._why.text():
            self._why.show_error(self._words.empty_why)
            self._why.setFocus()
        elif not self._is_busy:
            self.refuse_asked.emit(self._why.text())

    def _ask_withdraw(self) -> None:
        if not self._is_busy:
            self.withdraw_asked.emit()

    def _build(self) -> None:
        left, right, head = Card(self._words.difference), Card(), QVBoxLayout()
        head.setSpacing(2)
        for words in (self._about, self._by, self._more):
            head.addWidget(words)
        left.add_filling(self._rows, self._rows.height_for(4))
        left.column.addWidget(whole_of(self.kit, self._rows))
        inner = QWidget()
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self._findings)
        column.addStretch(1)
        right.column.setContentsMargins(12, 12, 4, 12)
        right.column.addWidget(scrolled(inner), 1)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 9)
        line.addWidget(right, 4)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addLayout(line, 1)
        for box in (self._refusing, self._withdrawing, self._line):
            self.foot.addWidget(box)

    def _make_refusing(self) -> Card:
        words, card = self._words, Card()
        self._why = TextField(self.kit, words.why, required=True, support=words.why_support)
        self._why.line.setMaxLength(200)
        yes, no = Button(words.refuse_confirm, final=True), Button(words.cancel)
        yes.clicked.connect(self._ask_refuse)
        no.clicked.connect(self._on_cancelled)
        card.column.addWidget(self._why)
        card.column.addLayout(in_line(yes, no))
        card.setFocusProxy(self._why)
        card.hide()
        return card

    def _make_withdrawing(self) -> Card:
        words, card = self._words, Card()
        yes, no = Button(words.withdraw_yes, final=True), Button(words.cancel)
        yes.clicked.connect(self._ask_withdraw)
        no.clicked.connect(self._on_cancelled)
        card.column.addWidget(Words(words.withdraw_confirm, "label"))
        card.column.addLayout(in_line(yes, no))
        card.setFocusProxy(yes)
        card.hide()
        return card
