"""Delivers what waits: one thread, woken by writes and by the clock; whoever waits for an item hears its outcome."""

import logging
from datetime import timedelta

from app.domain.clock import Clock, Random, new_id
from app.durable.worker import Pump
from app.errors import AppError, LedgerError, Unreachable
from app.services.ports.memory import (
    DELIVERED,
    SENDING,
    Outcome,
    OutgoingState,
    Standing,
    TurnedDown,
    Waits,
)
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.store.delivery import LATER, Delivery, Parts, Round
from app.store.outbox import desk_key, hurry, keep_desk_key, states
from app.store.waiters import Waiters
from app.wire.parcel import ParcelKey

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a claimed item is left alone: longer than the line's own limits together. Assumed."""
PORTION = 16
IDLE_S = 5.0
GRACE_S = 0.3
"""How long closing waits for a delivery that runs; one that is cut off comes again under the same key. Assumed."""


class TerminalPostbox:
    """The postbox of this terminal. See ``Postbox``."""

    def __init__(self, parts: Parts, municipality: str, clock: Clock, random: Random) -> None:
        self._parts = parts
        self._database = parts.terminal.database
        self._clock = clock
        self._random = random
        self._session: Session | None = None
        self._waiters = Waiters()
        self._delivery = Delivery(parts, municipality, clock, self._waiters)
        self._alarm: LedgerError | None = None
        self._pump = Pump("postbox", self.turn, IDLE_S)

    def start(self) -> None:
        """Begin to deliver by itself."""
        self._pump.start()

    def close(self) -> bool:
        """End after the delivery that runs; False when it did not end in time."""
        self._session = None
        return self._pump.close(GRACE_S)

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
        # in this order: a turn that sees the waiter also sees the item due
        hurry(self._parts.terminal, self._parts.outbox, self._clock)
        return self._waiters.hear(item_id, wait_s, self._pump.wake, lambda: self._standing(item_id))

    def waiting(self) -> tuple[OutgoingState, ...]:
        return self._database.read(lambda connection: states(connection, self._parts.outbox))

    def alarm(self) -> LedgerError | None:
        return self._alarm or self._delivery.unproven

    def turn(self) -> bool:
        """Try what is due; whether something was tried."""
        session, asked = self._session, self._waiters.names()
        if session is None:
            self._release(asked)
            return False
        now = self._clock.now()
        items = self._database.write(lambda c: self._parts.outbox.claim(c, now, LEASE, PORTION))
        down: AppError | None = None
        for item in items:
            down = self._delivery.try_once(session, item, Round(asked, down)) or down
        if not items:
            self._release(asked)
        if down is None:
            self._synchronise(session)
        return bool(items) and down is None

    def _release(self, asked: tuple[str, ...]) -> None:
        """Nothing more can be tried now: who waited before this turn hears how his item stands."""
        for item_id in asked:
            self._waiters.tell(item_id, self._standing(item_id))

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
            if self._parts.witnessing is not None:
                self._parts.witnessing.turn(session)
            self._alarm = None
        except LATER:
            return
        except LedgerError as error:
            if self._alarm is None:
                log.critical("journal and desk do not agree", extra={"kind": error.data.get("kind", "")})
            self._alarm = error
        except AppError as error:
            log.warning("the journal was not taken over", extra={"cause": error.code})
