"""お知らせ: taken from counters and business systems, sent to the residents' portal in its hours, followed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.backend.relay.service.windows import NETWORK, Windows
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, Neighbour
from app.trust.seal import BoxKey, open_box, seal_to
from app.wire.addressee import Translate, Translations
from app.wire.desk import PersonMark
from app.wire.message import Message, decode, encode
from app.wire.portal import NoticeAnswer, NoticeContent
from app.wire.portal_notice import (
    AskNoticeStates,
    CancelNotice,
    NoticeCancelled,
    NoticeState,
    NoticeStates,
    NoticeTaken,
    PassedNotice,
    PassedState,
    PassedStates,
    PassNotices,
    SendNotice,
)

A = TypeVar("A", bound=Message)
T = TypeVar("T")

NOTIFY = "portal.notify"
WAITING, NO_CODE, SENT, OPENED, ANSWERED = "waiting", "no_code", "sent", "opened", "answered"
CANCELLING, CANCELLED, UNREGISTERED = "cancelling", "cancelled", "unregistered"
CLOSED = frozenset({ANSWERED, CANCELLED, UNREGISTERED})
OUT_THERE = frozenset({SENT, OPENED})
REASONS = frozenset({"mistaken", "settled", "other"})
LONGEST_ID, LONGEST_TITLE, LONGEST_BODY, MOST_CHOICES, MOST = 64, 100, 4000, 10, 64
LEASE, AGAIN, LOOK = timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=30)
"""How soon what failed is tried again, and how often it is looked whether a notice was opened. Assumed."""
_NOT_SENT = frozenset({"", "out_of_hours", "no_route", "number_unknown"})
"""Reasons with which nothing of it can have left."""
_TOLD = frozenset({SENT, OPENED, ANSWERED, CANCELLED, UNREGISTERED})


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``answer``: what the resident chose. ``is_taken``: it may be on its way at this very moment."""

    municipality: str
    notice_id: str
    procedure: str
    subject: PersonMark
    content: NoticeContent
    staff_id: str
    trace: str
    state: str
    reason: str
    accepted_at: datetime
    changed_at: datetime
    next_at: datetime | None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""
    proof: str = ""
    version: int = 1
    is_taken: bool = False


class NoticeUnit(Protocol):
    """What can be done inside one transaction."""

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def notices(self, municipality: str, notice_ids: Sequence[str]) -> tuple[Notice, ...]: ...
    def newest(self, municipality: str, procedure: str, limit: int) -> tuple[Notice, ...]: ...
    def put(self, notice: Notice) -> None:
        """Write a new one or the next version. Errors: Conflict when it is not the next."""
        ...

    def due(self, now: datetime, lease: timedelta, limit: int) -> tuple[Notice, ...]:
        """Those of one municipality that are due, taken for the time of ``lease``."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...


class NoticeBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[NoticeUnit], T]) -> T: ...
    def read(self, work: Callable[[NoticeUnit], T]) -> T: ...


@dataclass(frozen=True, slots=True)
class NoticeKeys:
    """``boxes``: municipality → key that opens answers; ``portal``: its public key, b"" while none is known."""

    boxes: Mapping[str, BoxKey]
    portal: bytes


class NoticeSending:
    """The use cases, and the turn that carries. ``lines``: the addressee slice's translation, and the intermediary."""

    def __init__(
        self,
        book: NoticeBook,
        post: Correspondent,
        lines: tuple[Neighbour, Neighbour],
        keys: NoticeKeys,
        going: tuple[Windows, Clock],
    ) -> None:
        self._book = book
        self._post = post
        self._translate, self._intermediary = lines
        self._keys = keys
        self._windows, self._clock = going
        self._wake: Callable[[], None] = lambda: None

    def wakes(self, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to carry."""
        self._wake = wake

    def send(self, call: Call, asked: SendNotice) -> NoticeTaken:
        """Keep a notice; it goes on by itself. Errors: NotAllowed; NotUnderstood; Conflict for a used id."""
        call.demand(NOTIFY, asked.procedure)
        _demand_whole(asked)
        if not self._post.serves(f"relay@{call.municipality}"):
            raise NotAllowed

        def keep(unit: NoticeUnit) -> NoticeTaken:
            if known := unit.notices(call.municipality, [asked.notice_id]):
                raise Conflict(version=known[0].version)
            what = {"notice": asked.notice_id, "procedure": asked.procedure}
            act = act_of(call, "notice.accepted", about=asked.subject.business_number, **what)
            (proof,) = unit.record([act])
            notice = self._new(call, asked, proof)
            unit.put(notice)
            opens = self._windows.calendar(call.municipality, NETWORK).next_opening(call.at)
            return NoticeTaken(notice_id=notice.notice_id, accepted_at=call.at, expected_at=opens, proof=proof)

        taken = self._book.write(lambda unit: unit.once(call, asked, NoticeTaken, lambda: keep(unit)))
        self._wake()
        return taken

    def states(self, call: Call, asked: AskNoticeStates) -> NoticeStates:
        """How they stand. Seeing an answer is an act, recorded before. Errors: NotAllowed, NotUnderstood."""
        call.demand(NOTIFY, asked.procedure)
        if len(asked.notice_ids) > MOST:
            raise NotUnderstood(what="notice_ids")
        place = call.municipality
        if asked.notice_ids:
            named = self._book.read(lambda unit: unit.notices(place, asked.notice_ids))
            found = tuple(one for one in named if one.procedure == asked.procedure)
        else:
            found = self._book.read(lambda unit: unit.newest(place, asked.procedure, MOST))
        read = [
            act_of(call, "notice.answer_read", about=one.subject.business_number, notice=one.notice_id)
            for one in found
            if one.answer
        ]
        if read:
            self._book.write(lambda unit: unit.record(read))
        return NoticeStates(notices=tuple(_row(one) for one in found))

    def cancel(self, call: Call, asked: CancelNotice) -> NoticeCancelled:
        """Withdraw one: at once while it is here, else where it was sent. Errors: NotAllowed; Refused; Conflict."""
        if asked.reason not in REASONS:
            raise Refused("cancel_reason_missing")

        def cancel(unit: NoticeUnit) -> NoticeCancelled:
            found = unit.notices(call.municipality, [asked.notice_id])
            if not found:
                raise NotAllowed
            notice = found[0]
            call.demand(NOTIFY, notice.procedure)
            if notice.state in CLOSED:
                raise Refused("notice_closed")
            is_here = notice.state in {WAITING, NO_CODE} and not notice.is_taken and notice.reason in _NOT_SENT
            state = CANCELLED if is_here else CANCELLING
            what = {"notice": notice.notice_id, "reason": asked.reason, "state": state}
            (proof,) = unit.record([act_of(call, "notice.cancelled", about=notice.subject.business_number, **what)])
            next_at = None if state == CANCELLED else call.at
            unit.put(replace(notice, state=state, next_at=next_at, changed_at=call.at, version=notice.version + 1))
            return NoticeCancelled(state=state, proof=proof)

        done = self._book.write(lambda unit: unit.once(call, asked, NoticeCancelled, lambda: cancel(unit)))
        self._wake()
        return done

    def turn(self) -> bool:
        """Carry what is due, at most 64; whether there was any. The answers are fetched: nobody connects to here."""
        now = self._clock.now()
        due = self._book.write(lambda unit: unit.due(now, LEASE, MOST))
        if not due:
            return False
        place = due[0].municipality
        calendar = self._windows.calendar(place, NETWORK)
        if not calendar.open_at(now):
            changed = [self._later(one, "out_of_hours", calendar.next_opening(now)) for one in due]
        elif not self._keys.portal:
            changed = [self._later(one, "no_route", None) for one in due]
        else:
            changed = self._carried(place, due)
        self._book.write(lambda unit: self._kept(unit, due, changed))
        return True

    def _carried(self, place: str, due: Sequence[Notice]) -> list[Notice]:
        try:
            numbers = self._numbers(place, due)
            known = [(one, number) for one, number in zip(due, numbers, strict=True) if number]
            states = self._told(place, known)
        except AppError as error:
            return [self._later(one, error.code, None) for one in due]
        return [
            self._stepped(one, states[one.notice_id])
            if one.notice_id in states
            else self._later(replace(one, state=NO_CODE), "number_unknown", self._clock.now() + LOOK)
            for one in due
        ]

    def _numbers(self, place: str, due: Sequence[Notice]) -> list[str]:
        asked = Translate(municipality=place, business_numbers=tuple(one.subject.business_number for one in due))
        letter = self._post.write(f"relay@{place}", "translate/1", asked)
        reply = self._post.read(self._translate.ask(letter), "translations/1", Translations, "addressee")
        if len(reply.found) != len(due):
            raise NotUnderstood(what="found")
        return [one.addressee_number for one in reply.found]

    def _told(self, place: str, known: Sequence[tuple[Notice, str]]) -> dict[str, PassedState]:
        if not known:
            return {}
        notices = tuple(
            PassedNotice(
                addressee_number=number, notice_id=one.notice_id, want=(want := _want(one)), sealed=self._box(one, want)
            )
            for one, number in known
        )
        letter = self._post.write(f"relay@{place}", "pass-notices/1", PassNotices(municipality=place, notices=notices))
        reply = self._post.read(self._intermediary.ask(letter), "passed-states/1", PassedStates, "intermediary")
        if [one.notice_id for one in reply.states] != [one.notice_id for one in notices]:
            raise NotUnderstood(what="notice_id")
        return {one.notice_id: one for one in reply.states}

    def _box(self, one: Notice, want: str) -> bytes:
        if want != "send":
            return b""
        context = ("notice", one.municipality, one.notice_id)
        return seal_to(self._keys.portal, encode(one.content), context)

    def _stepped(self, one: Notice, told: PassedState) -> Notice:
        now = self._clock.now()
        if told.state == NO_CODE and one.state in {WAITING, NO_CODE}:
            return self._later(replace(one, state=NO_CODE), "", now + LOOK)
        if told.state not in _TOLD:
            return self._later(one, told.reason or told.state, None)
        answer = self._answer(one, told) if told.state == ANSWERED else ""
        is_withdrawing = one.state == CANCELLING and told.state in OUT_THERE
        return replace(
            one,
            state=CANCELLING if is_withdrawing else told.state,
            reason="",
            opened_at=told.opened_at,
            answered_at=told.answered_at,
            answer=answer,
            next_at=None if told.state in CLOSED else now + LOOK,
            changed_at=now,
            version=one.version + 1,
        )

    def _answer(self, one: Notice, told: PassedState) -> str:
        """What was chosen; only one of the choices counts. Opened here and nowhere before."""
        context = ("notice-answer", one.municipality, one.notice_id)
        try:
            choice = decode(open_box(self._keys.boxes[one.municipality], told.sealed, context), NoticeAnswer).choice
        except AppError:
            return ""
        return choice if choice in one.content.choices else ""

    def _later(self, one: Notice, reason: str, next_at: datetime | None) -> Notice:
        now = self._clock.now()
        at = next_at or now + AGAIN
        return replace(one, reason=reason, next_at=at, changed_at=now, version=one.version + 1)

    def _kept(self, unit: NoticeUnit, before: Sequence[Notice], changed: Sequence[Notice]) -> None:
        """Each new state is an act; what somebody changed meanwhile is left to the next turn."""
        acts: list[Act] = []
        for old, new in zip(before, changed, strict=True):
            try:
                unit.put(new)
            except Conflict:
                continue
            if new.state != old.state and new.state in _TOLD:
                place = (new.municipality, "slice:relay", "", new.trace)
                what = (("notice", new.notice_id), ("procedure", new.procedure))
                about = new.subject.business_number
                acts.append(Act(f"notice.{new.state}", self._clock.now(), *place, about=about, what=what))
        unit.record(acts)

    def _new(self, call: Call, asked: SendNotice, proof: str) -> Notice:
        content = NoticeContent(
            title=asked.title,
            body=asked.body,
            choices=asked.choices,
            answer_by=asked.answer_by,
            reply_key=self._keys.boxes[call.municipality].public,
        )
        return Notice(
            municipality=call.municipality,
            notice_id=asked.notice_id,
            procedure=asked.procedure,
            subject=asked.subject,
            content=content,
            staff_id=call.actor.staff_id,
            trace=call.trace,
            state=WAITING,
            reason="",
            accepted_at=call.at,
            changed_at=call.at,
            next_at=call.at,
            proof=proof,
        )


def _want(one: Notice) -> str:
    if one.state == CANCELLING:
        return "cancel"
    return "state" if one.state in OUT_THERE else "send"


def _demand_whole(asked: SendNotice) -> None:
    lengths = (
        0 < len(asked.notice_id) <= LONGEST_ID,
        0 < len(asked.title) <= LONGEST_TITLE,
        0 < len(asked.body) <= LONGEST_BODY,
        len(asked.choices) <= MOST_CHOICES,
        bool(asked.subject.business_number),
    )
    if not all(lengths):
        raise NotUnderstood(what="notice")


def _row(one: Notice) -> NoticeState:
    return NoticeState(
        notice_id=one.notice_id,
        subject=one.subject,
        title=one.content.title,
        state=one.state,
        reason=one.reason,
        accepted_at=one.accepted_at,
        next_at=one.next_at,
        opened_at=one.opened_at,
        answered_at=one.answered_at,
        answer=one.answer,
    )
