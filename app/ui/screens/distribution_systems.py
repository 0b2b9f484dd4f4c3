"""連携先の状態: how far each receiving system is, what delays or stopped it; suspended, resumed, sent to again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.why_asked import WhyAsked
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A receiving system as text. ``gap``: sent but not acknowledged; ``deeds``: what may be done with it now."""

    system: str
    title: str
    state: str
    state_kind: Kind
    last: str
    told: str
    taken: str
    gap: str
    waiting: str
    next_at: str
    until: str
    note: str
    deeds: frozenset[str]


class DistributionSystemsScreen(Screen):
    """``asked`` carries a system, what is to be done, why, and from which sequence on ("" for no resend)."""

    asked = Signal(str, str, str, str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.distribution_systems
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._wanted = words, False, ""
        self._count, self._note = Words(kit.texts.office.loading, "support"), Words("", "label")
        self._table = self._make_table()
        self._table.selected.connect(self._on_selected)
        self._deeds: dict[str, tuple[Button, str, str]] = {
            "again": (Button(words.again, "primary"), "copy", words.again_key),
            "resend": (Button(words.resend), "save", words.resend_key),
            "suspend": (Button(words.suspend), "hold", words.suspend_key),
            "resume": (Button(words.resume), "next_visit", words.resume_key),
        }
        back = Button(kit.texts.office.back)
        back.clicked.connect(self.back_asked)
        for name, (button, _, _) in self._deeds.items():
            button.clicked.connect(partial(self._ask, name))
        self._why = WhyAsked(kit, (words.first, words.first_support))
        self._why.given.connect(self._send)
        self._why.cancelled.connect(self._to_buttons)
        card = Card()
        card.column.addWidget(self._count)
        card.add_filling(self._table, self._table.height_for(5))
        card.column.addWidget(self._note)
        self.body.addWidget(card, 1)
        self._line = QWidget()
        line = in_line(*(button for button, _, _ in self._deeds.values()), back)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        self.foot.addWidget(self._why)
        self.foot.addWidget(self._line)
        self._to_buttons()

    def first_focus(self) -> QWidget:
        return self._table

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self._count.show_text(self.kit.texts.office.working)

    def show_lines(self, lines: Sequence[SystemLine], count: str) -> None:
        """How they stand; the line that was marked stays so."""
        self._is_busy, before = False, self._table.marked()
        self._note.show_text("")
        self._count.show_text(count)
        self._table.show_rows(lines)
        for place, one in enumerate(lines):
            if before is not None and one.system == before.system:
                self._table.selectRow(place)
        self._to_buttons()

    def show_first_wrong(self, text: str) -> None:
        """What is wrong with the sequence."""
        self._is_busy = False
        self._why.show_more_wrong(text)

    def show_failed(self, message: Message) -> None:
        """It did not come about."""
        self._is_busy = False
        self._count.show_text("")
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_lines((), self.kit.texts.office.loading)

    def _on_selected(self, row: SystemLine) -> None:
        self._note.show_text(row.note)
        if not self._wanted:
            self._to_buttons()

    def _ask(self, deed: str, *_: object) -> None:
        row = self._table.marked()
        if self._is_busy or row is None or deed not in row.deeds:
            return
        words = self._words
        titles = {
            "again": words.why_again,
            "resend": words.why_resend,
            "suspend": words.why_suspend,
            "resume": words.why_resume,
        }
        self._wanted = deed
        for shown in (self._line, self._note):
            shown.hide()
        self.offer(Offer("commit", self.kit.texts.office.send_key, self._why.send))
        self._table.setDisabled(True)
        self._why.ask(f"{row.title}：{titles[deed]}", 0 if deed == "resend" else -1)

    def _send(self, why: str, first: str) -> None:
        row = self._table.marked()
        if row is not None and self._wanted and not self._is_busy:
            self.asked.emit(row.system, self._wanted, why, first)

    def _to_buttons(self) -> None:
        row = self._table.marked()
        deeds = frozenset[str]() if row is None else row.deeds
        self._wanted = ""
        self._why.wipe()
        self._table.setEnabled(True)
        for shown in (self._line, self._note):
            shown.show()
        offers = [Offer("refresh", self.kit.texts.office.refresh, self.refresh_asked.emit)]
        for name, (button, action, label) in self._deeds.items():
            button.setVisible(name in deeds)
            if name in deeds:
                offers.append(Offer(action, label, partial(self._ask, name)))
        self.offer(*offers)

    def _make_table(self) -> Table[SystemLine]:
        words = self._words
        columns = (
            Column[SystemLine](words.state, lambda row: Cell(row.state, row.state_kind), 176),
            Column[SystemLine](words.system, lambda row: row.title),
            Column[SystemLine](words.last, lambda row: row.last, 96, is_number=True),
            Column[SystemLine](words.told, lambda row: row.told, 96, is_number=True),
            Column[SystemLine](words.taken, lambda row: row.taken, 96, is_number=True),
            Column[SystemLine](words.gap, lambda row: row.gap, 84, is_number=True),
            Column[SystemLine](words.waiting, lambda row: row.waiting, 96, is_number=True),
            Column[SystemLine](words.next_at, lambda row: row.next_at, 120),
            Column[SystemLine](words.until, lambda row: row.until, 116),
        )
        return Table(self.kit, words.list, columns, empty=self.kit.texts.office.loading)
