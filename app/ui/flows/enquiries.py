"""Enquiries of the application being entered: sent one by one, looked at while they are under way, never awaited."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import business_date
from app.domain.era import wareki_short, wareki_year
from app.domain.procedure import Procedure
from app.errors import AppError
from app.services.enquire import ANSWERED, ASKS_CONSENT, EnquiryCase, Planned, planned
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.flows.waiting import clock_time
from app.ui.kit import Kit
from app.ui.screens.enquiries import EnquiryScreen, EnquiryShown
from app.ui.widgets.alerts import Note
from app.ui.widgets.chip import Kind
from app.wire.desk import PersonMark
from app.wire.draft import Draft
from app.wire.relay import EnquiryAccepted, EnquiryState

LOOK_MS = 3000
"""How often an enquiry under way is looked at. Assumed."""
_REFUSED = "refused"


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
        self._case: EnquiryCase | None = None
        self._accepted: dict[str, EnquiryAccepted] = {}
        self._states: dict[str, EnquiryState] = {}
        self._is_asking = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
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
        self._case = EnquiryCase.of_draft(draft, procedure, day, persons)
        self._screen.banner.clear()
        self._show()
        self.look()

    def end(self) -> None:
        """The visit is over; what was sent goes on and is found again with the application."""
        self._timer.stop()
        self._errands.drop()
        self._present = self._case = None
        self._accepted, self._states, self._is_asking = {}, {}, False
        self._screen.wipe()

    def look(self) -> None:
        """Ask how they stand."""
        if self._present is None or self._case is None or self._is_asking:
            return
        self._is_asking = True
        work = partial(self._acts.enquire.states, self._acts.press(), self._present.session, self._case)
        self._errands.run(self._lanes.office, work, self._on_states, self._on_not_looked)

    def _planned(self) -> tuple[Planned, ...]:
        return () if self._case is None else planned(self._case)

    def _on_send(self, enquiry_id: str, signed: bool) -> None:  # noqa: FBT001 -- as the signal carries it
        wanted = next((one for one in self._planned() if one.enquiry_id == enquiry_id), None)
        if wanted is None or self._present is None or self._case is None:
            return
        self._screen.banner.clear()
        start, at = self._acts.enquire.start, self._acts.press()
        work = partial(start, at, self._present.session, self._case, wanted, signed=signed)
        self._errands.run(self._lanes.office, work, self._on_accepted, self._on_refused)

    def _on_accepted(self, accepted: EnquiryAccepted) -> None:
        words = self._kit.texts.enquiry
        self._accepted[accepted.enquiry_id] = accepted
        self._screen.banner.show_text("success", words.sent_title, words.sent_text)
        self._show()
        self._screen.show_next()
        self._timer.start()

    def _on_refused(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _on_states(self, states: Sequence[EnquiryState]) -> None:
        self._is_asking = False
        self._states |= {one.enquiry_id: one for one in states}
        self._show()
        open_ones = self._accepted.keys() | self._states.keys()
        done = {name for name, one in self._states.items() if one.state in {ANSWERED, _REFUSED}}
        if open_ones - done:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_not_looked(self, error: AppError) -> None:
        """Looking is repeated by itself; only on the screen of enquiries it is said that it failed."""
        self._is_asking = False
        if self._screen.isVisible():
            self._screen.banner.show_message(self._kit.messages.of(error))

    def _show(self) -> None:
        wanted = self._planned()
        self._screen.show_enquiries([self._shown(one) for one in wanted])
        sent = [one for one in wanted if one.enquiry_id in self._states or one.enquiry_id in self._accepted]
        self.changed.emit(tuple(self._note(one) for one in sent))

    def _shown(self, one: Planned) -> EnquiryShown:
        text, kind = self._standing(one.enquiry_id)
        enquiry, year = one.due.enquiry, one.due.year
        words = self._kit.texts.enquiry
        return EnquiryShown(
            id=one.enquiry_id,
            label=enquiry.label,
            subject=one.subject.name,
            provider=self._provider(one),
            year=words.year_of(wareki_year(year.year)) if year else self._as_of(),
            state=text,
            kind=kind,
            purpose=enquiry.purpose,
            sent=one.enquiry_id in self._states or one.enquiry_id in self._accepted,
            step=self._step(one.enquiry_id),
            consent=enquiry.consent in ASKS_CONSENT,
        )

    def _as_of(self) -> str:
        """The reference date of what belongs to no year."""
        return "" if self._case is None else self._kit.texts.enquiry.as_of(wareki_short(self._case.requested_on))

    def _step(self, enquiry_id: str) -> str:
        """What to do now, once it was sent."""
        state = self._states.get(enquiry_id)
        return "" if state is None else self._kit.messages.word("next_step", state.next_step)

    def _note(self, one: Planned) -> Note:
        words = self._kit.texts.enquiry
        text, kind = self._standing(one.enquiry_id)
        state, accepted = self._states.get(one.enquiry_id), self._accepted.get(one.enquiry_id)
        more = ""
        if state is not None and state.answer is not None:
            more = words.answered_at(clock_time(state.answer.answered_at))
        elif accepted is not None and kind == "information":
            more = words.waiting_since(clock_time(accepted.accepted_at))
        elif state is not None and state.reason:
            more = self._kit.messages.refusal(state.reason)
        icon = "pending" if kind == "information" else ""
        return Note(one.due.enquiry.label, f"{one.subject.name}　{text}\n{more}".strip(), kind, icon)

    def _standing(self, enquiry_id: str) -> tuple[str, Kind]:
        state, word = self._states.get(enquiry_id), self._kit.messages.word
        if state is None:
            if enquiry_id in self._accepted:
                return word("enquiry_state", "waiting"), "information"
            return self._kit.texts.enquiry.not_sent, "quiet"
        if state.answer is not None:
            kind: Kind = "success" if state.answer.kind == "value" else "warning"
            return word("answer_kind", state.answer.kind), kind
        if state.state == _REFUSED:
            return word("enquiry_state", state.state), "error"
        if state.state == ANSWERED:
            return word("enquiry_state", state.state), "success"
        return word("enquiry_state", state.state), "information"

    def _provider(self, one: Planned) -> str:
        accepted = self._accepted.get(one.enquiry_id)
        if accepted is not None and accepted.provider_name:
            return accepted.provider_name
        if one.due.enquiry.path in {"own", "link"}:
            return self._kit.texts.enquiry.own
        known = dict(self._books.municipalities)
        return known.get(one.due.provider, one.due.provider or "―")
