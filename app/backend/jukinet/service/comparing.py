"""本人確認情報整合: the city's file held against prefecture and national level, page by page (S06-6)."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import msgspec

from app.backend.jukinet.ports import Kept, Kind, Network, NetworkBook, NetworkUnit, Registered
from app.backend.jukinet.service.acting import demand_id, failures_kept, own_act
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random
from app.domain.resident_network_rules import NetworkRules
from app.errors import AppError, Conflict, NotUnderstood
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_counter import Comparison, DifferenceRow, StartComparison
from app.wire.jukinet_network import NetComparison, NetDifference, shown_items
from app.wire.message import Message, decode, encode

log = logging.getLogger(__name__)

COMPARE = "network.compare"
RUNNING, DONE = "running", "done"
OPEN = "open"
LEVELS = ("prefecture", "national")
_FIRST = "0" * 32


class Run(Message, frozen=True):
    """Content of a comparison. ``after``: the token up to which was compared; ``begin``: where a sample began.

    ``try_number``: raised when the other side asked to begin again.
    """

    level: str
    sample: int
    total: int
    started_by: str
    started_at: datetime
    begin: str = _FIRST
    after: str = _FIRST
    looked: int = 0
    page: int = 0
    try_number: int = 0


class Difference(Message, frozen=True):
    """Content of a difference; who proposed and decided how it is worked off.

    ``here``, ``there``: what either side had when it was found, item and value.
    """

    resident_code: str
    kind: str
    items: tuple[str, ...]
    name: str = ""
    resolution: str = ""
    reason: str = ""
    proposed_by: str = ""
    decided_by: str = ""
    here: tuple[tuple[str, str], ...] = ()
    there: tuple[tuple[str, str], ...] = ()


class Comparing:
    """Starts comparisons and goes on with them in the background, page by page, also after a restart."""

    def __init__(
        self,
        book: NetworkBook,
        network: Network,
        rules: NetworkRules,
        means: tuple[Clock, Random],
        municipalities: Sequence[str],
    ) -> None:
        self._book = book
        self._network = network
        self._rules = rules
        self._clock, self._random = means
        self._municipalities = municipalities

    def start(self, call: Call, asked: StartComparison) -> Comparison:
        """Begin one. Errors: NotAllowed; Conflict while another one of this level runs."""
        record_id = demand_id(asked.comparison_id)

        def begin(unit: NetworkUnit) -> Comparison:
            running = unit.records.listed(call.municipality, Kind.COMPARISON, [RUNNING], 9)
            if any(decode(one.content, Run).level == asked.level for one in running):
                raise Conflict(version=0)
            total = unit.people.count(call.municipality)
            sample = min(asked.sample, total)
            first = self._random.token(16).hex() if sample else _FIRST
            run = Run(
                level=asked.level,
                sample=sample,
                total=sample or total,
                started_by=call.actor.staff_id,
                started_at=call.at,
                begin=first,
                after=first,
            )
            kept = Kept(call.municipality, Kind.COMPARISON, record_id, RUNNING, encode(run))
            unit.records.add(kept, call.at)
            act = act_of(call, "comparison.started", about=record_id, level=asked.level, sample=sample)
            return summary(kept, (), unit.record([act])[0])

        with failures_kept(self._book, call, "comparison.started"):
            call.demand(COMPARE)
            if asked.level not in LEVELS or asked.sample < 0:
                raise NotUnderstood(what="level")
            return self._book.write(lambda unit: unit.once(call, asked, Comparison, lambda: begin(unit)))

    def turn(self) -> bool:
        """One page of each comparison that runs; whether one went on. What stands in the way is tried again."""
        if not self._rules.hours.open_at(self._clock.now()):
            return False
        went_on = [self._page(kept) for place in self._municipalities for kept in self._running(place)]
        return any(went_on)

    def _running(self, place: str) -> tuple[Kept, ...]:
        return self._book.read(lambda unit: unit.records.listed(place, Kind.COMPARISON, [RUNNING], len(LEVELS)))

    def _page(self, kept: Kept) -> bool:
        run = decode(kept.content, Run)
        size = min(self._rules.page, run.sample - run.looked) if run.sample else self._rules.page
        stretch = self._book.read(lambda unit: _stretch(unit, kept.municipality, run, size))
        looked = run.looked + len(stretch)
        is_last = len(stretch) < size or (run.sample > 0 and looked >= run.sample)
        asked = NetComparison(
            municipality=kept.municipality,
            check_id=f"{kept.record_id}-{run.try_number}"[:64],
            level=run.level,
            whole=run.sample == 0,
            page=run.page,
            last=is_last,
            rows=tuple(one.identity for _, one in stretch),
        )
        try:
            compared = self._network.compare(asked)
        except AppError as error:
            log.info("a comparison waits", extra={"code": error.code})
            return False
        after = stretch[-1][0] if stretch else run.after
        known = {one.identity.resident_code: one.identity for _, one in stretch}
        if compared.begin_again:
            found: tuple[NetDifference, ...] = ()
            run = msgspec.structs.replace(run, after=run.begin, looked=0, page=0, try_number=run.try_number + 1)
            is_last = False
        else:
            found = compared.differences
            run = msgspec.structs.replace(run, after=after, looked=looked, page=run.page + 1)
        self._book.write(partial(self._keep, kept=kept, run=run, found=found, known=known, is_last=is_last))
        return True

    def _keep(
        self,
        unit: NetworkUnit,
        kept: Kept,
        run: Run,
        found: Sequence[NetDifference],
        known: dict[str, IdentityInfo],
        *,
        is_last: bool,
    ) -> None:
        at, place = self._clock.now(), kept.municipality
        for one in found:
            token = unit.people.token(place, one.resident_code)
            record_id = f"{kept.record_id[:31]}-{token}"[:64]
            if unit.records.one(place, Kind.DIFFERENCE, record_id) is None:
                content = _difference(one, known.get(one.resident_code))
                new = Kept(place, Kind.DIFFERENCE, record_id, OPEN, encode(content), subject=kept.record_id)
                unit.records.add(new, at)
        state = DONE if is_last else RUNNING
        unit.records.put(replace(kept, state=state, content=encode(run), version=kept.version + 1), at)
        if is_last:
            count = unit.records.count(place, Kind.DIFFERENCE, [OPEN])
            unit.record([
                own_act("comparison.done", at, place, kept.record_id, looked=run.looked, level=run.level, open=count)
            ])


def summary(kept: Kept, rows: tuple[DifferenceRow, ...], proof: str, *, more: bool = False) -> Comparison:
    """A comparison as it is told."""
    run = decode(kept.content, Run)
    return Comparison(
        comparison_id=kept.record_id,
        level=run.level,
        state=kept.state,
        looked=run.looked,
        total=run.total,
        started_by=run.started_by,
        started_at=run.started_at,
        differences=rows,
        more=more,
        proof=proof,
    )


def _difference(found: NetDifference, here: IdentityInfo | None) -> Difference:
    return Difference(
        resident_code=found.resident_code,
        kind=found.kind,
        items=found.items,
        name="" if here is None else here.name,
        here=() if here is None else shown_items(here),
        there=found.there,
    )


def _stretch(unit: NetworkUnit, place: str, run: Run, size: int) -> tuple[tuple[str, Registered], ...]:
    """The next people; a sample that comes to the end goes on from the beginning."""
    found = unit.people.stretch(place, run.after, size)
    if run.sample and len(found) < size:
        found += unit.people.stretch(place, _FIRST, size - len(found))
    return found
