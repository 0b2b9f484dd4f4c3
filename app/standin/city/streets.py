"""Wards, towns and addresses of Sapporo, from resources/training/sapporo.toml; house numbers are invented."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.domain.municipality import MunicipalityCode
from app.domain.tables import Table
from app.standin.city.draws import Draws, Lot, lot

_WIDE = {0x30 + digit: 0xFF10 + digit for digit in range(10)}
_USUAL = tuple(str(number).translate(_WIDE) for number in range(1200))
"""Numbers of plots, houses and rooms, which nearly all are."""
_TEN = 10


@dataclass(frozen=True, slots=True)
class Ward:
    """区. ``code``: six digits; ``towns``: each with its highest 丁目, 0 where it has none."""

    code: str
    name: str
    towns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Streets:
    """Where people live. ``chome``, ``ban``, ``go``, ``banchi``, ``room``: the words after the numbers."""

    prefix: str
    city: str
    wards: Lot[Ward]
    numerals: str
    chome: str
    ban: str
    go: str
    banchi: str
    room: str
    buildings: tuple[str, ...]
    flats_percent: int

    def address(self, draws: Draws, ward: Ward) -> str:
        """An address in ``ward``, whole, numbers in full width as registers write them."""
        town, chome = draws.pick(ward.towns)
        plot = f"{self.prefix}{ward.name}{self.plot(draws, town, chome)}"
        house = f"{wide(draws.between(1, 40))}{self.go}" if chome else self.banchi
        if not draws.percent(self.flats_percent):
            return plot + house
        flat = wide(draws.between(1, 11) * 100 + draws.between(1, 9))
        return f"{plot}{house}\u3000{draws.pick(self.buildings)}{flat}{self.room}"

    def origin(self, draws: Draws) -> str:
        """A 本籍 in the city: without a house number."""
        ward = self.wards.draw(draws)
        town, chome = draws.pick(ward.towns)
        return f"{self.prefix}{ward.name}{self.plot(draws, town, chome)}{'' if chome else self.banchi}"

    def plot(self, draws: Draws, town: str, chome: int) -> str:
        """Town and block. ``chome``: the highest there is; 0 for a town with lot numbers alone."""
        if not chome:
            return f"{town}{wide(draws.between(1, 900))}"
        return f"{town}{self._kanji(draws.between(1, chome))}{self.chome}{wide(draws.between(1, 30))}{self.ban}"

    def _kanji(self, number: int) -> str:
        """A number from 1 to 99 in kanji, as 丁目 are written."""
        tens, ones = divmod(number, _TEN)
        numerals = self.numerals
        return (
            (numerals[tens - 1] if tens > 1 else "")
            + (numerals[-1] if tens else "")
            + (numerals[ones - 1] if ones else "")
        )


def load_streets(path: Path, buildings: tuple[str, ...], flats_percent: int) -> Streets:
    """Read the file. Errors: DataFault with the place of what is wrong, BadFormat for a wrong code."""
    table = Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    table.count("version")
    prefecture, city = table.text("prefecture"), table.text("city")
    wards = lot([_ward(one) for one in table.tables("ward")])
    words = {key: table.text(key) for key in ("numerals", "chome", "ban", "go", "banchi", "room")}
    made = Streets(prefecture + city, city, wards, **words, buildings=buildings, flats_percent=flats_percent)
    return table.finish(made)


def _ward(table: Table) -> tuple[Ward, int]:
    towns = tuple((name, int(chome)) for name, chome in (row.split("/") for row in table.texts("towns")))
    ward = Ward(MunicipalityCode(table.text("code")).digits, table.text("name"), towns)
    return table.finish((ward, table.count("residents")))


def wide(number: int) -> str:
    """In full width digits."""
    return _USUAL[number] if 0 <= number < len(_USUAL) else str(number).translate(_WIDE)
