"""システム管理: operating state and stops, statistics, runs, and the papers an enquiry could have replaced."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from app.backend.relay.service.checking import Rules
from app.backend.relay.service.windows import SIDES, Stop, Windows
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.domain.days import Month
from app.domain.permission import PermissionList, Wish
from app.domain.procedure import Enquiry as Rule
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.message import Message
from app.wire.relay_office import (
    AnnounceStop,
    AskNotUsed,
    AskOperating,
    AskRuns,
    AskStatistics,
    EndStop,
    NotePapers,
    NotUsed,
    NotUsedRow,
    OperatingState,
    PaperMark,
    PapersNoted,
    RunRow,
    Runs,
    SideState,
    Statistics,
    StatisticsRow,
    StopRow,
)

A = TypeVar("A", bound=Message)
T = TypeVar("T")

WATCH, OPERATE, NOTE = "exchange.watch", "exchange.operate", "paper.note"
REASONS = frozenset({"maintenance", "fault", "disaster", "drill"})
"""Why nothing is sent. Assumed."""
LONGEST = timedelta(days=400)
MOST_RUNS, MOST_PAPERS, LONGEST_ID = 200, 64, 64


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is on its way."""

    waiting: int
    oldest: datetime | None
    given_up: int
    bulk: int


@dataclass(frozen=True, slots=True)
class Unused:
    """Papers of one kind that were brought, and how many of their enquiries were made."""

    procedure: str
    enquiry: str
    paper: str
    taken: int
    asked: int


class OfficeUnit(Protocol):
    """What can be done inside one transaction."""

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()``, or what it gave when the call's key came before. Errors: Conflict for another message."""
        ...

    def stops(self, after: datetime) -> tuple[Stop, ...]: ...
    def stop(self, municipality: str, stop_id: str) -> Stop | None: ...
    def put_stop(self, stop: Stop) -> None: ...
    def backlog(self, municipality: str) -> Backlog: ...
    def counted(self, municipality: str, bounds: Sequence[datetime]) -> list[tuple[int, str, str, int]]:
        """Enquiries accepted between each two of ``bounds``: which two, procedure, state, how many."""
        ...

    def runs(self, municipality: str, limit: int) -> tuple[RunRow, ...]: ...
    def note_papers(self, municipality: str, procedure: str, papers: Sequence[PaperMark], at: datetime) -> int:
        """Keep those that are new; how many were."""
        ...

    def unused(self, municipality: str, since: datetime, before: datetime) -> tuple[Unused, ...]: ...
    def record(self, acts: Sequence[Act]) -> None: ...


class OfficeBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[OfficeUnit], T]) -> T: ...
    def read(self, work: Callable[[OfficeUnit], T]) -> T: ...


class Steering:
    """The use cases. ``lists``: the procedures' enquiries, and what may be asked."""

    def __init__(
        self,
        book: OfficeBook,
        windows: Windows,
        lists: tuple[Rules, PermissionList],
        replaces: Mapping[tuple[str, str], Sequence[str]],
        wake: Callable[[], None],
    ) -> None:
        self._book = book
        self._windows = windows
        self._rules, self._permissions = lists
        self._replaces = replaces
        self._wake = wake

    def operating(self, call: Call, _: AskOperating) -> OperatingState:
        """How things stand now, and what is announced. Nothing of a resident is in it: no act. Errors: NotAllowed."""
        call.demand(WATCH)
        place = call.municipality
        stops, backlog = self._book.read(lambda unit: (unit.stops(call.at), unit.backlog(place)))
        return OperatingState(
            sides=tuple(self._side(place, side, call.at) for side in SIDES),
            stops=tuple(_row(one) for one in stops if one.municipality == place),
            waiting=backlog.waiting,
            oldest=backlog.oldest,
            given_up=backlog.given_up,
            bulk=backlog.bulk,
        )

    def announce(self, call: Call, asked: AnnounceStop) -> StopRow:
        """From ``since`` on nothing is sent to that side. Errors: NotAllowed; Refused; Conflict for a used id."""
        call.demand(OPERATE)
        if not 0 < len(asked.stop_id) <= LONGEST_ID or asked.side not in SIDES:
            raise NotUnderstood(what="stop")
        if asked.reason not in REASONS:
            raise Refused("stop_reason_missing")
        if asked.until is not None and asked.until <= max(asked.since, call.at):
            raise Refused("span_out_of_order")
        stop = Stop(
            call.municipality,
            asked.stop_id,
            asked.side,
            asked.since,
            asked.until,
            asked.reason,
            call.actor.staff_id,
        )

        def announce(unit: OfficeUnit) -> StopRow:
            if (known := unit.stop(call.municipality, asked.stop_id)) is not None:
                raise Conflict(version=known.version)
            return self._kept(unit, call, stop, "stop.announced")

        return self._done(lambda unit: unit.once(call, asked, StopRow, lambda: announce(unit)))

    def end(self, call: Call, asked: EndStop) -> StopRow:
        """It ends at another instant, at once where that is past. Errors: NotAllowed for none such; Conflict."""
        call.demand(OPERATE)

        def end(unit: OfficeUnit) -> StopRow:
            stop = unit.stop(call.municipality, asked.stop_id)
            if stop is None or (stop.until is not None and stop.until <= call.at):
                raise NotAllowed
            if stop.version != asked.version:
                raise Conflict(version=stop.version)
            until = max(asked.until, call.at)
            return self._kept(unit, call, replace(stop, until=until, version=stop.version + 1), "stop.ended")

        return self._done(lambda unit: unit.once(call, asked, StopRow, lambda: end(unit)))

    def statistics(self, call: Call, asked: AskStatistics) -> Statistics:
        """Enquiries by month, procedure and state. Errors: NotAllowed; Refused ``period_too_long``."""
        call.demand(WATCH)
        since, until = _period(asked.since, asked.until)
        months = _months(asked.since, asked.until)
        starts = [since, *(_begins(month.first) for month in months[1:])]
        found = self._book.read(lambda unit: unit.counted(call.municipality, [*starts, until]))
        rows = sorted((str(months[at]), procedure, state, count) for at, procedure, state, count in found)
        return Statistics(
            rows=tuple(
                StatisticsRow(month=month, procedure=procedure, state=state, count=count)
                for month, procedure, state, count in rows
            )
        )

    def runs(self, call: Call, asked: AskRuns) -> Runs:
        """バッチの状況. Errors: NotAllowed, NotUnderstood for too many."""
        call.demand(WATCH)
        if not 0 < asked.limit <= MOST_RUNS:
            raise NotUnderstood(what="limit")
        return Runs(rows=self._book.read(lambda unit: unit.runs(call.municipality, asked.limit)))

    def note_papers(self, call: Call, asked: NotePapers) -> PapersNoted:
        """Papers that were taken for a case; whether their enquiries are made is seen later, in the report.

        Errors: NotAllowed without the right for the procedure; Refused ``not_replaced`` for a paper that no enquiry of
        the procedure replaces.
        """
        call.demand(NOTE, asked.procedure)
        if not 0 < len(asked.papers) <= MOST_PAPERS:
            raise NotUnderstood(what="papers")
        for one in asked.papers:
            if one.paper not in self._replaces.get((asked.procedure, one.enquiry), ()):
                raise Refused("not_replaced")
            if not 0 < len(one.enquiry_id) <= LONGEST_ID:
                raise NotUnderstood(what="enquiry_id")

        def note(unit: OfficeUnit) -> PapersNoted:
            count = unit.note_papers(call.municipality, asked.procedure, asked.papers, call.at)
            unit.record([act_of(call, "papers.noted", procedure=asked.procedure, count=count)])
            return PapersNoted(count=count)

        return self._book.write(lambda unit: unit.once(call, asked, PapersNoted, lambda: note(unit)))

    def not_used(self, call: Call, asked: AskNotUsed) -> NotUsed:
        """Which papers an enquiry could have replaced, by procedure. Source: the audit office's finding, published.

        Errors: NotAllowed; Refused ``period_too_long``.
        """
        call.demand(WATCH)
        since, before = _period(asked.since, asked.until)
        found = self._book.read(lambda unit: unit.unused(call.municipality, since, before))
        return NotUsed(rows=tuple(self._unused(one, call.day) for one in found))

    def _unused(self, one: Unused, day: date) -> NotUsedRow:
        rule = self._rules.get((one.procedure, one.enquiry))
        return NotUsedRow(
            procedure=one.procedure,
            enquiry=one.enquiry,
            paper=one.paper,
            taken=one.taken,
            asked=one.asked,
            is_permitted=rule is not None and _is_permitted(self._permissions, one.procedure, rule, day),
        )

    def _side(self, place: str, side: str, now: datetime) -> SideState:
        calendar = self._windows.calendar(place, side)
        why = calendar.why_closed(now)
        return SideState(side=side, why=why, opens_at=calendar.next_opening(now))

    def _kept(self, unit: OfficeUnit, call: Call, stop: Stop, kind: str) -> StopRow:
        unit.put_stop(stop)
        until = "" if stop.until is None else stop.until.isoformat()
        what = {"side": stop.side, "since": stop.since.isoformat(), "until": until, "reason": stop.reason}
        unit.record([act_of(call, kind, about=stop.stop_id, **what)])
        return _row(stop)

    def _done(self, work: Callable[[OfficeUnit], StopRow]) -> StopRow:
        row = self._book.write(work)
        self._windows.forget()
        self._wake()
        return row


def _is_permitted(permissions: PermissionList, procedure: str, rule: Rule, day: date) -> bool:
    basis = rule.basis_on(day)
    if basis is None:
        return False
    provider = rule.provider if rule.provider.startswith("body:") else "municipality"
    ground = (rule.path, basis.series, basis.item, "municipality", procedure, rule.purpose, rule.information, provider)
    return not permissions.refusal(Wish(*ground, items=(), day=day))


def _period(since: date, until: date) -> tuple[datetime, datetime]:
    """The first instant, and the first after. Errors: Refused ``period_too_long``, ``span_out_of_order``."""
    if until < since:
        raise Refused("span_out_of_order")
    if until - since > LONGEST:
        raise Refused("period_too_long")
    return _begins(since), _begins(until + timedelta(days=1))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(0), TOKYO)


def _months(since: date, until: date) -> list[Month]:
    months = [Month.of(since)]
    while months[-1] < Month.of(until):
        months.append(months[-1].plus(1))
    return months


def _row(one: Stop) -> StopRow:
    return StopRow(
        stop_id=one.stop_id,
        version=one.version,
        side=one.side,
        since=one.since,
        until=one.until,
        reason=one.reason,
        by=one.by,
    )
