"""Delivers what waits: one thread, woken by writes and by the clock; whoever waits for an item hears its outcome."""

import logging
from collections import OrderedDict
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TimedOut
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.domain.clock import Clock, Random, new_id
from app.durable.outbox import Outbox, OutboxItem
from app.durable.worker import Pump
from app.errors import (
    AppError,
    LedgerError,
    ServerFault,
    SessionEnded,
    StoreBusy,
    TooManyTries,
    Unreachable,
)
from app.services.ports.memory import (
    DELIVERED,
    SENDING,
    Delivered,
    Kind,
    Outcome,
    OutgoingState,
    Standing,
    TurnedDown,
    Waits,
)
from app.services.ports.office import Carriage, DeskCarrier
from app.services.ports.seat import Session
from app.store.outbox import AUTHOR_AWAY, desk_key, hurry, keep_desk_key, states, whose
from app.store.results import lay_down
from app.store.sync import JournalSync, check_proof
from app.store.terminal import Terminal
from app.wire.desk import Receipt
from app.wire.message import Message, Nothing, decode
from app.wire.parcel import Parcel, ParcelKey

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a claimed item is left alone: longer than the line's own limits together. Assumed."""
PORTION = 16
IDLE_S = 5.0
REMEMBERED = 64
_LATER = (Unreachable, ServerFault, StoreBusy, SessionEnded, TooManyTries)
"""What time or a new sign-in mends; any other refusal is final."""
_LINE_DOWN = (Unreachable, SessionEnded)
_ANSWERS: dict[Kind, type[Message]] = {Kind.HAND_IN: Receipt}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the postbox works with."""

    terminal: Terminal
    outbox: Outbox
    carrier: DeskCarrier
    sync: JournalSync


@dataclass(frozen=True, slots=True)
class _Round:
    """One turn: whose outcomes were ``asked`` for when it began, and what makes further tries in it pointless."""

    asked: tuple[str, ...]
    down: AppError | None


class TerminalPostbox:
    """The postbox of this terminal. See ``Postbox``."""

    def __init__(self, parts: Parts, municipality: str, clock: Clock, random: Random) -> None:
        self._parts = parts
        self._municipality = municipality
        self._database = parts.terminal.database
        self._clock = clock
        self._random = random
        self._session: Session | None = None
        self._waiters: dict[str, Future[Outcome]] = {}
        self._heard: OrderedDict[str, Outcome] = OrderedDict()
        self._alarm: LedgerError | None = None
        self._unproven: LedgerError | None = None
        self._pump = Pump("postbox", self.turn, IDLE_S)

    def start(self) -> None:
        """Begin to deliver by itself."""
        self._pump.start()

    def close(self) -> bool:
        """End after the delivery that runs; False when it did not end in time."""
        self._session = None
        return self._pump.close()

    def wake(self) -> None:
        """There may be something to do."""
        self._pump.wake()

    def serve(self, session: Session | None) -> None:
        """See ``Postbox``. At the first sign-in of this terminal it asks the desk for its keys.

        Errors: Unreachable at the first sign-in; LedgerError ``log_key_changed`` when the desk's log has another key.
        """
        if session is not None:
            self._fetch_key(session)
        self._session = session
        if session is not None:
            hurry(self._parts.terminal, self._parts.outbox, self._clock)
            self._pump.wake()

    def send(self, item_id: str, wait_s: float) -> Outcome:
        outcome = self._ask(item_id, wait_s)
        if isinstance(outcome, TurnedDown):  # a refusal that somebody hears is closed
            self._database.write(lambda c: self._parts.outbox.done(c, item_id))
        return outcome

    def settle(self, wait_s: float) -> None:
        session, end = self._session, self._clock.monotonic() + wait_s
        for state in self.waiting():
            left_s = end - self._clock.monotonic()
            if session is None or left_s <= 0:
                return
            if state.author != session.actor.staff_id or state.standing is not Standing.WAITING:
                continue
            if isinstance(self._ask(state.item_id, left_s), Waits):
                return

    def _ask(self, item_id: str, wait_s: float) -> Outcome:
        # in this order: a turn that sees the waiter also sees the item due, and what it heard before is looked up after
        hurry(self._parts.terminal, self._parts.outbox, self._clock)
        waiter: Future[Outcome] = Future()
        self._waiters[item_id] = waiter
        try:
            known = self._heard.get(item_id)
            if known is not None:
                return known
            self._pump.wake()
            return waiter.result(wait_s)
        except TimedOut:
            return self._standing(item_id) if waiter.cancel() else waiter.result()
        finally:
            self._waiters.pop(item_id, None)

    def waiting(self) -> tuple[OutgoingState, ...]:
        return self._database.read(lambda connection: states(connection, self._parts.outbox))

    def alarm(self) -> LedgerError | None:
        return self._alarm or self._unproven

    def turn(self) -> bool:
        """Try what is due; whether something was tried."""
        session, asked = self._session, tuple(self._waiters)
        if session is None:
            self._release(asked)
            return False
        now = self._clock.now()
        items = self._database.write(lambda c: self._parts.outbox.claim(c, now, LEASE, PORTION))
        down: AppError | None = None
        for item in items:
            down = self._try(session, item, _Round(asked, down)) or down
        if not items:
            self._release(asked)
        if down is None:
            self._synchronise(session)
        return bool(items) and down is None

    def _try(self, session: Session, item: OutboxItem, round_: _Round) -> AppError | None:
        """Deliver one item; the error that makes further tries pointless, if there was one."""
        author, trace = self._database.read(lambda connection: whose(connection, item.item_id))
        if author != session.actor.staff_id:
            self._later(item, AUTHOR_AWAY, round_)
            return None
        if round_.down is not None:
            self._later(item, round_.down.code, round_)
            return round_.down
        try:
            way = Carriage(trace, item.item_id)
            answer = self._parts.carrier.carry(session, way, decode(item.body, Parcel))
            self._arrived(item, author, decode(answer, _ANSWERS.get(Kind(item.kind), Nothing)))
        except _LATER as error:
            self._later(item, error.code, round_)
            return error if isinstance(error, _LINE_DOWN) else None
        except AppError as error:
            self._refused(item, error)
        return None

    def _arrived(self, item: OutboxItem, author: str, answer: Message) -> None:
        now = self._clock.now()

        def close(connection: Connection) -> None:
            self._parts.outbox.done(connection, item.item_id)
            if isinstance(answer, Receipt):
                lay_down(connection, item.item_id, author, answer, now)

        self._database.write(close)
        if isinstance(answer, Receipt):
            self._check(answer)
        self._tell(item.item_id, Delivered(answer))

    def _check(self, answer: Receipt) -> None:
        """A receipt that proves nothing is shown all the same: the alarm says so besides."""
        try:
            self._database.read(lambda connection: check_proof(connection, self._municipality, answer.proof))
        except LedgerError as error:
            log.critical("a receipt does not hold", extra={"kind": error.data.get("kind", "")})
            self._unproven = error

    def _later(self, item: OutboxItem, cause: str, round_: _Round) -> None:
        now = self._clock.now()
        next_at = self._database.write(lambda c: self._parts.outbox.later(c, item, now, cause))
        log.info("an item waits", extra={"kind": item.kind, "cause": cause, "attempts": item.attempts})
        if item.item_id in self._waiters and item.item_id not in round_.asked:
            hurry(self._parts.terminal, self._parts.outbox, self._clock)  # asked for while this try was under way
        else:
            self._tell(item.item_id, Waits(cause, next_at))

    def _refused(self, item: OutboxItem, error: AppError) -> None:
        """Left for somebody to look at, unless somebody hears it at once."""
        log.warning("an item was refused", extra={"kind": item.kind, "cause": error.code})
        self._database.write(lambda c: self._parts.outbox.dead(c, item.item_id, error.code))
        self._tell(item.item_id, TurnedDown(error))

    def _tell(self, item_id: str, outcome: Outcome) -> None:
        """What is final is remembered a while: who asks may come just after it happened."""
        if not isinstance(outcome, Waits):
            self._heard[item_id] = outcome
            while len(self._heard) > REMEMBERED:
                self._heard.popitem(last=False)
        waiter = self._waiters.get(item_id)
        if waiter is not None and not waiter.done() and waiter.set_running_or_notify_cancel():
            waiter.set_result(outcome)

    def _release(self, asked: tuple[str, ...]) -> None:
        """Nothing more can be tried now: who waited before this turn hears how his item stands."""
        for item_id in asked:
            self._tell(item_id, self._standing(item_id))

    def _standing(self, item_id: str) -> Outcome:
        found = next((state for state in self.waiting() if state.item_id == item_id), None)
        if found is None:
            return Waits(DELIVERED, self._clock.now())
        return Waits(found.cause or SENDING, found.next_at)

    def _fetch_key(self, session: Session) -> None:
        known = self._database.read(desk_key)
        way = Carriage(new_id(self._clock, self._random), new_id(self._clock, self._random))
        try:
            found = self._parts.carrier.parcel_key(session, way)
        except Unreachable:
            if known is None:
                raise
            return
        if known is not None and known.log != found.log:
            raise LedgerError(kind="log_key_changed", place="desk")
        if known != found:
            self._keep_key(found)

    def _keep_key(self, key: ParcelKey) -> None:
        self._database.write(lambda connection: keep_desk_key(connection, key))

    def _synchronise(self, session: Session) -> None:
        try:
            self._parts.sync.turn(session)
            self._alarm = None
        except _LATER:
            return
        except LedgerError as error:
            if self._alarm is None:
                log.critical("journal and desk do not agree", extra={"kind": error.data.get("kind", "")})
            self._alarm = error
        except AppError as error:
            log.warning("the journal was not taken over", extra={"cause": error.code})
