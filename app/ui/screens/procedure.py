"""手続選択: what this counter takes in, and why not where this person has no right to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class ProcedureShown:
    """A procedure as text to show; ``open`` False: this person may not take it in.

    ``outcome``: what follows from what was confirmed, in few words; ``follows``: the same in full, "" for nothing.
    """

    id: str
    title: str
    section: str
    law: str
    open: bool
    outcome: str = ""
    follows: str = ""


class ProcedureScreen(Screen):
    """``chosen`` carries the procedure's id; one that may not be taken in says why instead."""

    chosen = Signal(str)
    interview_asked = Signal()
    register_asked = Signal()
    certificates_asked = Signal()
    seals_asked = Signal()
    network_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.procedure_choice
        super().__init__(kit, words.title)
        self._words = words
        columns = (
            Column[ProcedureShown](words.name, lambda row: row.title),
            Column[ProcedureShown](words.section, lambda row: row.section, 130),
            Column[ProcedureShown](words.law, lambda row: row.law, 240),
            Column[ProcedureShown](words.identity, self._outcome, 205),
            Column[ProcedureShown](words.right, self._right, 120),
        )
        self._table = Table(kit, words.list, columns, empty=words.none)
        self._table.opened.connect(self._choose)
        self._table.selected.connect(self._on_marked)
        self._follows = Words("")
        button = Button(words.choose, "primary")
        button.clicked.connect(self._choose_marked)
        card = Card()
        card.add_filling(self._table, 120)
        card.column.addWidget(self._follows)
        self.body.addWidget(card, 1)
        self._certificates, self._seals = Button(words.certificates), Button(words.seals)
        self._network = Button(words.network)
        self._network.clicked.connect(self.network_asked)
        self._network.hide()
        self._certificates.clicked.connect(self.certificates_asked)
        self._seals.clicked.connect(self.seals_asked)
        interview = Button(words.interview)
        interview.clicked.connect(self.interview_asked)
        self.foot.addLayout(in_line(button, interview, self._certificates, self._seals, self._network))
        self._has_register = False
        self.show_issue_offered(certificates=False, seals=False)

    def first_focus(self) -> QWidget:
        return self._table

    def show_register_offered(self, *, offered: bool) -> None:
        """Whether the whole record of the person may be opened from here."""
        self._has_register = offered
        self._offer()

    def show_issue_offered(self, *, certificates: bool, seals: bool) -> None:
        """Whether this clerk may issue certificates to this person, and keeps the register of seals."""
        self._certificates.setVisible(certificates)
        self._seals.setVisible(seals)
        self._offer()

    def show_network_offered(self, *, offered: bool) -> None:
        """Whether this clerk checks cards at the resident network."""
        self._network.setVisible(offered)
        self._offer()

    def _offer(self) -> None:
        """The keys of what may be done from here."""
        words, texts = self._words, self.kit.texts
        doors = (
            (self._has_register, Offer("records", texts.register.key, self.register_asked.emit)),
            (not self._certificates.isHidden(), Offer("preview", words.certificates, self.certificates_asked.emit)),
            (not self._seals.isHidden(), Offer("other_way", words.seals, self.seals_asked.emit)),
            (not self._network.isHidden(), Offer("open_choices", words.network, self.network_asked.emit)),
        )
        self.offer(
            *(offer for is_open, offer in doors if is_open),
            Offer("search", words.interview, self.interview_asked.emit),
            Offer("close_visit", texts.visit.close_key, self.close_asked.emit),
            Offer("commit", words.choose, self._choose_marked),
        )

    def show_procedures(self, procedures: Sequence[ProcedureShown]) -> None:
        """Show these, the first one marked."""
        self.banner.clear()
        self._table.show_rows(procedures)
        self._on_marked(self._table.marked())

    def wipe(self) -> None:
        super().wipe()
        self._table.show_rows(())
        self._follows.show_text("")

    def _right(self, row: ProcedureShown) -> Cell:
        words = self._words
        return Cell(words.may, "success") if row.open else Cell(words.may_not, "warning", "lock")

    def _outcome(self, row: ProcedureShown) -> str | Cell:
        return Cell(row.outcome, "warning" if row.follows else "success") if row.outcome else ""

    def _on_marked(self, row: ProcedureShown | None) -> None:
        self._follows.show_text("" if row is None else row.follows)

    def _choose_marked(self) -> None:
        if (row := self._table.marked()) is not None:
            self._choose(row)

    def _choose(self, row: ProcedureShown) -> None:
        words = self._words
        if row.open:
            self.chosen.emit(row.id)
        else:
            self.banner.show_text("warning", words.no_right_title, words.no_right_text, words.no_right_next)
