"""住民の確認と署名, the clerk's side: what stands on the resident's display, and their answers by key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One item that stands on the display. ``place``: where it stands in the form."""

    place: str
    label: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckShown:
    """Where the check stands, in words. ``can_answer``: there is a page to say right or wrong to."""

    page: str
    language: str
    state: str
    items: Sequence[CheckedItem]
    can_answer: bool


class ResidentCheckScreen(Screen):
    """``right_asked``: all on this page is right; ``wrong_asked`` carries the place of what is not.

    ``again_asked``: show it once more; ``paper_asked`` carries the number of the printed form that was signed.
    """

    right_asked = Signal()
    wrong_asked = Signal(str)
    again_asked = Signal()
    paper_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.resident_check
        super().__init__(kit, words.title)
        self._words = words
        self._facts = {name: Fact(getattr(words, name)) for name in ("page", "language", "state")}
        columns = (
            Column[CheckedItem](words.item, lambda row: row.label, 330),
            Column[CheckedItem](words.value, lambda row: row.value, is_name=True),
        )
        self._items = Table(kit, words.content, columns, empty=words.nothing_title)
        self._items.opened.connect(self._on_wrong)
        self._right, self._wrong = Button(words.right, "primary", final=True), Button(words.wrong)
        self._form_number = TextField(kit, words.paper, support=words.paper_support)
        self._form_number.setMaximumWidth(kit.look.px(420))
        self._lay_out()
        self._offer(can_answer=False)

    def first_focus(self) -> QWidget:
        return self._items

    def show_check(self, shown: CheckShown) -> None:
        """Where it stands now."""
        for fact, text in zip(self._facts.values(), (shown.page, shown.language, shown.state), strict=True):
            fact.show_value(text)
        if self._items.items() != tuple(shown.items):
            self._items.show_rows(tuple(shown.items))
        self._right.setEnabled(shown.can_answer)
        self._wrong.setEnabled(bool(shown.items))
        self._offer(can_answer=shown.can_answer)

    def show_paper_missing(self) -> None:
        """The number of the form is not one."""
        self._form_number.show_error(self._words.paper_missing)
        self._form_number.setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        super().wipe()
        for fact in self._facts.values():
            fact.show_value("")
        self._items.show_rows(())
        self._form_number.show_text("")
        self._form_number.clear_error()
        self._offer(can_answer=False)

    def _lay_out(self) -> None:
        words = self._words
        again, back, paper = Button(words.again), Button(words.back), Button(words.sign_paper)
        self._right.clicked.connect(self.right_asked)
        self._wrong.clicked.connect(self._on_wrong)
        again.clicked.connect(self.again_asked)
        back.clicked.connect(self.back_asked)
        paper.clicked.connect(self._on_paper)
        head, content, signing = Card(), Card(), Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for place, fact in enumerate(self._facts.values()):
            grid.addWidget(fact, 0, place, Qt.AlignmentFlag.AlignTop)
        head.column.setContentsMargins(20, 8, 20, 8)
        head.column.addLayout(grid)
        content.column.addWidget(Words(words.lead, "support"))
        content.add_filling(self._items, self._items.height_for(4))
        signing.column.setContentsMargins(20, 8, 20, 8)
        signing.column.addLayout(in_line(self._form_number, paper, spacing=16))
        self.body.addWidget(head)
        self.body.addWidget(content, 1)
        self.body.addWidget(signing)
        self.foot.addLayout(in_line(self._right, self._wrong, again, back))

    def _on_wrong(self) -> None:
        marked = self._items.marked()
        if marked is not None:
            self.wrong_asked.emit(marked.place)

    def _on_paper(self) -> None:
        self._form_number.clear_error()
        self.paper_asked.emit(self._form_number.text())

    def _offer(self, *, can_answer: bool) -> None:
        words = self._words
        offers = [
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("search", words.wrong_key, self._on_wrong),
            Offer("refresh", words.again, self.again_asked.emit),
            Offer("other_way", words.sign_paper, self._on_paper),
            Offer("previous_part", words.back, self.back_asked.emit),
        ]
        if can_answer:
            offers.append(Offer("commit", words.right, self.right_asked.emit))
        self.offer(*offers)
