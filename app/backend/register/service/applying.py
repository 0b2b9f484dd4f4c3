"""What a filing makes of records: pure, from the records as they are to the records as they would be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.backend.register.ports import FirstOfJanuary, Residence, Resident
from app.domain.number import MyNumber
from app.domain.register_rules import Effect, Kind
from app.wire.register_change import Filing, PersonItems, PersonPart

_OWN = ("name", "kana", "birth", "sex", "former_name", "alias", "latin_name", "resident_code", "residence_status")
_MORE = (
    "legal_kana",
    "birth_written",
    "former_name_kana",
    "alias_kana",
    "kanji_name",
    "nationality",
    "status_until",
    "card_number",
    "origin",
    "origin_head",
)
_DAY = timedelta(days=1)
LEAVING = frozenset({Effect.MOVE, Effect.TRANSFER, Effect.LEAVE, Effect.REMOVE, Effect.HOUSEHOLD})
"""Effects by which somebody may leave the household they are in."""
PLACING = frozenset({Effect.ENTER, Effect.MOVE, Effect.TRANSFER})
"""Effects that need an address."""


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody a filing touches. ``persons`` in its order, None for who gets a record anew.

    ``left``: who remains in the households that the persons leave; ``joined``: who lives in the one they join.
    """

    persons: tuple[Resident | None, ...]
    left: tuple[Resident, ...] = ()
    joined: tuple[Resident, ...] = ()

    @property
    def known(self) -> tuple[Resident, ...]:
        """Everybody with a record, each once."""
        found = {one.business_number: one for one in (*self.joined, *self.left, *self.persons) if one is not None}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Allotted:
    """Numbers for what gets a record anew: one 宛名番号 for each new person in order, and one 世帯番号."""

    municipality: str
    persons: tuple[str, ...]
    household: str


@dataclass(frozen=True, slots=True)
class Change:
    """A filing as of a day. ``head``: how the register writes the relation of a head.

    ``read_number``: makes a 個人番号 of its digits, or refuses them.
    """

    kind: Kind
    filing: Filing
    today: date
    head: str
    read_number: Callable[[str], MyNumber] = MyNumber

    @property
    def day(self) -> date:
        """The day of the change; where it is not known, the day it was filed."""
        return self.filing.event_day or self.filing.filed_day

    @property
    def is_planned(self) -> bool:
        """Whether it lies ahead: it is kept as a plan and done on its day."""
        return self.kind.may_lie_ahead and self.day > self.today

    @property
    def leaves(self) -> bool:
        """Whether the persons leave the household they are in."""
        if self.kind.effect not in LEAVING or self.is_planned:
            return False
        return self.kind.effect in {Effect.LEAVE, Effect.REMOVE} or self.filing.household != "keep"


def applied(change: Change, group: Group, allotted: Allotted) -> tuple[Resident, ...]:
    """The persons as they would be, in order. Errors: BadFormat for a 個人番号 that there is not."""
    filing, fresh = change.filing, iter(allotted.persons)
    persons = (base or _blank(change, group, allotted, next(fresh)) for base in group.persons)
    found = [_one(change, group, part, base) for part, base in zip(filing.persons, persons, strict=True)]
    if change.is_planned:
        return tuple(found)
    wanted = allotted.household if filing.household == "new" else filing.household_number
    if filing.household != "keep":
        found = [replace(one, household_number=wanted) for one in found]
    alone = len(found) == 1 and filing.household == "new" and not found[0].relation
    return tuple(replace(one, relation=change.head) for one in found) if alone else tuple(found)


def others(change: Change, group: Group) -> tuple[Resident, ...]:
    """Who else changes: relations given for who stays, and who remains alone becomes the head by itself.

    Source of the last: 住民記録システム標準仕様書 4.0.4, published.
    """
    if change.is_planned:
        return ()
    said = {part.business_number: part.relation for part in change.filing.stays if part.relation is not None}
    members = {one.business_number: one for one in (*group.left, *group.joined)}
    after = {name: replace(one, relation=said.get(name, one.relation)) for name, one in members.items()}
    present = [after[one.business_number] for one in group.left if one.is_resident]
    if change.leaves and len(present) == 1:
        after[present[0].business_number] = replace(present[0], relation=change.head)
    return tuple(one for name, one in after.items() if one.relation != members[name].relation)


def _blank(change: Change, group: Group, allotted: Allotted, number: str) -> Resident:
    """A record with nothing in it; what may not be missing is found by the checks."""
    return Resident(
        municipality=allotted.municipality,
        business_number=number,
        household_number=group.joined[0].household_number if group.joined else "",
        name="",
        kana="",
        birth=change.day,
        sex="",
        relation="",
        residences=(),
        is_resident=False,
    )


def _one(change: Change, group: Group, part: PersonPart, base: Resident) -> Resident:
    person = amended(base, part.items, change.read_number)
    if part.relation is not None and not change.is_planned:
        person = replace(person, relation=part.relation)
    effect = change.kind.effect
    if effect is Effect.ENTER:
        return _entered(person, change, group)
    if effect in {Effect.MOVE, Effect.TRANSFER}:
        return _moved(person, change)
    if effect in {Effect.LEAVE, Effect.REMOVE}:
        return _leaving(person, change)
    if effect is Effect.STAY:
        return replace(person, planned_move_out_on=None, more=replace(person.more, moved_to=""))
    return person


def _leaving(person: Resident, change: Change) -> Resident:
    """Gone, or planned to go; who dies still lived there on the day."""
    if change.is_planned:
        more = replace(person.more, moved_to=change.filing.moved_to)
        return replace(person, planned_move_out_on=change.day, more=more)
    last = change.day if change.kind.effect is Effect.REMOVE else change.day - _DAY
    return _removed(person, change, last)


def amended(person: Resident, items: PersonItems, read_number: Callable[[str], MyNumber]) -> Resident:
    """The person with the items that are given. Who loses a foreign nationality loses what hangs on it."""
    own = {name: value for name in _OWN if (value := getattr(items, name)) is not None}
    more = {name: value for name in _MORE if (value := getattr(items, name)) is not None}
    if items.nationality == "" and person.more.nationality:
        own |= {"residence_status": "", "alias": ""}
        more |= {"status_until": None, "card_number": "", "alias_kana": "", "kanji_name": ""}
    if items.birth is not None and items.birth_written is None:
        more["birth_written"] = ""
    number = person.my_number if items.my_number is None else read_number(items.my_number)
    return replace(person, **own, my_number=number, more=replace(person.more, **more))


def _removed(person: Resident, change: Change, last: date) -> Resident:
    """The person out of the register. ``last``: the last day at the present address."""
    more = replace(person.more, removed_on=change.day, removed_why=change.kind.id, moved_to=change.filing.moved_to)
    home = _closed(person.residences, last)
    return replace(person, is_resident=False, planned_move_out_on=None, residences=home, more=more)


def _entered(person: Resident, change: Change, group: Group) -> Resident:
    """In the register, again or anew; a newborn lives where the household lives, a restored person where before."""
    more = replace(person.more, removed_on=None, removed_why="", moved_to="")
    person = replace(person, is_resident=True, planned_move_out_on=None, more=more)
    filing, day = change.filing, change.day
    if filing.moved_from:
        person = replace(person, moved_in_on=day, moved_from=filing.moved_from, moved_from_code="")
    if filing.address:
        return _at(person, Residence(filing.address, day, None, filing.ward), filing.filed_day)
    if group.joined and group.joined[0].residences:
        home = group.joined[0].residences[-1]
        return _at(person, Residence(home.address, day, None, home.ward), filing.filed_day)
    if person.residences:
        last = replace(person.residences[-1], until=None)
        return replace(person, residences=(*person.residences[:-1], last))
    return person


def _moved(person: Resident, change: Change) -> Resident:
    filing = change.filing
    before = replace(person, residences=_closed(person.residences, change.day - _DAY))
    return _at(before, Residence(filing.address, change.day, None, filing.ward or person.ward), filing.filed_day)


def _at(person: Resident, home: Residence, filed: date) -> Resident:
    """At a new address, also on each 1 January between the day of the change and the day it was filed."""
    since = home.since or filed
    kept = {one.year: one for one in person.first_january}
    own = (one.municipality_name for one in person.first_january if one.municipality == person.municipality)
    name = next(own, "")
    for year in range(since.year, filed.year + 1):
        if since <= date(year, 1, 1) <= filed:
            kept[year] = FirstOfJanuary(year, person.municipality, name, home.address)
    januaries = tuple(kept[year] for year in sorted(kept))
    return replace(person, residences=(*person.residences, home), first_january=januaries)


def _closed(residences: Sequence[Residence], last: date) -> tuple[Residence, ...]:
    if not residences or residences[-1].until is not None:
        return tuple(residences)
    return (*residences[:-1], replace(residences[-1], until=last))
