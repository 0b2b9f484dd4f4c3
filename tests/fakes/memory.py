"""A PC's memory without files: journal, postbox and work as the use cases see them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.secret import Secret
from app.errors import AppError, LedgerError, NotAllowed, PasswordChanged, WorkClosed
from app.services.ports.alone import HeldLease, HeldPassword, HeldRules
from app.services.ports.memory import (
    SENDING,
    Arrived,
    Delivered,
    DraftMark,
    LockState,
    Outcome,
    Outgoing,
    OutgoingState,
    Standing,
    TurnedDown,
    Waits,
)
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.services.ports.work_cards import CardKept
from app.trust.seal import seal_to
from app.trust.sign import VerifyKey
from app.wire.desk import Receipt
from app.wire.draft import Draft
from app.wire.message import Message, Nothing, decode, encode
from app.wire.parcel import Parcel, parcel_context
from tests.fakes.office import FakeDesk


class MemoryJournal:
    """``Journal`` as a list; what is laid down goes to the postbox. ``refusal``: why it keeps nothing just now."""

    def __init__(self, postbox: "MemoryPostbox") -> None:
        self.acts: list[Act] = []
        self.refusal: AppError | None = None
        self._postbox = postbox

    def write(self, act: Act, *outgoing: Outgoing) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.acts.append(act)
        for item in outgoing:
            self._postbox.lay_down(item, act.trace)

    def acts_of_visit(self, visit_id: str) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.visit == visit_id)


@dataclass
class _Item:
    item: Outgoing
    trace: str
    state: OutgoingState
    outcome: Outcome | None = None


class MemoryPostbox:
    """``Postbox`` that delivers when asked."""

    def __init__(self, desk: FakeDesk, work: "MemoryWork", municipality: str, clock: Clock) -> None:
        self._desk = desk
        self._work = work
        self._municipality = municipality
        self._clock = clock
        self._session: Session | None = None
        self._items: dict[str, _Item] = {}

    def lay_down(self, item: Outgoing, trace: str) -> None:
        now = self._clock.now()
        state = OutgoingState(
            item.item_id, item.kind, item.author, item.subject, now, Standing.WAITING, 0, "", now, "nobody"
        )
        self._items.setdefault(item.item_id, _Item(item, trace, state))

    def serve(self, session: Session | None) -> None:
        self._session = session

    def send(self, item_id: str, wait_s: float) -> Outcome:
        for one in self._items.values():
            if one.outcome is None:
                self._try(one)
        found = self._items[item_id]
        return found.outcome or Waits(found.state.cause or SENDING, found.state.next_at)

    def settle(self, wait_s: float) -> None:
        for one in self._items.values():
            if one.outcome is None:
                self._try(one)

    def waiting(self) -> tuple[OutgoingState, ...]:
        return tuple(one.state for one in self._items.values() if one.outcome is None)

    def alarm(self) -> LedgerError | None:
        return None

    def _try(self, one: _Item) -> None:
        session = self._session
        if session is None:
            return
        if session.actor.staff_id != one.item.author:
            one.state = replace(one.state, cause="outbox.author_away", can_act="author")
            return
        kind, body = one.item.kind.value, encode(one.item.message)
        box = seal_to(self._desk.box.public, body, parcel_context(self._municipality, kind, one.item.item_id))
        try:
            answer = self._desk.carry(session, Carriage(one.trace, one.item.item_id), Parcel(kind=kind, box=box))
        except AppError as error:
            if error.code in {"office.unreachable", "office.server_fault", "office.session_ended"}:
                later = self._clock.now() + timedelta(seconds=2)
                one.state = replace(one.state, cause=error.code, next_at=later, attempts=one.state.attempts + 1)
            else:
                one.outcome = TurnedDown(error)
            return
        types: dict[str, type[Message]] = {"HandIn": Receipt}
        message = decode(answer, types.get(kind, Nothing))
        one.outcome = Delivered(message)
        if isinstance(message, Receipt):
            self._work.answers.append(Arrived(one.item.item_id, self._clock.now(), message))


@dataclass
class MemoryWork:
    """``WorkStore``: one shelf per clerk, closed until the right password comes."""

    answers: list[Arrived] = field(default_factory=list)
    _shelves: dict[str, dict[str, tuple[Draft, str]]] = field(default_factory=dict)
    _passwords: dict[str, str] = field(default_factory=dict)
    _open: str | None = None

    def open(self, staff_id: str, password: Secret, former: Secret | None) -> None:
        self.close()
        known = self._passwords.setdefault(staff_id, password.text())
        if known != password.text():
            if former is None or former.text() != known:
                raise PasswordChanged
            self._passwords[staff_id] = password.text()
        self._shelves.setdefault(staff_id, {})
        self._open = staff_id

    def reopen(self, staff_id: str) -> None:
        """By another key than the password."""
        self._open = staff_id

    def carry(self, staff_id: str, password: Secret) -> None:
        self._passwords[staff_id] = password.text()

    def set_aside(self, staff_id: str) -> None:
        self._passwords.pop(staff_id, None)
        self._shelves.pop(staff_id, None)

    def close(self) -> None:
        self._open = None

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def save(self, draft: Draft) -> None:
        shelf = self._shelf()
        shelf[draft.draft_id] = (draft, shelf.get(draft.draft_id, (draft, ""))[1])

    def draft(self, draft_id: str) -> Draft:
        if draft_id not in self._shelf():
            raise NotAllowed
        return self._shelf()[draft_id][0]

    def drafts(self) -> tuple[DraftMark, ...]:
        marks = [
            DraftMark(one.draft_id, one.visit_id, one.procedure, one.saved_at, item_id)
            for one, item_id in self._shelf().values()
        ]
        return tuple(sorted(marks, key=lambda mark: mark.saved_at, reverse=True))

    def handed_in(self, draft_id: str, item_id: str) -> None:
        if draft_id in self._shelf():
            self._shelf()[draft_id] = (self._shelf()[draft_id][0], item_id)

    def drop(self, draft_id: str) -> None:
        _, item_id = self._shelf().pop(draft_id, (None, ""))
        self.answers = [one for one in self.answers if one.item_id != item_id]

    def arrived(self) -> tuple[Arrived, ...]:
        answered = {one.item_id for one in self.answers}
        shelf = self._shelf()
        for draft_id in [name for name, (_, item_id) in shelf.items() if item_id in answered]:
            del shelf[draft_id]
        return tuple(self.answers)

    def _shelf(self) -> dict[str, tuple[Draft, str]]:
        if self._open is None:
            raise WorkClosed
        return self._shelves[self._open]


class MemoryLocks:
    """``LockMemory``."""

    def __init__(self) -> None:
        self._state: LockState | None = None

    def lock_state(self) -> LockState | None:
        return self._state

    def set_lock_state(self, state: LockState | None) -> None:
        self._state = state


class PlainCopies:
    """``CopySealer`` for tests that look at what was copied."""

    def sealed_copy(self, draft: Draft) -> bytes:
        return encode(draft)

    def for_takers(self, draft: Draft) -> tuple[bytes, ...]:
        return ()


@dataclass
class MemoryCards:
    """``WorkCards`` beside a ``MemoryWork``."""

    work: MemoryWork
    slots: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def salt(self, staff_id: str) -> bytes:
        return staff_id.encode().ljust(32, b"-")

    def has(self, staff_id: str) -> bool:
        return bool(self.slots.get(staff_id))

    def open(self, staff_id: str, card: CardKept) -> bool:
        self.work.close()
        if self.slots.get(staff_id, {}).get(card.key) != card.kept.reveal():
            return False
        self.work.reopen(staff_id)
        return True

    def admit(self, staff_id: str, card: CardKept) -> None:
        self.slots.setdefault(staff_id, {})[card.key] = card.kept.reveal()

    def carry(self, staff_id: str, password: Secret) -> None:
        self.work.carry(staff_id, password)

    def keep(self, staff_id: str, keys: Collection[str]) -> tuple[str, ...]:
        mine = self.slots.get(staff_id, {})
        gone = tuple(key for key in mine if key not in keys)
        for key in gone:
            del mine[key]
        return gone


class MemoryAlone:
    """``RulesMemory``, ``LeaseMemory`` and ``PasswordMemory`` in this process."""

    def __init__(self, key: VerifyKey) -> None:
        self._key = key
        self._rules: HeldRules | None = None
        self._leases: dict[str, HeldLease] = {}
        self._given: dict[str, HeldPassword] = {}
        self._heard: datetime | None = None

    def office_key(self) -> VerifyKey | None:
        return self._key

    def held_rules(self) -> HeldRules | None:
        return self._rules

    def hold_rules(self, held: HeldRules) -> None:
        self._rules = held

    def held_lease(self, staff_id: str) -> HeldLease | None:
        return self._leases.get(staff_id)

    def hold_lease(self, staff_id: str, held: HeldLease) -> None:
        self._leases[staff_id] = held

    def has_work(self, staff_id: str) -> bool:
        return staff_id in self._leases

    def held_password(self, staff_id: str) -> HeldPassword | None:
        return self._given.get(staff_id)

    def hold_password(self, staff_id: str, held: HeldPassword) -> None:
        self._given[staff_id] = held

    def office_time(self) -> datetime | None:
        return self._heard

    def heard_time(self, at: datetime) -> None:
        self._heard = at if self._heard is None else max(self._heard, at)
