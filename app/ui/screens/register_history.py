"""履歴: how a record came to be, as a timeline by names, addresses, households or removals, and as of one day."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.register_shown import DeltaShown, day_columns, delta_columns, delta_table, whole_of
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Pick
from app.ui.widgets.date_field import DateField
from app.ui.widgets.timeline import Happening, Timeline
from app.ui.widgets.words import Words

VIEWS = ("all", "names", "addresses", "households", "removed")


@dataclass(frozen=True, slots=True)
class PastShown:
    """One entry of the timeline, and what changed with it."""

    happening: Happening
    rows: tuple[DeltaShown, ...] = field(repr=False)


class RegisterHistoryScreen(Screen):
    """``view_asked`` carries one of ``VIEWS``, ``day_asked`` a ``date``."""

    view_asked = Signal(str)
    day_asked = Signal(object)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_history
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._past: tuple[PastShown, ...] = ()
        named = (words.all, words.names, words.addresses, words.households, words.removed)
        self._view = Pick(kit, words.view, tuple(zip(VIEWS, named, strict=True)))
        self._view.changed.connect(self.view_asked)
        self._lead = Words("", "support")
        self._line = Timeline(kit, words.line)
        self._line.selectionModel().currentChanged.connect(self._on_entry)
        self._rows = delta_table(kit, words.changes, whom=False, empty="", heads=(words.before, words.after))
        self._two_sides, self._one_side = delta_columns(kit, (words.before, words.after)), day_columns(kit)
        self._day, self._show_day = DateField(kit, words.on), Button(words.show_on)
        self._show_day.clicked.connect(self._ask_day)
        back = Button(kit.texts.register.back)
        back.clicked.connect(self.back_asked)
        self._heading = QLabel(words.changes)
        self._heading.setProperty("role", "heading")
        self.body.addWidget(self._view)
        self.body.addLayout(self._columns(), 1)
        self.foot.addLayout(in_line(back))
        self.offer(
            Offer("refresh", kit.texts.register_record.refresh, self.refresh_asked.emit),
            Offer("search", words.show_on_key, self._ask_day),
        )
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._line

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()
        self._lead.show_text(self._words.loading)

    def show_past(self, past: Sequence[PastShown], view: str, lead: str) -> None:
        """The entries of a view, the newest first; ``lead``: whose, or that there are none."""
        self._past = tuple(past)
        self._lead.show_text(lead)
        if self._view.value() != view:
            self._view.show_value(view)
        self._line.show_happenings([one.happening for one in past])
        self._rows.show_columns(self._two_sides)
        self._show_rows(self._past[0].rows if past else (), self._words.changes)

    def show_day(self, rows: Sequence[DeltaShown], title: str) -> None:
        """The record as it stood on a day."""
        self._lead.show_text("")
        self._rows.show_columns(self._one_side)
        self._show_rows(rows, title)
        self._rows.setFocus()

    def show_failed(self, message: Message) -> None:
        """It is refused or the office is out of reach."""
        self._lead.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._day.show_date(None)
        self.show_past((), VIEWS[0], "")

    def _show_rows(self, rows: Sequence[DeltaShown], title: str) -> None:
        self._heading.setText(title)
        self._rows.setAccessibleName(title)
        self._rows.show_rows(rows)

    def _on_entry(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._past):
            self._rows.show_columns(self._two_sides)
            self._show_rows(self._past[index.row()].rows, self._words.changes)

    def _ask_day(self) -> None:
        day = self._day.check()
        if day is not None:
            self.day_asked.emit(day)
        elif not self._day.error():
            self._day.show_error(self._words.on_empty)
            self._day.setFocus()

    def _columns(self) -> QHBoxLayout:
        left, right = Card(), Card()
        left.column.addWidget(self._lead)
        left.add_filling(self._line, self.kit.look.px(200))
        right.column.addWidget(self._heading)
        right.add_filling(self._rows, self._rows.height_for(3))
        right.column.addWidget(whole_of(self.kit, self._rows))
        day = in_line(self._day, self._show_day, spacing=16)
        day.setStretch(0, 1)
        day.setAlignment(self._show_day, Qt.AlignmentFlag.AlignBottom)
        day.takeAt(day.count() - 1)
        right.column.addLayout(day)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 5)
        columns.addWidget(right, 6)
        return columns
