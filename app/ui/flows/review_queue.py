"""The queue as its reader sees it: how long each waits, what is due, and why somebody else has to do it."""

from collections.abc import Sequence

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.domain.procedure import Procedure
from app.ui.flows.review_acts import ReviewBooks
from app.ui.kit import Kit
from app.ui.screens.queue import QueueRow
from app.wire.desk import Queue, QueueEntry

RETURNED = "returned"
DECIDED = ("approved", "rejected")
_HOUR, _DAY = 60, 24 * 60
_LONG_MIN = 2 * _DAY
"""From two days on hours say nothing more."""


class QueueReader:
    """Makes what the screen shows of a queue."""

    def __init__(self, kit: Kit, books: ReviewBooks) -> None:
        self._kit, self._books = kit, books

    def rows(self, queue: Queue) -> tuple[QueueRow, ...]:
        """In the order given."""
        return tuple(self._row(one) for one in queue.entries)

    def count(self, queue: Queue, rows: Sequence[QueueRow], *, decided: bool = False) -> str:
        """How many wait, how many of them for this person, and the longest wait; or how many were ``decided``."""
        words = self._kit.texts.queue
        if decided:
            return words.decided_count(len(rows)) if rows else words.decided_none
        if not rows:
            return words.none
        longest = max(self._minutes(one) for one in queue.entries)
        return words.count(len(rows), sum(one.may for one in rows), self._waiting(longest))

    def _row(self, one: QueueEntry) -> QueueRow:
        procedure, words = self._books.procedure(one.procedure), self._kit.texts.queue
        step = next(iter((*one.may, *one.why_not)), "")
        known = procedure.step(step) if procedure else None
        mine = one.state == RETURNED and bool(one.may)
        title = words.correct if mine else known.title if known else step
        why = self._kit.messages.word("why_not", one.why_not.get(step, ""))
        is_decided = one.state in DECIDED
        if is_decided:
            title = words.decided_task(f"{one.waiting_since.astimezone(TOKYO):%H:%M}")
        return QueueRow(
            application_id=one.application_id,
            number=one.number,
            procedure=procedure.short_title if procedure else one.procedure,
            applicant=one.applicant,
            state=self._state(one, procedure),
            receipt_date=wareki_short(one.receipt_date),
            author=one.author,
            waiting="―" if is_decided else self._waiting(self._minutes(one)),
            task=title if one.may or is_decided else words.may_not(title, why),
            may=bool(one.may) or is_decided,
            note=self._why_back(one),
        )

    def _state(self, one: QueueEntry, procedure: Procedure | None) -> str:
        """In words; what was granted in the procedure's own."""
        if procedure is not None and one.state == "approved":
            return procedure.approval
        return self._kit.messages.word("application_state", one.state)

    def _why_back(self, one: QueueEntry) -> str:
        """Why it lies returned, "" for others."""
        if one.state != RETURNED:
            return ""
        reason = self._kit.messages.word("return_reason", one.reason)
        said = "　".join(part for part in (reason, one.note) if part)
        return self._kit.texts.queue.why_back(one.number, said)

    def _minutes(self, one: QueueEntry) -> int:
        return max(0, int((self._kit.clock.now() - one.waiting_since).total_seconds() // 60))

    def _waiting(self, minutes: int) -> str:
        words = self._kit.texts.queue
        if minutes < _HOUR:
            return words.minutes(minutes)
        return words.hours(minutes // _HOUR, minutes % _HOUR) if minutes < _LONG_MIN else words.days(minutes // _DAY)
