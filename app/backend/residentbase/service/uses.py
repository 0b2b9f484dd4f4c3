"""利用申請: one person enters what a system wants, another approves; systems are suspended, resumed, looked at."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.backend.residentbase.ports import (
    APPROVED,
    ENDED,
    OPEN,
    REFUSED,
    STOPPED,
    SUSPENDED,
    WAITING,
    WITHDRAWN,
    BaseBook,
    BaseUnit,
    Grant,
    Receiver,
    Use,
)
from app.backend.residentbase.service.sharing import grants
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.distribution import DistributionRules
from app.errors import Conflict, NotAllowed, Refused
from app.wire.resident_base import ITEMS
from app.wire.resident_base_office import (
    ApplicationRow,
    Applications,
    AskApplications,
    AskSystems,
    DecideUse,
    EndUse,
    SystemRow,
    Systems,
    TurnSystem,
    UseApplication,
)

APPLY, DECIDE, READ, TEND = "distribution.apply", "distribution.decide", "distribution.read", "distribution.tend"
_LONGEST = 200
_LONGEST_ID = 64
_TURNS = {"suspend": SUSPENDED, "resume": OPEN, "again": OPEN, "resend": OPEN}
_FITS = {"suspend": {OPEN, STOPPED}, "resume": {SUSPENDED}, "again": {OPEN, STOPPED}, "resend": {OPEN, STOPPED}}


class Uses:
    """The use cases of who looks after distribution. ``pushed``: whether a system has changes brought to it.

    ``wake``: there may be something to send.
    """

    def __init__(
        self, book: BaseBook, rules: DistributionRules, pushed: Callable[[str], bool], wake: Callable[[], None]
    ) -> None:
        self._book = book
        self._rules = rules
        self._pushed = pushed
        self._wake = wake

    def apply(self, call: Call, asked: UseApplication) -> ApplicationRow:
        """Enter an application. Errors: Conflict for an id that there is already; Refused with the reason.

        Reasons: ``unknown_system``, ``item_not_allowed``, ``bad_period``, ``purpose_missing``.
        """
        call.demand(APPLY)
        self._demand_possible(call, asked)

        def enter(unit: BaseUnit) -> ApplicationRow:
            if unit.uses.one(call.municipality, asked.application_id) is not None:
                raise Conflict(version=1)
            use = _entered(call, asked)
            unit.uses.put(use)
            items = ",".join(use.items)
            unit.record([act_of(call, "use.entered", about=use.application_id, system=use.system, items=items)])
            return self._row(use)

        return self._book.write(lambda unit: unit.once(call, asked, ApplicationRow, lambda: enter(unit)))

    def decide(self, call: Call, asked: DecideUse) -> ApplicationRow:
        """Another person approves or refuses. Errors: Conflict; NotAllowed where there is none; Refused.

        Reasons: ``same_person``, ``not_waiting``, ``reason_missing``, ``bad_period`` when it is over already.
        """
        call.demand(DECIDE)
        reason = asked.reason.strip()[:_LONGEST]

        def decide(unit: BaseUnit) -> ApplicationRow:
            use = self._one(unit, call, asked.application_id, asked.version)
            if use.state != WAITING:
                raise Refused("not_waiting")
            if use.entered_by == call.actor.staff_id:
                raise Refused("same_person")
            if not asked.approve and not reason:
                raise Refused("reason_missing")
            if asked.approve and use.until < call.day:
                raise Refused("bad_period")
            done = self._ended(unit, call, use, (APPROVED if asked.approve else REFUSED, reason))
            if asked.approve:
                unit.receivers.open(call.municipality, use.system, call.at)
            return self._row(done)

        row = self._book.write(lambda unit: unit.once(call, asked, ApplicationRow, lambda: decide(unit)))
        self._wake()
        return row

    def end(self, call: Call, asked: EndUse) -> ApplicationRow:
        """Who entered it takes back what waits; what was approved ends now. Errors: as ``decide``."""
        call.demand(APPLY)
        reason = asked.reason.strip()[:_LONGEST]
        if not reason:
            raise Refused("reason_missing")

        def end(unit: BaseUnit) -> ApplicationRow:
            use = self._one(unit, call, asked.application_id, asked.version)
            if use.state == APPROVED:
                return self._row(self._ended(unit, call, use, (ENDED, reason)))
            if use.state != WAITING or use.entered_by != call.actor.staff_id:
                raise Refused("not_waiting")
            return self._row(self._ended(unit, call, use, (WITHDRAWN, reason)))

        return self._book.write(lambda unit: unit.once(call, asked, ApplicationRow, lambda: end(unit)))

    def applications(self, call: Call, asked: AskApplications) -> Applications:
        """All applications, or those of one system, newest first."""
        call.demand(READ)
        found = self._book.read(lambda unit: unit.uses.all(call.municipality))
        return Applications(rows=tuple(self._row(one) for one in found if asked.system in {"", one.system}))

    def systems(self, call: Call, _: AskSystems) -> Systems:
        """How every system of the list stands."""
        call.demand(READ)
        return self._book.read(lambda unit: self._systems(unit, call))

    def turn_system(self, call: Call, asked: TurnSystem) -> Systems:
        """Suspend, resume, try again what stopped, or send once more from a sequence on.

        Errors: NotAllowed for a system that never was approved; Refused ``reason_missing``, ``not_possible`` for what
        does not fit its state, ``bad_range`` and ``no_longer_kept`` for what can't be sent once more.
        """
        call.demand(TEND)
        reason = asked.reason.strip()[:_LONGEST]

        def turn(unit: BaseUnit) -> Systems:
            held = unit.receivers.hold(call.municipality, asked.system)
            if held is None or asked.act not in _TURNS:
                raise NotAllowed
            if held.state not in _FITS[asked.act]:
                raise Refused("not_possible")
            taken = self._before(unit, held, asked.first) if asked.act == "resend" else held.taken
            state = replace(held, state=_TURNS[asked.act], taken=taken, attempts=0, next_at=call.at, cause="")
            unit.receivers.put(state)
            kind = f"distribution.{asked.act}"
            what = {"about": asked.system, "reason": reason}
            unit.record([act_of(call, kind, **what, taken=held.taken, first=asked.first)])
            return self._systems(unit, call)

        if not reason:
            raise Refused("reason_missing")
        rows = self._book.write(lambda unit: unit.once(call, asked, Systems, lambda: turn(unit)))
        self._wake()
        return rows

    def _before(self, unit: BaseUnit, held: Receiver, first: int) -> int:
        """Where a system stands that is sent everything from ``first`` on once more."""
        if not 1 <= first <= held.recorded or not self._pushed(held.system):
            raise Refused("bad_range")
        (part,) = unit.receivers.allotted(held.municipality, held.system, first, first)
        position = part.positions[first - part.first]
        if position not in unit.changes.at(held.municipality, [position]):
            raise Refused("no_longer_kept")
        return min(held.taken, first - 1)

    def _demand_possible(self, call: Call, asked: UseApplication) -> None:
        system = self._rules.systems.get(asked.system)
        if system is None:
            raise Refused("unknown_system")
        wanted = set(asked.items)
        if not wanted or not wanted <= set(system.items) or (asked.with_before and not system.with_before):
            raise Refused("item_not_allowed")
        longest = asked.since.year + self._rules.longest_years
        if asked.until < asked.since or asked.until < call.day or asked.until.year > longest:
            raise Refused("bad_period")
        if not asked.purpose.strip():
            raise Refused("purpose_missing")
        if not 0 < len(asked.application_id) <= _LONGEST_ID:
            raise Refused("unknown_system")

    @staticmethod
    def _one(unit: BaseUnit, call: Call, application_id: str, version: int) -> Use:
        use = unit.uses.one(call.municipality, application_id)
        if use is None:
            raise NotAllowed
        if use.version != version:
            raise Conflict(version=use.version)
        return use

    @staticmethod
    def _ended(unit: BaseUnit, call: Call, use: Use, outcome: tuple[str, str]) -> Use:
        state, reason = outcome
        done = replace(
            use,
            state=state,
            reason=reason,
            decided_by=call.actor.staff_id,
            decided_at=call.at,
            version=use.version + 1,
        )
        unit.uses.put(done)
        act = act_of(call, f"use.{state}", about=use.application_id, system=use.system, entered_by=use.entered_by)
        unit.record([act])
        return done

    def _systems(self, unit: BaseUnit, call: Call) -> Systems:
        granted = grants(unit.uses.all(call.municipality), self._rules, call.day)
        receivers = {one.system: one for one in unit.receivers.all(call.municipality)}
        return Systems(rows=tuple(self._system(name, receivers.get(name), granted) for name in self._rules.systems))

    def _system(self, name: str, receiver: Receiver | None, granted: Mapping[str, Grant]) -> SystemRow:
        rule, grant = self._rules.systems[name], granted.get(name)
        state = "none" if receiver is None or grant is None else receiver.state
        waits = receiver is not None and receiver.taken < receiver.last
        return SystemRow(
            system=name,
            title=rule.title,
            state=state,
            last=receiver.last if receiver else 0,
            taken=receiver.taken if receiver else 0,
            attempts=receiver.attempts if receiver else 0,
            cause=receiver.cause if receiver else "",
            items=grant.items if grant else (),
            allowed=rule.items,
            pushed=self._pushed(name),
            next_at=receiver.next_at if receiver and waits else None,
            until=grant.until if grant else None,
            told=receiver.recorded if receiver else 0,
        )

    def _row(self, use: Use) -> ApplicationRow:
        rule = self._rules.systems.get(use.system)
        return ApplicationRow(
            application_id=use.application_id,
            system=use.system,
            title=rule.title if rule else use.system,
            purpose=use.purpose,
            items=use.items,
            since=use.since,
            until=use.until,
            with_before=use.with_before,
            state=use.state,
            entered_by=use.entered_by,
            entered_at=use.entered_at,
            version=use.version,
            decided_by=use.decided_by,
            decided_at=use.decided_at,
            reason=use.reason,
        )


def _entered(call: Call, asked: UseApplication) -> Use:
    return Use(
        municipality=call.municipality,
        application_id=asked.application_id,
        system=asked.system,
        purpose=asked.purpose.strip()[:_LONGEST],
        items=tuple(name for name in ITEMS if name in asked.items),
        since=asked.since,
        until=asked.until,
        with_before=asked.with_before,
        state=WAITING,
        entered_by=call.actor.staff_id,
        entered_at=call.at,
    )
