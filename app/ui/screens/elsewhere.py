"""The same person is signed in at another terminal: where, since when, and which of the two goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen, centred
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


class ElsewhereScreen(Screen):
    """``go_on_asked``: end the other sessions and go on here. ``back_asked``: leave it there and stop here."""

    go_on_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.elsewhere
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        columns = (
            Column[tuple[str, str]](words.terminal, lambda row: row[0]),
            Column[tuple[str, str]](words.since, lambda row: row[1], 260),
        )
        self._table = Table(kit, words.title, columns, empty="")
        self._go_on = Button(words.go_on, "primary")
        self._go_on.clicked.connect(self._ask)
        stop = Button(words.stop)
        stop.clicked.connect(self.back_asked)
        card = Card()
        card.column.addWidget(Words(words.lead))
        self._table.setFixedHeight(self._table.height_for(2))
        card.column.addWidget(self._table)
        card.column.addWidget(Words(words.kept, "support"))
        card.column.addLayout(in_line(self._go_on, stop))
        middle = QVBoxLayout()
        middle.addWidget(card)
        self.body.addStretch(1)
        self.body.addLayout(centred(middle, kit.look.px(960)))
        self.body.addStretch(2)
        self.offer(Offer("commit", words.go_on_key, self._ask))

    def first_focus(self) -> QWidget:
        return self._go_on

    def show_others(self, others: Sequence[tuple[str, str]]) -> None:
        """Where and since when, as text."""
        self._rest()
        self.banner.clear()
        self._table.show_rows(others)

    def show_busy(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()
        self._go_on.show_text(self._words.working)

    def show_error(self, message: Message) -> None:
        """It did not come about; it may be asked again."""
        self._rest()
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._rest()
        self._table.show_rows(())

    def _rest(self) -> None:
        self._is_busy = False
        self._go_on.show_text(self._words.go_on)

    def _ask(self) -> None:
        if not self._is_busy:
            self.go_on_asked.emit()
