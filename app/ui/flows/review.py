"""The reviewers' desk: queue, one application under review, its papers, what happened in a visit; one at a time."""

import dataclasses
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, DataFault
from app.services.ports.seat import Session
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.flows.review_case import Case
from app.ui.flows.review_list import QueueWork
from app.ui.flows.review_papers import PaperFlow
from app.ui.flows.review_queue import DECIDED
from app.ui.flows.review_records import RecordReader
from app.ui.flows.review_step import StepFlow, opened_case
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.queue import QueueScreen
from app.ui.screens.timeline import TimelineScreen
from app.ui.widgets.top_strip import VisitShown
from app.ui.window import Window
from app.wire.desk import ApplicationView, StepDone, Timeline


class ReviewDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. ``left``: the reviewer went back from the queue (Esc).

    ``correct_asked`` carries an application (``ApplicationView``) that came back to this person: its form is wanted.
    ``sign_out_asked``: the reviewer leaves; ``admin_asked``: the room of administrators is wanted.
    """

    left = Signal()
    correct_asked = Signal(object)
    sign_out_asked = Signal()
    admin_asked = Signal()
    outgoing_asked = Signal()
    register_asked = Signal()
    others_asked = Signal()

    def __init__(self, kit: Kit, window: Window, lanes: ReviewLanes, acts: ReviewActs, books: ReviewBooks) -> None:
        super().__init__(window)
        self._kit, self._window, self._lanes, self._acts, self._books = kit, window, lanes, acts, books
        self._session: Session | None = None
        self._work: StepFlow | None = None
        self._back: Screen | None = None
        self._errands = Errands(self)
        self._queue = self.doors = QueueScreen(kit)
        self._list = QueueWork(kit, self._queue, lanes, acts, books)
        self._list.opened.connect(self.open)
        self._list.left.connect(self.left)
        self._queue.sign_out_asked.connect(self.sign_out_asked)
        self._queue.admin_asked.connect(self.admin_asked)
        self._queue.outgoing_asked.connect(self.outgoing_asked)
        self._queue.register_asked.connect(self.register_asked)
        self._queue.others_asked.connect(self.others_asked)
        self._records = TimelineScreen(kit)
        self._records.left.connect(self._close_records)
        self._visit_id = ""
        self._records.refresh_asked.connect(lambda: self.show_records(self._visit_id))
        self._papers = PaperFlow(kit, window, lanes, acts)
        self._papers.left.connect(self._to_queue)

    def begin(self, session: Session) -> None:
        """Open the queue of what waits for this person."""
        self._session = session
        self._window.open_screen(self._queue)
        self._list.begin(session)

    def end(self) -> None:
        """Forget everything shown; answers that are still on their way are dropped."""
        self._errands.drop()
        self._drop_work()
        self._papers.end()
        self._list.end()
        self._records.wipe()
        self._session, self._back, self._visit_id = None, None, ""

    def show_queue(self) -> None:
        """Back to the queue, as after looking at what has not arrived."""
        self._window.open_screen(self._queue)
        self.look()

    def look(self) -> None:
        """Read the queue again."""
        self._list.look()

    def open(self, application_id: str, way: str = "") -> None:
        """Open one application; ``way`` "return" or "hold": to give it back or to let it lie."""
        if self._session is not None:
            work = partial(self._acts.review.open, self._acts.press(), self._session, application_id)
            self._errands.run(self._lanes.office, work, partial(self._on_opened, way), self._on_open_failed)

    def show_records(self, visit_id: str, back: Screen | None = None) -> None:
        """What happened in a visit; ``back``: the screen to return to, None for the one that is known."""
        self._back = back or self._back or self._queue
        if self._session is None:
            return
        if self._visit_id != visit_id:
            self._records.wipe()
        self._visit_id = visit_id
        self._window.open_screen(self._records)
        work = partial(self._acts.read_timeline, self._acts.press(), self._session, visit_id)
        self._errands.run(self._lanes.office, work, self._on_records, self._on_records_failed)

    def _on_opened(self, way: str, view: ApplicationView) -> None:
        case = opened_case(view, self._books)
        if case is None or self._session is None:
            self._on_open_failed(DataFault(what="unknown_procedure", place=view.procedure))
            return
        self._drop_work()
        if view.state in DECIDED:
            decided = dataclasses.replace(case, step=view.steps[-1].step)
            self._papers.begin(self._session, decided, (view.state, None))
            return
        work = self._work = StepFlow(self._kit, self._lanes, self._acts, self._books, (self._session, case))
        work.done.connect(self._on_done)
        work.correct_asked.connect(self.correct_asked)
        work.alerted.connect(self._window.alerts.show_alerts)
        work.pending.connect(self._window.alerts.show_pending)
        work.screen.left.connect(self._to_queue)
        work.screen.refresh_asked.connect(partial(self.open, view.application_id, ""))
        work.screen.records_asked.connect(lambda: self.show_records(view.visit_id, work.screen))
        self._window.show_visit(VisitShown("", case.procedure.short_title, view.roles.applicant.name, ""))
        work.begin()
        self._window.open_screen(work.screen)
        work.ask(way)

    def _on_done(self, case: Case, outcome: str, done: StepDone) -> None:
        words = self._kit.texts.queue
        if outcome in {"approved", "rejected"} and self._session is not None:
            self._papers.begin(self._session, case, (outcome, done.proof))
            self._drop_work()
            return
        step = case.procedure.step(case.step)
        number = case.view.number
        held = self._kit.texts.hold
        titles = {"held": held.done(number), "let_go": held.let_go_done(number)}
        title = titles.get(outcome, words.returned(number))
        if outcome == "passed":
            title = words.passed(number, step.title if step else case.step)
        self._to_queue()
        self._queue.banner.show_text("success", title)

    def _to_queue(self) -> None:
        self._window.open_screen(self._queue)
        self._queue.banner.clear()
        self._drop_work()
        self._papers.end()
        self.look()

    def _drop_work(self) -> None:
        if self._work is not None:
            work, self._work = self._work, None
            work.end()
            self._window.alerts.clear()
            self._window.show_visit(None)
            self._window.drop_screen(work.screen)

    def _on_records(self, timeline: Timeline) -> None:
        if timeline.visit_id == self._visit_id:
            reader = RecordReader(self._kit, self._books)
            entries = timeline.entries
            self._records.banner.clear()
            self._records.show_deeds(reader.deeds(timeline), reader.people(entries), reader.lead(entries))

    def _close_records(self) -> None:
        back, self._back = self._back or self._queue, None
        self._records.wipe()
        self._visit_id = ""
        self._window.open_screen(back)

    def _on_open_failed(self, error: AppError) -> None:
        message = self._kit.messages.of(error)
        if self._work is not None:
            self._work.screen.show_error(message)
        else:
            self._queue.banner.show_message(message)

    def _on_records_failed(self, error: AppError) -> None:
        self._records.show_error(self._kit.messages.of(error))
