"""リーダーの確認: service, readers, cards, what answers and how many attempts are left, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ReaderShown:
    """One reader: its name, how it stands, what to do, and what lies on it, all in words.

    ``answers``: each application with its attempts left, or that it does not answer.
    """

    name: str
    state: str
    kind: Kind
    card: str
    advice: str
    answers: tuple[tuple[str, str, Kind], ...] = ()


class ReadersScreen(Screen):
    """``check_asked``: look again."""

    check_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.readers
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._service = Chip(kit, words.service_unknown)
        columns = (
            Column[ReaderShown](words.reader, lambda row: row.name),
            Column[ReaderShown](words.state, lambda row: Cell(row.state, row.kind), 260),
            Column[ReaderShown](words.card, lambda row: row.card, 330),
        )
        self._readers = Table(kit, words.list, columns, empty=words.no_reader)
        self._readers.selected.connect(self._on_selected)
        answers = (
            Column[tuple[str, str, Kind]](words.application, lambda row: row[0]),
            Column[tuple[str, str, Kind]](words.left, lambda row: Cell(row[1], row[2]), 620),
        )
        self._answers = Table(kit, words.answers, answers, empty=words.no_answers)
        self._advice = Words("")
        again, back = Button(words.again, "primary"), Button(words.back)
        again.clicked.connect(self.check_asked)
        back.clicked.connect(self.back_asked)
        upper, lower = Card(words.list), Card(words.answers)
        upper.column.addLayout(in_line(self._service))
        self._readers.setFixedHeight(self._readers.height_for(2))
        upper.column.addWidget(self._readers)
        upper.column.addWidget(self._advice)
        lower.add_filling(self._answers, self._answers.height_for(3))
        upper.column.setContentsMargins(20, 12, 20, 8)
        self.body.addWidget(upper)
        self.body.addWidget(lower, 1)
        self.foot.addLayout(in_line(again, back))
        self.offer(Offer("refresh", words.again_key, self.check_asked.emit))
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._readers

    def show_checking(self) -> None:
        """The readers are being asked."""
        self._service.show_state(self._words.checking, "information", "pending")

    def show_checked(self, *, runs: bool, readers: Sequence[ReaderShown]) -> None:
        """Everything found."""
        words = self._words
        self._service.show_state(words.service_runs if runs else words.service_down, "success" if runs else "error")
        self._readers.show_empty_text(words.no_reader if runs else words.service_down_next)
        self._readers.show_rows(readers)
        self._on_selected(self._readers.marked())

    def wipe(self) -> None:
        super().wipe()
        self._service.show_state(self._words.service_unknown, "quiet")
        self._readers.show_rows(())
        self._on_selected(None)

    def _on_selected(self, reader: ReaderShown | None) -> None:
        self._advice.show_text("" if reader is None else reader.advice)
        self._answers.show_rows(() if reader is None else reader.answers)
