"""What was: the history of a person and of a household, and a record as it stood on an earlier day."""

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit, Membership
from app.backend.register.service.guard import is_closed_to, refusals_kept
from app.backend.register.service.present import shown_classes
from app.backend.register.service.showing import line_of, removed_of
from app.backend.register.service.states import shown_items, state_of, state_on
from app.domain.access import LookupReason
from app.domain.act import Detail, act_of
from app.domain.call import Call
from app.domain.register_rules import RegisterRules
from app.errors import NotAllowed, NotUnderstood, Refused
from app.wire.register_change import (
    AskHistory,
    AskHousehold,
    History,
    HouseholdLine,
    HouseholdMember,
    HouseholdView,
)

RIGHT = "register.history"
_LONGEST = 64


class HistoryService:
    """The use cases of looking back."""

    def __init__(self, book: ChangeBook, rules: RegisterRules) -> None:
        self._book = book
        self._rules = rules

    def history(self, call: Call, asked: AskHistory) -> History:
        """All changes of a person's record. Errors: NotAllowed; Refused ``restrained``; NotUnderstood (reason)."""
        call.demand(RIGHT)
        _demand_reason(asked.reason)
        shown = shown_classes(call, asked.procedure)

        def look(unit: ChangeUnit) -> History:
            found = unit.person(call.municipality, asked.business_number)
            if found is None:
                raise NotAllowed
            person = found.resident
            self._demand_open(unit, call, person)
            past = unit.past.of_person(call.municipality, asked.business_number)
            now = state_of(person, has_number=found.is_number_linked)
            then = () if asked.on is None else shown_items(state_on(now, past, asked.on), shown)
            removed = removed_of(unit.past.removed(call.municipality, asked.business_number), shown)
            lines = tuple(line_of(self._rules, one, shown) for one in reversed(past))
            what: dict[str, Detail] = {
                "household": person.household_number,
                "changes": len(lines),
                **_why(asked.reason),
            }
            unit.record(
                act_of(call, "history.opened", visit=asked.visit_id[:_LONGEST], about=asked.business_number, **what)
            )
            return History(lines=lines, then=then, removed=removed)

        with refusals_kept(self._book, call, "history.open", asked.business_number):
            return self._book.write(look)

    def household(self, call: Call, asked: AskHousehold) -> HouseholdView:
        """A household's members and what changed. Errors: as ``history``; NotAllowed where there never was one."""
        call.demand(RIGHT)
        _demand_reason(asked.reason)

        def look(unit: ChangeUnit) -> HouseholdView:
            number = asked.household_number
            members = [one.resident for one in unit.household(call.municipality, number)]
            past = unit.past.of_household(call.municipality, number)
            if not members and not past:
                raise NotAllowed
            if is_closed_to(unit, call, members):
                raise Refused("restrained")
            what: dict[str, Detail] = {"household": number, "members": len(members), **_why(asked.reason)}
            unit.record(act_of(call, "household.opened", visit=asked.visit_id[:_LONGEST], about="", **what))
            lines = tuple(
                HouseholdLine(
                    entry_id=one.entry_id,
                    kind=one.kind,
                    title=self._rules.kind(one.kind).title,
                    event_day=one.event_day,
                    before=tuple(map(_member, one.before)),
                    after=tuple(map(_member, one.after)),
                )
                for one in reversed(past)
            )
            here = tuple(
                HouseholdMember(business_number=one.business_number, relation=one.relation)
                for one in members
                if one.is_resident
            )
            return HouseholdView(household_number=number, members=here, lines=lines)

        with refusals_kept(self._book, call, "household.open", asked.household_number):
            return self._book.write(look)

    @staticmethod
    def _demand_open(unit: ChangeUnit, call: Call, person: Resident) -> None:
        """The household lives where the person lives: one closed member closes the history."""
        home = (one.resident for one in unit.household(call.municipality, person.household_number))
        if is_closed_to(unit, call, (person, *home)):
            raise Refused("restrained")


def _member(one: Membership) -> HouseholdMember:
    return HouseholdMember(business_number=one.business_number, relation=one.relation)


def _demand_reason(reason: str) -> None:
    if reason and reason not in set(LookupReason):
        raise NotUnderstood(what="reason")


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}
