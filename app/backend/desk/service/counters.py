"""窓口の設定: what an office decides for its counters, by two administrators, and what it states to one, signed."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.ports.rules import DecidedRules
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.counter_rules import CounterRules
from app.errors import Conflict, NotAllowed, Refused
from app.trust.sign import SigningKey
from app.trust.statement import LEASE, RULES, signer_of, state
from app.wire.counter_rules import (
    ApproveRules,
    AskLease,
    AskRules,
    AskRulesKept,
    KeptRules,
    ProposeRules,
    RulesKept,
    StatedCards,
    StatedLease,
    StatedRules,
    Statement,
    row_of,
    rules_of,
)
from app.wire.message import Message, encode
from app.wire.staff import RightRow

RIGHT = "counter.rules"


class CounterOffice:
    """The use cases. ``signing``: the desk's key, which counters know. ``usual``: what holds before any decision."""

    def __init__(
        self, book: DeskBook, signing: SigningKey, usual: CounterRules, cards: Callable[[Call], StatedCards]
    ) -> None:
        """``cards``: the staff cards of whoever calls, as the slice for staff knows them."""
        self._book = book
        self._cards = cards
        self._signing = signing
        self._usual = usual

    def rules(self, call: Call, _: AskRules) -> Statement:
        """The rules in force, for the calling terminal alone."""
        held = self._held(call.municipality)
        stated = StatedRules(
            municipality=call.municipality,
            terminal=call.actor.terminal,
            version=held[0],
            issued_at=call.at,
            rules=row_of(held[1]),
        )
        return self._signed(call, RULES, stated)

    def lease(self, call: Call, _: AskLease) -> Statement:
        """The session's person may go on at this terminal alone, as long as the rules say. Kept as an act."""
        actor, rules = call.actor, self._held(call.municipality)[1]
        stated = StatedLease(
            municipality=call.municipality,
            terminal=actor.terminal,
            staff_id=actor.staff_id,
            name=actor.name,
            department=actor.department,
            rights=tuple(RightRow(r.act, r.procedure, r.item_class, r.since, r.until) for r in actor.rights),
            granted_at=call.at,
            lasts_s=rules.lease_s,
            cards=self._cards(call),
        )
        self._book.write(lambda unit: unit.record(act_of(call, "lease.granted", lasts_s=rules.lease_s)))
        return self._signed(call, LEASE, stated)

    def kept(self, call: Call, _: AskRulesKept) -> RulesKept:
        """All versions. Errors: NotAllowed."""
        call.demand(RIGHT)
        found = self._book.read(lambda unit: unit.rules(call.municipality))
        return RulesKept(
            version=next((one.version for one in found if one.approved_by), 0), rows=tuple(_kept(one) for one in found)
        )

    def propose(self, call: Call, asked: ProposeRules) -> KeptRules:
        """Rules that hold once another administrator agrees. ``asked.version``: the newest one that was seen.

        Errors: NotAllowed, Conflict(version), Refused ``rules_out_of_bounds`` with the value's name.
        """
        call.demand(RIGHT)
        rules = rules_of(asked.rules)
        if rules.fault():
            raise Refused("rules_out_of_bounds", name=rules.fault())

        def add(unit: DeskUnit) -> KeptRules:
            newest = next((one.version for one in unit.rules(call.municipality)), 0)
            made = DecidedRules(call.municipality, newest + 1, rules, call.actor.staff_id, call.at)
            if newest != asked.version or not unit.add_rules(made):
                raise Conflict(version=newest)
            unit.record(act_of(call, "rules.proposed", version=made.version))
            return _kept(made)

        return self._once(call, asked, add)

    def approve(self, call: Call, asked: ApproveRules) -> KeptRules:
        """The rules hold from now on. Errors: NotAllowed, also for who proposed them; Conflict when approved before."""
        call.demand(RIGHT)

        def approve(unit: DeskUnit) -> KeptRules:
            kept = next((one for one in unit.rules(call.municipality) if one.version == asked.version), None)
            if kept is None or kept.proposed_by == call.actor.staff_id:
                raise NotAllowed
            made = replace(kept, approved_by=call.actor.staff_id, approved_at=call.at)
            unit.approve_rules(made)
            unit.record(act_of(call, "rules.approved", version=made.version))
            return _kept(made)

        return self._once(call, asked, approve)

    def _once(self, call: Call, asked: Message, work: Callable[[DeskUnit], KeptRules]) -> KeptRules:
        return self._book.write(lambda unit: unit.once(call, asked, KeptRules, lambda: work(unit)))

    def _held(self, municipality: str) -> tuple[int, CounterRules]:
        found = self._book.read(lambda unit: unit.rules_in_force(municipality))
        return (0, self._usual) if found is None else (found.version, found.rules)

    def _signed(self, call: Call, kind: str, stated: Message) -> Statement:
        return Statement(note=state(kind, encode(stated), signer_of(call.municipality), self._signing))


def _kept(one: DecidedRules) -> KeptRules:
    return KeptRules(
        version=one.version,
        rules=row_of(one.rules),
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        approved_by=one.approved_by,
        approved_at=one.approved_at,
    )
