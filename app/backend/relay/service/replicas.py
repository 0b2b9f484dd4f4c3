"""情報転送: keeps what business systems hand over for the replica, and registers it in the platform's hours."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.exchange_rules import ExchangeRules
from app.errors import AppError, DiskFull, NotAllowed, NotUnderstood, StoreBusy, TooManyTries, Unreachable
from app.link.letters import Correspondent, Neighbour, answer_each, municipality_of, noted_in
from app.wire.addressee import Translate, Translations
from app.wire.letter import Letter
from app.wire.replica import PassReplicas, PutReplicas, ReplicaLine, ReplicaMark, ReplicasPassed, ReplicasPut

log = logging.getLogger(__name__)
T = TypeVar("T")

LIMIT = 64
LEASE = timedelta(minutes=2)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(days=1)
_DOUBLINGS = 11
_OUTAGE = (Unreachable, StoreBusy, DiskFull, TooManyTries)
"""What time alone mends; it is no fault of a row."""
NUMBER_UNKNOWN, OUT_OF_HOURS = "number_unknown", "out_of_hours"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that the platform does not have yet. ``version``: it counts up when a newer row takes its place."""

    municipality: str
    row: ReplicaMark
    version: int
    attempts: int


class ReplicaUnit(Protocol):
    """What can be done inside one transaction."""

    def lay(self, municipality: str, rows: Sequence[ReplicaMark], at: datetime) -> int:
        """Keep rows to be registered; how many are newer than what is there."""
        ...

    def due(self, now: datetime, lease: timedelta, limit: int) -> tuple[Waiting, ...]:
        """What waits and is due, of one municipality, taken for the time of ``lease``."""
        ...

    def done(self, waiting: Sequence[Waiting], at: datetime) -> None:
        """They are registered, unless a newer one came meanwhile; their content is forgotten."""
        ...

    def later(self, waiting: Sequence[Waiting], next_at: Sequence[datetime], cause: str) -> None: ...
    def record(self, acts: Sequence[Act]) -> None: ...


class ReplicaBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[ReplicaUnit], T]) -> T: ...


class Replicas:
    """Called by residentbase and by a pump. ``lines``: the addressee slice's translation, and the intermediary."""

    def __init__(
        self,
        book: ReplicaBook,
        post: Correspondent,
        lines: tuple[Neighbour, Neighbour],
        rules: ExchangeRules,
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._translate, self._intermediary = lines
        self._rules = rules
        self._clock = clock
        self._noted = noted_in(book, post, "relay", clock)
        self._wake: Callable[[], None] = lambda: None

    def wakes(self, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to register."""
        self._wake = wake

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Rows from residentbase; what is there already or older is passed by."""
        return answer_each(letters, self._take, self._noted)

    def turn(self) -> bool:
        """Register what is due, at most 64 rows; whether there was any."""
        now = self._clock.now()
        waiting = self._book.write(lambda unit: unit.due(now, LEASE, LIMIT))
        if not waiting:
            return False
        hours = self._rules.hours
        if not hours.open_at(now):
            opens = hours.next_opening(now)
            self._book.write(lambda unit: unit.later(waiting, [opens] * len(waiting), OUT_OF_HOURS))
            return True
        self._carry(waiting)
        return True

    def _carry(self, waiting: Sequence[Waiting]) -> None:
        """All together, then, where that failed, each alone: one that can't be registered holds up no other."""
        try:
            unknown = self._registered(waiting)
        except _OUTAGE as error:
            self._later(waiting, error.code)
            return
        except AppError as error:
            cause = str(error.data.get("reason", error.code))
            log.info("replicas were not registered", extra={"code": cause, "together": len(waiting)})
            if len(waiting) > 1:
                for one in waiting:
                    self._carry([one])
            else:
                self._later(waiting, cause)
            return
        if unknown:
            self._later(unknown, NUMBER_UNKNOWN)

    def _registered(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Those whose person has no 統合宛名番号 yet; the others are at the platform now."""
        place = waiting[0].municipality
        numbers = tuple(one.row.business_number for one in waiting)
        asked = Translate(municipality=place, business_numbers=numbers)
        letter = self._post.write(f"relay@{place}", "translate/1", asked)
        found = self._post.read(self._translate.ask(letter), "translations/1", Translations, "addressee").found
        if len(found) != len(numbers):
            raise NotUnderstood(what="found")
        pairs = list(zip(waiting, (one.addressee_number for one in found), strict=True))
        known = [(one, number) for one, number in pairs if number]
        if known:
            self._put(place, known)
        return [one for one, number in pairs if not number]

    def _put(self, place: str, known: Sequence[tuple[Waiting, str]]) -> None:
        rows = tuple(
            ReplicaLine(
                addressee_number=number,
                information=one.row.information,
                tax_year=one.row.tax_year,
                kind=one.row.kind,
                items=one.row.items,
                no_auto_answer=one.row.no_auto_answer,
            )
            for one, number in known
        )
        letter = self._post.write(f"relay@{place}", "put-replicas/1", PutReplicas(municipality=place, rows=rows))
        answer = self._post.read(self._intermediary.ask(letter), "replicas-put/1", ReplicasPut, "intermediary")
        if answer.count != len(rows):
            raise NotUnderstood(what="count")
        at = self._clock.now()

        def close(unit: ReplicaUnit) -> None:
            unit.done([one for one, _ in known], at)
            unit.record([_act("replica.forwarded", place, one.row, at) for one, _ in known])

        self._book.write(close)

    def _later(self, waiting: Sequence[Waiting], cause: str) -> None:
        now = self._clock.now()
        waits = [min(_FIRST_WAIT * 2 ** min(one.attempts, _DOUBLINGS), _LONGEST_WAIT) for one in waiting]
        self._book.write(lambda unit: unit.later(waiting, [now + wait for wait in waits], cause))

    def _take(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "pass-replicas/1", PassReplicas, "residentbase")
        place = asked.municipality
        if municipality_of(letter) != place or not self._post.serves(f"relay@{place}"):
            raise NotAllowed

        def take(unit: ReplicaUnit) -> None:
            at = self._clock.now()
            count = unit.lay(place, asked.rows, at)
            act = Act("replica.received", at, place, "slice:residentbase", "", "replica", what=(("count", count),))
            unit.record([replace(act, what=(*act.what, ("told", len(asked.rows))))])

        self._book.write(take)
        self._wake()
        answer = ReplicasPassed(municipality=place, count=len(asked.rows))
        return self._post.write(f"relay@{place}", "replicas-passed/1", answer)


def _act(kind: str, place: str, row: ReplicaMark, at: datetime) -> Act:
    what = (("information", row.information), ("kind", row.kind), ("tax_year", row.tax_year))
    return Act(kind, at, place, "slice:relay", "", "replica", about=row.business_number, what=what)
