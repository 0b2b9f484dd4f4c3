"""端末: enrolled counter PCs; a new one, one enrolled anew, and one that is shut out, each as a change to propose."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.admin_office import OfficeScreen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.field import Field, TextField
from app.ui.widgets.table import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class TerminalShown:
    """A terminal as text to show."""

    terminal: str
    window: str
    enrolled: str
    certificate: str
    checked: str
    state: str
    kind: Kind
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class TerminalEntered:
    """What stands in the form, its display confirmed."""

    terminal: str
    window: str
    certificate: str


class AdminTerminalsScreen(OfficeScreen):
    """``entered`` carries a ``TerminalEntered``, ``revoke_asked`` a terminal."""

    entered = Signal(object)
    revoke_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.admin_terminals
        super().__init__(kit, words.title)
        self._words = words
        columns = (
            Column[TerminalShown](words.terminal, lambda row: row.terminal, 190),
            Column[TerminalShown](words.window, lambda row: row.window, 90),
            Column[TerminalShown](words.enrolled, lambda row: row.enrolled, 220),
            Column[TerminalShown](words.certificate, lambda row: row.certificate),
            Column[TerminalShown](words.checked, lambda row: row.checked, 200),
            Column[TerminalShown](words.state, lambda row: Cell(row.state, row.kind), 200),
        )
        self._table = Table(kit, words.title, columns, empty=words.none)
        self._table.selected.connect(self._on_marked)
        self._terminal = TextField(kit, words.terminal, required=True)
        self._terminal.line.setMaxLength(40)
        self._window = TextField(kit, words.window, required=True)
        self._window.line.setMaxLength(16)
        self._certificate = TextField(kit, words.certificate_full, support=words.certificate_support)
        for field in (self._terminal, self._window, self._certificate):
            field.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self._hidden = QCheckBox(words.hidden)
        self._hidden_field = Field(kit, words.display, self._hidden, required=True)
        self._hidden.setAccessibleName(words.hidden)
        self._hidden.toggled.connect(self._hidden_field.clear_error)
        self._build()
        self.offer_here(
            Offer("save", words.keep_key, self._ask), Offer("return_case", words.revoke_key, self._ask_revoke)
        )

    def first_focus(self) -> QWidget:
        return self._table if self._table.items() else self._terminal.line

    def show_terminals(self, terminals: Sequence[TerminalShown]) -> None:
        """All of them; the one that was marked stays so."""
        marked = self._table.marked()
        self._table.show_rows(terminals)
        self.count.show_text(self._words.count(len(terminals)))
        for place, one in enumerate(terminals):
            if marked is not None and one.terminal == marked.terminal:
                self._table.selectRow(place)
        self._on_marked(self._table.marked())

    def show_wrong_certificate(self) -> None:
        """What was typed is no digest."""
        self._certificate.show_error(self._words.wrong_certificate)
        self._certificate.line.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        for field in (self._terminal, self._window, self._certificate):
            field.show_text("")
        self._hidden.setChecked(False)

    def _build(self) -> None:
        words = self._words
        upper, lower = Card(), Card(words.edit)
        upper.column.addWidget(self.count)
        upper.add_filling(self._table, self._table.height_for(2))
        first = in_line(self._terminal, self._window, spacing=16)
        first.addWidget(self._certificate, 3)
        self._terminal.setMinimumWidth(self.kit.look.px(260))
        self._certificate.setMinimumWidth(self.kit.look.px(620))
        lower.column.addLayout(first)
        lower.column.addWidget(self._hidden_field)
        self.body.addWidget(upper, 1)
        self.body.addWidget(lower)
        keep, self._revoke = Button(words.keep, "primary"), Button(words.revoke)
        keep.clicked.connect(self._ask)
        self._revoke.clicked.connect(self._ask_revoke)
        self.finish_foot(keep, self._revoke)

    def _on_marked(self, one: TerminalShown | None) -> None:
        self._hidden.setChecked(False)
        self._certificate.show_text("")
        self._revoke.setEnabled(one is not None and not one.is_revoked)
        if one is not None:
            self._terminal.show_text(one.terminal)
            self._window.show_text(one.window)

    def _ask(self) -> None:
        words = self._words
        fields = ((self._terminal, words.empty_terminal), (self._window, words.empty_window))
        empty = [(field, text) for field, text in fields if not field.text()]
        for field, text in empty:
            field.show_error(text)
        if not self._hidden.isChecked():
            self._hidden_field.show_error(words.not_confirmed)
        if empty or not self._hidden.isChecked():
            (empty[0][0].line if empty else self._hidden).setFocus()
            return
        typed = TerminalEntered(self._terminal.text(), self._window.text(), self._certificate.text())
        self.entered.emit(typed)

    def _ask_revoke(self) -> None:
        one = self._table.marked()
        if one is not None and not one.is_revoked:
            self.revoke_asked.emit(one.terminal)
