"""Who lives together: the members of a household with ages, sexes and relations, by the kind of household."""

from dataclasses import dataclass
from datetime import date

from app.standin.city.draws import Draws
from app.standin.city.naming import Named, Naming
from app.standin.city.population import Nation, Population, Reading, Shape

_YEAR = 365.2425
_LEAVES = (18, 19, 20, 21, 22, 23, 24, 24, 26, 28, 33, 40, 48)
"""At which age children leave; drawn. Assumed, so that about a third of those in their twenties live with parents."""
_APART = 420
"""Days at least between two births of one mother."""
_ADULT = 18
_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Kin:
    """What a family shares: a Japanese surname, or a nation and a surname of it (Latin, kana, kanji)."""

    surname: Reading
    nation: Nation | None = None
    foreign: tuple[str, str, str] = ("", "", "")


@dataclass(slots=True)
class Member:
    """One member. ``relation``: a key of the population's words; ``birth``: a proleptic ordinal."""

    named: Named
    sex: str
    birth: int
    relation: str
    maiden: Reading = ("", "")


class Families:
    """Draws the members of households as of ``day``."""

    def __init__(self, population: Population, naming: Naming, day: date) -> None:
        self._words, self._naming = population, naming
        self._day = day.toordinal()

    def members(self, draws: Draws, shape: Shape) -> list[Member]:
        """Everybody of one household, the head first."""
        kin = Kin(self._naming.surname(draws))
        age, kind = draws.between(shape.youngest, shape.oldest), shape.kind
        if kind == "foreign":
            nation = self._words.nations.draw(draws)
            kin = Kin(kin.surname, nation, draws.pick(nation.surnames))
            kind = draws.pick(("single", "single", "single", "single", "couple", "family"))
        if kind == "couple":
            return self._couple(draws, kin, age)
        if kind in {"family", "three_generations"}:
            return self._family(draws, kin, age, with_mother=kind != "family")
        head = self._adult(draws, kin, "head", age)
        if kind == "single_parent":
            head.sex = "2" if draws.percent(86) else "1"
            head.named = self._named(draws, kin, head.sex, head.birth)
            return [head, *(self._children(draws, kin, head) or [self._child(draws, kin, self._young(draws, head))])]
        if kind == "with_parent":
            return [head, *self._parents(draws, kin, head)]
        if kind == "siblings":
            other = self._adult(draws, kin, "sibling", max(_ADULT, age - draws.between(1, 6)))
            return [head, other]
        return [head]

    def partner(self, draws: Draws, head: Member) -> Member:
        """Somebody of the other sex, of the same surname and about the same age, who was married to ``head``."""
        sex = "1" if head.sex == "2" else "2"
        birth = head.birth + draws.between(-2000, 1500)
        surname = head.named.name.split(_SPACE)[0], head.named.kana.split(_SPACE)[0]
        return Member(self._naming.japanese(draws, surname, sex, date.fromordinal(birth).year), sex, birth, "head")

    def _family(self, draws: Draws, kin: Kin, age: int, *, with_mother: bool) -> list[Member]:
        couple = self._couple(draws, kin, age)
        mother = next(one for one in couple if one.sex == "2")
        children = self._children(draws, kin, mother)
        if not with_mother:
            return [*couple, *(children or [self._child(draws, kin, self._young(draws, mother))])]
        return [*couple, *children, *self._parents(draws, kin, couple[0])]

    def _couple(self, draws: Draws, kin: Kin, age: int) -> list[Member]:
        head = self._adult(draws, kin, "head", age, "2" if draws.percent(9) else "1")
        sex, relation = ("1", "husband") if head.sex == "2" else ("2", "wife")
        born = head.birth + draws.between(-1400, 2400)
        spouse_birth = min(born, self._day - _years(_ADULT))
        spouse = Member(self._named(draws, kin, sex, spouse_birth), sex, spouse_birth, relation)
        if kin.nation is None:
            spouse.maiden = self._naming.surname(draws)
        return [head, spouse]

    def _parents(self, draws: Draws, kin: Kin, child: Member) -> list[Member]:
        """The mother of somebody, and in one case of three the father too; nobody older than 103."""
        oldest = self._day - _years(103)
        birth = max(child.birth - _years(draws.between(21, 36)), oldest + draws.below(300))
        found = [Member(self._named(draws, kin, "2", birth), "2", birth, "mother")]
        if draws.percent(33):
            born = max(birth - draws.between(-500, 2200), oldest + draws.below(300))
            found.insert(0, Member(self._named(draws, kin, "1", born), "1", born, "father"))
        return found

    def _children(self, draws: Draws, kin: Kin, mother: Member) -> list[Member]:
        """Children at home, eldest first: born between the mother's 21st and 41st year, not grown out of the house."""
        births: list[int] = []
        for _ in range(draws.pick((1, 1, 1, 2, 2, 2, 2, 3, 3))):
            birth = mother.birth + _years(draws.between(21, 40)) + draws.below(365)
            if birth <= self._day and all(abs(birth - other) > _APART for other in births):
                births.append(birth)
        home = [birth for birth in births if self._day - birth < _years(draws.pick(_LEAVES))]
        found = [self._child(draws, kin, birth) for birth in sorted(home)]
        if found and draws.permille(10):
            found.insert(1, self._child(draws, kin, found[0].birth))
        return found

    def _young(self, draws: Draws, mother: Member) -> int:
        """A birth within the last years that the mother can have had; for a family that drew no child at home."""
        latest = min(self._day, mother.birth + _years(42))
        return max(mother.birth + _years(_ADULT), latest - draws.below(2500))

    def _child(self, draws: Draws, kin: Kin, birth: int) -> Member:
        sex = "1" if draws.permille(512) else "2"
        return Member(self._named(draws, kin, sex, birth), sex, birth, "child")

    def _adult(self, draws: Draws, kin: Kin, relation: str, age: int, sex: str = "") -> Member:
        older = age >= 75  # noqa: PLR2004 -- women live longer
        chosen = sex or ("2" if draws.percent(70 if older else 48) else "1")
        birth = self._day - _years(age) - draws.below(365)
        return Member(self._named(draws, kin, chosen, birth), chosen, birth, relation)

    def _named(self, draws: Draws, kin: Kin, sex: str, birth: int) -> Named:
        if kin.nation is not None:
            return self._naming.foreigner(draws, kin.nation, kin.foreign, sex)
        return self._naming.japanese(draws, kin.surname, sex, date.fromordinal(birth).year)


def _years(years: int) -> int:
    return int(years * _YEAR)
