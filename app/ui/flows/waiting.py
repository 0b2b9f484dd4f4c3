"""Between two visits: what this PC holds is looked at, and the next visit or a draft is begun."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.clock import TOKYO, business_date
from app.domain.era import wareki
from app.domain.expiry import ENDED, LAST, PRESSING, days_left
from app.domain.rights import ANY, allowed
from app.errors import AppError
from app.services.entry_drafts import ENTERED
from app.services.filing_drafts import DRAFTED
from app.services.ports.memory import Kind as Item
from app.services.ports.memory import OutgoingState, Standing
from app.services.ports.seat import Session, Visit
from app.services.work_status import WorkStatus
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.waiting import DraftShown, OutgoingShown, ReceivedShown, WaitingScreen
from app.ui.widgets.chip import Kind
from app.wire.desk import Receipt
from app.wire.draft import Draft

SEARCH = "register.search"
"""The right to look somebody up."""
LOOK_AGAIN_MS = 5_000
"""While something waits to be sent, this often the screen is held against how things stand. Assumed."""
_TICKET = re.compile(r"(?P<head>.*?)(?P<number>[0-9]+)")


def clock_time(at: datetime) -> str:
    """The time of day in the office, as in 9:05."""
    local = at.astimezone(TOKYO)
    return f"{local.hour}:{local.minute:02d}"


def next_ticket(ticket: str) -> str:
    """The number after ``ticket`` in its own width, "" where it has none."""
    found = _TICKET.fullmatch(ticket)
    if found is None:
        return ""
    number = found["number"]
    return f"{found['head']}{int(number) + 1:0{len(number)}d}"


def moment(at: datetime, now: datetime) -> str:
    """The time of day, with month and day when it is not today's."""
    if business_date(at) == business_date(now):
        return clock_time(at)
    local = at.astimezone(TOKYO)
    return f"{local.month}/{local.day} {clock_time(at)}"


class WaitingFlow(QObject):
    """``visit_begun`` carries the ``Visit``; ``draft_resumed`` the visit and the draft to go on with.

    ``filing_resumed`` carries a draft of a change of the register, ``entry_resumed`` one of a form of another room.
    """

    visit_begun = Signal(object)
    draft_resumed = Signal(object, object)
    filing_resumed = Signal(object)
    entry_resumed = Signal(object)

    def __init__(
        self, kit: Kit, screen: WaitingScreen, lanes: VisitLanes, acts: VisitActs, books: CounterBooks
    ) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts, self._books = kit, screen, lanes, acts, books
        self._errands = Errands(self)
        self._session: Session | None = None
        self._ticket = ""
        self._received: tuple[tuple[Receipt, str], ...] = ()
        self._is_busy = False
        self._status: WorkStatus | None = None
        self._again = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._look_again)
        screen.next_asked.connect(self._on_next)
        screen.draft_asked.connect(self._on_draft)
        screen.reload_asked.connect(self.look)

    def begin(self, session: Session) -> None:
        """A person works here now; who may search the register may do so without a visit too."""
        self._session, self._is_busy = session, False
        day = business_date(self._kit.clock.now())
        self._screen.show_lookup_offered(offered=allowed(session.actor, SEARCH, ANY, ANY, day=day))
        self.look()

    def end(self) -> None:
        """Nobody works here any more; nothing of this person's work stays on the screen."""
        self._errands.drop()
        self._again.stop()
        self._status = None
        self._session, self._received, self._ticket = None, (), ""
        self._screen.wipe()

    def note_received(self, receipt: Receipt, procedure: str) -> None:
        """An application was received in this session."""
        self._received = (*self._received, (receipt, procedure))

    def look(self) -> None:
        """Show how the work on this PC stands now."""
        if self._session is None:
            return
        self._is_busy = False
        self._screen.show_ticket(next_ticket(self._ticket))
        self._errands.run(self._lanes.store, self._acts.work_status, self._show, self.show_failure)

    def _look_again(self) -> None:
        """What waits may have arrived meanwhile; what is being typed stays."""
        if self._session is None or not self._screen.isVisible():
            return
        self._errands.run(self._lanes.store, self._acts.work_status, self._show_changed, self.show_failure)

    def _show_changed(self, status: WorkStatus) -> None:
        if status != self._status:
            self._show(status)
        elif status.waiting:
            self._again.start()

    def _show(self, status: WorkStatus) -> None:
        self._status = status
        if status.waiting:
            self._again.start()
        drafts = [
            DraftShown(one.draft_id, self._title(one.procedure), self._moment(one.saved_at))
            for one in status.drafts
            if not one.handed_in
        ]
        self._screen.show_work(drafts, [self._outgoing(one) for one in status.waiting], self._done_today(status))
        words = self._kit.texts.waiting
        if status.alarm is not None:
            self._screen.banner.show_text("error", words.alarm_title, words.alarm_text, words.alarm_next)
        elif status.certificate_until is not None:
            self._show_end(status.certificate_until)

    def _show_end(self, until: datetime) -> None:
        """Count the last days of this PC's certificate: after them the office lets it in no more."""
        days, words = days_left(until, self._kit.clock.now()), self._kit.texts.waiting
        if days is None:
            return
        kind: Kind = "error" if days <= LAST else "warning" if days <= PRESSING else "information"
        title = words.certificate_ended if days == ENDED else words.certificate_ends(days)
        text = words.certificate_text(wareki(business_date(until)), clock_time(until))
        self._screen.banner.show_text(kind, title, text, words.certificate_next)

    def _done_today(self, status: WorkStatus) -> list[ReceivedShown]:
        """What the office has received: seen at once in this session, or answered later."""
        today = business_date(self._kit.clock.now())
        later = [(one.receipt, "") for one in status.arrived if business_date(one.at) == today]
        word = partial(self._kit.messages.word, "application_state")
        return [
            ReceivedShown(receipt.number, procedure or "―", wareki(receipt.receipt_date), word(receipt.state))
            for receipt, procedure in (*self._received, *later)
        ]

    def _outgoing(self, one: OutgoingState) -> OutgoingShown:
        words, word = self._kit.texts.waiting, self._kit.messages.word
        dead = one.standing is Standing.DEAD
        due = one.next_at <= self._kit.clock.now()
        next_try = words.dead if dead else words.at_once if due else self._moment(one.next_at)
        kind = word("outgoing_kind", Item(one.kind).value)
        return OutgoingShown(kind, word("outgoing_cause", one.cause), next_try, word("who_can_act", one.can_act), dead)

    def _title(self, name: str) -> str:
        procedure = self._books.procedure(name)
        if name.startswith(ENTERED):
            return self._kit.messages.word("entry_form", name.removeprefix(ENTERED))
        if procedure is None:
            return self._books.changes.get(name.removeprefix(DRAFTED), name)
        return procedure.title

    def _moment(self, at: datetime) -> str:
        return moment(at, self._kit.clock.now())

    def _on_next(self, ticket: str) -> None:
        if self._session is None or self._is_busy:
            return
        self._is_busy, self._ticket = True, ticket
        self._screen.banner.clear()
        work: Callable[[], Visit] = partial(self._acts.open_visit, self._acts.press(), self._session, ticket)
        self._errands.run(self._lanes.store, work, self._on_begun, self.show_failure)

    def _on_begun(self, visit: Visit) -> None:
        self._is_busy = False
        self.visit_begun.emit(visit)

    def _on_draft(self, draft_id: str) -> None:
        if self._session is None or self._is_busy:
            return
        self._is_busy = True
        work = partial(self._acts.resume_draft, self._acts.press(), self._session, draft_id)
        self._errands.run(self._lanes.store, work, self._on_resumed, self.show_failure)

    def _on_resumed(self, draft: Draft) -> None:
        self._is_busy = False
        if draft.procedure.startswith(DRAFTED):
            self.filing_resumed.emit(draft)
            return
        if draft.procedure.startswith(ENTERED):
            self.entry_resumed.emit(draft)
            return
        self.draft_resumed.emit(Visit(draft.visit_id, "", draft.saved_at), draft)

    def show_failure(self, error: AppError) -> None:
        """Why something between two visits did not come about."""
        self._is_busy = False
        self._screen.banner.show_message(self._kit.messages.of(error))
