"""What all screens share that show the office and collect changes: refresh, undo, and the way to what was collected."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import in_line
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Table
from app.ui.widgets.words import Words

T = TypeVar("T")


class OfficeScreen(Screen):
    """``draft_asked``: show what was collected; ``undo_asked``: one step back; ``refresh_asked``: read again.

    ``count`` is the line that says how much there is. Subclasses call ``finish_foot`` once, and ``offer_here`` for the
    keys of their own.
    """

    draft_asked = Signal()
    undo_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit, title: str) -> None:
        super().__init__(kit, title, has_side=False)
        words = kit.texts.admin_office
        self._common = words
        self._own: tuple[Offer, ...] = ()
        self._changes = 0
        self.count = Words(words.loading, "support")
        self._draft, self._undo = Button(words.draft(0)), Button(words.undo)
        self._back = Button(words.back)
        self._draft.clicked.connect(self.draft_asked)
        self._undo.clicked.connect(self.undo_asked)
        self._back.clicked.connect(self.back_asked)

    def finish_foot(self, *buttons: QWidget) -> None:
        """Own buttons first, then the shared ones."""
        self.foot.addLayout(in_line(*buttons, self._undo, self._draft, self._back))
        self.show_draft(0)

    def offer_here(self, *offers: Offer) -> None:
        """Own keys beside the shared ones."""
        self._own = offers
        words = self._common
        shared = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if self._changes:
            shared.append(Offer("other_way", words.undo_key, self.undo_asked.emit))
            shared.append(Offer("commit", words.draft_key, self.draft_asked.emit))
        self.offer(*offers, *shared)

    def show_draft(self, changes: int) -> None:
        """How many changes were collected."""
        self._changes = changes
        self._draft.show_text(self._common.draft(changes))
        self._draft.setVisible(bool(changes))
        self._undo.setVisible(bool(changes))
        self.offer_here(*self._own)

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()
        self.count.show_text(self._common.loading)

    def show_failed(self, message: Message) -> None:
        """What was asked did not come about; what was typed and collected stays."""
        self.count.show_text("")
        self.banner.show_message(message)


class Sieve(QWidget, Generic[T]):
    """A field above a table: only rows in which every typed word occurs are shown; width and case do not matter."""

    def __init__(self, kit: Kit, label: str, support: str, table: Table[T], words: Callable[[T], str]) -> None:
        super().__init__()
        self.field = TextField(kit, label, support=support)
        self._table, self._words = table, words
        self._rows: list[tuple[str, T]] = []
        line = in_line(self.field)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setFocusProxy(self.field)
        self.field.setMinimumWidth(kit.look.px(520))
        self.field.changed.connect(self._sift)

    def show_rows(self, rows: Sequence[T]) -> None:
        """All there is; what is typed goes on sifting."""
        self._rows = [(plain(self._words(row)), row) for row in rows]
        self._sift()

    def _sift(self) -> None:
        wanted = plain(self.field.text()).split()
        self._table.show_rows([row for text, row in self._rows if all(word in text for word in wanted)])


def plain(text: str) -> str:
    """As it is compared while sifting: width and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()
