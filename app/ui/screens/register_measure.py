"""措置の内容: one measure with its reasons and the state in every system; decided, ended or extended by two people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

Deed = Literal["approve", "refuse", "end", "extend", "mark"]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of a measure."""

    item: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SystemLine:
    """One system as text. ``settled``: nothing is left to be seen there."""

    system: str
    title: str
    state: str
    kind: Kind
    by: str
    settled: bool


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure as text. ``deeds``: what this person may do; ``notes``: what is to be known now."""

    facts: tuple[FactLine, ...] = ()
    systems: tuple[SystemLine, ...] = ()
    said: str = ""
    deeds: frozenset[Deed] = frozenset()
    notes: tuple[str, ...] = ()
    lifts: bool = False


class RegisterMeasureScreen(Screen):
    """``decided`` carries approved or refused and why, ``changed`` end or extend and why, ``seen`` a system."""

    decided = Signal(str, str)
    changed = Signal(str, str)
    seen = Signal(str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_measure
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._asked = words, False, ""
        self._shown = MeasureShown()
        self._facts = Table(
            kit,
            words.facts,
            (
                Column[FactLine](words.item, lambda row: row.item, 180),
                Column[FactLine](words.value, lambda row: row.value, is_name=True),
            ),
            empty=words.empty,
        )
        self._systems = Table(
            kit,
            words.systems,
            (
                Column[SystemLine](words.system, lambda row: row.title),
                Column[SystemLine](words.set, lambda row: Cell(row.state, row.kind), 166),
                Column[SystemLine](words.by, lambda row: row.by, 216),
            ),
            empty=words.empty,
        )
        self._said = Words("", "support")
        self._buttons: dict[str, Button] = {
            "approve": Button(words.approve, "primary", final=True),
            "refuse": Button(words.refuse),
            "mark": Button(words.mark),
            "extend": Button(words.extend),
            "end": Button(words.end),
        }
        for name, button in self._buttons.items():
            button.clicked.connect(partial(self.ask, name))
        self._build()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._facts

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_measure(self, shown: MeasureShown) -> None:
        """One measure; the system that was marked stays so."""
        self._is_busy, self._shown, words = False, shown, self._words
        place = self._systems.currentIndex().row()
        self._facts.show_rows(shown.facts)
        self._systems.show_rows(shown.systems)
        if 0 < place < len(shown.systems):
            self._systems.selectRow(place)
        self._said.show_text(shown.said)
        self._buttons["mark"].show_text(words.mark_lifted if shown.lifts else words.mark)
        for name, button in self._buttons.items():
            button.setVisible(name in shown.deeds)
        if shown.notes:
            self.banner.show_text("information", shown.notes[0], "\n".join(shown.notes[1:]))
        self._to_buttons()

    def show_failed(self, message: Message) -> None:
        """It did not come about."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._why.show_text("")
        self.show_measure(MeasureShown())

    def ask(self, name: str, *_: object) -> None:
        """What a button or key stands for."""
        if self._is_busy or name not in self._shown.deeds:
            return
        row = self._systems.marked()
        if name == "approve":
            self.decided.emit("approved", "")
        elif name == "mark":
            if row is not None and not row.settled:
                self.seen.emit(row.system)
        else:
            self._asked = name
            self._line.hide()
            self._question.show()
            self.offer()
            self._why.setFocus()

    def _send(self) -> None:
        why, asked = self._why.text(), self._asked
        if not why:
            self._why.show_error(self._words.empty_why)
            self._why.setFocus()
        elif asked == "refuse":
            self.decided.emit("refused", why)
        elif asked:
            self.changed.emit(asked, why)

    def _to_buttons(self) -> None:
        words, deeds = self._words, self._shown.deeds
        self._asked = ""
        self._why.show_text("")
        self._question.hide()
        self._line.show()
        keys = (
            ("approve", "commit", words.approve_key),
            ("refuse", "return_case", words.refuse_key),
            ("mark", "save", words.mark_key),
            ("extend", "copy", words.extend_key),
            ("end", "hold", words.end_key),
        )
        offers = [Offer(action, label, partial(self.ask, name)) for name, action, label in keys if name in deeds]
        self.offer(Offer("refresh", words.refresh, self.refresh_asked.emit), *offers)

    def _build(self) -> None:
        words = self._words
        left, right = Card(words.facts), Card(words.systems)
        left.add_filling(self._facts, self._facts.height_for(4))
        right.add_filling(self._systems, self._systems.height_for(4))
        right.column.addWidget(self._said)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addWidget(right, 1)
        self.body.addLayout(columns, 1)
        back = Button(self.kit.texts.register.back)
        back.clicked.connect(self.back_asked)
        self._line, self._question = QWidget(), Card()
        line = in_line(*self._buttons.values(), back)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        self._why = TextField(self.kit, words.why, required=True, support=words.why_support)
        self._why.line.setMaxLength(200)
        yes, no = Button(words.send, final=True), Button(words.cancel)
        yes.clicked.connect(self._send)
        no.clicked.connect(self._to_buttons)
        self._question.column.addWidget(self._why)
        self._question.column.addLayout(in_line(yes, no))
        self.foot.addWidget(self._question)
        self.foot.addWidget(self._line)


def facts_of(pairs: Sequence[tuple[str, str]]) -> tuple[FactLine, ...]:
    """Those that are not empty."""
    return tuple(FactLine(item, value) for item, value in pairs if value)
