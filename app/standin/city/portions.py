"""A large city in portions of a thousand residents, each made for itself: the same in any order and any process."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

import msgspec

from app.standin.city.draws import Draws
from app.standin.city.dweller import Dweller
from app.standin.city.families import Families, Member
from app.standin.city.homes import History, Homes
from app.standin.city.naming import Naming
from app.standin.city.persons import Persons, Place, Removal
from app.standin.city.population import Population, load_population
from app.standin.city.serials import Serials
from app.standin.city.streets import Streets, load_streets

PORTION = 1000
"""Residents of one portion; the last one may have fewer."""
_YEAR = 365
_TEN_YEARS = 3650
_OLD = 65
_ADULT = 18


@dataclass(frozen=True, slots=True)
class CityPlan:
    """Which city: ``municipality`` code, residents, seed, and the day it is as of."""

    municipality: str
    residents: int
    seed: int
    day: date

    @property
    def portions(self) -> int:
        """How many portions it has."""
        return -(-self.residents // PORTION)


@dataclass(frozen=True, slots=True)
class CityWords:
    """What cities are made of."""

    population: Population
    streets: Streets

    @classmethod
    def below(cls, folder: Path) -> Self:
        """From the files of resources/training."""
        population = load_population(folder / "population.toml")
        streets = load_streets(folder / "sapporo.toml", population.buildings, population.flats_percent)
        return cls(population, streets)


@dataclass(frozen=True, slots=True)
class Portion:
    """The people of one portion, household by household."""

    index: int
    dwellers: tuple[Dweller, ...]

    @property
    def digest(self) -> bytes:
        """SHA-256 over everything that is told of everybody; equal portions, and only they, have equal ones."""
        return hashlib.sha256(msgspec.json.encode(self.dwellers)).digest()


class CityMaker:
    """Makes portions of one city."""

    def __init__(self, words: CityWords, plan: CityPlan) -> None:
        self._plan, self._words = plan, words.population
        naming = Naming(words.population)
        self._families = Families(words.population, naming, plan.day)
        self._homes = Homes(words.population, words.streets, plan.day)
        place = Place(plan.municipality, words.streets.city, plan.day)
        self._persons = Persons(words.population, words.streets, place)
        self._day = plan.day.toordinal()

    def portion(self, index: int) -> Portion:
        """The portion ``index``, from 0; it does not depend on how many there are, but for the last one's length."""
        wanted = min(PORTION, self._plan.residents - index * PORTION)
        serials, dwellers, household = Serials(index), list[Dweller](), 0
        while wanted > 0:
            draws = Draws(self._plan.seed, index, household)
            shape = self._words.shapes.draw(draws)
            members = self._families.members(draws, shape)[:wanted]
            dwellers += self._household(draws, shape.kind, members, serials)
            if draws.permille(self._words.rates["moved_out"]):
                dwellers += self._left(draws, serials)
            wanted -= len(members)
            household += 1
        return Portion(index, tuple(dwellers))

    def portions(self, first: int, step: int) -> Iterator[Portion]:
        """Every ``step``-th portion from ``first`` on."""
        for index in range(first, self._plan.portions, step):
            yield self.portion(index)

    def _household(self, draws: Draws, kind: str, members: list[Member], serials: Serials) -> list[Dweller]:
        """A household that lives here, with who was removed from it."""
        head, age = members[0], self._age(members[0])
        history = self._homes.history(draws, age)
        setting = self._persons.setting(draws, serials.household(), history, head)
        made = [self._persons.dweller(draws, one, setting, serials.person()) for one in members]
        removal = self._removal(draws, kind, age, history)
        if removal is not None and not head.named.latin:
            partner = self._families.partner(draws, head)
            made.append(self._persons.dweller(draws, partner, replace(setting, removal=removal), serials.person()))
        return made

    def _removal(self, draws: Draws, kind: str, age: int, history: History) -> Removal | None:
        """How the partner of somebody who lives alone or with children only was removed; None for no partner."""
        rates, earliest = self._words.rates, max(history.since, self._day - _TEN_YEARS)
        if kind == "single" and age >= _OLD and draws.permille(rates["died"]):
            return Removal("death", draws.between(earliest, self._day))
        if kind == "single_parent" and draws.permille(rates["divorced"]):
            return Removal("move_out", draws.between(earliest, self._day), self._homes.elsewhere(draws)[0])
        return None

    def _left(self, draws: Draws, serials: Serials) -> list[Dweller]:
        """A whole household that moved out within ten years."""
        members = self._families.members(draws, self._words.shapes.draw(draws))
        age = self._age(members[0])
        end = self._day - draws.below(min(_TEN_YEARS, (age - _ADULT) * _YEAR + _YEAR))
        removal = Removal("move_out", end, self._homes.elsewhere(draws)[0])
        history = self._homes.history(draws, age, end)
        shared = self._persons.setting(draws, serials.household(), history, members[0])
        setting = replace(shared, marks=(), removal=removal)
        there = [one for one in members if one.birth <= end]
        return [self._persons.dweller(draws, one, setting, serials.person()) for one in there]

    def _age(self, member: Member) -> int:
        return (self._day - member.birth) // _YEAR


def city_digest(plan: CityPlan, digests: Iterable[bytes]) -> str:
    """One digest of a whole city, from those of its portions in order, as hex."""
    whole = hashlib.sha256(msgspec.json.encode((plan.municipality, plan.residents, plan.seed, plan.day)))
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()
