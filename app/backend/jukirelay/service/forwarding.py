"""S07-2: sends on what waits, in the network's hours and at its pace, in order per person, each thing once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from app.backend.jukirelay.ports import IDENTITY, TAKEN, Claimed, NetworkBook, NetworkUnit, Outgoing
from app.backend.jukirelay.service.acting import OWN, calendar_of, slice_act
from app.backend.jukirelay.service.posting import Posting
from app.domain.act import Detail
from app.domain.clock import Clock
from app.domain.network_relay import NetworkRelayRules
from app.durable.outbox import CAP
from app.errors import AppError, BadFormat, DataFault, NotUnderstood
from app.wire.jukinet import Taken

log = logging.getLogger(__name__)

LIMIT = 64
LEASE = timedelta(minutes=2)
FIRST_LOOK = timedelta(seconds=30)
"""When it is asked first how far a thing has got that the network took. Assumed."""
GAP = "gap"
_AT_FAULT = (NotUnderstood, BadFormat, DataFault)
"""What comes again the same with every try; anything else is tried again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one. ``taken`` None: nobody answered for it, ``cause`` says why; ``is_final``: no more tries."""

    claimed: Claimed
    number: int = 0
    taken: Taken | None = None
    cause: str = ""
    is_final: bool = False


class Forwarding:
    """The background of the way out."""

    def __init__(self, book: NetworkBook, posting: Posting, rules: NetworkRelayRules, clock: Clock) -> None:
        self._book = book
        self._posting = posting
        self._rules = rules
        self._clock = clock
        self._looked_at: datetime | None = None

    def turn(self) -> bool:
        """Send what is due, at most 64 things; whether there was any. Where every network rests nothing is claimed."""
        now = self._clock.now()
        if not any(self._is_open(place, now) for place in self._posting.places):
            return False
        claimed = self._book.write(lambda unit: self._claimed(unit, now))
        self._looked_at = now
        for municipality, group in groupby(sorted(claimed, key=_place), key=lambda one: one.municipality):
            results = self._carried(municipality, list(group))
            self._book.write(lambda unit, results=results: self._keep(unit, results))  # type: ignore[misc]
        return bool(claimed)

    def _is_open(self, municipality: str, now: datetime) -> bool:
        return self._book.read(lambda unit: calendar_of(unit, self._rules, municipality).open_at(now))

    def _claimed(self, unit: NetworkUnit, now: datetime) -> tuple[Claimed, ...]:
        """What is due, as far as the pace allows. After a clock was set back, what waits for far ahead is due too."""
        before = self._looked_at
        if before is None or not before <= now < before + CAP:
            unit.queue.hurry(now, now + CAP)
        minute = _minute(now)
        room = min(LIMIT, self._rules.per_minute - unit.pace.sent_in(minute))
        if room <= 0:
            return ()
        found = unit.queue.claim(now, LEASE, room)
        if found:
            unit.pace.count(minute, len(found))
        return found

    def _carried(self, municipality: str, claimed: Sequence[Claimed]) -> list[Result]:
        now = self._clock.now()
        calendar = self._book.read(lambda unit: calendar_of(unit, self._rules, municipality))
        if cause := calendar.why_closed(now):
            return [Result(one, cause=cause) for one in claimed]
        results = [Result(one, cause=one.cause, is_final=True) for one in claimed if one.outgoing is None]
        for kind in self._posting.kinds:
            same = [one for one in claimed if one.outgoing is not None and one.outgoing.kind == kind]
            if same:
                results += self._together(municipality, kind, same)
        return results

    def _together(self, municipality: str, kind: str, claimed: Sequence[Claimed]) -> list[Result]:
        """All in one letter, then, if that fails by its content, each alone: who is alone at fault is given up."""
        numbers = self._book.read(lambda unit: [self._number(unit, one) for one in claimed])
        items = [one.outgoing for one in claimed if one.outgoing is not None]
        try:
            taken = self._posting.send(municipality, kind, list(zip(items, numbers, strict=True)))
        except AppError as error:
            if not isinstance(error, _AT_FAULT):
                return [Result(one, cause=error.code) for one in claimed]
            if len(claimed) == 1:
                return [Result(claimed[0], cause=error.code, is_final=True)]
            return [result for one in claimed for result in self._together(municipality, kind, [one])]
        return [Result(one, number, said) for one, number, said in zip(claimed, numbers, taken, strict=True)]

    @staticmethod
    def _number(unit: NetworkUnit, claimed: Claimed) -> int:
        """Counted when it goes: what was given up leaves no gap in what the network counts."""
        one = claimed.outgoing
        return unit.outgoing.next_number(one.municipality, one.code) if one is not None and one.kind == IDENTITY else 0

    def _keep(self, unit: NetworkUnit, results: Sequence[Result]) -> None:
        now = self._clock.now()
        for result in results:
            one, said = result.claimed.outgoing, result.taken
            if one is not None and said is not None and not said.reason:
                self._taken(unit, result, one, said)
            elif one is not None and said is not None and said.reason == GAP:
                unit.outgoing.numbered(one.municipality, one.code, max(said.expected - 1, 0))
                unit.queue.later(result.claimed.item, now, GAP)
            elif result.is_final or said is not None:
                self._given_up(unit, result, "" if said is None else said.reason)
            elif result.cause in {"closed", "stop"}:
                calendar = calendar_of(unit, self._rules, result.claimed.municipality)
                unit.queue.postpone(result.claimed.item, calendar.next_opening(now) or now + CAP, result.cause)
            else:
                unit.queue.later(result.claimed.item, now, result.cause)

    def _taken(self, unit: NetworkUnit, result: Result, one: Outgoing, said: Taken) -> None:
        """The network has it: the content is forgotten here."""
        now = self._clock.now()
        kept = replace(
            one, state=TAKEN, content=b"", cause="", receipt=said.receipt, changed_at=now, version=one.version + 1
        )
        unit.outgoing.put(kept, now + FIRST_LOOK)
        if one.kind == IDENTITY:
            unit.outgoing.numbered(one.municipality, one.code, result.number)
            self._renumbered(unit, one, result.number)
        unit.queue.done([result.claimed.item])
        what: dict[str, Detail] = {
            "kind": one.kind,
            "item": one.item_id,
            "entry": one.entry_id,
            "number": result.number,
        }
        unit.record(slice_act(OWN, "link.sent", now, (one.municipality, one.subject), **what), one.subject)

    def _renumbered(self, unit: NetworkUnit, one: Outgoing, number: int) -> None:
        """Who has another code now is counted on under it."""
        new_code = self._posting.code_after(one)
        if new_code and new_code != one.code:
            unit.outgoing.numbered(one.municipality, new_code, number)

    def _given_up(self, unit: NetworkUnit, result: Result, reason: str) -> None:
        """Somebody has to look at it; the next one of the person goes on."""
        now, claimed, one = self._clock.now(), result.claimed, result.claimed.outgoing
        cause = reason or result.cause
        unit.queue.dead((claimed.municipality, claimed.item_id), cause)
        if one is not None:
            kept = replace(one, state="stopped", cause=cause, changed_at=now, version=one.version + 1)
            unit.outgoing.put(kept)
        subject = "" if one is None else one.subject
        about = (claimed.municipality, subject or claimed.item_id)
        unit.record(slice_act(OWN, "link.given_up", now, about, item=claimed.item_id, code=cause), subject)


def _place(one: Claimed) -> str:
    return one.municipality


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
