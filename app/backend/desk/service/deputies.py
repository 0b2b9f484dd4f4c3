"""代決: somebody stands in for a level of deciding for a period; one person proposes it, another one approves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.review import Deputy
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.delegation import Delegation
from app.errors import Conflict, NotAllowed, Refused
from app.wire.desk_review import (
    ApproveDeputy,
    AskDelegation,
    DelegationShown,
    DeputyRow,
    EndDeputy,
    LevelRow,
    ProposeDeputy,
    RuleRow,
)
from app.wire.message import Message

RIGHT = "decision.deputy"


class Deputies:
    """The use cases. Both persons need the right; nobody proposes, approves or names themselves."""

    def __init__(self, book: DeskBook, delegation: Delegation) -> None:
        self._book = book
        self._table = delegation

    def shown(self, call: Call, _: AskDelegation) -> DelegationShown:
        """The table and every deputy. Errors: NotAllowed."""
        call.demand(RIGHT)
        found, names = self._book.read(lambda unit: (unit.deputies(call.municipality), unit.names(call.municipality)))
        table = self._table
        return DelegationShown(
            levels=tuple(LevelRow(id=one.id, title=one.title, act=one.act) for one in table.levels),
            rules=tuple(
                RuleRow(procedures=one.procedures, outcomes=one.outcomes, from_yen=one.from_yen, level=one.level)
                for one in table.rules
            ),
            deputies=tuple(_row(call, one, names) for one in found),
            batch=table.batch,
            most_days=table.deputy_days,
        )

    def propose(self, call: Call, asked: ProposeDeputy) -> DeputyRow:
        """Somebody of the caller's department is to stand in.

        Errors: NotAllowed for oneself; Refused ``deputy_level``, ``deputy_days`` (``days``); Conflict.
        """
        if asked.staff_id == call.actor.staff_id:
            raise NotAllowed
        if self._table.level(asked.level) is None:
            raise Refused("deputy_level")
        longest = timedelta(days=self._table.deputy_days)
        if not call.day <= asked.since <= asked.until or asked.until - asked.since > longest:
            raise Refused("deputy_days", days=self._table.deputy_days)

        def add(unit: DeskUnit) -> Deputy:
            made = Deputy(
                municipality=call.municipality,
                deputy_id=asked.deputy_id,
                version=1,
                level=asked.level,
                department=call.actor.department,
                staff_id=asked.staff_id,
                since=asked.since,
                until=asked.until,
                proposed_by=call.actor.staff_id,
                proposed_at=call.at,
            )
            if not unit.add_deputy(made):
                raise Conflict(version=1)
            return made

        return self._once(call, asked, "deputy.proposed", add)

    def approve(self, call: Call, asked: ApproveDeputy) -> DeputyRow:
        """It holds in its period. Errors: NotAllowed for who proposed it and for the deputy; Conflict."""

        def approve(unit: DeskUnit) -> Deputy:
            kept = _kept(unit, call, asked.deputy_id, asked.version)
            if call.actor.staff_id in {kept.proposed_by, kept.staff_id}:
                raise NotAllowed
            if kept.approved_by or kept.ended_by:
                raise Conflict(version=kept.version)
            made = replace(kept, version=kept.version + 1, approved_by=call.actor.staff_id, approved_at=call.at)
            unit.change_deputy(made)
            return made

        return self._once(call, asked, "deputy.approved", approve)

    def end(self, call: Call, asked: EndDeputy) -> DeputyRow:
        """It holds no longer; one person is enough for that. Errors: NotAllowed; Conflict."""

        def end(unit: DeskUnit) -> Deputy:
            kept = _kept(unit, call, asked.deputy_id, asked.version)
            if kept.ended_by:
                raise Conflict(version=kept.version)
            made = replace(kept, version=kept.version + 1, ended_by=call.actor.staff_id, ended_at=call.at)
            unit.change_deputy(made)
            return made

        return self._once(call, asked, "deputy.ended", end)

    def _once(self, call: Call, asked: Message, kind: str, work: Callable[[DeskUnit], Deputy]) -> DeputyRow:
        def run(unit: DeskUnit) -> DeputyRow:
            call.demand(RIGHT)

            def first() -> DeputyRow:
                unit.remember(call.actor)
                made = work(unit)
                what = {"level": made.level, "deputy": made.staff_id}
                unit.record(act_of(call, kind, about=made.deputy_id, **what))
                return _row(call, made, unit.names(call.municipality))

            return unit.once(call, asked, DeputyRow, first)

        return watched(self._book, call, (kind, "", ""), run)


def _kept(unit: DeskUnit, call: Call, deputy_id: str, version: int) -> Deputy:
    """The one of the caller's department, as it was seen."""
    found = next((one for one in unit.deputies(call.municipality) if one.deputy_id == deputy_id), None)
    if found is None or found.department != call.actor.department:
        raise NotAllowed
    if found.version != version:
        raise Conflict(version=found.version)
    return found


def _row(call: Call, one: Deputy, names: dict[str, str]) -> DeputyRow:
    def name(staff_id: str) -> str:
        return names.get(staff_id, staff_id)

    state = "ended" if one.ended_by else "over" if one.until < call.day else ""
    return DeputyRow(
        deputy_id=one.deputy_id,
        version=one.version,
        level=one.level,
        department=one.department,
        staff_id=one.staff_id,
        name=name(one.staff_id),
        since=one.since,
        until=one.until,
        state=state or ("in_force" if one.approved_by else "proposed"),
        proposed_by=name(one.proposed_by),
        proposed_at=one.proposed_at,
        approved_by=name(one.approved_by),
        ended_by=name(one.ended_by),
        is_mine=call.actor.staff_id in {one.proposed_by, one.staff_id},
    )
