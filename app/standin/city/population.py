"""What a large city's people are made of: names, families and rates, from resources/training/population.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.municipality import MunicipalityCode
from app.domain.tables import Table
from app.standin.city.draws import Lot, lot

Reading = tuple[str, str]
"""A writing and its kana."""


@dataclass(frozen=True, slots=True)
class Given:
    """Given names of those born up to the year ``until``, by sex ("1", "2")."""

    until: int
    names: Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Composed:
    """Given names put together of a first and a last part, in ``percent`` of a hundred cases."""

    percent: int
    first: Mapping[str, tuple[Reading, ...]]
    last: Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Nation:
    """Names of one nationality (ISO 3166-1 alpha-3): Latin, kana, kanji ("" where there is none)."""

    nationality: str
    kanji_percent: int
    alias_percent: int
    surnames: tuple[tuple[str, str, str], ...]
    given: Mapping[str, tuple[tuple[str, str, str], ...]]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of household and the ages of its head, both included."""

    kind: str
    youngest: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit that business systems know. ``payee``: earner, single_parent or self; ``monthly`` in yen."""

    code: str
    start: int
    until: int
    payee: str
    percent: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Population:
    """Everything of the file. ``rates`` in thousandths; ``elsewhere``: code and name of other municipalities."""

    surnames: Lot[Lot[Reading]]
    rare_percent: int
    rare_first: tuple[Reading, ...]
    rare_last: tuple[Reading, ...]
    given: tuple[Given, ...]
    composed: Composed
    nations: Lot[Nation]
    permanent: tuple[str, ...]
    relation: Mapping[str, str]
    town: str
    unknown_birth: str
    buildings: tuple[str, ...]
    flats_percent: int
    shapes: Lot[Shape]
    rates: Mapping[str, int]
    elsewhere: tuple[Reading, ...]
    benefits: tuple[Benefit, ...]


_RELATIONS = (
    "head", "wife", "husband", "child", "father", "mother", "grandchild", "sibling", "partner",
)  # fmt: skip
_RATES = (
    "moved_out", "died", "divorced", "protected", "held", "former_surname", "past_name", "unknown_birth", "undeclared",
    "moved_within_year", "between_wards", "from_outside", "legal_kana",
)  # fmt: skip
_FIRST_RANK = 15
_SCALE = 1_000_000


def load_population(path: Path) -> Population:
    """Read the file. Errors: DataFault with the place of what is wrong, BadFormat for a wrong municipality code."""
    table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.count("version")
    surnames, relation = table.table("surnames"), table.table("relation")
    rates, buildings, words = table.table("rates"), table.table("buildings"), table.table("words")
    shapes = dict(_shapes(one) for one in table.tables("surname_shapes"))
    made = Population(
        surnames=_surnames(surnames, shapes),
        rare_percent=surnames.count("rare_percent"),
        rare_first=_readings(surnames, "rare_first"),
        rare_last=_readings(surnames, "rare_last"),
        given=tuple(_given(one) for one in table.tables("given")),
        composed=_composed(table.table("composed")),
        nations=lot([_nation(one) for one in table.tables("foreign")]),
        permanent=table.texts("permanent"),
        relation={key: relation.text(key) for key in _RELATIONS},
        town=words.text("town"),
        unknown_birth=words.text("unknown_birth"),
        buildings=buildings.texts("names"),
        flats_percent=buildings.count("percent"),
        shapes=lot([_household(one) for one in table.tables("household")]),
        rates={key: rates.count(key) for key in _RATES},
        elsewhere=tuple(_elsewhere(one) for one in table.tables("elsewhere")),
        benefits=tuple(_benefit(one) for one in table.tables("benefit")),
    )
    return table.finish(surnames.finish(relation.finish(rates.finish(buildings.finish(words.finish(made))))))


def _surnames(table: Table, shapes: Mapping[str, tuple[tuple[str, int], ...]]) -> Lot[Lot[Reading]]:
    """Each surname as a lot of its shapes; what the shapes leave of a hundred is the common one's."""
    weighted = []
    for rank, (writing, kana) in enumerate(_readings(table, "common")):
        others = shapes.get(writing, ())
        own = (writing, 100 - sum(percent for _, percent in others))
        weighted.append((lot([((shape, kana), percent) for shape, percent in (own, *others)]), _weight(rank)))
    return lot(weighted)


def _weight(rank: int) -> int:
    return _SCALE // (rank + _FIRST_RANK)


def _shapes(table: Table) -> tuple[str, tuple[tuple[str, int], ...]]:
    rows = tuple((shape, int(percent)) for shape, percent in (row.split("/") for row in table.texts("shapes")))
    return table.finish((table.text("of"), rows))


def _given(table: Table) -> Given:
    return table.finish(Given(table.count("until"), {"1": _readings(table, "male"), "2": _readings(table, "female")}))


def _composed(table: Table) -> Composed:
    first = {"1": _readings(table, "male_first"), "2": _readings(table, "female_first")}
    last = {"1": _readings(table, "male_last"), "2": _readings(table, "female_last")}
    return table.finish(Composed(table.count("composed_percent"), first, last))


def _nation(table: Table) -> tuple[Nation, int]:
    made = Nation(
        nationality=table.text("nationality"),
        kanji_percent=table.count("kanji_percent"),
        alias_percent=table.count("alias_percent"),
        surnames=_threes(table, "surnames"),
        given={"1": _threes(table, "male"), "2": _threes(table, "female")},
        statuses=table.texts("statuses"),
    )
    return table.finish((made, table.count("share")))


def _household(table: Table) -> tuple[Shape, int]:
    youngest, oldest = (value for value in table.scalars("ages") if isinstance(value, int))
    return table.finish((Shape(table.text("kind"), youngest, oldest), table.count("weight")))


def _elsewhere(table: Table) -> Reading:
    return table.finish((MunicipalityCode(table.text("code")).digits, table.text("name")))


def _benefit(table: Table) -> Benefit:
    start, until, percent = table.count("from"), table.count("until"), table.count("percent")
    return table.finish(Benefit(table.text("code"), start, until, table.text("payee"), percent, table.count("monthly")))


def _readings(table: Table, key: str) -> tuple[Reading, ...]:
    return tuple((writing, kana) for writing, kana in (row.split("/") for row in table.texts(key)))


def _threes(table: Table, key: str) -> tuple[tuple[str, str, str], ...]:
    rows = (row.split("/") for row in table.texts(key))
    return tuple((row[0], row[1], row[2] if len(row) > 2 else "") for row in rows)  # noqa: PLR2004
