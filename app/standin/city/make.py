"""Makes the training city: the same seed, size and day give the same city, number by number."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from app.standin.city.chance import Chance
from app.standin.city.households import HouseholdMaker
from app.standin.city.plans import load_personas
from app.standin.city.settle import Settler
from app.standin.city.values import City, Municipality
from app.standin.city.words import CityWords, Place, load_words

VERSION = 1


@dataclass(frozen=True, slots=True)
class CitySources:
    """Where the city's words and personas stand."""

    words: Path
    personas: Path

    @classmethod
    def below(cls, folder: Path) -> Self:
        """The files of resources/training."""
        return cls(folder / "city.toml", folder / "personas.toml")


def make_city(seed: int, size: int, day: date, sources: CitySources) -> City:
    """Two municipalities with ``size`` present residents each, or those of the personas if they are more.

    Ages, births and moves are counted back from ``day``. People who moved from one to the other also stand in the
    first one's register as moved out, beyond ``size``. Errors: DataFault where a file is wrong.
    """
    words = load_words(sources.words)
    settler = Settler(words, Chance(seed, "settle"), day)
    for plan in load_personas(sources.personas, day):
        settler.settle(plan)
    for place in words.places:
        others = tuple(other for other in (*words.places, words.elsewhere) if other.code != place.code)
        maker = HouseholdMaker(words, place, others, Chance(seed, "households", place.code), day)
        there = sum(resident.is_resident for resident in settler.residents[place.code])
        for plan in maker.plans(size - there):
            settler.settle(plan)
    municipalities = tuple(_municipality(words, place, settler) for place in words.places)
    return City(VERSION, seed, size, day, municipalities, settler.personas)


def _municipality(words: CityWords, place: Place, settler: Settler) -> Municipality:
    return Municipality(place.code, place.name, words.prefecture, place.wards, tuple(settler.residents[place.code]))
