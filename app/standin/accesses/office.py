"""An invented office: staff, residents in households, who lives near whom; all of it from a seed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.access import Near
from app.domain.clock import TOKYO
from app.domain.days import next_open_day
from app.standin.city.chance import Chance

_SURNAMES = 400
_HOUSES_IN_A_BLOCK = 8


@dataclass(frozen=True, slots=True)
class Size:
    """How large. ``days``: working days; ``visits``: a clerk's on one day, on average."""

    staff: int
    days: int
    visits: int = 8
    residents: int = 40_000


@dataclass(frozen=True, slots=True)
class Invented:
    """A resident. Numbers stand for surname, household and block of houses: nothing here looks like a person."""

    person: str
    household: str
    surname: int
    block: int
    is_guarded: bool


@dataclass(frozen=True, slots=True)
class Clerk:
    """A member of staff. ``home``: who they are in the register, None for who lives elsewhere."""

    staff_id: str
    terminal: str
    surname: int
    home: Invented | None


class Office:
    """Everybody, and the calendar."""

    def __init__(self, seed: str, size: Size, first: date = date(2026, 4, 1)) -> None:
        chance = Chance(seed, "office")
        self.size = size
        self.residents, self.households, self.blocks = _residents(chance, size.residents)
        self.by_surname: dict[int, list[Invented]] = {}
        for one in self.residents:
            self.by_surname.setdefault(one.surname, []).append(one)
        self.guarded = [one for one in self.residents if one.is_guarded]
        self.clerks = [self._clerk(chance, place) for place in range(size.staff)]
        self._homes = {one.home.person: one.staff_id for one in self.clerks if one.home}
        self.days = _open_days(first, size.days)

    def _clerk(self, chance: Chance, place: int) -> Clerk:
        home = chance.pick(self.residents) if chance.often(60) else None
        surname = home.surname if home else _surname(chance)
        return Clerk(f"k{place:04}", f"T-{place:03}", surname, home)

    def near(self, clerk: Clerk, one: Invented) -> tuple[Near, ...]:
        """What keyed comparison would tell of this pair."""
        found = [Near.GUARDED] if one.is_guarded else []
        if clerk.surname == one.surname:
            found.append(Near.SURNAME)
        if (known := self._homes.get(one.person)) is not None and known != clerk.staff_id:
            found.append(Near.COLLEAGUE)
        if clerk.home is not None:
            same = (
                (Near.SELF, clerk.home.person == one.person),
                (Near.HOUSEHOLD, clerk.home.household == one.household),
                (Near.ADDRESS, clerk.home.block == one.block),
            )
            found += [kind for kind, holds in same if holds]
        return tuple(found)


def at(day: date, minutes: int, seconds: int = 0) -> datetime:
    """An instant of the office's day; ``minutes`` since midnight there."""
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(minutes=minutes, seconds=seconds)


def _surname(chance: Chance) -> int:
    """Few names are frequent, many are rare: the smaller of three draws' products, about 1.5 % for the first."""
    return chance.below(_SURNAMES) * chance.below(_SURNAMES) // _SURNAMES


def _residents(
    chance: Chance, count: int
) -> tuple[list[Invented], dict[str, list[Invented]], dict[int, list[Invented]]]:
    people: list[Invented] = []
    households: dict[str, list[Invented]] = {}
    blocks: dict[int, list[Invented]] = {}
    while len(people) < count:
        number = len(households)
        name, block, surname = f"H{number:06}", number // _HOUSES_IN_A_BLOCK, _surname(chance)
        for _ in range(chance.between(1, 4)):
            one = Invented(f"{len(people):08}", name, surname, block, chance.below(200) == 0)
            people.append(one)
            households.setdefault(name, []).append(one)
            blocks.setdefault(block, []).append(one)
    return people, households, blocks


def _open_days(first: date, count: int) -> list[date]:
    days: list[date] = []
    day = first
    while len(days) < count:
        day = next_open_day(day)
        days.append(day)
        day += timedelta(days=1)
    return days
