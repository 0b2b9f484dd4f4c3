"""世帯情報: renews what the relay is to hold of households that changed, as the replica for the information network."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from app.backend.residentbase.ports import BaseBook, BaseUnit
from app.backend.residentbase.service.progress import SLICE
from app.domain.act import Act
from app.domain.clock import Clock
from app.durable.outbox import OutboxItem
from app.errors import AppError, DiskFull, NotUnderstood, StoreBusy, TooManyTries, Unreachable
from app.link.letters import Correspondent, Neighbour
from app.wire.desk import Scalar
from app.wire.replica import PassReplicas, ReplicaMark, ReplicasPassed
from app.wire.resident_base import AskRegister, RegisterRecord, RegisterRecords

log = logging.getLogger(__name__)

_OUTAGE = (Unreachable, StoreBusy, DiskFull, TooManyTries)
LEASE = timedelta(minutes=2)
LIMIT = 64


class Households:
    """Called by a pump. ``words``: the information's name in the replica, and how a head's relation is written."""

    def __init__(
        self,
        book: BaseBook,
        post: Correspondent,
        lines: tuple[Neighbour, Neighbour],
        words: tuple[str, Sequence[str]],
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._register, self._relay = lines
        self._information, self._heads = words[0], frozenset(words[1])
        self._clock = clock

    def turn(self) -> bool:
        """Renew at most 64 households; whether there was any. One that can't be stays with itself."""
        now = self._clock.now()
        claimed = self._book.write(lambda unit: unit.households.claim(now, LEASE, LIMIT))
        for place, group in groupby(sorted(claimed, key=_place), key=lambda one: _place(one)[0]):
            self._renew(place, list(group))
        return bool(claimed)

    def _renew(self, place: str, items: Sequence[OutboxItem]) -> None:
        """All together, then, where that failed, each alone."""
        if not self._post.serves(f"residentbase@{place}"):
            self._book.write(lambda unit: unit.households.later(items, self._clock.now(), "not_served"))
            return
        try:
            rows = [row for item in items for row in self._rows(place, _place(item)[1])]
            if rows:
                self._pass_on(place, rows)
        except AppError as error:
            cause = error.code
            log.info("household information was not passed on", extra={"code": cause, "together": len(items)})
            if len(items) > 1 and not isinstance(error, _OUTAGE):
                for one in items:
                    self._renew(place, [one])
                return
            self._book.write(lambda unit: unit.households.later(items, self._clock.now(), cause))
            return
        self._book.write(lambda unit: self._done(unit, place, items, rows))

    def _rows(self, place: str, household: str) -> list[ReplicaMark]:
        asked = AskRegister(municipality=place, household=household)
        letter = self._post.write(f"residentbase@{place}", "ask-register/1", asked)
        found = self._post.read(self._register.ask(letter), "register-records/1", RegisterRecords, "register", place)
        here = [one for one in found.records if one.items.resident is True]
        head = next((one for one in here if one.items.relation in self._heads), None)
        return [self._row(one, head, found.position) for one in found.records]

    def _row(self, one: RegisterRecord, head: RegisterRecord | None, position: int) -> ReplicaMark:
        """What is told of one person; where it tells of somebody protected, a person decides before it is answered.

        Provision is not forbidden for protected persons, it is confirmed anew each time. Source: R-040, published.
        """
        is_here = one.items.resident is True
        is_held = any(each is not None and each.items.protected is True for each in (one, head))
        items: dict[str, Scalar] = {
            "head_name": "" if head is None else str(head.items.name),
            "is_head": one.items.relation in self._heads,
            "relation": str(one.items.relation),
        }
        return ReplicaMark(
            business_number=one.subject,
            information=self._information,
            tax_year=0,
            kind="value" if is_here else "no_data",
            items=items if is_here else {},
            sequence=position,
            no_auto_answer=is_here and is_held,
        )

    def _pass_on(self, place: str, rows: Sequence[ReplicaMark]) -> None:
        message = PassReplicas(municipality=place, rows=tuple(rows))
        letter = self._post.write(f"residentbase@{place}", "pass-replicas/1", message)
        answer = self._post.read(self._relay.ask(letter), "replicas-passed/1", ReplicasPassed, "relay", place)
        if answer.count != len(rows):
            raise NotUnderstood(what="count")

    def _done(self, unit: BaseUnit, place: str, items: Sequence[OutboxItem], rows: Sequence[ReplicaMark]) -> None:
        at = self._clock.now()
        unit.households.done(items)
        unit.linkage.add([("relay", _act(place, one, at)) for one in rows])


def _place(item: OutboxItem) -> tuple[str, str]:
    municipality, _, household = item.subject.partition("/")
    return municipality, household


def _act(place: str, one: ReplicaMark, at: datetime) -> Act:
    what = (
        ("items", ",".join(one.items)),
        ("register_sequence", one.sequence),
        ("sequence", 0),
        ("system", "relay"),
        ("use", one.information),
    )
    return Act("linkage.forwarded", at, place, SLICE, "", "household", about=one.business_number, what=what)
