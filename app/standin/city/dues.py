"""What business systems know of a large city's people: local tax and benefits, drawn beside the register's facts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from app.domain.days import age_on
from app.standin.city.draws import Draws
from app.standin.city.dweller import Dweller
from app.standin.city.population import Benefit, Population
from app.standin.city.taxes import tax_items

_TAXED_FROM, _CHILD_UNTIL, _PARENT_FROM = 16, 16, 18
_WITHOUT_INCOME = 15
"""Of a hundred adults. Assumed, as in the small training city."""
_FEWER_A_YEAR = 23_000
"""By so much an income was smaller each year before, in yen; it only has to look right in training."""


class TaxYear(msgspec.Struct, frozen=True):
    """Local tax of one year. ``residence``: the municipality of 1 January; ``kind``: value, undeclared or no_data."""

    year: int
    residence: str
    kind: str
    items: Mapping[str, int]


class Paid(msgspec.Struct, frozen=True):
    """A benefit that somebody gets, for so many persons; ``monthly`` in yen, 0 for one that is not of money."""

    code: str
    persons: int
    monthly: int


class Dues(msgspec.Struct, frozen=True):
    """All that business systems know of one person."""

    business_number: str
    tax: tuple[TaxYear, ...]
    benefits: tuple[Paid, ...]


class DuesMaker:
    """Makes the dues of one city's people. They are the same however the work is split."""

    def __init__(self, population: Population, municipality: str, seed: int, day: date) -> None:
        self._words, self._here, self._seed, self._day = population, municipality, seed, day

    def of(self, dwellers: Sequence[Dweller]) -> Iterator[Dues]:
        """Of whole households, in the order of the people; who has neither tax nor benefit is left out."""
        homes: dict[str, list[Dweller]] = {}
        for one in dwellers:
            homes.setdefault(one.household_number, []).append(one)
        for home in homes.values():
            yield from self._of_home(home)

    def _of_home(self, home: Sequence[Dweller]) -> Iterator[Dues]:
        draws = Draws("dues", self._seed, home[0].serial)
        incomes = {one.serial: self._income(draws, one) for one in home}
        adults = [one for one in home if one.is_resident and age_on(one.birth, self._day) >= _PARENT_FROM]
        earner = max(adults, key=lambda one: incomes[one.serial], default=None)
        paid = self._paid(draws, home, adults, earner)
        for one in home:
            with_children = home if one is earner else ()
            tax = tuple(self._tax(draws, one, incomes[one.serial], with_children))
            benefits = tuple(paid.get(one.serial, ()))
            if tax or benefits:
                yield Dues(one.business_number, tax, benefits)

    def _income(self, draws: Draws, one: Dweller) -> int:
        income = draws.between(0, 40) * 100_000 + draws.below(1000) * 1000
        has_none = draws.percent(_WITHOUT_INCOME) or age_on(one.birth, self._day) < _PARENT_FROM
        return 0 if has_none else income

    def _tax(self, draws: Draws, one: Dweller, income: int, home: Sequence[Dweller]) -> Iterator[TaxYear]:
        """A year is taxed where the person lived on its 1 January; of those elsewhere nothing is known here."""
        is_undeclared = draws.permille(self._words.rates["undeclared"])
        for where in one.first_january:
            day = date(where.year, 1, 1)
            if age_on(one.birth, day) < _TAXED_FROM:
                continue
            kind = "no_data" if where.municipality != self._here else "undeclared" if is_undeclared else "value"
            items: Mapping[str, int] = {}
            if kind == "value":
                earned = max(0, income - (self._day.year - where.year) * _FEWER_A_YEAR)
                items = tax_items(earned, sum(_is_child(other, day) for other in home))
            yield TaxYear(where.year, where.municipality, kind, items)

    def _paid(
        self, draws: Draws, home: Sequence[Dweller], adults: Sequence[Dweller], earner: Dweller | None
    ) -> dict[int, list[Paid]]:
        found: dict[int, list[Paid]] = {}
        for benefit in self._words.benefits:
            of = [one for one in home if one.is_resident and self._is_meant(benefit, one)]
            if benefit.payee == "self":
                given = [(one, 1) for one in of if draws.percent(benefit.percent)]
            else:
                payee = earner if benefit.payee == "earner" or len(adults) == 1 else None
                given = [(payee, len(of))] if of and payee is not None and draws.percent(benefit.percent) else []
            for one, persons in given:
                found.setdefault(one.serial, []).append(Paid(benefit.code, persons, benefit.monthly * persons))
        return found

    def _is_meant(self, benefit: Benefit, one: Dweller) -> bool:
        return benefit.start <= age_on(one.birth, self._day) < benefit.until


def dues_lines(dues: Iterable[Dues]) -> bytes:
    """One line of JSON for each person."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in dues)


def _is_child(one: Dweller, day: date) -> bool:
    """Whether somebody is a dependent child on 1 January of a tax year."""
    return one.birth < day and age_on(one.birth, day) < _CHILD_UNTIL
