"""日締め: what a window took since it was closed last, the counted cash beside it, signed by two; then it stays so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.fees import IssuedFees, KeptClosing, KeptFee
from app.backend.desk.service.fees import CLOSE, IS_VOID, TAKE, TAKEN, VOID, VOID_ASKED, FeeBooks, is_closed
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.application import SHORTEST_REASON
from app.domain.call import Call
from app.domain.fee_closing import FeeLine, sums, total
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, Refused
from app.wire.desk_fees import AskTill, CloseTill, ClosingDone, ClosingRow, FeeRow, SignClosing, SumRow, Till

MOST_CLOSINGS = 31
"""Closings that are shown of one window. Assumed."""
LATE = timedelta(minutes=30)
"""How much later than it says something may have been kept in the register. Assumed."""
DESK, REGISTER = "desk", "register"


class TillDesk:
    """The till of the terminal that asks. What the register's certificates cost there is asked of the register."""

    def __init__(self, book: DeskBook, books: FeeBooks, issued: IssuedFees) -> None:
        self._book = book
        self._books = books
        self._issued = issued

    def till(self, call: Call, asked: AskTill) -> Till:
        """What lies in it since it was closed last; or what lay in it at an earlier closing. Looking is recorded."""
        if not any(allowed(call.actor, one, ANY, ANY, day=call.day) for one in (TAKE, CLOSE, VOID)):
            raise NotAllowed
        terminal = call.actor.terminal
        past = self._book.read(lambda unit: unit.closings(call.municipality, terminal, MOST_CLOSINGS))
        earlier = next((one for one in past if one.position == asked.position), None)
        last = _last_signed(past)
        try:
            issued, has_register = self._of_register(call, past), True
        except Refused:
            issued, has_register = (), False

        def look(unit: DeskUnit) -> Till:
            since = None if last is None else last.through
            if earlier is not None:
                fees = tuple(
                    one
                    for one in unit.fees(call.municipality, terminal, earlier.since)
                    if one.taken_at <= earlier.through
                )
                lines, since = earlier.lines, earlier.since
            else:
                fees = unit.fees(call.municipality, terminal, since)
                lines = (*_lines(fees), *issued)
            unit.record(act_of(call, "till.viewed", entries=len(lines)))
            closed = earlier is not None and bool(earlier.second)
            counted = past[0].through if earlier is None and past and not past[0].second else None
            rows = [_row(call, one, (closed, is_closed(one.taken_at, counted))) for one in fees]
            rows += [_register_row(one) for one in lines if one.source == REGISTER]
            rows.sort(key=lambda one: one.taken_at, reverse=True)
            return Till(
                terminal=terminal,
                since=since,
                rows=tuple(rows),
                sums=_sums(lines),
                total=total(lines),
                closings=tuple(self._closing(call, one) for one in past),
                kinds=self._books.kinds(),
                titles=dict(self._books.titles),
                register=has_register,
            )

        return self._book.write(look)

    def close(self, call: Call, asked: CloseTill) -> ClosingDone:
        """Count and sign first.

        Errors: NotAllowed; Conflict when something was taken since the screen was read, or a closing waits; Refused
        ``void_waits`` while a void is undecided, ``reason_missing`` for a difference without one,
        ``register_elsewhere`` where it can't be known what certificates cost.
        """
        call.demand(CLOSE)
        terminal = call.actor.terminal

        def close(unit: DeskUnit) -> ClosingDone:
            since = unit.hold_till(call.municipality, terminal)
            past = unit.closings(call.municipality, terminal, MOST_CLOSINGS)
            if past and not past[0].second:
                raise Conflict(version=past[0].version)
            fees = unit.fees(call.municipality, terminal, since)
            if any(one.state == VOID_ASKED for one in fees):
                raise Refused("void_waits")
            lines = (*_lines(fees), *self._of_register(call, past))
            if total(lines) != asked.total:
                raise Conflict(version=len(lines))
            reason = asked.reason.strip()[:500]
            if asked.counted != asked.total and len(reason) < SHORTEST_REASON:
                raise Refused("reason_missing")
            made = KeptClosing(
                municipality=call.municipality, terminal=terminal, position=past[0].position + 1 if past else 0,
                version=1, day=call.day, since=since, through=call.at, total=asked.total, counted=asked.counted,
                lines=lines, reason=reason, signed_by=call.actor.staff_id, signed_name=call.actor.name,
                signed_at=call.at,
            )  # fmt: skip
            unit.keep_closing(made)
            return _done(unit, call, made, "till.counted")

        return self._once(call, asked, "till.counted", close)

    def sign(self, call: Call, asked: SignClosing) -> ClosingDone:
        """The second person signs, and it is closed; or the first one takes it back to count again.

        Errors: NotAllowed; Conflict; Refused ``second_person``, ``not_author`` for taking back another's.
        """
        call.demand(CLOSE)
        terminal = call.actor.terminal

        def sign(unit: DeskUnit) -> ClosingDone:
            unit.hold_till(call.municipality, terminal)
            known = next(iter(unit.closings(call.municipality, terminal, 1)), None)
            if known is None or known.position != asked.position:
                raise NotAllowed
            if known.version != asked.version or known.second:
                raise Conflict(version=known.version)
            me = call.actor
            if asked.take_back:
                if known.signed_by != me.staff_id:
                    raise Refused("not_author")
                unit.drop_closing(known)
                return _done(unit, call, known, "till.count_taken_back")
            if known.signed_by == me.staff_id:
                raise Refused("second_person")
            signed = replace(
                known, second=me.staff_id, second_name=me.name, second_at=call.at, version=known.version + 1
            )
            unit.keep_closing(signed)
            unit.close_till(call.municipality, terminal, known.through)
            return _done(unit, call, signed, "till.closed")

        return self._once(call, asked, "till.closed", sign)

    def _of_register(self, call: Call, past: tuple[KeptClosing, ...]) -> tuple[FeeLine, ...]:
        """What is in no signed closing yet. What was issued while the till was counted came too late for that count."""
        signed = [one for one in past if one.second]
        since = signed[0].through - LATE if signed else None
        counted = {line for one in signed for line in one.lines if since is not None and line.at > since}
        return tuple(one for one in self._issued.taken(call, since, call.at) if one not in counted)

    def _once(
        self, call: Call, asked: CloseTill | SignClosing, kind: str, work: Callable[[DeskUnit], ClosingDone]
    ) -> ClosingDone:
        place = (kind, "", call.actor.terminal)
        return watched(self._book, call, place, lambda unit: unit.once(call, asked, ClosingDone, lambda: work(unit)))

    @staticmethod
    def _closing(call: Call, one: KeptClosing) -> ClosingRow:
        me, may_close = call.actor.staff_id, allowed(call.actor, CLOSE, ANY, ANY, day=call.day)
        may: tuple[str, ...] = ()
        if not one.second and may_close:
            may = ("take_back",) if one.signed_by == me else ("sign",)
        return ClosingRow(
            position=one.position,
            day=one.day,
            since=one.since,
            through=one.through,
            total=one.total,
            counted=one.counted,
            reason=one.reason,
            sums=_sums(one.lines),
            signed_name=one.signed_name,
            signed_at=one.signed_at,
            second_name=one.second_name,
            second_at=one.second_at,
            version=one.version,
            may=may,
        )


def _last_signed(past: tuple[KeptClosing, ...]) -> KeptClosing | None:
    return next((one for one in past if one.second), None)


def _lines(fees: tuple[KeptFee, ...]) -> tuple[FeeLine, ...]:
    """What counts: all but what is void."""
    return tuple(
        FeeLine(DESK, one.number, one.kind, one.yen, one.exemption, one.taken_at)
        for one in fees
        if one.state != IS_VOID
    )


def _sums(lines: tuple[FeeLine, ...]) -> tuple[SumRow, ...]:
    return tuple(SumRow(kind=one.kind, count=one.count, free=one.free, yen=one.yen) for one in sums(lines))


def _row(call: Call, one: KeptFee, lies: tuple[bool, bool]) -> FeeRow:
    """``lies``: whether it is closed, and whether it was counted and awaits the second person."""
    closed, counted = lies
    may: list[str] = []
    may_void = allowed(call.actor, VOID, ANY, ANY, day=call.day)
    if counted:
        may = []
    elif closed:
        may += ["correct"] if may_void and one.state == TAKEN else []
    elif one.state == TAKEN and allowed(call.actor, TAKE, ANY, ANY, day=call.day):
        may.append("void")
    is_others = one.void_asked_by != call.actor.staff_id
    if not (closed or counted) and one.state == VOID_ASKED and is_others and may_void:
        may.append("decide_void")
    return FeeRow(
        fee_id=one.fee_id,
        source=DESK,
        number=one.number,
        kind=one.kind,
        yen=one.yen,
        exemption=one.exemption,
        about=one.about,
        corrects=one.corrects,
        state=one.state,
        taken_name=one.taken_name,
        taken_at=one.taken_at,
        asked_by=one.void_asked_name,
        void_name=one.void_name,
        reason=one.reason,
        version=one.version,
        may=tuple(may),
    )


def _register_row(one: FeeLine) -> FeeRow:
    return FeeRow(
        fee_id="",
        source=REGISTER,
        number=one.number,
        kind=one.kind,
        yen=one.yen,
        exemption=one.exemption,
        about="",
        corrects="",
        state=TAKEN,
        taken_name="",
        taken_at=one.at,
        asked_by="",
        void_name="",
        reason="",
        version=0,
    )


def _done(unit: DeskUnit, call: Call, one: KeptClosing, kind: str) -> ClosingDone:
    unit.remember(call.actor)
    act = act_of(
        call, kind, about=one.terminal, position=one.position, total=one.total, counted=one.counted,
        entries=len(one.lines),
    )  # fmt: skip
    proof = unit.record(act)
    return ClosingDone(position=one.position, version=one.version, closed=bool(one.second), proof=proof)
