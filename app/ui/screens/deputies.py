"""専決と代決: the office's table, and who stands in for whom; one person proposes, another one approves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_RULES = 3


@dataclass(frozen=True, slots=True)
class DeputyShown:
    """One stand-in as text. ``may_approve``, ``may_end``: what this person may do with it."""

    deputy_id: str
    name: str
    level: str
    span: str
    state: str
    kind: Kind
    proposed: str
    approved: str
    may_approve: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A row of the table: what it is about, and who decides."""

    about: str
    level: str


@dataclass(frozen=True, slots=True)
class DeputyAsked:
    """What is proposed: staff id, level, first and last day (ISO 8601)."""

    staff_id: str
    level: str
    since: str
    until: str


class DeputiesScreen(Screen):
    """``proposed`` carries a ``DeputyAsked``; ``approve_asked`` and ``end_asked`` the row's identifier."""

    refresh_asked = Signal()
    proposed = Signal(object)
    approve_asked = Signal(str)
    end_asked = Signal(str)

    def __init__(self, kit: Kit, days: Options) -> None:
        words = kit.texts.deputies
        super().__init__(kit, words.title, has_side=False)
        self._words = words
        self._table = self._deputy_table()
        self._table.selected.connect(lambda _: self._offer())
        rules = (
            Column[RuleShown](words.about, lambda row: row.about),
            Column[RuleShown](words.level, lambda row: row.level, 200),
        )
        self._rules = Table(kit, words.rules, rules, empty=words.loading)
        self._rules.setFixedHeight(self._rules.height_for(_RULES))
        self._staff = TextField(kit, words.staff_id, required=True)
        self._staff.line.setMaxLength(32)
        self._level = Choice(kit, words.level, (), required=True)
        self._since, self._until = Choice(kit, words.since, days), Choice(kit, words.until, days)
        self._table.setMinimumHeight(self._table.height_for(_RULES + 1))
        self.body.setSpacing(8)
        self.body.addWidget(Words(words.list, "heading"))
        self.body.addWidget(self._table, 1)
        self.body.addWidget(Words(words.rules, "heading"))
        self.body.addWidget(self._rules)
        self.foot.addWidget(self._form())
        self._offer()

    def first_focus(self) -> QWidget:
        return self._table

    def show_delegation(self, rules: Sequence[RuleShown], rows: Sequence[DeputyShown], levels: Options) -> None:
        """The table and every stand-in, the newest first."""
        chosen = self._level.value()
        self._rules.show_rows(rules)
        self._table.show_empty_text(self._words.none)
        self._table.show_rows(rows)
        self._level.show_options(levels)
        self._level.show_value(chosen)
        self._offer()

    def show_done(self, title: str) -> None:
        """What was done; the form is empty again."""
        self.banner.show_text("success", title)
        self._staff.show_text("")
        for choice in (self._level, self._since, self._until):
            choice.show_value("")

    def show_failed(self, message: Message) -> None:
        """Why not; what was entered stays."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._rules.show_rows(())
        self._staff.show_text("")

    def _form(self) -> Card:
        card, line = Card(), QHBoxLayout()
        line.setSpacing(16)
        for field in (self._staff, self._level, self._since, self._until):
            line.addWidget(field, 1)
        propose = Button(self._words.propose, "primary", final=True)
        propose.clicked.connect(self._propose)
        line.addWidget(propose, 0, Qt.AlignmentFlag.AlignBottom)
        card.column.setSpacing(6)
        card.column.addWidget(Words(self._words.form, "label"))
        card.column.addLayout(line)
        return card

    def _offer(self) -> None:
        words, row = self._words, self._table.marked()
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if row is not None and row.may_approve:
            offers.append(Offer("copy", words.approve, partial(self._settle, self.approve_asked.emit)))
        if row is not None and row.may_end:
            offers.append(Offer("return_case", words.end, partial(self._settle, self.end_asked.emit)))
        self.offer(*offers, Offer("commit", words.propose, self._propose))

    def _settle(self, ask: Callable[[str], None]) -> None:
        row = self._table.marked()
        if row is not None:
            ask(row.deputy_id)

    def _propose(self) -> None:
        missing = [field for field in (self._level, self._since, self._until) if not field.value()]
        for field in missing:
            field.show_missing()
        if not self._staff.text().strip():
            self._staff.show_missing()
            self._staff.line.setFocus()
        elif missing:
            missing[0].box.setFocus()
        else:
            days = (self._since.value(), self._until.value())
            self.proposed.emit(DeputyAsked(self._staff.text().strip(), self._level.value(), *days))

    def _deputy_table(self) -> Table[DeputyShown]:
        words = self._words
        columns = (
            Column[DeputyShown](words.name, lambda row: row.name),
            Column[DeputyShown](words.level, lambda row: row.level, 120),
            Column[DeputyShown](words.span, lambda row: row.span, 280),
            Column[DeputyShown](words.state, lambda row: Cell(row.state, row.kind), 200),
            Column[DeputyShown](words.proposed_by, lambda row: row.proposed, 180),
            Column[DeputyShown](words.approved_by, lambda row: row.approved, 180),
        )
        return Table(self.kit, words.list, columns, empty=words.loading)
