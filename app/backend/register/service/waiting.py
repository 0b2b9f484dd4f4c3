"""Entries as they stand now: who may see and do what with them, and what stands in the way of each."""

from collections.abc import Sequence
from dataclasses import replace

from app.backend.register.service.changing import ChangeUnit, Entry
from app.backend.register.service.drafting import Draft, Drafter
from app.backend.register.service.guard import is_let_through, is_restrained
from app.backend.register.service.showing import masked, people_of, row_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.register_rules import RegisterRules
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, Refused
from app.wire.message import decode, encode
from app.wire.register_change import AskEntries, EntryRow, Filing

ENTER, DECIDE = "register.enter", "register.decide"
WAITING, APPROVED, REFUSED, WITHDRAWN = "waiting", "approved", "refused", "withdrawn"
_MOST_LOOKED = 400


class Waiting:
    """What entries and decisions need alike."""

    def __init__(self, drafter: Drafter, rules: RegisterRules) -> None:
        self._drafter = drafter
        self._rules = rules

    def draft(self, unit: ChangeUnit, call: Call, entry: Entry, *, hold: bool = False) -> Draft:
        if hold:
            concerned = unit.entries.concerned(call.municipality, entry.entry_id)
            unit.entries.hold(call.municipality, [one.business_number for one in concerned])
        own = (entry.entry_id, entry.confirmed)
        return self._drafter.draft(unit, call.municipality, decode(entry.content, Filing), call.day, own)

    def row(self, unit: ChangeUnit, call: Call, entry: Entry, drafted: Draft | None = None) -> EntryRow:
        """The entry as a line. ``drafted``: how it works out now, where that is known already."""
        filing = decode(entry.content, Filing)
        if entry.state != WAITING:
            return row_of(self._rules, entry, filing, (_names(unit, entry), ()), ((), "", False))
        draft = drafted or self.draft(unit, call, entry)
        why_not = self.why_not(unit, call, entry, draft)
        mine = entry.entered_by == call.actor.staff_id
        may: tuple[str, ...] = (
            ("correct", "withdraw") if mine and allowed(call.actor, ENTER, ANY, ANY, day=call.day) else ()
        )
        if not mine and allowed(call.actor, DECIDE, ANY, ANY, day=call.day):
            may = ("refuse",) if why_not else ("approve", "refuse")
        overtaken = self.is_overtaken(unit, entry, draft)
        return row_of(self._rules, entry, filing, (people_of(draft), draft.findings), (may, why_not, overtaken))

    def listed(self, unit: ChangeUnit, call: Call, asked: AskEntries) -> Sequence[Entry]:
        found = unit.entries.listed(call.municipality, waiting=not asked.decided, limit=_MOST_LOOKED)
        return [
            one
            for one in found
            if self.sees(call, one)
            and asked.office in {"", one.office}
            and (not asked.person or asked.person in _numbers(unit, one))
        ]

    @staticmethod
    def sees(call: Call, entry: Entry) -> bool:
        if allowed(call.actor, DECIDE, ANY, ANY, day=call.day):
            return True
        return entry.entered_by == call.actor.staff_id and allowed(call.actor, ENTER, ANY, ANY, day=call.day)

    def own(self, unit: ChangeUnit, call: Call, entry_id: str, version: int) -> Entry:
        entry = unit.entries.one(call.municipality, entry_id)
        if entry is None or entry.entered_by != call.actor.staff_id:
            raise NotAllowed
        return self.waiting(unit, call, entry_id, version)

    @staticmethod
    def waiting(unit: ChangeUnit, call: Call, entry_id: str, version: int) -> Entry:
        """Errors: NotAllowed where there is none; Refused ``not_waiting``; Conflict when it was corrected meanwhile."""
        entry = unit.entries.one(call.municipality, entry_id)
        if entry is None:
            raise NotAllowed
        if entry.state != WAITING:
            raise Refused("not_waiting")
        if entry.version != version:
            raise Conflict(version=entry.version)
        return entry

    def ended(self, unit: ChangeUnit, call: Call, entry: Entry, state: str) -> EntryRow:
        """The entry without effect; the guarded items that it held are let go."""
        filing = decode(entry.content, Filing)
        done = replace(
            entry,
            state=state,
            content=encode(masked(filing)),
            decided_by=call.actor.staff_id,
            decided_at=call.at,
            version=entry.version + 1,
        )
        unit.entries.put(done, unit.entries.concerned(call.municipality, entry.entry_id))
        act = act_of(call, f"entry.{state}", visit=filing.visit_id, about=entry.entry_id, change=entry.kind)
        unit.record(act)
        return self.row(unit, call, done)

    def why_not(self, unit: ChangeUnit, call: Call, entry: Entry, draft: Draft) -> str:
        """What stands in the way of an approval by this person, whatever is confirmed; "" for nothing."""
        if entry.entered_by == call.actor.staff_id:
            return "same_person"
        own = unit.known(call.municipality, call.actor.staff_id, "").own
        if own and own in {one.business_number for one in draft.concerned}:
            return "own_matter"
        held = (one for one in draft.group.known if is_restrained(one, "edit", call))
        if any(not is_let_through(unit, call, one, "edit") for one in held):
            return "restrained"
        if self.is_overtaken(unit, entry, draft):
            return "overtaken"
        return "blocked" if draft.found("error") else ""

    @staticmethod
    def is_overtaken(unit: ChangeUnit, entry: Entry, draft: Draft) -> bool:
        if draft.change.kind.rebases:
            return False
        then = {one.business_number: one.base for one in unit.entries.concerned(entry.municipality, entry.entry_id)}
        now = {one.business_number: one.base for one in draft.concerned}
        return then != now


def _numbers(unit: ChangeUnit, entry: Entry) -> frozenset[str]:
    return frozenset(one.business_number for one in unit.entries.concerned(entry.municipality, entry.entry_id))


def _names(unit: ChangeUnit, entry: Entry) -> tuple[str, ...]:
    found = (unit.person(entry.municipality, number) for number in sorted(_numbers(unit, entry)))
    return tuple(one.resident.name for one in found if one is not None)
