"""The enquiries of an application under review: the office tells of each change, so that answers come by themselves."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import TOKYO, business_date
from app.domain.era import wareki_year
from app.domain.rights import allowed
from app.errors import AppError, NotAllowed
from app.services.enquire import ANSWERED, EnquiryCase, Planned, planned
from app.services.ports.seat import Session
from app.ui.flows.enquiry_board import EnquiryBoard
from app.ui.flows.enquiry_news import REST_MS, EnquiryNews, Work
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.flows.review_case import Case
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.enquiry_questions import EnquirySaid
from app.ui.screens.review_shown import EnquiryRow
from app.ui.widgets.alerts import Note
from app.ui.widgets.chip import Kind
from app.wire.relay import EnquiryState, RuledProvider

REFUSED, VALUE = "refused", "value"
MAKE = "enquiry.make"
_KIND: dict[str, Kind] = {ANSWERED: "success", REFUSED: "error"}
_ENDED = frozenset({ANSWERED, REFUSED})


class EnquiryWatch(QObject):
    """Looks while something is awaited. ``answered`` carries all answers that are there.

    ``rows_changed`` carries a row for each enquiry that the case calls for, ``pending`` notes of what is awaited.
    """

    rows_changed = Signal(object)
    answered = Signal(object)
    pending = Signal(object)
    failed = Signal(object)

    def __init__(
        self, kit: Kit, lanes: ReviewLanes, acts: ReviewActs, books: ReviewBooks, about: tuple[Session, Case]
    ) -> None:
        super().__init__()
        self._kit, self._lane, self._acts = kit, lanes.office, acts
        self._session, case = about
        self._about = EnquiryCase.of_application(case.view, case.procedure)
        self._wanted = planned(self._about)
        self._laid = {one.enquiry_id for one in case.view.answers}
        self._board = EnquiryBoard(kit, books.municipalities, self._about)
        self._sending: set[str] = set()
        self._may_look = True
        actor, day = self._session.actor, business_date(kit.clock.now())
        self._allowed = {
            one.enquiry_id
            for one in self._wanted
            if allowed(actor, MAKE, case.procedure.id, one.due.enquiry.item_class, day=day)
        }
        self._errands = Errands(self)
        self._news = EnquiryNews(lanes.news, self._news_of, self._board.open_ones)
        self._news.heard.connect(self._on_heard)
        self._again = QTimer(self, interval=REST_MS, singleShot=True)
        self._again.timeout.connect(self.look)

    def begin(self) -> None:
        """Show them and look for the first time."""
        self._show()
        if self._wanted:
            work = partial(self._acts.enquire.providers, self._acts.press(), self._session, self._about)
            self._errands.run(self._lane, work, self._on_ruled, self._on_not_ruled)
            self.look()

    def end(self) -> None:
        """Look no more."""
        self._again.stop()
        self._news.end()
        self._errands.drop()

    def look(self) -> None:
        """Ask how they stand."""
        work = partial(self._acts.enquire.states, self._acts.press(), self._session, self._about)
        self._errands.run(self._lane, work, self._on_looked, self._on_look_failed)

    def start(self, said: EnquirySaid) -> None:
        """Begin one of them, as it was said."""
        wanted = next((one for one in self._wanted if one.enquiry_id == said.id), None)
        if wanted is None or not self._can_start(wanted):
            return
        self._sending.add(said.id)
        self._show()
        terms = self._board.terms(said)
        work = partial(self._acts.enquire.start, self._acts.press(), self._session, self._about, wanted, terms)
        failed = partial(self._on_not_started, said.id)
        self._errands.run(self._lane, work, lambda _: self.look(), failed)

    def _on_ruled(self, found: Mapping[str, RuledProvider]) -> None:
        self._board.ruled = found
        self._show()

    def _on_not_ruled(self, _: AppError) -> None:
        """Whom the case names is offered; the relay holds it against the rule all the same."""

    def _on_not_started(self, enquiry_id: str, error: AppError) -> None:
        self._sending.discard(enquiry_id)
        self._show()
        self.failed.emit(error)

    def _can_start(self, one: Planned) -> bool:
        is_made = (
            one.enquiry_id in self._board.states or one.enquiry_id in self._laid or one.enquiry_id in self._sending
        )
        return not is_made and self._may_look and one.enquiry_id in self._allowed

    def _on_looked(self, states: tuple[EnquiryState, ...]) -> None:
        self._on_heard(states)
        self._news.wait()

    def _on_heard(self, states: Sequence[EnquiryState]) -> None:
        self._board.states |= {one.enquiry_id: one for one in states}
        self._sending -= self._board.states.keys()
        self._show()
        self.answered.emit(tuple(one.answer for one in self._board.states.values() if one.answer is not None))

    def _news_of(self, names: tuple[str, ...]) -> Work:
        """What asks for news of these."""
        return partial(self._acts.enquire.news, self._acts.press(), self._session, self._about, names)

    def _on_look_failed(self, error: AppError) -> None:
        """Without the right there is nothing to look at; a line that is down is looked at again."""
        if isinstance(error, NotAllowed):
            self._may_look = False
            self._news.end()
            self._show()
        else:
            self._again.start()

    def _show(self) -> None:
        self.rows_changed.emit([self._row(one) for one in self._wanted])
        waits = [one for one in self._wanted if self._awaited(one)]
        self.pending.emit([self._note(one) for one in waits])

    def _awaited(self, one: Planned) -> bool:
        """What is under way, and what was refused: somebody has to know why."""
        state = self._board.states.get(one.enquiry_id)
        return state is not None and state.state != ANSWERED

    def _note(self, one: Planned) -> Note:
        state = self._board.states[one.enquiry_id]
        if state.state == REFUSED:
            return Note(one.due.enquiry.label, self._kit.messages.refusal(state.reason), "error")
        word = self._kit.messages.word("enquiry_state", state.state)
        later = "" if state.next_at is None else f"{state.next_at.astimezone(TOKYO):%m/%d %H:%M}"
        text = "　".join(part for part in (one.subject.name, word, later) if part)
        return Note(one.due.enquiry.label, text, "information", "pending")

    def _row(self, one: Planned) -> EnquiryRow:
        state = self._board.states.get(one.enquiry_id)
        is_made = state is not None or one.enquiry_id in self._laid
        name, year = "" if state is None else state.state, one.due.year
        return EnquiryRow(
            enquiry_id=one.enquiry_id,
            label=one.due.enquiry.label,
            subject=one.subject.name,
            year=self._board.when(one) if year is None else self._kit.texts.review.answer_year(wareki_year(year.year)),
            whom=self._board.provider(one).removeprefix("body:"),
            state=self._state(one, state),
            kind=self._kind(state, name) if is_made else "quiet",
            can_start=self._can_start(one),
            asked=self._board.asked(one),
            note=self._board.provider_note(one),
        )

    def _kind(self, state: EnquiryState | None, name: str) -> Kind:
        """Answers that say nothing of an income (未申告, 該当なし …) want a look."""
        if state is not None and state.answer is not None and state.answer.kind != VALUE:
            return "warning"
        return _KIND.get(name, "success" if state is None else "information")

    def _state(self, one: Planned, state: EnquiryState | None) -> str:
        word = self._kit.messages.word
        if state is not None and state.answer is not None:
            return word("answer_kind", state.answer.kind)
        if state is not None:
            return word("enquiry_state", state.state)
        if one.enquiry_id in self._laid:
            return word("enquiry_state", ANSWERED)
        if one.enquiry_id in self._sending:
            return self._kit.texts.review.sending
        may = self._may_look and one.enquiry_id in self._allowed
        return self._kit.texts.enquiry.not_sent if may else word("why_not", "no_right")
