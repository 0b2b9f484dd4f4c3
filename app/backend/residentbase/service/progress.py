"""How far a system is: what its answers move, what stops it, and what of it is put on record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from app.backend.residentbase.ports import OPEN, STOPPED, BaseUnit, Grant, Receiver
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import NotUnderstood, Refused
from app.link.letters import municipality_of
from app.wire.letter import Letter
from app.wire.resident_base import ResidentChange, Taken, told

SLICE = "slice:residentbase"
_LONGEST_REASON = 64


class Loaded(Protocol):
    """What is sent to one system."""

    @property
    def receiver(self) -> Receiver: ...
    @property
    def grant(self) -> Grant: ...
    @property
    def changes(self) -> tuple[ResidentChange, ...]: ...


class Progress:
    """Moves a system's place in what is meant for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @staticmethod
    def demand_of(taken: Taken, receiver: Receiver, answer: Letter) -> Taken:
        """Errors: NotUnderstood unless it is this system's own answer."""
        if (taken.municipality, taken.system) != (receiver.municipality, receiver.system):
            raise NotUnderstood(what="system")
        if municipality_of(answer) != receiver.municipality:
            raise NotUnderstood(what="municipality")
        return taken

    def settle(self, unit: BaseUnit, receiver: Receiver, taken: Taken) -> Receiver:
        """It has everything up to ``taken.up_to``; what it lacks is sent from there. Who claims to have more stops."""
        if not 0 <= taken.up_to <= receiver.recorded:
            return self.stop(unit, receiver, "ahead")
        state = replace(receiver, taken=taken.up_to, attempts=0, next_at=self._clock.now(), cause="")
        unit.receivers.put(state)
        unit.record(self._answered(receiver, taken))
        return state

    def stop(self, unit: BaseUnit, receiver: Receiver, cause: str) -> Receiver:
        """Nothing is sent any more until somebody has looked."""
        state = replace(receiver, state=STOPPED, cause=cause)
        unit.receivers.put(state)
        unit.record([_act(receiver, "distribution.stopped", self._clock.now(), (("reason", cause),))])
        return state

    def _answered(self, receiver: Receiver, taken: Taken) -> list[Act]:
        now = self._clock.now()
        acts = []
        if taken.up_to != receiver.taken or taken.missing:
            first, last = taken.missing or (0, 0)
            moved = (("missing_first", first), ("missing_last", last), ("up_to", taken.up_to))
            acts.append(_act(receiver, "distribution.taken", now, moved))
        known = range(receiver.taken + 1, taken.up_to + 1)
        for one in taken.not_used:
            if one.sequence in known:
                what = (("reason", one.reason[:_LONGEST_REASON]), ("sequence", one.sequence))
                acts.append(_act(receiver, "distribution.not_used", now, what))
        return acts


def sent_acts(found: Loaded, event: str, at: datetime) -> list[tuple[str, Act]]:
    """情報連携記録 of a message: one for each change, with the items that it tells. ``event``: sent or fetched.

    A change that was on record for this system before is ``sent_again``.
    """
    receiver, acts = found.receiver, list[tuple[str, Act]]()
    use = ",".join(found.grant.uses)
    for one in found.changes:
        kind = event if one.sequence > receiver.recorded else "sent_again"
        what = (
            ("items", ",".join(told(one.after))),
            ("register_sequence", one.register_sequence),
            ("sequence", one.sequence),
            ("system", receiver.system),
            ("use", use),
        )
        trace = f"{receiver.system}:{one.sequence}"
        acts.append((
            receiver.system,
            Act(f"linkage.{kind}", at, receiver.municipality, SLICE, "", trace, about=one.subject, what=what),
        ))
    return acts


def demand_open(receiver: Receiver | None) -> Receiver:
    """Errors: Refused ``system_suspended``, ``system_stopped``, ``not_approved`` where it never was."""
    if receiver is None:
        raise Refused("not_approved")
    if receiver.state != OPEN:
        raise Refused("system_suspended" if receiver.state != STOPPED else "system_stopped")
    return receiver


def _act(receiver: Receiver, kind: str, at: datetime, what: Sequence[tuple[str, str | int]]) -> Act:
    details = (*what, ("system", receiver.system))
    trace = f"{receiver.system}:{receiver.taken}"
    return Act(kind, at, receiver.municipality, SLICE, "", trace, about=receiver.system, what=tuple(sorted(details)))
