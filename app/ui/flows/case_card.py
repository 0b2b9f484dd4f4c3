"""One case before who tends it: taken, given, handed over, its steps, its papers and letters, a notice of delay."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from app.domain.era import wareki
from app.domain.procedure import Procedure
from app.services.paper import Paper
from app.services.ports.book import CaseChange
from app.services.ports.seat import Press, Session
from app.services.show_case_letter import CaseLetter, ShowCaseLetter, delay_output, papers_output, stage_output
from app.services.tend_book import TendBook
from app.ui.background import Lane
from app.ui.flows.case_asks import CaseAsks
from app.ui.flows.case_form import Asking
from app.ui.flows.case_words import CaseReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.case_card import ASSIGN, DELAY, HAND_OVER, PAPERS, TAKE, CaseCardScreen
from app.ui.screens.case_papers import ANSWERED, LETTER, PROMISED, REMINDED, CasePapersScreen
from app.wire.desk_book import CaseCard, CaseDone, GiveCase
from app.wire.desk_case import ClockMark, MarkPaper, RequestMark, TendRequest, TrackMark


@dataclass(frozen=True, slots=True)
class CaseActs:
    """The use cases. ``show`` puts a paper before the clerk; ``paper``: the lane that sets it."""

    book: TendBook
    letters: ShowCaseLetter
    show: Callable[[str, Paper], None]
    paper: Lane


class Letters:
    """The letters of a case: composed, set on their lane, shown."""

    def __init__(self, reader: CaseReader, acts: CaseActs) -> None:
        self._reader, self._acts = reader, acts

    def of_stage(self, card: CaseCard, mark: TrackMark) -> CaseLetter | None:
        """What a step tells the person."""
        procedure, words = self._procedure(card), self._acts.letters.words
        output = stage_output(procedure, mark.step)
        if output is None:
            return None
        outcome = dict(self._reader.outcomes(card.row.procedure, mark.step)).get(mark.outcome, "")
        done = wareki(mark.done_on) if mark.done_on else ""
        return CaseLetter(output, ((words.outcome, outcome), (words.done_on, done), (words.note, mark.note)))

    def of_request(self, card: CaseCard, request: RequestMark) -> CaseLetter | None:
        """Which papers are asked for, until when."""
        procedure, words = self._procedure(card), self._acts.letters.words
        output = papers_output(procedure)
        labels = {one.paper: one.label for one in card.papers}
        rows = tuple(
            (words.papers if place == 0 else "", self._reader.paper_title(procedure.id, one, labels.get(one, "")))
            for place, one in enumerate(request.papers)
        )
        until = (words.until, wareki(request.due_on))
        return None if output is None else CaseLetter(output, (*rows, until, (words.note, request.note)))

    def of_delay(self, card: CaseCard, clock: ClockMark) -> CaseLetter | None:
        """Why it is late, and until when it will be decided."""
        output, words = delay_output(self._procedure(card)), self._acts.letters.words
        if output is None or clock.delayed_to is None:
            return None
        rows = ((words.due_on, wareki(clock.due_on)), (words.delayed_to, wareki(clock.delayed_to)))
        return CaseLetter(output, rows, clock.reason)

    def _procedure(self, card: CaseCard) -> Procedure:
        return self._reader.procedures[card.row.procedure]


class CaseFlow(OfficeFlow[CaseCardScreen]):
    """``form_asked`` carries an ``Asking``, ``papers_asked`` the card, ``whole_asked`` an application's id."""

    form_asked = Signal(object)
    papers_asked = Signal(object)
    whole_asked = Signal(str)

    def __init__(self, kit: Kit, means: OfficeMeans, acts: CaseActs, reader: CaseReader) -> None:
        super().__init__(kit, CaseCardScreen(kit), means)
        self._acts, self._reader, self._letters = acts, reader, Letters(reader, acts)
        self._card: CaseCard | None = None
        self._application_id, self._shows_delay = "", False
        self.screen.refresh_asked.connect(self.look)
        self.screen.act_asked.connect(self._on_act)
        self.screen.stage_asked.connect(self._on_stage)
        self.screen.letter_asked.connect(self._on_letter)
        self.screen.open_asked.connect(lambda: self.whole_asked.emit(self._application_id))

    def begin(self, session: Session, application_id: str) -> None:
        """Open one case."""
        self.enter(session)
        self._application_id, self._card = application_id, None
        self.look()

    def end(self) -> None:
        super().end()
        self._card, self._application_id = None, ""

    def look(self) -> None:
        """Read it again."""
        self.screen.show_working()
        self.again()

    def again(self, *, done: bool = False) -> None:
        """Somebody comes back to it: it is read anew; what was said stays."""
        del done
        name = self._application_id
        self.ask(lambda press, session: self._acts.book.card(press, session, name), self._on_card)

    def _on_card(self, card: CaseCard) -> None:
        self._card = card
        self.screen.show_case(self._reader.shown(card, self.today()))
        told = next((one for one in card.clocks if one.delayed_to is not None), None)
        if self._shows_delay and told is not None:
            self._show_letter(card, self._letters.of_delay(card, told))
        self._shows_delay = False

    def _on_act(self, act: str) -> None:
        card = self._card
        if card is None:
            return
        asks = self._asks(card)
        if act == TAKE:
            self._take(card)
        elif act == PAPERS:
            self.papers_asked.emit(card)
        elif act == DELAY:
            clock = next(one for one in card.clocks if one.delay and one.delayed_to is None)
            self.form_asked.emit(asks.delay(clock, self._on_delayed))
        elif act in {ASSIGN, HAND_OVER}:
            self.form_asked.emit(asks.assign() if act == ASSIGN else asks.hand_over())

    def _on_delayed(self) -> None:
        self._shows_delay = True

    def _on_stage(self, step: str, what: str) -> None:
        card = self._card
        mark = None if card is None else next((one for one in card.track if one.step == step), None)
        if card is not None and mark is not None:
            self.form_asked.emit(self._asks(card).stage(mark, what, self.today()))

    def _on_letter(self, step: str) -> None:
        card = self._card
        mark = None if card is None else next((one for one in card.track if one.step == step), None)
        if card is not None and mark is not None:
            self._show_letter(card, self._letters.of_stage(card, mark))

    def _take(self, card: CaseCard) -> None:
        session = self._session
        if session is None:
            return
        row, words = card.row, self._kit.texts.case_card
        asked = GiveCase(application_id=row.application_id, owner=session.actor.staff_id, version=row.version)

        def done(_: CaseDone) -> None:
            self.again()
            self.screen.banner.show_text("success", words.taken_title, words.taken_text)

        self.screen.show_working()
        self.ask(lambda press, at: self._acts.book.change(press, at, asked), done)

    def _show_letter(self, card: CaseCard, letter: CaseLetter | None) -> None:
        show_letter(self, self._acts, card, letter)

    def on_paper(self, paper: Paper) -> None:
        """A letter's pages are there."""
        self._acts.show(paper.title, paper)

    def run_paper(self, work: Callable[[Press, Session], Paper]) -> None:
        """Set a letter on its lane."""
        session = self._session
        if session is not None:
            press = self._means.press()
            self._errands.run(self._acts.paper, partial(work, press, session), self.on_paper, self.on_failed)

    def _asks(self, card: CaseCard) -> CaseAsks:
        return CaseAsks(self._kit, self._reader, card, self._acts.book.change, self._means.new_id)


class CasePapersFlow(OfficeFlow[CasePapersScreen]):
    """``form_asked`` carries an ``Asking``."""

    form_asked = Signal(object)

    def __init__(self, kit: Kit, means: OfficeMeans, acts: CaseActs, reader: CaseReader) -> None:
        super().__init__(kit, CasePapersScreen(kit), means)
        self._acts, self._reader, self._letters = acts, reader, Letters(reader, acts)
        self._card: CaseCard | None = None
        self._shows_letter = False
        self.screen.refresh_asked.connect(self.again)
        self.screen.mark_asked.connect(self._on_mark)
        self.screen.tend_asked.connect(self._on_tend)
        self.screen.add_asked.connect(lambda: self._form(CaseAsks.add_paper))
        self.screen.request_asked.connect(lambda: self._form(self._request))

    def begin(self, session: Session, card: CaseCard) -> None:
        """Open the papers of a case."""
        self.enter(session)
        self._show(card)

    def end(self) -> None:
        super().end()
        self._card = None

    def again(self, *, done: bool = False) -> None:
        """Read it anew."""
        del done
        card = self._card
        if card is not None:
            name = card.row.application_id
            self.ask(lambda press, session: self._acts.book.card(press, session, name), self._show)

    def _show(self, card: CaseCard) -> None:
        self._card = card
        may = "papers" in card.may
        self.screen.show_papers(self._reader.papers(card), self._reader.requests(card), may=may)
        waiting = next((one for one in reversed(card.requests) if one.state == "open"), None)
        if self._shows_letter and waiting is not None:
            show_letter(self, self._acts, card, self._letters.of_request(card, waiting))
        self._shows_letter = False

    def _on_mark(self, paper: str, state: str) -> None:
        card = self._card
        mark = None if card is None else next((one for one in card.papers if one.paper == paper), None)
        if card is None or mark is None:
            return
        if state == PROMISED:
            self._form(lambda asks: asks.promise(paper))
            return
        name = card.row.application_id
        asked = MarkPaper(application_id=name, paper=paper, version=mark.version, state=state)
        words = self._kit.texts.case_form
        self._change(asked, (words.marked_title, words.marked_text))

    def _on_tend(self, position: int, outcome: str) -> None:
        card = self._card
        request = None if card is None else next((one for one in card.requests if one.position == position), None)
        if card is None or request is None:
            return
        if outcome == LETTER:
            show_letter(self, self._acts, card, self._letters.of_request(card, request))
            return
        words = self._kit.texts.case_papers
        titles = {REMINDED: words.tended_reminded, ANSWERED: words.tended_answered}
        present = request.papers if outcome == ANSWERED else ()
        asked = TendRequest(
            application_id=card.row.application_id, position=position, version=request.version, outcome=outcome,
            present=present,
        )  # fmt: skip
        self._change(asked, (titles.get(outcome, words.tended_withdrawn), words.tended_text))

    def _change(self, asked: CaseChange, said: tuple[str, str]) -> None:
        def done(_: CaseDone) -> None:
            self.again()
            self.screen.banner.show_text("success", *said)

        self.screen.show_working()
        self.ask(lambda press, session: self._acts.book.change(press, session, asked), done)

    def _request(self, asks: CaseAsks) -> Asking:
        return asks.request(self.today(), self._on_requested)

    def _on_requested(self) -> None:
        self._shows_letter = True

    def _form(self, make: Callable[[CaseAsks], Asking]) -> None:
        if self._card is not None:
            asks = CaseAsks(self._kit, self._reader, self._card, self._acts.book.change, self._means.new_id)
            self.form_asked.emit(make(asks))

    def run_paper(self, work: Callable[[Press, Session], Paper]) -> None:
        """Set a letter on its lane."""
        session = self._session
        if session is not None:
            press = self._means.press()
            self._errands.run(self._acts.paper, partial(work, press, session), self.on_paper, self.on_failed)

    def on_paper(self, paper: Paper) -> None:
        """A letter's pages are there."""
        self._acts.show(paper.title, paper)


def show_letter(flow: CaseFlow | CasePapersFlow, acts: CaseActs, card: CaseCard, letter: CaseLetter | None) -> None:
    """Have a letter set and shown; nothing where the procedure sends none."""
    if letter is not None:
        flow.run_paper(lambda press, session: acts.letters(press, session, card, letter))
