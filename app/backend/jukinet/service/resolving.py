"""Differences between the levels: one proposes how each is worked off, another one approves (S06-6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from app.backend.jukinet.ports import Kept, Kind, NetworkBook, NetworkUnit, Registered
from app.backend.jukinet.service.acting import failures_kept
from app.backend.jukinet.service.comparing import COMPARE, DONE, OPEN, RUNNING, Difference, summary
from app.backend.jukinet.service.sending import hand_out
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, new_id
from app.domain.resident_network import ChangeReason, Resolution
from app.domain.resident_network_rules import NetworkRules
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.jukinet import IdentityInfo, IdentityUpdate
from app.wire.jukinet_counter import (
    AskComparison,
    Comparison,
    DecideResolution,
    DifferenceRow,
    ProposeResolution,
)
from app.wire.message import decode, encode

APPROVE = "network.approve"
PROPOSED, SETTLED = "proposed", "settled"
_MOST = 200
_FITS = {
    Resolution.RESEND: {"only_here", "differs"},
    Resolution.REMOVE_THERE: {"only_there"},
    Resolution.EXPLAINED: {"only_here", "only_there", "differs"},
}
"""Which resolution fits which kind of difference."""


class Resolving:
    """The use cases. ``wake``: something is to go out."""

    def __init__(
        self, book: NetworkBook, rules: NetworkRules, means: tuple[Clock, Random], wake: Callable[[], None]
    ) -> None:
        self._book = book
        self._rules = rules
        self._clock, self._random = means
        self._wake = wake

    def show(self, call: Call, asked: AskComparison) -> Comparison:
        """A comparison with its differences, the newest one for "". Errors: NotAllowed where there is none."""

        def look(unit: NetworkUnit) -> Comparison:
            kept = _found(unit, call.municipality, asked.comparison_id)
            states = [OPEN, PROPOSED] if asked.open_only else [OPEN, PROPOSED, SETTLED]
            rows = unit.records.listed(call.municipality, Kind.DIFFERENCE, states, _MOST + 1, kept.record_id)
            act = act_of(call, "comparison.opened", about=kept.record_id, differences=len(rows))
            shown = tuple(_row(call, one) for one in rows[:_MOST])
            proof = unit.record([act])[0]
            return summary(kept, shown, proof, more=len(rows) > _MOST)

        with failures_kept(self._book, call, "comparison.opened"):
            if not (call.may_anything(COMPARE) or call.may_anything(APPROVE)):
                raise NotAllowed
            return self._book.write(look)

    def propose(self, call: Call, asked: ProposeResolution) -> DifferenceRow:
        """Say how a difference is to be worked off, with a reason. Errors: NotAllowed, Conflict, NotUnderstood."""

        def propose(unit: NetworkUnit) -> DifferenceRow:
            kept, said = _difference(unit, call, asked.difference_id, asked.version, OPEN)
            if said.kind not in _FITS[Resolution(asked.resolution)]:
                raise Refused("difference_kind")
            said = msgspec.structs.replace(
                said, resolution=asked.resolution, reason=asked.reason, proposed_by=call.actor.staff_id
            )
            after = _next(kept, PROPOSED, said)
            unit.records.put(after, call.at)
            what = {"resolution": asked.resolution, "difference": said.kind}
            unit.record([act_of(call, "difference.proposed", about=kept.record_id, **what)])
            return _row(call, after)

        with failures_kept(self._book, call, "difference.proposed"):
            call.demand(COMPARE)
            if asked.resolution not in {one.value for one in Resolution} or not asked.reason.strip():
                raise NotUnderstood(what="resolution")
            return self._book.write(lambda unit: unit.once(call, asked, DifferenceRow, lambda: propose(unit)))

    def decide(self, call: Call, asked: DecideResolution) -> DifferenceRow:
        """Approve or return what somebody else proposed; approved, it is done at once.

        Errors: NotAllowed, also for who proposed it; Conflict; Refused ``difference_gone`` where nothing is to be sent.
        """

        def decide(unit: NetworkUnit) -> DifferenceRow:
            kept, said = _difference(unit, call, asked.difference_id, asked.version, PROPOSED)
            if said.proposed_by == call.actor.staff_id:
                raise NotAllowed
            is_approved = asked.outcome == "approved"
            if is_approved:
                self._carry_out(unit, call, said)
                said = msgspec.structs.replace(said, decided_by=call.actor.staff_id)
            else:
                said = msgspec.structs.replace(said, resolution="", reason="", proposed_by="")
            after = _next(kept, SETTLED if is_approved else OPEN, said)
            if is_approved:
                after = replace(after, due=call.day + timedelta(days=self._rules.keep_days))
            unit.records.put(after, call.at)
            unit.record([act_of(call, f"difference.{asked.outcome}", about=kept.record_id, resolution=said.resolution)])
            return _row(call, after)

        with failures_kept(self._book, call, "difference.decided"):
            call.demand(APPROVE)
            if asked.outcome not in {"approved", "returned"}:
                raise NotUnderstood(what="outcome")
            row = self._book.write(lambda unit: unit.once(call, asked, DifferenceRow, lambda: decide(unit)))
        self._wake()
        return row

    def _carry_out(self, unit: NetworkUnit, call: Call, said: Difference) -> None:
        if said.resolution == Resolution.EXPLAINED:
            return
        known = unit.people.of_code(call.municipality, said.resident_code)
        is_here = known is not None and known.identity.state == "resident"
        is_resend = said.resolution == Resolution.RESEND
        if (is_resend and known is None) or (not is_resend and is_here):
            raise Refused("difference_gone")
        after = known or Registered(_gone(call.municipality, said.resident_code), 0, 1)
        reason = ChangeReason.CORRECTED if is_here else ChangeReason.REMOVED
        update = IdentityUpdate(
            update_id=f"again-{new_id(self._clock, self._random)}",
            sequence=after.sequence,
            identity=after.identity,
            reason=reason.value,
            event_day=call.day,
            again=True,
        )
        act = act_of(call, "identity.sent_again", about=update.update_id, reason=reason.value)
        hand_out(unit, act, update.update_id, update, unit.people.token(call.municipality, said.resident_code))


def _gone(municipality: str, resident_code: str) -> IdentityInfo:
    """Of whom the city knows nothing but that they are not registered here."""
    return IdentityInfo(
        resident_code=resident_code,
        my_number="",
        name="",
        birth=date.min,
        sex="",
        address="",
        municipality=municipality,
        state="removed",
    )


def _found(unit: NetworkUnit, place: str, comparison_id: str) -> Kept:
    if comparison_id:
        kept = unit.records.one(place, Kind.COMPARISON, comparison_id)
    else:
        kept = next(iter(unit.records.listed(place, Kind.COMPARISON, [RUNNING, DONE], _MOST)[::-1]), None)
    if kept is None:
        raise NotAllowed
    return kept


def _difference(unit: NetworkUnit, call: Call, record_id: str, version: int, state: str) -> tuple[Kept, Difference]:
    kept = unit.records.one(call.municipality, Kind.DIFFERENCE, record_id)
    if kept is None:
        raise NotAllowed
    if kept.version != version or kept.state != state:
        raise Conflict(version=kept.version)
    return kept, decode(kept.content, Difference)


def _next(kept: Kept, state: str, said: Difference) -> Kept:
    return replace(kept, state=state, content=encode(said), version=kept.version + 1)


def _row(call: Call, kept: Kept) -> DifferenceRow:
    said = decode(kept.content, Difference)
    may = {
        OPEN: ["propose"] if call.may_anything(COMPARE) else [],
        PROPOSED: ["decide"] if call.may_anything(APPROVE) and said.proposed_by != call.actor.staff_id else [],
    }
    return DifferenceRow(
        difference_id=kept.record_id,
        kind=said.kind,
        items=said.items,
        name=said.name,
        state=kept.state,
        resolution=said.resolution,
        reason=said.reason,
        proposed_by=said.proposed_by,
        decided_by=said.decided_by,
        version=kept.version,
        may=tuple(may.get(kept.state, [])),
        here=said.here,
        there=said.there,
    )
