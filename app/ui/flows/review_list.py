"""The queue at work: read, sorted, filtered; rows ticked and passed together after a second press."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, Refused
from app.services.ports.seat import Press, Session
from app.ui.flows.review_acts import ReviewActs, ReviewBooks, ReviewLanes
from app.ui.flows.review_queue import DECIDED, QueueReader, QueueView
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.queue import PassedRow, QueueRow, QueueScreen
from app.wire.desk import Queue
from app.wire.desk_review import BatchDone, BatchItem, BatchOutcome, PassBatch

_NOTHING = Queue(entries=())


class QueueWork(QObject):
    """Works between ``begin`` and ``end``. ``opened`` carries an application and "", "return" or "hold".

    ``left``: the reviewer goes back from the list.
    """

    opened = Signal(str, str)
    left = Signal()

    def __init__(self, kit: Kit, screen: QueueScreen, lanes: ReviewLanes, acts: ReviewActs, books: ReviewBooks) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lanes, self._acts = kit, screen, lanes, acts
        self._reader = QueueReader(kit, books)
        self._errands = Errands(self)
        self._session: Session | None = None
        self._queue, self._view = _NOTHING, QueueView()
        self._is_decided = False
        self._asked: tuple[PassBatch, Press] | None = None
        screen.opened.connect(lambda row: self.opened.emit(row.application_id, ""))
        screen.way_asked.connect(lambda row, way: self.opened.emit(row.application_id, way))
        screen.refresh_asked.connect(self.look)
        screen.other_asked.connect(self._show_other)
        screen.tick_asked.connect(self._on_tick)
        screen.sort_asked.connect(self._on_sort)
        screen.filter_asked.connect(self._on_filter)
        screen.pass_asked.connect(self._on_pass)
        screen.back_asked.connect(self._on_back)

    def begin(self, session: Session) -> None:
        """Somebody looks at what waits; the order they chose last stays theirs until they leave."""
        self._session, self._is_decided, self._asked = session, False, None
        self._screen.show_decided(decided=False)
        self._screen.wipe()
        self.look()

    def end(self) -> None:
        """Forget everything; answers on their way are dropped."""
        self._errands.drop()
        self._session, self._asked = None, None
        self._queue, self._view = _NOTHING, QueueView()
        self._screen.wipe()

    def look(self) -> None:
        """Read the queue again."""
        if self._session is None:
            return
        self._screen.show_loading()
        states = DECIDED if self._is_decided else ()
        work = partial(self._acts.review.queue, self._acts.press(), self._session, states)
        self._errands.run(self._lanes.office, work, self._on_queue, self._on_failed)

    def _on_queue(self, queue: Queue) -> None:
        safe = {one.application_id for one in queue.entries if one.in_batch}
        self._queue, self._view = queue, QueueView(self._view.sort, self._view.only, self._view.ticked & safe)
        if not self._is_decided:
            self._screen.show_filters(self._reader.filters(queue), self._view.only)
        self._show()

    def _show(self) -> None:
        view = QueueView() if self._is_decided else self._view
        rows = self._reader.rows(self._queue, view)
        self._screen.show_rows(rows, self._reader.count(self._queue, rows, None if self._is_decided else view))

    def _show_other(self) -> None:
        """What was decided today instead of what waits, or back."""
        self._is_decided = not self._is_decided
        self._screen.show_decided(decided=self._is_decided)
        self.look()

    def _on_sort(self) -> None:
        self._view = QueueView(self._view.sort.following, self._view.only, self._view.ticked)
        self._show()

    def _on_filter(self, only: str) -> None:
        self._view = QueueView(self._view.sort, only, self._view.ticked)
        self._show()

    def _on_tick(self, row: QueueRow) -> None:
        words, ticked = self._kit.texts.batch, self._view.ticked ^ {row.application_id}
        self._drop_question()
        if not row.can_tick:
            self._screen.banner.show_text("warning", words.refused, row.note, words.refused_next)
            return
        if len(ticked) > self._queue.batch:
            self._screen.banner.show_text("warning", words.refused, words.too_many(self._queue.batch))
            return
        self._view = QueueView(self._view.sort, self._view.only, ticked)
        self._show()

    def _on_pass(self) -> None:
        """The first press says what will happen, the second does it."""
        chosen = [one for one in self._queue.entries if one.application_id in self._view.ticked]
        items = tuple(
            BatchItem(application_id=one.application_id, version=one.version, step=one.may[0]) for one in chosen
        )
        if self._session is None or not items:
            return
        words, message = self._kit.texts.batch, PassBatch(items=items)
        if self._asked is None or self._asked[0] != message:
            self._asked = (message, self._acts.press())
            self._screen.banner.show_text("warning", words.title(len(items)), words.text, words.next)
            return
        press = self._asked[1]
        self._screen.banner.clear()
        work = partial(self._acts.review.pass_batch, press, self._session, message)
        self._errands.run(self._lanes.office, work, self._on_passed, self._on_failed)

    def _on_passed(self, done: BatchDone) -> None:
        self._asked, self._view = None, QueueView(self._view.sort, self._view.only)
        words = self._kit.texts.batch
        passed = sum(not one.why for one in done.outcomes)
        every = len(done.outcomes)
        title = words.all(every) if passed == every else words.some(every, passed)
        self._screen.show_passed(title, [self._passed(one) for one in done.outcomes])
        self.look()

    def _passed(self, one: BatchOutcome) -> PassedRow:
        if not one.why:
            state = self._kit.messages.word("application_state", one.state)
            return PassedRow(one.number, self._kit.texts.batch.one(state), passed=True)
        messages = self._kit.messages
        kept = messages.of(Refused(one.why)) if messages.knows_refusal(one.why) else messages.of_code(one.why)
        return PassedRow(one.number or "―", one.why if kept is None else kept.title, passed=False)

    def _on_back(self) -> None:
        """Esc takes the question back first, then leaves."""
        if self._asked is not None:
            self._drop_question()
        else:
            self.left.emit()

    def _drop_question(self) -> None:
        self._asked = None
        self._screen.banner.clear()

    def _on_failed(self, error: AppError) -> None:
        self._asked = None
        self._screen.banner.show_message(self._kit.messages.of(error))
