"""A filing looked at together with everybody it touches: what would change, and what the checks find."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from app.backend.register.ports import EVERYBODY, Found, Resident, Wanted
from app.backend.register.service.applying import Allotted, Change, Group, applied, others
from app.backend.register.service.changing import ChangeUnit, Concerned
from app.backend.register.service.checking import Looked, findings
from app.backend.register.service.match import Matcher
from app.backend.register.service.pairing import named_before
from app.backend.register.service.plan import asked_of, steps
from app.domain.number import MyNumber
from app.domain.register_rules import RegisterRules
from app.errors import NotAllowed, NotUnderstood
from app.wire.message import decode
from app.wire.register import SearchByFour
from app.wire.register_change import Filing, FindingMark, KeepAnnouncement, PersonItems, PersonPart

_HOUSEHOLDS = ("keep", "new", "join")
_MOST_PERSONS = 30
_MOST_ALIKE = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing as it would work out now. ``after`` in the order of the filing's persons."""

    change: Change
    group: Group
    after: tuple[Resident, ...]
    others: tuple[Resident, ...]
    findings: tuple[FindingMark, ...]

    @property
    def concerned(self) -> tuple[Concerned, ...]:
        """Who changes, with the version of the record as it is."""
        changing = {one.business_number for one in (*self.after, *self.others)}
        return tuple(
            Concerned(one.business_number, one.version) for one in self.group.known if one.business_number in changing
        )

    @property
    def is_contested(self) -> bool:
        """Whether another entry about one of those who change waits."""
        return any(one.check == "other_waiting" for one in self.findings)

    def found(self, level: str) -> tuple[str, ...]:
        """Names of the checks of a level that found something."""
        return tuple(dict.fromkeys(one.check for one in self.findings if one.level == level))


class Drafter:
    """Looks at filings. Nothing is written."""

    def __init__(
        self, matcher: Matcher, rules: RegisterRules, read_number: Callable[[str], MyNumber] = MyNumber
    ) -> None:
        self._match = matcher
        self._rules = rules
        self._read_number = read_number

    def completed(self, unit: ChangeUnit, municipality: str, filing: Filing) -> Filing:
        """The filing with the guarded items of its announcement, which the counter does not get to see.

        Errors: NotUnderstood for a filing that is none.
        """
        kind = self._rules.kind(filing.kind)
        numbers = [part.business_number for part in filing.persons if part.business_number]
        is_shaped = 0 < len(filing.persons) <= _MOST_PERSONS and len(set(numbers)) == len(numbers)
        if not is_shaped or filing.reason not in kind.reasons or filing.household not in _HOUSEHOLDS:
            raise NotUnderstood(what="filing")
        announced = unit.plans.announcement(municipality, filing.announcement_id) if filing.announcement_id else None
        if announced is None:
            return filing
        said = decode(announced.content, KeepAnnouncement).persons
        pairs = zip(filing.persons, named_before(filing.persons, said), strict=True)
        persons = (part if at is None else _filled(part, said[at]) for part, at in pairs)
        return msgspec.structs.replace(filing, persons=tuple(persons))

    def draft(
        self,
        unit: ChangeUnit,
        municipality: str,
        filing: Filing,
        today: date,
        own: tuple[str, Iterable[str]] = ("", ()),
    ) -> Draft:
        """How the filing works out. ``own``: its entry and what was confirmed there.

        Errors: NotAllowed for a person or household that there is not; BadFormat for a number that is none.
        """
        entry_id, confirmed = own
        change = Change(self._rules.kind(filing.kind), filing, today, self._rules.head, self._read_number)
        group = self._group(unit, municipality, filing)
        fresh = sum(one is None for one in group.persons)
        allotted = Allotted(municipality, tuple(f"new{place}" for place in range(fresh)), "new")
        after, rest = applied(change, group, allotted), others(change, group)
        bare = Draft(change, group, after, rest, ())
        announced = unit.plans.announcement(municipality, filing.announcement_id) if filing.announcement_id else None
        looked = Looked(
            change=change,
            group=group,
            after=after,
            others=rest,
            heads=self._rules.heads,
            holders=self._holders(unit, municipality, filing),
            alike=self._alike(unit, municipality, filing),
            waiting=_waiting(unit, municipality, bare.concerned, entry_id),
            protected=tuple(one.business_number for one in group.known if _is_protected(one, today)),
            announcement=announced,
            move_days=self._rules.announcement_move_days,
        )
        return replace(bare, findings=findings(self._rules, looked, confirmed))

    @staticmethod
    def _group(unit: ChangeUnit, municipality: str, filing: Filing) -> Group:
        persons: list[Resident | None] = []
        for part in filing.persons:
            found = unit.person(municipality, part.business_number) if part.business_number else None
            if part.business_number and found is None:
                raise NotAllowed
            persons.append(None if found is None else found.resident)
        own = {one.business_number for one in persons if one is not None}
        homes = dict.fromkeys(one.household_number for one in persons if one is not None and one.is_resident)
        left = _members(unit, municipality, homes, own)
        joined = _members(unit, municipality, [filing.household_number] if filing.household == "join" else [], own)
        beside = {one.business_number for one in (*left, *joined)}
        if any(part.business_number not in beside for part in filing.stays):
            raise NotAllowed
        return Group(tuple(persons), left, joined)

    def _holders(self, unit: ChangeUnit, municipality: str, filing: Filing) -> Mapping[int, Resident]:
        given = ((place, part.items.my_number) for place, part in enumerate(filing.persons))
        read = self._read_number
        found = ((place, unit.by_number(municipality, read(number))) for place, number in given if number)
        return {place: one.resident for place, one in found if one is not None}

    def _alike(self, unit: ChangeUnit, municipality: str, filing: Filing) -> Mapping[int, tuple[Resident, ...]]:
        """Records with the same name, birth date and sex as somebody who would get a record anew."""
        found: dict[int, tuple[Resident, ...]] = {}
        for place, part in enumerate(filing.persons):
            name, birth = part.items.name, part.items.birth
            if part.business_number or not name or birth is None:
                continue
            asked = asked_of(SearchByFour(name=name, birth=birth), self._match.maker)
            folded = self._match.maker.full(name)
            near = _near(unit, Wanted(municipality, steps(asked), _MOST_ALIKE))
            found[place] = tuple(
                one.resident
                for one in near
                if one.resident.birth == birth
                and part.items.sex in {None, one.resident.sex}
                and folded in {self._match.maker.full(each) for each in one.resident.names}
            )
        return found


def _members(unit: ChangeUnit, municipality: str, households: Iterable[str], without: set[str]) -> tuple[Resident, ...]:
    found = (one.resident for number in households for one in unit.household(municipality, number))
    return tuple(one for one in found if one.business_number not in without)


def _near(unit: ChangeUnit, wanted: Wanted) -> list[Found]:
    found: list[Found] = []

    def take(some: Sequence[Found]) -> int:
        found.extend(some)
        return 0

    unit.offer(wanted, EVERYBODY, take)
    return found


def _waiting(
    unit: ChangeUnit, municipality: str, concerned: Iterable[Concerned], entry_id: str
) -> Mapping[str, tuple[str, ...]]:
    found = {
        one.business_number: tuple(
            entry.entry_id
            for entry in unit.entries.about(municipality, one.business_number)
            if entry.entry_id != entry_id
        )
        for one in concerned
    }
    return {number: entries for number, entries in found.items() if entries}


def _is_protected(one: Resident, day: date) -> bool:
    return any(held.act != "edit" and held.holds_on(day) for held in one.restraints)


def _filled(part: PersonPart, said: PersonItems) -> PersonPart:
    items = part.items
    number = items.my_number if items.my_number is not None else said.my_number
    code = items.resident_code if items.resident_code is not None else said.resident_code
    return msgspec.structs.replace(part, items=msgspec.structs.replace(items, my_number=number, resident_code=code))
