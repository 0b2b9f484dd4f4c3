"""One item's way to the office: tried once, then closed, laid aside or left for later, and told to who waits."""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.clock import Clock
from app.durable.outbox import Outbox, OutboxItem
from app.errors import AppError, LedgerError, ServerFault, SessionEnded, StoreBusy, TooManyTries, Unreachable
from app.services.ports.memory import Delivered, Kind, TurnedDown, Waits
from app.services.ports.office import Carriage, DeskCarrier
from app.services.ports.seat import Session
from app.store.outbox import AUTHOR_AWAY, hurry, whose
from app.store.results import lay_down
from app.store.set_back import keep_delivered
from app.store.sync import JournalSync, check_proof
from app.store.terminal import Terminal
from app.store.waiters import Waiters
from app.store.witnessing import Witnessing
from app.wire.desk import Receipt
from app.wire.message import Message, Nothing, decode
from app.wire.parcel import Parcel

log = logging.getLogger(__name__)

LATER = (Unreachable, ServerFault, StoreBusy, SessionEnded, TooManyTries)
"""What time or a new sign-in mends; any other refusal is final."""
STUMBLES = 8
"""Tries after which an item that the program stumbles over is left for a supervisor: some 8 minutes. Assumed."""
_LINE_DOWN = (Unreachable, SessionEnded)
_ANSWERS: dict[Kind, type[Message]] = {Kind.HAND_IN: Receipt}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the postbox works with."""

    terminal: Terminal
    outbox: Outbox
    carrier: DeskCarrier
    sync: JournalSync
    witnessing: Witnessing | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One turn: whose outcomes were ``asked`` for when it began, and what makes further tries in it pointless."""

    asked: tuple[str, ...]
    down: AppError | None


class Delivery:
    """Tries items. ``unproven``: the fault of the last receipt that proved nothing, None while all did."""

    def __init__(self, parts: Parts, municipality: str, clock: Clock, waiters: Waiters) -> None:
        self._parts = parts
        self._municipality = municipality
        self._database = parts.terminal.database
        self._clock = clock
        self._waiters = waiters
        self.unproven: LedgerError | None = None

    def try_once(self, session: Session, item: OutboxItem, round_: Round) -> AppError | None:
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
        except LATER as error:
            self._later(item, error.code, round_)
            return error if isinstance(error, _LINE_DOWN) else None
        except AppError as error:
            self._refused(item, error)
        except Exception:
            log.exception("an item could not be tried", extra={"kind": item.kind, "attempts": item.attempts})
            self._stumbled(item, round_)
        return None

    def _stumbled(self, item: OutboxItem, round_: Round) -> None:
        """A fault of the program's own: the others go on; this one is tried again, and in the end left for somebody."""
        if item.attempts < STUMBLES:
            self._later(item, ServerFault.code, round_)
        else:
            self._refused(item, ServerFault())

    def _arrived(self, item: OutboxItem, author: str, answer: Message) -> None:
        now = self._clock.now()

        def close(connection: Connection) -> None:
            self._parts.outbox.done(connection, item.item_id)
            keep_delivered(connection, item, now)
            if isinstance(answer, Receipt):
                lay_down(connection, item.item_id, author, answer, now)

        self._database.write(close)
        if isinstance(answer, Receipt):
            self._check(answer)
        self._waiters.tell(item.item_id, Delivered(answer))

    def _check(self, answer: Receipt) -> None:
        """A receipt that proves nothing is shown all the same: the alarm says so besides."""
        try:
            self._database.write(lambda connection: check_proof(connection, self._municipality, answer.proof))
        except LedgerError as error:
            log.critical("a receipt does not hold", extra={"kind": error.data.get("kind", "")})
            self.unproven = error

    def _later(self, item: OutboxItem, cause: str, round_: Round) -> None:
        now = self._clock.now()
        next_at = self._database.write(lambda c: self._parts.outbox.later(c, item, now, cause))
        log.info("an item waits", extra={"kind": item.kind, "cause": cause, "attempts": item.attempts})
        if self._waiters.waits_for(item.item_id) and item.item_id not in round_.asked:
            hurry(self._parts.terminal, self._parts.outbox, self._clock)  # asked for while this try was under way
        else:
            self._waiters.tell(item.item_id, Waits(cause, next_at))

    def _refused(self, item: OutboxItem, error: AppError) -> None:
        """Left for somebody to look at, unless somebody hears it at once."""
        log.warning("an item was refused", extra={"kind": item.kind, "cause": error.code})
        self._database.write(lambda c: self._parts.outbox.dead(c, item.item_id, error.code))
        self._waiters.tell(item.item_id, TurnedDown(error))
