"""Tells residentbase what was approved, each person's changes in order, and shows it records as they stand."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol, TypeVar

from app.backend.register.ports import Resident
from app.backend.register.service.records import record_of
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.durable.outbox import OutboxItem
from app.errors import AppError, DiskFull, NotAllowed, NotUnderstood, Refused, StoreBusy, TooManyTries, Unreachable
from app.link.letters import Correspondent, Neighbour, answer_each, demand_place, note_refused
from app.wire.letter import Letter
from app.wire.message import Message
from app.wire.resident_base import (
    MOST,
    AskRegister,
    RegisterChange,
    RegisterChanges,
    RegisterRecord,
    RegisterRecords,
    RegisterTaken,
)
from app.wire.resident_base_office import AskUntold, TellAgain, Untold, UntoldChanges

log = logging.getLogger(__name__)
T = TypeVar("T")
A = TypeVar("A", bound=Message)

TEND = "distribution.tend"
LEASE = timedelta(minutes=2)
TRIES = 100
"""Tries after which a change that can't be told alone is left for somebody: about a day. Assumed."""
_OUTAGE = (Unreachable, StoreBusy, DiskFull, TooManyTries)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that is still to be told; ``change`` None: it can't be read."""

    item: OutboxItem
    municipality: str
    change: RegisterChange | None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one. ``reason``: "" when it was taken; ``is_final``: nobody tries it again by itself."""

    waiting: Waiting
    reason: str = ""
    is_final: bool = False


class TellingUnit(Protocol):
    """What can be done inside one transaction."""

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Waiting]:
        """What is due, oldest first, and nothing of a person of whom something older waits for another time."""
        ...

    def settle(self, told: Sequence[Told], now: datetime) -> None: ...
    def untold(self, municipality: str) -> tuple[Waiting, ...]:
        """Those that nobody tries any more, oldest first."""
        ...

    def again(self, municipality: str, position: int, now: datetime) -> bool:
        """Try one of these again; False where it is none of them."""
        ...

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def record(self, acts: Sequence[Act]) -> None: ...
    def place(self, municipality: str) -> int:
        """The last place in the line of changes that was given out."""
        ...

    def standing(self, asked: AskRegister, limit: int) -> tuple[Resident, ...]:
        """Records with their numbers, by 宛名番号."""
        ...


class TellingBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[TellingUnit], T]) -> T: ...
    def read(self, work: Callable[[TellingUnit], T]) -> T: ...


class Telling:
    """The register's side of distribution: ``turn`` is called by a pump, the rest answers."""

    def __init__(self, book: TellingBook, post: Correspondent, base: Neighbour, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._base = base
        self._clock = clock
        self._noted = note_refused(self._keep, post, "register", clock)

    def turn(self) -> bool:
        """Tell what is due, at most ``MOST`` changes; whether there was any."""
        now = self._clock.now()
        claimed = self._book.write(lambda unit: unit.claim(now, LEASE, MOST))
        for municipality, group in groupby(sorted(claimed, key=_place), key=lambda one: one.municipality):
            told = self._tell(municipality, list(group))
            self._book.write(lambda unit, told=told: self._settle(unit, told))  # type: ignore[misc]
        return bool(claimed)

    def present(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Records as they stand, for residentbase alone."""
        return answer_each(letters, self._present, self._noted)

    def untold(self, call: Call, _: AskUntold) -> UntoldChanges:
        """What could not be told and waits for somebody."""
        call.demand(TEND)
        found = self._book.read(lambda unit: unit.untold(call.municipality))
        return UntoldChanges(rows=tuple(_untold(one) for one in found))

    def tell_again(self, call: Call, asked: TellAgain) -> UntoldChanges:
        """Try one of these again. Errors: NotAllowed where it is none."""
        call.demand(TEND)

        def again(unit: TellingUnit) -> UntoldChanges:
            if not unit.again(call.municipality, asked.position, call.at):
                raise NotAllowed
            unit.record([act_of(call, "line.told_again", about=str(asked.position))])
            return UntoldChanges(rows=tuple(_untold(one) for one in unit.untold(call.municipality)))

        return self._book.write(lambda unit: unit.once(call, asked, UntoldChanges, lambda: again(unit)))

    def _tell(self, municipality: str, waiting: Sequence[Waiting]) -> list[Told]:
        """All together, then, where that failed for another reason than an outage, each alone."""
        unread = [Told(one, "unreadable", is_final=True) for one in waiting if one.change is None]
        readable = [one for one in waiting if one.change is not None]
        if not readable:
            return unread
        try:
            return [*unread, *self._asked(municipality, readable)]
        except _OUTAGE as error:
            return [*unread, *(Told(one, error.code) for one in readable)]
        except AppError as error:
            if len(readable) == 1:
                return [*unread, _stumbled(readable[0], error)]
        except Exception:
            log.exception("changes could not be told", extra={"together": len(readable)})
            if len(readable) == 1:
                return [*unread, Told(readable[0], "fault", is_final=readable[0].item.attempts >= TRIES)]
        return [*unread, *self._each(municipality, readable)]

    def _each(self, municipality: str, waiting: Sequence[Waiting]) -> list[Told]:
        """One after the other; what is behind one that has to wait waits with it."""
        told: list[Told] = []
        held: set[str] = set()
        for one in waiting:
            if one.item.subject in held:
                told.append(Told(one, "behind_another"))
                continue
            told += self._tell(municipality, [one])
            if told[-1].reason and not told[-1].is_final:
                held.add(one.item.subject)
        return told

    def _asked(self, municipality: str, waiting: Sequence[Waiting]) -> list[Told]:
        changes = tuple(one.change for one in waiting if one.change is not None)
        message = RegisterChanges(municipality=municipality, changes=changes)
        letter = self._post.write(f"register@{municipality}", "register-changes/1", message)
        answer = self._post.read(
            self._base.ask(letter), "register-taken/1", RegisterTaken, "residentbase", municipality
        )
        if [one.position for one in answer.taken] != [one.position for one in changes]:
            raise NotUnderstood(what="position")
        return [
            Told(one, taken.reason, is_final=bool(taken.reason))
            for one, taken in zip(waiting, answer.taken, strict=True)
        ]

    def _settle(self, unit: TellingUnit, told: Sequence[Told]) -> None:
        now = self._clock.now()
        unit.settle(told, now)
        unit.record([
            Act(
                kind="line.not_told",
                at=now,
                municipality=one.waiting.municipality,
                staff_id="slice:register",
                terminal="",
                trace=one.waiting.item.item_id,
                about=one.waiting.item.subject.partition("/")[2],
                what=(("reason", one.reason),),
            )
            for one in told
            if one.is_final
        ])

    def _keep(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record([act]))

    def _present(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-register/1", AskRegister, "residentbase")
        if not self._post.serves(f"register@{asked.municipality}"):
            raise NotAllowed
        demand_place(letter, asked.municipality)
        if len(asked.subjects) > MOST:
            raise Refused("too_many", most=MOST)

        def look(unit: TellingUnit) -> RegisterRecords:
            found = unit.standing(asked, MOST + 1)
            records = tuple(RegisterRecord(subject=one.business_number, items=record_of(one)) for one in found[:MOST])
            return RegisterRecords(
                municipality=asked.municipality,
                position=unit.place(asked.municipality),
                records=records,
                more=len(found) > MOST,
            )

        return self._post.write(f"register@{asked.municipality}", "register-records/1", self._book.read(look))


def _place(one: Waiting) -> tuple[str, int]:
    return one.municipality, one.change.position if one.change else 0


def _stumbled(one: Waiting, error: AppError) -> Told:
    return Told(one, str(error.data.get("reason", error.code)), is_final=one.item.attempts >= TRIES)


def _untold(one: Waiting) -> Untold:
    position = one.item.item_id.rpartition("/")[2]
    return Untold(
        position=int(position),
        subject=one.item.subject.partition("/")[2],
        laid_at=one.item.created_at,
        attempts=one.item.attempts,
        reason=one.item.cause,
    )
