"""Invented households for a municipality: singles, couples, families, elderly people, three generations, foreigners."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.domain.days import first_of_january
from app.domain.person import Sex
from app.standin.city.chance import Chance
from app.standin.city.plans import HouseholdPlan, MemberPlan
from app.standin.city.words import CityWords, Place

_KINDS = (
    *("young",) * 20,
    *("old",) * 14,
    *("old_couple",) * 11,
    *("couple",) * 13,
    *("family",) * 28,
    *("single_parent",) * 6,
    *("three_generations",) * 5,
    *("foreign",) * 3,
)
_ALONE = {"young": (19, 45), "old": (66, 95)}
_TWO = {"old_couple": (64, 88), "couple": (24, 63)}
"""Ages of the head, from and to."""
_SPACE = "\u3000"
_ADULT = 18


class HouseholdMaker:
    """Makes the plans of one municipality; ``others`` are places that people came from."""

    def __init__(self, words: CityWords, place: Place, others: tuple[Place, ...], chance: Chance, day: date) -> None:
        self._words, self._place, self._others = words, place, others
        self._chance, self._day = chance, day

    def plans(self, residents: int) -> Iterator[HouseholdPlan]:
        """Households with ``residents`` members together."""
        while residents > 0:
            members = self._members(self._chance.pick(_KINDS))[:residents]
            yield self._household(members)
            residents -= len(members)

    def _members(self, kind: str) -> tuple[MemberPlan, ...]:
        surname = self._chance.pick(self._words.surnames)
        if kind == "foreign":
            return (self._foreigner(),)
        if kind in _ALONE:
            return (self._adult(surname, self._chance.between(*_ALONE[kind]), "head"),)
        if kind in _TWO:
            return self._couple(surname, self._chance.between(*_TWO[kind]))
        if kind == "single_parent":
            parent = self._adult(surname, self._chance.between(24, 50), "head")
            return (parent, *self._children(surname, parent))
        return self._family(surname, with_parent=kind == "three_generations")

    def _family(self, surname: tuple[str, str], *, with_parent: bool) -> tuple[MemberPlan, ...]:
        couple = self._couple(surname, self._chance.between(24, 52))
        family = (*couple, *self._children(surname, couple[1]))
        if not with_parent:
            return family
        parent = self._adult(surname, 0, "mother", Sex.FEMALE)
        birth = couple[0].birth - timedelta(days=365 * self._chance.between(22, 34))
        return (*family, replace(parent, birth=birth))

    def _couple(self, surname: tuple[str, str], age: int) -> tuple[MemberPlan, ...]:
        """A head and a spouse of the other sex, up to five years apart."""
        head = self._adult(surname, age, "head", Sex.FEMALE if self._chance.often(12) else Sex.MALE)
        sex, relation = (Sex.MALE, "husband") if head.sex is Sex.FEMALE else (Sex.FEMALE, "wife")
        spouse = self._adult(surname, max(20, age + self._chance.between(-5, 5)), relation, sex)
        return head, spouse

    def _adult(self, surname: tuple[str, str], age: int, relation: str, sex: Sex | None = None) -> MemberPlan:
        chosen = sex or (Sex.FEMALE if self._chance.often(51) else Sex.MALE)
        name, kana = self._name(surname, chosen)
        income = self._chance.between(0, 40) * 100_000 + self._chance.below(1000) * 1000
        return MemberPlan(
            name=name,
            kana=kana,
            birth=self._birth(age),
            sex=chosen,
            relation=relation,
            income=income if self._chance.often(85) else 0,
            tax="undeclared" if self._chance.often(4) else "value",
        )

    def _children(self, surname: tuple[str, str], parent: MemberPlan) -> tuple[MemberPlan, ...]:
        """One to three children between the parent's 21st and 41st year, eldest first, no two within a year."""
        births: list[date] = []
        for _ in range(self._chance.pick((1, 1, 2, 2, 2, 3))):
            birth = parent.birth + timedelta(days=365 * self._chance.between(21, 40) + self._chance.below(365))
            if birth <= self._day and all(abs((birth - other).days) > 365 for other in births):  # noqa: PLR2004
                births.append(birth)
        return tuple(self._child(surname, birth) for birth in sorted(births) if self._at_home(birth))

    def _at_home(self, birth: date) -> bool:
        return (self._day - birth).days < 24 * 365

    def _child(self, surname: tuple[str, str], birth: date) -> MemberPlan:
        sex = Sex.FEMALE if self._chance.often(49) else Sex.MALE
        name, kana = self._name(surname, sex)
        return MemberPlan(name=name, kana=kana, birth=birth, sex=sex, relation="child")

    def _foreigner(self) -> MemberPlan:
        chosen = self._chance.pick(self._words.foreigners)
        return MemberPlan(
            name=chosen.latin,
            kana=chosen.kana.replace(" ", _SPACE),
            birth=self._birth(self._chance.between(19, 60)),
            sex=Sex(chosen.sex),
            relation="head",
            income=self._chance.between(10, 45) * 100_000,
            latin_name=chosen.latin,
            alias=chosen.alias,
            nationality=chosen.nationality,
        )

    def _name(self, surname: tuple[str, str], sex: Sex) -> tuple[str, str]:
        given = self._chance.pick(self._words.female if sex is Sex.FEMALE else self._words.male)
        return f"{surname[0]}{_SPACE}{given[0]}", f"{surname[1]}{_SPACE}{given[1]}"

    def _birth(self, age: int) -> date:
        return self._day - timedelta(days=365 * age + age // 4 + self._chance.below(365))

    def _household(self, members: tuple[MemberPlan, ...]) -> HouseholdPlan:
        eldest = min(member.birth for member in members)
        years = max(1, min(30, (self._day - eldest).days // 365 - _ADULT))
        since = self._day - timedelta(days=365 * self._chance.below(years) + 366 + self._chance.below(300))
        plan = HouseholdPlan(
            municipality=self._place.code, members=members, since=since, protected=self._chance.often(1)
        )
        this_year = (self._day - first_of_january(self._day)).days
        if this_year and self._chance.often(5):
            moved = self._day - timedelta(days=self._chance.below(this_year))
            return replace(plan, moved_in_on=moved, moved_from=self._chance.pick(self._others).code)
        return plan
