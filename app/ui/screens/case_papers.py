"""書類と補正: which papers of a case are there, missing or promised, and the letters that ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell, Column, Table
from app.ui.widgets.words import Words

_PAPERS, _REQUESTS = 3, 2
PRESENT, MISSING, PROMISED, NOT_NEEDED = "present", "missing", "promised", "not_needed"
REMINDED, ANSWERED, WITHDRAWN, LETTER = "reminded", "answered", "withdrawn", "letter"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as text to show."""

    paper: str
    title: str
    state: str
    kind: Kind
    promised: str
    by: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A letter as text to show. ``may``: reminded, answered, withdrawn."""

    position: int
    sent: str
    due: str
    state: str
    kind: Kind
    papers: str
    reminded: str
    may: tuple[str, ...]


class CasePapersScreen(Screen):
    """``mark_asked`` carries a paper and its state, ``tend_asked`` a letter's position and what is done with it."""

    mark_asked = Signal(str, str)
    tend_asked = Signal(int, str)
    add_asked = Signal()
    request_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.case_papers
        super().__init__(kit, words.title, has_side=False)
        self._words, self._may_tend = words, False
        self._lead = Words(words.lead, "support")
        self._papers, self._requests = self._paper_table(), self._request_table()
        self._papers.selected.connect(lambda _: self._offer())
        self._requests.selected.connect(lambda _: self._offer())
        self._marks = {
            PRESENT: Button(words.present),
            PROMISED: Button(words.promised),
            MISSING: Button(words.missing),
            NOT_NEEDED: Button(words.not_needed),
        }
        for state, button in self._marks.items():
            button.clicked.connect(lambda _=False, state=state: self._mark(state))
        self._add = Button(words.add)
        self._add.clicked.connect(self.add_asked)
        self._tends = {
            LETTER: Button(words.letter),
            REMINDED: Button(words.remind),
            ANSWERED: Button(words.answer),
            WITHDRAWN: Button(words.withdraw),
        }
        for outcome, button in self._tends.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self._tend(outcome))
        for title, table, rows, buttons in (
            (words.papers, self._papers, _PAPERS, in_line(*self._marks.values(), self._add)),
            (words.requests, self._requests, _REQUESTS, in_line(*self._tends.values())),
        ):
            card = Card(title)
            card.column.setSpacing(6)
            card.add_filling(table, table.height_for(rows))
            card.column.addLayout(buttons)
            self.body.addWidget(card, 1)
        self._request, back = Button(words.request, "primary"), Button(words.back)
        self._request.clicked.connect(self.request_asked)
        back.clicked.connect(self.back_asked)
        foot = QHBoxLayout()
        foot.addWidget(self._lead, 1)
        foot.addLayout(in_line(self._request, back))
        self.foot.addLayout(foot)
        self._offer()

    def first_focus(self) -> QWidget:
        return self._papers

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.clear()

    def show_papers(self, papers: Sequence[PaperLine], requests: Sequence[RequestLine], *, may: bool) -> None:
        """How it stands; the marked paper stays marked."""
        before, self._may_tend = self._papers.marked(), may
        for table, text in ((self._papers, self._words.no_papers), (self._requests, self._words.no_requests)):
            table.show_empty_text(text)
        self._papers.show_rows(papers)
        self._requests.show_rows(requests)
        place = next((n for n, one in enumerate(papers) if before is not None and one.paper == before.paper), 0)
        if papers:
            self._papers.selectRow(place)
        self._offer()

    def show_failed(self, message: Message) -> None:
        """It could not be read or kept."""
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_papers((), (), may=False)
        self._papers.show_empty_text(self._words.loading)

    def _offer(self) -> None:
        words, paper, request = self._words, self._papers.marked(), self._requests.marked()
        for button in (*self._marks.values(), self._add):
            button.setVisible(self._may_tend)
            button.setEnabled(paper is not None or button is self._add)
        may = () if request is None else (*request.may, LETTER)
        for outcome, button in self._tends.items():
            button.setVisible(outcome in may)
        is_waiting = any(REMINDED in one.may for one in self._requests.items())
        can_ask = self._may_tend and bool(self._papers.items()) and not is_waiting
        self._request.setVisible(can_ask)
        offers = [Offer("refresh", words.refresh, self.refresh_asked.emit)]
        if can_ask:
            offers.append(Offer("commit", words.request_key, self.request_asked.emit))
        self.offer(*offers)

    def _mark(self, state: str) -> None:
        row = self._papers.marked()
        if row is not None:
            self.mark_asked.emit(row.paper, state)

    def _tend(self, outcome: str) -> None:
        row = self._requests.marked()
        if row is not None:
            self.tend_asked.emit(row.position, outcome)

    def _paper_table(self) -> Table[PaperLine]:
        words = self._words
        columns = (
            Column[PaperLine](words.paper, lambda row: row.title),
            Column[PaperLine](words.state, lambda row: Cell(row.state, row.kind), 170),
            Column[PaperLine](words.promised_on, lambda row: row.promised, 150),
            Column[PaperLine](words.by, lambda row: row.by, 160),
        )
        return Table(self.kit, words.papers, columns, empty=words.loading)

    def _request_table(self) -> Table[RequestLine]:
        words = self._words
        columns = (
            Column[RequestLine](words.sent, lambda row: row.sent, 120),
            Column[RequestLine](words.due, lambda row: row.due, 120),
            Column[RequestLine](words.state, lambda row: Cell(row.state, row.kind), 260),
            Column[RequestLine](words.asked, lambda row: row.papers),
            Column[RequestLine](words.reminded, lambda row: row.reminded, 130),
        )
        return Table(self.kit, words.requests, columns, empty=words.no_requests)
