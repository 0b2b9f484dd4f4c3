"""Names of a large city's people: surnames with their shapes, given names of their time, names of foreigners."""

from dataclasses import dataclass

from app.standin.city.draws import Draws
from app.standin.city.population import Nation, Population, Reading

_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Named:
    """All writings of one person. ``name`` and ``kana``: as the register has them; the rest "" where there is none."""

    name: str
    kana: str
    latin: str = ""
    kanji: str = ""
    alias: str = ""
    alias_kana: str = ""
    nationality: str = "JPN"


class Naming:
    """Draws names."""

    def __init__(self, population: Population) -> None:
        self._words = population

    def surname(self, draws: Draws) -> Reading:
        """A surname in one of its shapes, or one put together."""
        words = self._words
        if not draws.percent(words.rare_percent):
            return words.surnames.draw(draws).draw(draws)
        first, last = draws.pick(words.rare_first), draws.pick(words.rare_last)
        return first[0] + last[0], first[1] + last[1]

    def japanese(self, draws: Draws, surname: Reading, sex: str, year: int) -> Named:
        """Somebody of that surname born in ``year``."""
        writing, kana = self._given(draws, sex, year)
        return Named(f"{surname[0]}{_SPACE}{writing}", f"{surname[1]}{_SPACE}{kana}")

    def foreigner(self, draws: Draws, nation: Nation, surname: tuple[str, str, str], sex: str) -> Named:
        """Somebody of that nation and surname; the Latin name is the name, kanji and 通称 stand beside it."""
        latin, kana, kanji = draws.pick(nation.given[sex])
        alias = ("", "")
        if draws.percent(nation.alias_percent):
            first, given = self.surname(draws), self._given(draws, sex, 1990)
            alias = f"{first[0]}{_SPACE}{given[0]}", f"{first[1]}{_SPACE}{given[1]}"
        has_kanji = bool(kanji) and draws.percent(nation.kanji_percent)
        name = f"{surname[0]} {latin}"
        return Named(
            name=name,
            kana=f"{surname[1]}{_SPACE}{kana.replace(' ', _SPACE)}",
            latin=name,
            kanji=f"{surname[2]}{_SPACE}{kanji}" if has_kanji else "",
            alias=alias[0],
            alias_kana=alias[1],
            nationality=nation.nationality,
        )

    def _given(self, draws: Draws, sex: str, year: int) -> Reading:
        words = self._words
        if draws.percent(words.composed.percent):
            first, last = draws.pick(words.composed.first[sex]), draws.pick(words.composed.last[sex])
            return first[0] + last[0], first[1] + last[1]
        return draws.pick(next(one for one in words.given if year <= one.until).names[sex])
