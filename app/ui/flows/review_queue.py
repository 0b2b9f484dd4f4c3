"""The queue as its reader sees it: how long each waits, why it wants a look, in which order, which of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.case_risk import HEAVY, RiskKind
from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.domain.procedure import Procedure
from app.ui.flows.review_acts import ReviewBooks
from app.ui.kit import Kit
from app.ui.screens.queue import QueueRow
from app.ui.widgets.chip import Kind
from app.wire.desk import Queue, QueueEntry
from app.wire.desk_marks import RiskMark

RETURNED = "returned"
DECIDED = ("approved", "rejected")
_HOUR, _DAY = 60, 24 * 60
_LONG_MIN = 2 * _DAY
"""From two days on hours say nothing more."""
_ORDER = [kind.value for kind in RiskKind]
_HEAVY = frozenset(kind.value for kind in HEAVY)
_TOLD = frozenset({RiskKind.ALERT.value, RiskKind.CONFIRM.value})
"""Kinds whose ground is a sentence of the procedure."""


class Sort(StrEnum):
    """In which order they stand."""

    AGE = "age"
    RISK = "risk"
    MINE = "mine"

    @property
    def following(self) -> "Sort":
        """The next one, round and round."""
        every = list(Sort)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True)
class QueueView:
    """How somebody looks at the queue. ``only``: all, a kind of row, or "procedure:<id>"; ``ticked``: ids."""

    sort: Sort = Sort.AGE
    only: str = "all"
    ticked: frozenset[str] = frozenset()


_ONLY: dict[str, Callable[[QueueEntry], bool]] = {
    "mine": lambda one: bool(one.may),
    "risk": lambda one: any(risk.kind in _HEAVY for risk in one.risks),
    "batch": lambda one: one.in_batch,
    "held": lambda one: one.hold is not None,
}


def _any(_: QueueEntry) -> bool:
    return True


def _by_risk(one: QueueEntry) -> tuple[int, int]:
    return min((_ORDER.index(risk.kind) for risk in one.risks), default=len(_ORDER)), -len(one.risks)


def _by_mine(one: QueueEntry) -> tuple[int, int]:
    return 0 if one.may and one.hold is None else 1, 0


def _as_given(_: QueueEntry) -> tuple[int, int]:
    return 0, 0


_BY: dict[Sort, Callable[[QueueEntry], tuple[int, int]]] = {
    Sort.AGE: _as_given,
    Sort.RISK: _by_risk,
    Sort.MINE: _by_mine,
}


def seen(queue: Queue, view: QueueView) -> tuple[QueueEntry, ...]:
    """Those that are to be shown, in their order; within it the oldest first."""
    name, _, procedure = view.only.partition(":")
    fits = _ONLY.get(name, _any)
    found = [one for one in queue.entries if fits(one) and (not procedure or one.procedure == procedure)]
    return tuple(sorted(found, key=_BY[view.sort]))


class QueueReader:
    """Makes what the screen shows of a queue."""

    def __init__(self, kit: Kit, books: ReviewBooks) -> None:
        self._kit, self._books = kit, books

    def rows(self, queue: Queue, view: QueueView = QueueView()) -> tuple[QueueRow, ...]:
        """In the order of the view."""
        return tuple(self._row(one, view.ticked) for one in seen(queue, view))

    def count(self, queue: Queue, rows: Sequence[QueueRow], view: QueueView | None = None) -> str:
        """How many wait, how many of them for this person, the longest wait, the order; or how many were decided."""
        words = self._kit.texts.queue
        if view is None:
            return words.decided_count(len(rows)) if rows else words.decided_none
        if not rows:
            return words.none
        longest = max(self._minutes(one) for one in queue.entries)
        order = self._kit.messages.word("queue_order", view.sort.value)
        return words.count(len(rows), sum(one.may for one in rows), self._waiting(longest), order)

    def filters(self, queue: Queue) -> tuple[tuple[str, str], ...]:
        """What may be chosen to be shown: kinds of rows, and the procedures that wait."""
        named = dict.fromkeys(one.procedure for one in queue.entries)
        found = [(name, self._books.procedure(name)) for name in named]
        procedures = [(f"procedure:{name}", one.short_title if one else name) for name, one in found]
        return (*self._kit.messages.words("queue_only"), *procedures)

    def _row(self, one: QueueEntry, ticked: Collection[str]) -> QueueRow:
        procedure = self._books.procedure(one.procedure)
        is_decided = one.state in DECIDED
        risk, kind = self._risk(one.risks)
        return QueueRow(
            application_id=one.application_id,
            number=one.number,
            procedure=procedure.short_title if procedure else one.procedure,
            applicant=one.applicant,
            author=one.author,
            waiting="―" if is_decided else self._waiting(self._minutes(one)),
            task=self._task(one, procedure, ticked),
            may=bool(one.may) or is_decided,
            ticket=one.ticket or "―",
            risk=risk,
            risk_kind=kind,
            note=self._note(one, procedure),
            can_tick=one.in_batch,
            ticked=one.application_id in ticked,
            held=one.hold is not None,
        )

    def _task(self, one: QueueEntry, procedure: Procedure | None, ticked: Collection[str]) -> str:
        words, row_words, step = (
            self._kit.texts.queue,
            self._kit.texts.queue_row,
            next(iter((*one.may, *one.why_not)), ""),
        )
        if one.state in DECIDED:
            return words.decided_task(self._state(one, procedure), f"{one.waiting_since.astimezone(TOKYO):%H:%M}")
        known = procedure.step(step) if procedure else None
        title = words.correct if one.state == RETURNED and one.may else known.title if known else step
        if one.level and one.may:
            title = row_words.level(title, one.level)
        if one.application_id in ticked:
            return row_words.ticked(title)
        if one.hold is not None:
            return row_words.held(title, wareki_short(one.hold.until))
        why = self._kit.messages.word("why_not", one.why_not.get(step, ""))
        return title if one.may else words.may_not(title, why)

    def _risk(self, risks: Sequence[RiskMark]) -> tuple[str, Kind]:
        """The heaviest one, and how many more there are."""
        if not risks:
            return "", "quiet"
        kinds = list(dict.fromkeys(one.kind for one in risks))
        word = self._kit.messages.word("risk", kinds[0])
        kind: Kind = "warning" if kinds[0] in _HEAVY else "information"
        return (self._kit.texts.queue_row.more_risks(word, len(kinds) - 1) if len(kinds) > 1 else word), kind

    def _note(self, one: QueueEntry, procedure: Procedure | None) -> str:
        """What is said of the marked row: receipt and state, every ground, why it lies."""
        words = self._kit.texts.queue_row
        said = [words.received(wareki_short(one.receipt_date), self._state(one, procedure))]
        if one.state == RETURNED:
            said.append(self._why_back(one))
        if one.hold is not None:
            reason = self._kit.messages.word("hold_reason", one.hold.reason)
            why = "　".join(part for part in (reason, one.hold.note) if part)
            said.append(words.held_because(wareki_short(one.hold.until), why, one.hold.by))
        grounds = [self._ground(risk) for risk in one.risks]
        return "\n".join((*said, "".join(dict.fromkeys(grounds)))).strip()

    def _ground(self, risk: RiskMark) -> str:
        words = self._kit.texts.queue_row
        name = self._kit.messages.word("risk", risk.kind)
        if risk.detail and (risk.kind in _TOLD or risk.kind == RiskKind.LATE.value):
            why = words.missed(risk.detail) if risk.kind == RiskKind.LATE.value else risk.detail
            return words.ground(name, why.rstrip("。"))
        return words.ground(name, self._kit.messages.word("risk_why", risk.kind))

    def _state(self, one: QueueEntry, procedure: Procedure | None) -> str:
        """In words; what was granted in the procedure's own."""
        if procedure is not None and one.state == "approved":
            return procedure.approval
        return self._kit.messages.word("application_state", one.state)

    def _why_back(self, one: QueueEntry) -> str:
        """Why it lies returned."""
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
