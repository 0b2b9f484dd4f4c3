"""A list with what can be done about its lines: each deed has button and key, and a reason where it wants one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.why_asked import WhyAsked
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class DeedLine:
    """A line as text. ``note``: said below while it is marked; ``deeds``: what may be done about it."""

    key: str
    cells: tuple[str | Cell, ...] = field(repr=False)
    note: str = field(default="", repr=False)
    deeds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """``width`` 0: the room left; ``is_name``: variants drawn exactly."""

    title: str
    width: int = 0
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class DeedShown:
    """Something that can be done. ``question`` "": at once, else with a reason; ``more``: which other field too.

    ``action``: its key in resources/keys.toml. ``of_line``: about the marked line, else about all.
    ``opens``: what Enter on a line does; nothing that can't be taken back.
    """

    name: str
    label: str
    action: str
    key: str
    question: str = ""
    more: int = -1
    of_line: bool = True
    is_primary: bool = False
    opens: bool = False


class DeedTableScreen(Screen):
    """``asked`` carries a line's key ("" for none), the deed, why, and what stands in the other field.

    ``above`` takes what stands over the list, ``beside`` what stands left of it.
    """

    asked = Signal(str, str, str, str)
    refresh_asked = Signal()

    def __init__(
        self, kit: Kit, said: tuple[str, str], deeds: Sequence[DeedShown], mores: Sequence[tuple[str, str]] = ()
    ) -> None:
        """``said``: the screen's title and the list's name; ``mores``: label and support of the other fields."""
        super().__init__(kit, said[0], has_side=False)
        self._deeds, self._is_busy, self._wanted = {one.name: one for one in deeds}, False, ""
        self._general: frozenset[str] = frozenset()
        self._key = ""
        self._count, self._note = Words("", "support"), Words("", "label")
        self.table: Table[DeedLine] = Table(kit, said[1], (), empty=kit.texts.office.loading)
        self.table.opened.connect(self._on_opened)
        self.table.selected.connect(self._on_selected)
        self.above, self.beside = QVBoxLayout(), QHBoxLayout()
        self._buttons = {
            one.name: Button(one.label, "primary" if one.is_primary else "plain", final=not one.opens) for one in deeds
        }
        for name, button in self._buttons.items():
            button.clicked.connect(partial(self.ask, name))
        self._why = WhyAsked(kit, *mores)
        self._why.given.connect(self._send)
        self._why.cancelled.connect(self._to_buttons)
        self._build()
        self._to_buttons()

    def first_focus(self) -> QWidget:
        return self.table

    def show_columns(self, columns: Sequence[ColumnShown]) -> None:
        """What the cells of its lines are called."""
        self.table.show_columns([
            Column[DeedLine](one.title, partial(_cell, at), one.width, is_name=one.is_name)
            for at, one in enumerate(columns)
        ])

    def show_general(self, deeds: frozenset[str]) -> None:
        """What may be done that is about no line."""
        self._general = deeds
        self._to_buttons()

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self._count.show_text(self.kit.texts.office.working)

    def show_lines(self, lines: Sequence[DeedLine], count: str, none: str) -> None:
        """The list; the line that was marked stays so. ``none``: what an empty one says."""
        self._is_busy, before = False, self.table.marked()
        self._note.show_text("")
        self._count.show_text(count)
        self.table.show_empty_text(none)
        self.table.show_rows(lines)
        for place, one in enumerate(lines):
            if before is not None and one.key == before.key:
                self.table.selectRow(place)
        self._to_buttons()

    def show_more_wrong(self, text: str) -> None:
        """What is wrong in the other field."""
        self._is_busy = False
        self._count.show_text("")
        self._why.show_more_wrong(text)

    def show_failed(self, message: Message) -> None:
        """It did not come about; what is being asked stays."""
        self._is_busy = False
        self._count.show_text("")
        if not self.table.items():
            self.table.show_empty_text(self.kit.texts.office.not_read)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._general = frozenset()
        self.show_lines((), "", self.kit.texts.office.loading)

    def ask(self, deed: str, *_: object) -> None:
        """What a button or key stands for."""
        one, row = self._deeds[deed], self.table.marked()
        if self._is_busy or deed not in self._live():
            return
        self._key = row.key if one.of_line and row is not None else ""
        if not one.question:
            self.asked.emit(self._key, deed, "", "")
            return
        self._wanted = deed
        for shown in (self._line, self._note):
            shown.hide()
        self.offer(Offer("commit", self.kit.texts.office.send_key, self._why.send))
        self.table.setDisabled(True)
        self._why.ask(one.question, one.more)

    def _send(self, why: str, more: str) -> None:
        if self._wanted and not self._is_busy:
            self.asked.emit(self._key, self._wanted, why, more)

    def _live(self) -> frozenset[str]:
        row = self.table.marked()
        return self._general if row is None else self._general | row.deeds

    def _on_opened(self, row: DeedLine) -> None:
        first = next((name for name, one in self._deeds.items() if one.opens and name in row.deeds), "")
        if first:
            self.ask(first)

    def _on_selected(self, row: DeedLine) -> None:
        self._note.show_text(row.note)
        if not self._wanted:
            self._to_buttons()

    def _to_buttons(self) -> None:
        live = self._live()
        self._wanted = self._key = ""
        self._why.wipe()
        self.table.setEnabled(True)
        for shown in (self._line, self._note):
            shown.show()
        offers = [Offer("refresh", self.kit.texts.office.refresh, self.refresh_asked.emit)]
        for name, one in self._deeds.items():
            self._buttons[name].setVisible(name in live)
            if name in live:
                offers.append(Offer(one.action, one.key, partial(self.ask, name)))
        self.offer(*offers)

    def _build(self) -> None:
        card = Card()
        card.column.setContentsMargins(20, 8, 20, 8)
        card.column.setSpacing(6)
        card.column.addWidget(self._count)
        card.add_filling(self.table, self.table.height_for(4))
        card.column.addWidget(self._note)
        self.beside.setSpacing(16)
        self.beside.addWidget(card, 5)
        self.body.setSpacing(8)
        self.body.addLayout(self.above)
        self.body.addLayout(self.beside, 1)
        back = Button(self.kit.texts.office.back)
        back.clicked.connect(self.back_asked)
        self._line = QWidget()
        line = in_line(*self._buttons.values(), back)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        self.foot.addWidget(self._why)
        self.foot.addWidget(self._line)


def _cell(at: int, row: DeedLine) -> str | Cell:
    return row.cells[at] if at < len(row.cells) else ""
