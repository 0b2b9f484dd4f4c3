"""Brings each system what is meant for it, in order: on record first, again until it says that it has it."""

import logging
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from app.backend.residentbase.ports import OPEN, BaseBook, BaseUnit, Grant, Receiver
from app.backend.residentbase.service.progress import Progress, sent_acts
from app.backend.residentbase.service.sharing import both, grants, shared
from app.domain.clock import Clock, business_date
from app.domain.distribution import DistributionRules
from app.durable.outbox import CAP
from app.durable.worker import Joined
from app.errors import AppError
from app.link.letters import Correspondent, Neighbour
from app.wire.resident_base import MOST, ResidentChange, ResidentChanges, Taken

log = logging.getLogger(__name__)
T = TypeVar("T")

LEASE = timedelta(minutes=2)
NOT_GRANTED = timedelta(minutes=15)
"""How often it is looked whether a system without an approved use has one again. Assumed."""
_FIRST_WAIT_S = 2.0
_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be sent to one system. ``gone``: up to which sequence nothing is kept any more, 0 for nothing."""

    receiver: Receiver
    grant: Grant
    changes: tuple[ResidentChange, ...]
    gone: int = 0


def load(unit: BaseUnit, receiver: Receiver, grant: Grant, first: int, last: int) -> Load:
    """Changes ``first`` to ``last`` of a system, at most ``MOST``, as far as they are kept and granted."""
    last = min(last, receiver.last, first + MOST - 1)
    found = unit.receivers.allotted(receiver.municipality, receiver.system, first, last)
    places = [
        (one.first + at, position, allowed)
        for one, allowed in [(one, both(one.grant, grant)) for one in found]
        for at, position in enumerate(one.positions)
        if first <= one.first + at <= last
    ]
    kept = unit.changes.at(receiver.municipality, [position for _, position, _ in places])
    gone = max((sequence for sequence, position, _ in places if position not in kept), default=0)
    gone = max(gone, min((sequence for sequence, _, _ in places), default=last + 1) - 1 if first <= last else 0)
    changes = tuple(
        shared(kept[position], sequence, allowed) for sequence, position, allowed in places if sequence > gone
    )
    return Load(receiver, grant, changes, gone if gone >= first else 0)


class Sending:
    """The way out. ``lines``: system → where changes are brought to it; the others fetch theirs."""

    def __init__(
        self,
        book: BaseBook,
        post: Correspondent,
        lines: Mapping[str, Neighbour],
        rules: DistributionRules,
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._lines = lines
        self._rules = rules
        self._clock = clock
        self._progress = Progress(clock)
        self._writing = Joined[Callable[[], None]](_do_all, limit=1)
        self._spread = random.Random()  # noqa: S311 -- spreads waits, hides nothing

    @property
    def systems(self) -> tuple[str, ...]:
        """Those that changes are brought to."""
        return tuple(self._lines)

    def turn(self, system: str) -> bool:
        """Send the next message to one system; whether there was one. Whatever it does, the others go on."""
        made = self._write(lambda unit: self._claimed(unit, system))
        if made is None:
            return False
        receiver, message = made
        if message is None:
            return True
        try:
            taken = self._ask(receiver, message)
        except AppError as error:
            cause = str(error.data.get("reason", error.code))
            log.info("changes were not taken", extra={"system": system, "code": cause})
            self._write(lambda unit: self._failed(unit, receiver, cause))
            return False
        except Exception:
            log.exception("changes could not be sent", extra={"system": system})
            self._write(lambda unit: self._failed(unit, receiver, "fault"))
            return False
        self._write(lambda unit: self._settled(unit, receiver, taken))
        return True

    def _claimed(self, unit: BaseUnit, system: str) -> tuple[Receiver, ResidentChanges | None] | None:
        """The next message, on record in this transaction; no message where nothing may be sent now."""
        now = self._clock.now()
        receiver = unit.receivers.due(system, now, LEASE)
        if receiver is None:
            return None
        grant = grants(unit.uses.all(receiver.municipality), self._rules, business_date(now)).get(system)
        if grant is None:
            unit.receivers.put(replace(receiver, next_at=now + NOT_GRANTED, cause="not_approved"))
            return receiver, None
        found = load(unit, receiver, grant, receiver.taken + 1, receiver.last)
        if found.gone:
            self._progress.stop(unit, receiver, "no_longer_kept")
            return receiver, None
        reached = found.changes[-1].sequence
        unit.linkage.add(sent_acts(found, "sent", now))
        recorded = max(receiver.recorded, reached)
        unit.receivers.put(replace(receiver, recorded=recorded), lease_until=now + LEASE)
        return receiver, ResidentChanges(
            municipality=receiver.municipality,
            system=system,
            changes=found.changes,
            more=reached < receiver.last,
        )

    def _ask(self, receiver: Receiver, message: ResidentChanges) -> Taken:
        letter = self._post.write(f"residentbase@{receiver.municipality}", "resident-changes/1", message)
        answer = self._lines[receiver.system].ask(letter)
        taken = self._post.read(answer, "taken/1", Taken, receiver.system, receiver.municipality)
        return self._progress.demand_of(taken, receiver, answer)

    def _settled(self, unit: BaseUnit, receiver: Receiver, taken: Taken) -> None:
        now = unit.receivers.hold(receiver.municipality, receiver.system)
        if now is not None:
            self._progress.settle(unit, now, taken)

    def _failed(self, unit: BaseUnit, receiver: Receiver, cause: str) -> None:
        held = unit.receivers.hold(receiver.municipality, receiver.system)
        if held is None or held.state != OPEN:
            return
        attempts = held.attempts + 1
        wait_s = min(_FIRST_WAIT_S * 2 ** min(attempts - 1, _DOUBLINGS), CAP.total_seconds())
        next_at = self._clock.now() + timedelta(seconds=wait_s * self._spread.uniform(0.5, 1.0))
        unit.receivers.put(replace(held, attempts=attempts, next_at=next_at, cause=cause))

    def _write(self, work: Callable[[BaseUnit], T]) -> T:
        """One transaction of this process at a time: many that wait for one file would wait out their turns."""
        done: list[T] = []
        self._writing.do(lambda: done.append(self._book.write(work)))
        return done[-1]


def _do_all(works: Sequence[Callable[[], None]]) -> None:
    for work in works:
        work()


def in_force(unit: BaseUnit, municipality: str, rules: DistributionRules, at: datetime) -> Mapping[str, Grant]:
    """What each system may be told now."""
    return grants(unit.uses.all(municipality), rules, business_date(at))
