"""The words a training city is made of: names, towns, relations, from resources/training/city.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.municipality import MunicipalityCode
from app.domain.tables import Table

Reading = tuple[str, str]
"""A writing and its kana."""


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the training world."""

    code: str
    name: str
    wards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreigner:
    """A foreign resident's names. ``alias`` 通称 may be empty; ``sex`` as cards code it."""

    latin: str
    kana: str
    alias: str
    alias_kana: str
    nationality: str
    sex: str


@dataclass(frozen=True, slots=True)
class CityWords:
    """All words; ``elsewhere`` is a municipality that has no register here, with one address in it."""

    prefecture: str
    places: tuple[Place, ...]
    elsewhere: Place
    elsewhere_address: str
    towns: tuple[str, ...]
    buildings: tuple[str, ...]
    chome: tuple[str, ...]
    units: tuple[str, str, str]
    relation: Mapping[str, str]
    surnames: tuple[Reading, ...]
    male: tuple[Reading, ...]
    female: tuple[Reading, ...]
    foreigners: tuple[Foreigner, ...]


def load_words(path: Path) -> CityWords:
    """Read the file. Errors: DataFault with the place of what is wrong, BadFormat for a wrong municipality code."""
    table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.count("version")
    words, relation, names = table.table("words"), table.table("relation"), table.table("names")
    elsewhere = table.table("elsewhere")
    relations = ("head", "wife", "husband", "child", "father", "mother", "grandchild")
    made = CityWords(
        prefecture=table.text("prefecture"),
        places=tuple(_place(one) for one in table.tables("municipality")),
        elsewhere=Place(_code(elsewhere), elsewhere.text("name")),
        elsewhere_address=elsewhere.text("address"),
        towns=words.texts("towns"),
        buildings=words.texts("buildings"),
        chome=words.texts("chome"),
        units=(words.text("ban"), words.text("go"), words.text("room")),
        relation={name: relation.text(name) for name in relations},
        surnames=_readings(names, "surnames"),
        male=_readings(names, "male"),
        female=_readings(names, "female"),
        foreigners=tuple(Foreigner(*row) for row in _lists(names, "foreigners")),
    )
    return table.finish(words.finish(relation.finish(names.finish(elsewhere.finish(made)))))


def _place(table: Table) -> Place:
    return table.finish(Place(_code(table), table.text("name"), table.texts("wards")))


def _code(table: Table) -> str:
    return MunicipalityCode(table.text("code")).digits


def _readings(table: Table, key: str) -> tuple[Reading, ...]:
    return tuple((writing, kana) for writing, kana in _lists(table, key))


def _lists(table: Table, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split("/")) for row in table.texts(key))
