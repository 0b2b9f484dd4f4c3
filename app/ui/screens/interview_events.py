"""聞き取り: what happened in the household's life, one or several things; nothing is decided here."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.words import Words

EventShown = tuple[str, str, str]
"""Id, word, and a hint or ""."""
_COLUMNS = 2


class InterviewEventsScreen(Screen):
    """``told`` carries the ids of what was named. ``back_asked``: without an interview."""

    told = Signal(object)
    close_asked = Signal()

    def __init__(self, kit: Kit, events: Sequence[EventShown]) -> None:
        words = kit.texts.interview
        super().__init__(kit, words.title)
        self._words = words
        self._boxes: dict[str, QCheckBox] = {}
        card, grid = Card(words.events), QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(12)
        card.column.addWidget(Words(words.lead, "support"))
        half = (len(events) + 1) // _COLUMNS
        for place, (name, word, hint) in enumerate(events):
            box = self._boxes[name] = QCheckBox(word)
            box.setAccessibleName(word)
            box.setAccessibleDescription(hint)
            box.setToolTip(hint)
            grid.addWidget(box, place % half, place // half)
        card.column.addLayout(grid)
        hints = "\n".join(f"{word}：{hint}" for _, word, hint in events if hint)
        card.column.addWidget(Words(hints, "support"))
        self.body.addWidget(card)
        self.body.addStretch(1)
        on, back = Button(words.next, "primary"), Button(words.back)
        on.clicked.connect(self._ask)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(on, back))
        self.offer(
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("previous_part", words.back, self.back_asked.emit),
            Offer("commit", words.next, self._ask),
        )

    def first_focus(self) -> QWidget:
        return next(iter(self._boxes.values()), self)

    def show_events(self, named: Collection[str]) -> None:
        """These were named before."""
        self.banner.clear()
        for name, box in self._boxes.items():
            box.setChecked(name in named)

    def wipe(self) -> None:
        super().wipe()
        self.show_events(())

    def _ask(self) -> None:
        named = frozenset(name for name, box in self._boxes.items() if box.isChecked())
        if named:
            self.told.emit(named)
        else:
            self.banner.show_text("warning", self._words.none_named)
            self.first_focus().setFocus()
