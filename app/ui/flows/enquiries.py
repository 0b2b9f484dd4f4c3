"""Enquiries of the application being entered: sent one by one, heard of while they are under way, never awaited."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.enquire import EnquiryCase
from app.ui.flows.enquiry_board import EnquiryBoard, period_text
from app.ui.flows.enquiry_news import EnquiryNews, Work
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.enquiries import EnquiryScreen
from app.ui.screens.enquiry_questions import EnquirySaid
from app.wire.desk import PersonMark
from app.wire.draft import Draft
from app.wire.relay import EnquiryAccepted, EnquiryState, RuledProvider


class EnquiryFlow(QObject):
    """``changed`` carries the notes for the panel of pending work."""

    changed = Signal(object)

    def __init__(
        self, kit: Kit, screen: EnquiryScreen, lanes: VisitLanes, acts: VisitActs, books: CounterBooks
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts, self._books = kit, screen, lanes, acts, books
        self._errands = Errands(self)
        self._present: Present | None = None
        self._board = EnquiryBoard(kit, books.municipalities)
        self._is_asking = False
        self._news = EnquiryNews(lanes.news, self._news_of, lambda: self._board.open_ones())  # noqa: PLW0108 -- made anew
        self._news.heard.connect(self._on_states)
        screen.send_asked.connect(self._on_send)
        screen.reload_asked.connect(self.look)

    def open(self, present: Present, procedure: Procedure, draft: Draft) -> None:
        """Show what the application, as it stands now, calls for."""
        self._present = present
        day = draft.day(business_date(self._kit.clock.now()))
        persons: tuple[PersonMark, ...] = ()
        if present.record is not None:
            persons = tuple(
                PersonMark(business_number=one.business_number, name=one.name) for one in present.record.household
            )
        case = EnquiryCase.of_draft(draft, procedure, day, persons)
        self._board.case = case
        self._screen.banner.clear()
        self._show()
        work = partial(self._acts.enquire.providers, self._acts.press(), present.session, case)
        self._errands.run(self._lanes.office, work, self._on_ruled, self._on_not_ruled)
        self.look()

    def end(self) -> None:
        """The visit is over; what was sent goes on and is found again with the application."""
        self._news.end()
        self._errands.drop()
        self._present, self._is_asking = None, False
        self._board = EnquiryBoard(self._kit, self._books.municipalities)
        self._screen.wipe()

    def look(self) -> None:
        """Ask how they stand."""
        case = self._board.case
        if self._present is None or case is None or self._is_asking:
            return
        self._is_asking = True
        work = partial(self._acts.enquire.states, self._acts.press(), self._present.session, case)
        self._errands.run(self._lanes.office, work, self._on_looked, self._on_not_looked)

    def _on_ruled(self, found: Mapping[str, RuledProvider]) -> None:
        self._board.ruled = dict(found)
        self._show()

    def _on_not_ruled(self, _: AppError) -> None:
        """Whom the case names is offered; the relay holds it against the rule all the same."""

    def _on_send(self, said: EnquirySaid) -> None:
        wanted = next((one for one in self._board.planned() if one.enquiry_id == said.id), None)
        case = self._board.case
        if wanted is None or self._present is None or case is None:
            return
        self._screen.banner.clear()
        start, at = self._acts.enquire.start, self._acts.press()
        work = partial(start, at, self._present.session, case, wanted, self._board.terms(said))
        self._errands.run(self._lanes.office, work, partial(self._on_accepted, said), self._on_refused)

    def _on_accepted(self, said: EnquirySaid, accepted: EnquiryAccepted) -> None:
        words = self._kit.texts.enquiry
        self._board.accepted[accepted.enquiry_id] = accepted
        if said.period is not None:
            self._board.periods[accepted.enquiry_id] = said.period
        self._screen.banner.show_text("success", words.sent_title, self._sent(said, accepted))
        self._show()
        self._screen.show_next()
        self._news.wait()

    def _sent(self, said: EnquirySaid, accepted: EnquiryAccepted) -> str:
        """Whom what was asked of, so that the clerk sees what really went."""
        words = self._kit.texts.enquiry
        about = "" if said.period is None else period_text(self._kit, said.period)
        whom = accepted.provider_name or dict(self._books.municipalities).get(accepted.provider, accepted.provider)
        return words.sent_to(whom, about) if about else words.sent_text

    def _on_refused(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _on_looked(self, states: Sequence[EnquiryState]) -> None:
        self._is_asking = False
        self._on_states(states)
        self._news.wait()

    def _on_states(self, states: Sequence[EnquiryState]) -> None:
        self._board.states |= {one.enquiry_id: one for one in states}
        self._show()

    def _news_of(self, names: tuple[str, ...]) -> Work:
        """What asks for news of these."""
        case, present = self._board.case, self._present
        if case is None or present is None:
            return tuple
        return partial(self._acts.enquire.news, self._acts.press(), present.session, case, names)

    def _on_not_looked(self, error: AppError) -> None:
        """Looking is repeated by itself; only on the screen of enquiries it is said that it failed."""
        self._is_asking = False
        if self._screen.isVisible():
            self._screen.banner.show_message(self._kit.messages.of(error))

    def _show(self) -> None:
        wanted = self._board.planned()
        self._screen.show_enquiries([self._board.shown(one) for one in wanted])
        self.changed.emit(tuple(self._board.note(one) for one in wanted if self._board.is_sent(one.enquiry_id)))
