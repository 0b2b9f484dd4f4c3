"""止まった照会: what was given up and why, in plain words; sent again, or closed with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words

_ROWS = 4


@dataclass(frozen=True, slots=True)
class StoppedShown:
    """An enquiry as text to show. ``place``: its number in the answer; ``tell``: what to tell the resident."""

    place: int
    since: str
    asked: str
    to: str
    by: str
    cause: str
    tries: str
    why: str
    now: str
    tell: str


class StoppedScreen(Screen):
    """``again_asked`` carries the enquiry's place, ``close_asked`` also the reason."""

    refresh_asked = Signal()
    again_asked = Signal(int)
    close_asked = Signal(int, str)

    def __init__(self, kit: Kit, reasons: Options) -> None:
        words = kit.texts.stopped
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._lead = Words(words.loading, "support")
        self._table = self._make_table()
        self._table.selected.connect(self._show_one)
        upper = Card()
        upper.column.addWidget(self._lead)
        upper.column.setSpacing(6)
        upper.add_filling(self._table, self._table.height_for(_ROWS))
        self._head, self._why, self._now, self._tell = Words("", "heading"), Words(""), Words(""), Words("")
        self._one = Card()
        self._one.column.setSpacing(6)
        for each in (self._head, self._why, self._now, self._tell):
            self._one.column.addWidget(each)
        self.body.addWidget(upper, 1)
        self.body.addWidget(self._one)
        self._reason = Choice(kit, words.reason, reasons, support=words.reason_support)
        self._again, self._close = Button(words.again, "primary", final=True), Button(words.close)
        self._again.clicked.connect(self._ask_again)
        self._close.clicked.connect(self._ask_close)
        back = Button(words.back)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(self._beside_reason(self._close, self._again, back))
        self._show_one(None)
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked."""
        self._is_busy = True
        self.banner.clear()

    def show_stopped(self, rows: Sequence[StoppedShown], lead: str) -> None:
        """All of them, the oldest first."""
        self._is_busy = False
        self._lead.show_text(lead)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        self._reason.show_value("")
        self._show_one(rows[0] if rows else None)
        self._offer()

    def show_failed(self, message: Message) -> None:
        """It could not be read or settled; what was chosen stays."""
        self._is_busy = False
        if not self._table.items():
            self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_stopped((), self._words.loading)
        self._table.show_empty_text(self._words.loading)

    def _beside_reason(self, *buttons: Button) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._reason, 1)
        for button in buttons:
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        return foot

    def _show_one(self, row: StoppedShown | None) -> None:
        for each in (self._one, self._reason, self._again, self._close):
            each.setVisible(row is not None)
        self._reason.clear_error()
        if row is not None:
            words = self._words
            self._head.show_text(words.one(row.asked, row.to) if row.to else row.asked)
            self._why.show_text(words.why(row.why))
            self._now.show_text(words.now(row.now))
            self._tell.show_text(words.tell(row.tell))

    def _offer(self) -> None:
        words = self._words
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if self._table.items():
            offers.append(Offer("commit", words.again_key, self._ask_again))
            offers.append(Offer("return_case", words.close_key, self._ask_close))
        self.offer(*offers)

    def _ask_again(self) -> None:
        row = self._table.marked()
        if row is not None and not self._is_busy:
            self.again_asked.emit(row.place)

    def _ask_close(self) -> None:
        row, reason = self._table.marked(), self._reason.value()
        if row is None or self._is_busy:
            return
        if not reason:
            self._reason.show_error(self._words.reason_missing)
            self._reason.box.setFocus()
            return
        self.close_asked.emit(row.place, reason)

    def _make_table(self) -> Table[StoppedShown]:
        words = self._words
        columns = (
            Column[StoppedShown](words.since, lambda row: row.since, 140),
            Column[StoppedShown](words.asked, lambda row: row.asked),
            Column[StoppedShown](words.to, lambda row: row.to, 170),
            Column[StoppedShown](words.by, lambda row: row.by, 120),
            Column[StoppedShown](words.cause, lambda row: row.cause, 330),
            Column[StoppedShown](words.tries, lambda row: row.tries, 90),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
