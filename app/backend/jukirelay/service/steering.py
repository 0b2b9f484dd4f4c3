"""K-02: the network's calendar, entered by two people; where things are on their way; what was given up."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.jukirelay.ports import (
    CLOSED,
    MOVING_OUT,
    STOPPED,
    WAITING,
    KeptSpan,
    NetworkBook,
    NetworkUnit,
    Outgoing,
)
from app.backend.jukirelay.service.acting import APPROVED, EXTRA, STOP, calendar_of, demand_id, expected_at
from app.backend.jukirelay.service.making import NO_PLACE
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.municipality import MunicipalityCode
from app.domain.network_relay import NetworkRelayRules
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.jukinet import MovingOutData
from app.wire.jukirelay_staff import (
    AskCalendar,
    AskForwarding,
    AskHalted,
    CalendarView,
    DecideSpan,
    EndSpan,
    Forwarding,
    ForwardingRow,
    Halted,
    HaltedRow,
    HaltedSettled,
    ProposeSpan,
    ReloadReplica,
    SettleHalted,
    SideHours,
    SpanRow,
)
from app.wire.message import Nothing, decode, encode

SEE, TEND, CALENDAR, RELOAD = "network.state", "network.tend", "network.calendar", "network.system"
MOST_ROWS = 50
_LONGEST = 200
AGAIN, CLOSE = "again", "close"


class Steering:
    """The use cases of staff around the way out. ``wake``: there may be something to send."""

    def __init__(self, book: NetworkBook, rules: NetworkRelayRules, wake: Callable[[], None]) -> None:
        self._book = book
        self._rules = rules
        self._wake = wake

    def forwarding(self, call: Call, asked: AskForwarding) -> Forwarding:
        """How far changes are on their way, with the time at which they go. One record for the look."""
        call.demand(SEE)

        def look(unit: NetworkUnit) -> Forwarding:
            place = call.municipality
            found: tuple[Outgoing, ...] = ()
            if asked.subject or asked.entry_id:
                found = unit.outgoing.of(place, asked.subject, asked.entry_id, MOST_ROWS)
            unit.record(act_of(call, "forwarding.viewed", about=asked.subject or asked.entry_id), asked.subject)
            calendar = calendar_of(unit, self._rules, place)
            return Forwarding(
                rows=tuple(self._row(unit, call, one) for one in found),
                open_now=calendar.open_at(call.at),
                opens_at=calendar.next_opening(call.at),
                waiting=unit.outgoing.waiting(place),
                oldest_at=unit.outgoing.oldest(place),
                heard_at=unit.lines.seen(place).heard_at,
            )

        return self._book.write(look)

    def halted(self, call: Call, _: AskHalted) -> Halted:
        """What was given up. Nothing of a resident is in it: no act."""
        call.demand(TEND)
        found = self._book.read(lambda unit: unit.outgoing.halted(call.municipality))
        rows = (
            HaltedRow(item_id=one.item_id, kind=one.kind, entry_id=one.entry_id, made_at=one.made_at, cause=one.cause)
            for one in found
        )
        return Halted(rows=tuple(rows))

    def settle(self, call: Call, asked: SettleHalted) -> HaltedSettled:
        """Send it again in its old place, or close it.

        Errors: NotAllowed; Conflict; Refused ``reason_missing``, ``place_missing``; BadFormat for no such code.
        """
        call.demand(TEND)
        if asked.outcome not in {AGAIN, CLOSE}:
            raise NotUnderstood(what="outcome")
        if asked.outcome == CLOSE and not asked.reason.strip():
            raise Refused("reason_missing")

        def settle(unit: NetworkUnit) -> HaltedSettled:
            one = unit.outgoing.one(call.municipality, asked.item_id)
            if one is None or one.state != STOPPED:
                raise NotAllowed
            kept = _again(one, asked) if asked.outcome == AGAIN else replace(one, state=CLOSED, content=b"")
            unit.outgoing.put(replace(kept, changed_at=call.at, version=one.version + 1))
            name = (call.municipality, one.item_id)
            done = unit.queue.revive(name, call.at) if asked.outcome == AGAIN else unit.queue.close(name)
            if not done and one.content:
                raise Conflict(version=0)
            what = {"item": one.item_id, "cause": one.cause, "reason": asked.reason.strip()[:_LONGEST]}
            act = act_of(call, f"link.{asked.outcome}", about=one.subject, **what)
            return HaltedSettled(proof=unit.record(act, one.subject))

        done = self._book.write(lambda unit: unit.once(call, asked, HaltedSettled, lambda: settle(unit)))
        self._wake()
        return done

    def reload(self, call: Call, _: ReloadReplica) -> Nothing:
        """Begin the load of the replica anew; what is in it stays until it is told of."""
        call.demand(RELOAD)

        def reload(unit: NetworkUnit) -> Nothing:
            line = unit.lines.held(call.municipality)
            unit.lines.put(replace(line, loaded="", is_loaded=False, version=line.version + 1))
            unit.record(act_of(call, "replica.reload_asked"))
            return Nothing()

        return self._book.write(reload)

    def calendar(self, call: Call, _: AskCalendar) -> CalendarView:
        """Hours and spans that are not over."""
        call.demand(SEE)
        return self._book.read(lambda unit: self._calendar(unit, call))

    def propose(self, call: Call, asked: ProposeSpan) -> SpanRow:
        """Ask for a stop or an extra run; nothing changes yet. Errors: NotUnderstood; Refused; Conflict."""
        call.demand(CALENDAR)
        span_id = demand_id(asked.span_id)
        if asked.kind not in {STOP, EXTRA} or (asked.kind == EXTRA and asked.until is None):
            raise NotUnderstood(what="kind")
        if asked.until is not None and asked.until <= max(asked.since, call.at):
            raise Refused("span_out_of_order")
        if not asked.reason.strip():
            raise Refused("reason_missing")

        def propose(unit: NetworkUnit) -> SpanRow:
            if (known := unit.office.span(call.municipality, span_id)) is not None:
                raise Conflict(version=known.version)
            span = KeptSpan(
                municipality=call.municipality,
                span_id=span_id,
                kind=asked.kind,
                since=asked.since,
                until=asked.until,
                reason=asked.reason.strip()[:_LONGEST],
                asked_by=call.actor.staff_id,
            )
            return self._kept(unit, call, span, "span.proposed")

        return self._book.write(lambda unit: unit.once(call, asked, SpanRow, lambda: propose(unit)))

    def end(self, call: Call, asked: EndSpan) -> SpanRow:
        """Ask that a span end earlier, or a stop later. Errors: NotAllowed; Conflict; Refused."""
        call.demand(CALENDAR)

        def end(unit: NetworkUnit) -> SpanRow:
            span = _found(unit, call, asked.span_id, asked.version)
            if span.state != APPROVED or span.end_asked is not None:
                raise Refused("change_waiting" if span.end_asked else "not_waiting")
            if asked.until <= span.since:
                raise Refused("span_out_of_order")
            wish = replace(span, end_asked=asked.until, end_asked_by=call.actor.staff_id, version=span.version + 1)
            return self._kept(unit, call, wish, "span.end_asked")

        return self._book.write(lambda unit: unit.once(call, asked, SpanRow, lambda: end(unit)))

    def decide(self, call: Call, asked: DecideSpan) -> SpanRow:
        """Another person decides. Errors: NotAllowed; Conflict; Refused ``same_person``, ``not_waiting``."""
        call.demand(CALENDAR)
        if asked.outcome not in {APPROVED, "refused"}:
            raise NotUnderstood(what="outcome")

        def decide(unit: NetworkUnit) -> SpanRow:
            span = _found(unit, call, asked.span_id, asked.version)
            asker = span.asked_by if span.state == "proposed" else span.end_asked_by
            if not asker:
                raise Refused("not_waiting")
            if asker == call.actor.staff_id:
                raise Refused("same_person")
            done = _decided(span, is_approved=asked.outcome == APPROVED)
            done = replace(done, decided_by=call.actor.staff_id, version=span.version + 1)
            row = self._kept(unit, call, done, f"span.{asked.outcome}")
            unit.queue.hurry(call.at, call.at)
            return row

        row = self._book.write(lambda unit: unit.once(call, asked, SpanRow, lambda: decide(unit)))
        self._wake()
        return row

    def _row(self, unit: NetworkUnit, call: Call, one: Outgoing) -> ForwardingRow:
        goes, cause = expected_at(unit, self._rules, one, call.at) if one.state == WAITING else (None, one.cause)
        return ForwardingRow(
            item_id=one.item_id,
            kind=one.kind,
            state=one.state,
            made_at=one.made_at,
            entry_id=one.entry_id,
            goes_at=goes,
            cause=cause,
        )

    def _calendar(self, unit: NetworkUnit, call: Call) -> CalendarView:
        calendar, hours = calendar_of(unit, self._rules, call.municipality), self._rules.hours
        side = self._rules.register_hours
        spans = (one for one in unit.office.spans(call.municipality) if one.until is None or call.at < one.until)
        return CalendarView(
            opens=_written(hours.opens),
            closes=_written(hours.closes),
            closed_days=hours.closed_days,
            spans=tuple(_span_row(one) for one in spans),
            open_now=calendar.open_at(call.at),
            opens_at=calendar.next_opening(call.at),
            register=SideHours(
                opens=_written(side.opens),
                closes=_written(side.closes),
                closed_days=side.closed_days,
                open_now=side.open_at(call.at),
            ),
            is_loaded=unit.lines.seen(call.municipality).is_loaded,
        )

    @staticmethod
    def _kept(unit: NetworkUnit, call: Call, span: KeptSpan, kind: str) -> SpanRow:
        unit.office.put_span(span)
        until = "" if span.until is None else span.until.isoformat()
        unit.record(act_of(call, kind, about=span.span_id, span=span.kind, since=span.since.isoformat(), until=until))
        return _span_row(span)


def _again(one: Outgoing, asked: SettleHalted) -> Outgoing:
    """As it goes out again; a code that was missing is put in."""
    content = one.content
    if not content:
        raise Refused("not_waiting")
    if one.kind == MOVING_OUT and one.cause == NO_PLACE:
        if not asked.municipality:
            raise Refused("place_missing")
        place = MunicipalityCode(asked.municipality).digits
        data = decode(content, MovingOutData)
        content = encode(
            MovingOutData(
                data_id=data.data_id,
                moved_from=data.moved_from,
                moved_to=place,
                from_address=data.from_address,
                planned_on=data.planned_on,
                persons=data.persons,
            )
        )
    return replace(one, state=WAITING, cause="", content=content)


def _found(unit: NetworkUnit, call: Call, span_id: str, version: int) -> KeptSpan:
    span = unit.office.span(call.municipality, span_id)
    if span is None:
        raise NotAllowed
    if span.version != version:
        raise Conflict(version=span.version)
    return span


def _decided(span: KeptSpan, *, is_approved: bool) -> KeptSpan:
    if span.state == "proposed":
        return replace(span, state=APPROVED if is_approved else "refused")
    until = span.end_asked if is_approved else span.until
    return replace(span, until=until, end_asked=None, end_asked_by="")


def _span_row(one: KeptSpan) -> SpanRow:
    return SpanRow(
        span_id=one.span_id,
        kind=one.kind,
        state=one.state,
        since=one.since,
        until=one.until,
        reason=one.reason,
        asked_by=one.end_asked_by or one.asked_by,
        decided_by=one.decided_by,
        version=one.version,
        end_asked=one.end_asked,
    )


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
