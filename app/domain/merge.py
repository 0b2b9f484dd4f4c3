"""Two persons changed one case: field by field, what was there, what each made of it, and what comes of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

Scalar = str | int | bool | None
Fact = Scalar | tuple[dict[str, Scalar], ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a case; of a repeating group also its row from 0. ``str`` gives "field" or "group[row].field"."""

    field: str
    group: str = ""
    row: int = 0

    def __str__(self) -> str:
        return f"{self.group}[{self.row}].{self.field}" if self.group else self.field


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that at least one of two persons changed. ``None``: nothing stood or stands there."""

    place: Place
    base: Scalar
    mine: Scalar
    theirs: Scalar

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it, and not to the same."""
        return self.base not in {self.mine, self.theirs} and self.mine != self.theirs

    @property
    def takes_theirs(self) -> bool:
        """Whose it is while nobody has chosen: of who changed it; where both did, the own entry."""
        return self.mine == self.base


def differences(
    base: Mapping[str, Fact], mine: Mapping[str, Fact], theirs: Mapping[str, Fact]
) -> tuple[Difference, ...]:
    """Every field that differs from what was there before, in the order in which the fields stand."""
    flat = [dict(_flat(facts)) for facts in (base, mine, theirs)]
    places = dict.fromkeys(place for facts in flat for place in facts)
    found = (Difference(place, *(facts.get(place) for facts in flat)) for place in places)
    return tuple(one for one in found if not one.base == one.mine == one.theirs)


def merged(mine: Mapping[str, Fact], found: tuple[Difference, ...], theirs_at: Mapping[Place, bool]) -> dict[str, Fact]:
    """The own facts with those of the other where they are taken. ``theirs_at``: what was chosen."""
    facts: dict[str, Fact] = dict(mine)
    for one in found:
        if theirs_at.get(one.place, one.takes_theirs):
            _put(facts, one.place, one.theirs)
    return facts


def dropped(found: tuple[Difference, ...], theirs_at: Mapping[Place, bool]) -> Iterator[tuple[Difference, bool]]:
    """What was entered and is not taken, with whether it was the other's."""
    for one in found:
        takes_theirs = theirs_at.get(one.place, one.takes_theirs)
        lost = one.mine if takes_theirs else one.theirs
        kept = one.theirs if takes_theirs else one.mine
        if lost not in {kept, one.base}:
            yield one, not takes_theirs


def changed(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[Place, ...]:
    """The fields that are different now."""
    was, now = dict(_flat(before)), dict(_flat(after))
    return tuple(place for place in dict.fromkeys((*was, *now)) if was.get(place) != now.get(place))


def _flat(facts: Mapping[str, Fact]) -> Iterator[tuple[Place, Scalar]]:
    for name, value in facts.items():
        if isinstance(value, tuple):
            for at, row in enumerate(value):
                yield from ((Place(field, name, at), one) for field, one in row.items())
        else:
            yield Place(name), value


def _put(facts: dict[str, Fact], place: Place, value: Scalar) -> None:
    """Write one field; rows that are not there yet are made, a row of which nothing is left at the end goes."""
    if not place.group:
        facts[place.field] = value
        return
    kept = facts.get(place.group)
    rows = [dict(row) for row in kept] if isinstance(kept, tuple) else []
    while len(rows) <= place.row:
        rows.append({})
    rows[place.row][place.field] = value
    while rows and all(one is None for one in rows[-1].values()):
        rows.pop()
    facts[place.group] = tuple(rows)
