"""フラグ: marks on information and persons, set by who owns it, lifted by a supervisor; each with its reason."""

from dataclasses import replace

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit
from app.backend.intermediary.ports.held import Flag
from app.backend.intermediary.service import guard
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, new_id
from app.domain.provision_rules import FlagKind, ProvisionRules
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.provision import AskFlags, ClearFlag, FlagKept, FlagRow, Flags, SetFlag

_KINDS = frozenset(FlagKind)


class Flagging:
    """For who owns the information."""

    def __init__(self, book: IntermediaryBook, rules: ProvisionRules, clock: Clock, random: Random) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock
        self._random = random

    def flags(self, call: Call, asked: AskFlags) -> Flags:
        """The owner's marks; of one person the look is recorded. Errors: NotAllowed, NotUnderstood."""
        guard.demand(call, guard.FLAG, asked.owner)
        if asked.person:
            guard.demand_number(asked.person)

        def look(unit: IntermediaryUnit) -> Flags:
            found = [
                flag
                for flag in unit.flags.listed(call.municipality)
                if flag.owner == asked.owner
                and (flag.is_set or asked.also_cleared)
                and asked.person in {"", flag.addressee_number}
            ]
            unit.record([act_of(call, "flag.listed", about=asked.person, count=len(found))])
            return Flags(rows=tuple(flag_row(call, flag) for flag in found))

        return self._book.write(look)

    def set(self, call: Call, asked: SetFlag) -> FlagKept:
        """Set a mark. One on a person alone holds for all information, whoever owns it.

        Errors: NotAllowed; Refused ``unknown_reason``, ``flag_on_nothing``, ``flag_is_set``; NotUnderstood.
        """

        def put(unit: IntermediaryUnit) -> FlagKept:
            self._demand_settable(call, asked)
            same = (asked.kind, asked.information, asked.person)
            held = unit.flags.held(call.municipality, [asked.person] if asked.person else [])
            if any((flag.kind, flag.information, flag.addressee_number) == same for flag in held):
                raise Refused(reason="flag_is_set")
            flag = Flag(
                municipality=call.municipality,
                flag_id=new_id(self._clock, self._random),
                owner=asked.owner,
                kind=asked.kind,
                information=asked.information,
                addressee_number=asked.person,
                reason=asked.reason,
                set_by=call.actor.staff_id,
                set_at=call.at,
            )
            unit.flags.keep(flag)
            return _kept(unit, call, flag, "flag.set")

        with guard.refusals_kept(self._book, call, "flag.set", asked.person):
            return self._book.write(lambda unit: unit.once(call, asked, FlagKept, lambda: put(unit)))

    def clear(self, call: Call, asked: ClearFlag) -> FlagKept:
        """Lift a mark: a supervisor of whose name it was set in, who did not set it.

        Errors: NotAllowed; Refused ``unknown_reason``, ``second_person_needed``, ``flag_not_set``; Conflict.
        """

        def lift(unit: IntermediaryUnit) -> FlagKept:
            flag = unit.flags.one(call.municipality, asked.flag_id)
            if flag is None or not guard.may(call, guard.RELEASE, flag.owner):
                raise NotAllowed
            guard.demand_reason(self._rules, "clear", asked.reason)
            if not flag.is_set:
                raise Refused(reason="flag_not_set")
            if flag.set_by == call.actor.staff_id:
                raise Refused(reason="second_person_needed")
            if flag.version != asked.version:
                raise Conflict(version=flag.version)
            cleared = replace(
                flag,
                is_set=False,
                version=flag.version + 1,
                cleared_by=call.actor.staff_id,
                cleared_reason=asked.reason,
                cleared_at=call.at,
            )
            unit.flags.keep(cleared)
            return _kept(unit, call, cleared, "flag.cleared")

        with guard.refusals_kept(self._book, call, "flag.clear", asked.flag_id):
            return self._book.write(lambda unit: unit.once(call, asked, FlagKept, lambda: lift(unit)))

    def _demand_settable(self, call: Call, asked: SetFlag) -> None:
        if asked.information:
            guard.demand_owned(call, guard.FLAG, self._rules, asked.owner, asked.information)
        guard.demand(call, guard.FLAG, asked.owner)
        if asked.kind not in _KINDS:
            raise NotUnderstood(what="kind")
        if not (asked.information or asked.person):
            raise Refused(reason="flag_on_nothing")
        if asked.person:
            guard.demand_number(asked.person)
        guard.demand_reason(self._rules, "flag", asked.reason)


def flag_row(call: Call, flag: Flag) -> FlagRow:
    """A mark as it is shown to whoever asks."""
    may_clear = flag.is_set and guard.may(call, guard.RELEASE, flag.owner) and flag.set_by != call.actor.staff_id
    return FlagRow(
        flag_id=flag.flag_id,
        owner=flag.owner,
        kind=flag.kind,
        information=flag.information,
        person=flag.addressee_number,
        reason=flag.reason,
        set_by=flag.set_by,
        set_at=flag.set_at,
        is_set=flag.is_set,
        version=flag.version,
        cleared_by=flag.cleared_by,
        cleared_reason=flag.cleared_reason,
        cleared_at=flag.cleared_at,
        may=("clear",) if may_clear else (),
    )


def _kept(unit: IntermediaryUnit, call: Call, flag: Flag, kind: str) -> FlagKept:
    reason = flag.cleared_reason or flag.reason
    act = act_of(
        call,
        kind,
        about=flag.addressee_number,
        flag=flag.flag_id,
        information=flag.information,
        mark=flag.kind,
        reason=reason,
    )
    return FlagKept(row=flag_row(call, flag), proof=unit.record([act])[0])
