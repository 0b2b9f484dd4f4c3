"""After a decision: what was decided, whether the ledger holds it, and its papers to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.verdict import Verdict
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.table import Column, Table
from app.ui.widgets.verdict import VerdictRow
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the decision: its output's identifier, title, and what it is for."""

    output: str
    title: str
    used_for: str


class DecisionScreen(Screen):
    """``paper_asked`` carries the output's identifier; ``left``: back to the list."""

    paper_asked = Signal(str)
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.decision
        super().__init__(kit, words.title, has_side=False)
        columns = (
            Column[PaperRow](words.paper, lambda row: row.title),
            Column[PaperRow](words.paper_for, lambda row: row.used_for, 280),
        )
        self._papers = Table(kit, words.papers, columns, empty=words.no_papers)
        self._papers.opened.connect(lambda row: self.paper_asked.emit(row.output))
        self._receipt = VerdictRow(kit, words.receipt)
        self._preview, self._back = Button(words.preview, "primary"), Button(words.back, "text")
        self._preview.clicked.connect(self._ask)
        self._back.clicked.connect(self.left)
        self.back_asked.connect(self.left)
        self._filing = Words()
        self._filing.hide()
        self.body.addWidget(self._receipt)
        self.body.addWidget(self._filing)
        self.body.addWidget(Words(words.papers, "heading"))
        self.body.addWidget(self._papers)
        self.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._preview)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        self.foot.addLayout(buttons)
        self.offer(Offer("preview", words.preview, self._ask), Offer("save", words.back, self.left.emit))

    def first_focus(self) -> QWidget:
        return self._papers

    def show_decided(self, title: str, papers: Sequence[PaperRow]) -> None:
        """What was decided, and its papers."""
        self.banner.show_text("success", title, self.kit.texts.decision.next_step)
        self._papers.show_rows(papers)
        self._papers.setFixedHeight(self._papers.height_for(max(1, len(papers))))

    def show_receipt(self, verdict: Verdict | None) -> None:
        """Whether the ledger's receipt holds; None: none came along, it was decided before."""
        self._receipt.setVisible(verdict is not None)
        if verdict is not None:
            self._receipt.show_verdict(verdict)

    def show_filing(self, text: str) -> None:
        """How the change that it makes stands in the register; "" where it makes none."""
        self._filing.setVisible(bool(text))
        self._filing.show_text(text)

    def show_busy(self, *, busy: bool) -> None:
        """A paper is being made."""
        words = self.kit.texts.decision
        self._preview.show_text(words.working if busy else words.preview)

    def show_error(self, message: Message) -> None:
        """Why a paper could not be made."""
        self.show_busy(busy=False)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self._papers.show_rows(())
        self._receipt.clear()
        self.show_filing("")

    def _ask(self) -> None:
        row = self._papers.marked()
        if row is not None:
            self.paper_asked.emit(row.output)
