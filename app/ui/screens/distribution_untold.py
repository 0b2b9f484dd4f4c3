"""連携できない異動: changes that the register could not tell, with the reason; each can be tried again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class UntoldLine:
    """A change that waits for somebody, as text."""

    position: int
    subject: str = field(repr=False)
    laid_at: str
    attempts: str
    reason: str


class DistributionUntoldScreen(Screen):
    """``again_asked`` carries an ``UntoldLine``."""

    again_asked = Signal(object)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.distribution_untold
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._count = Words(kit.texts.office.loading, "support")
        columns = (
            Column[UntoldLine](words.subject, lambda row: row.subject, 220),
            Column[UntoldLine](words.laid_at, lambda row: row.laid_at, 200),
            Column[UntoldLine](words.attempts, lambda row: row.attempts, 140, is_number=True),
            Column[UntoldLine](words.reason, lambda row: row.reason),
        )
        self._table = Table(kit, words.list, columns, empty=kit.texts.office.loading)
        again, back = Button(words.again, "primary"), Button(kit.texts.office.back)
        again.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(Words(words.lead, "support"))
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(5))
        self.body.addWidget(card, 1)
        self.foot.addLayout(in_line(again, back))
        self.offer(
            Offer("refresh", kit.texts.office.refresh, self.refresh_asked.emit),
            Offer("copy", words.again_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self._count.show_text(self.kit.texts.office.working)

    def show_lines(self, lines: Sequence[UntoldLine], count: str) -> None:
        """What waits, oldest first."""
        self._is_busy = False
        self._count.show_text(count)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(lines)

    def show_failed(self, message: Message) -> None:
        """It did not come about."""
        self._is_busy = False
        self._count.show_text("")
        self._table.show_empty_text(self.kit.texts.office.not_read)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_lines((), "")
        self._table.show_empty_text(self.kit.texts.office.loading)

    def _ask(self) -> None:
        row = self._table.marked()
        if row is not None and not self._is_busy:
            self.again_asked.emit(row)
