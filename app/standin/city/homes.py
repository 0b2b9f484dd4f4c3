"""Where a household has lived in the last ten years, and where its members came from."""

from dataclasses import dataclass
from datetime import date

from app.standin.city.draws import Draws
from app.standin.city.population import Population, Reading
from app.standin.city.streets import Streets, Ward, wide

_YEAR = 365
_TEN_YEARS = 3652
_MOST = 5
"""Homes in the city that are told of one household."""


@dataclass(frozen=True, slots=True)
class Home:
    """An address from ``since`` to ``until`` (ordinals; None: still there)."""

    address: str
    ward: str
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class History:
    """The homes in the city, the present one last; ``origin``: code and name of the municipality before, if any."""

    homes: tuple[Home, ...]
    origin: Reading | None
    former_address: str

    @property
    def since(self) -> int:
        """Since when the household has been in the city, as far as it is told."""
        return self.homes[0].since


class Homes:
    """Draws histories as of ``day``."""

    def __init__(self, population: Population, streets: Streets, day: date) -> None:
        self._rates, self._elsewhere = population.rates, population.elsewhere
        self._streets, self._town, self._day = streets, population.town, day.toordinal()

    def history(self, draws: Draws, age: int, end: int | None = None) -> History:
        """Of a household whose head is ``age`` years old. ``end``: the last day in the city, None: still here."""
        ward, until = self._streets.wards.draw(draws), end
        homes: list[Home] = []
        origin: Reading | None = None
        while True:
            since = (homes[0].since if homes else end or self._day) - self._stay(draws, age)
            homes.insert(0, Home(self._streets.address(draws, ward), ward.code, since, until))
            if since < self._day - _TEN_YEARS or len(homes) == _MOST:
                break
            if draws.permille(self._rates["from_outside"]):
                origin = draws.pick(self._elsewhere)
                break
            ward, until = self._next_ward(draws, ward), since - 1
        return History(tuple(homes), origin, self._outside(draws, origin) if origin else "")

    def elsewhere(self, draws: Draws) -> Reading:
        """Another municipality, code and name."""
        return draws.pick(self._elsewhere)

    def _outside(self, draws: Draws, place: Reading) -> str:
        """An address in another municipality."""
        return place[1] + self._streets.plot(draws, self._town, 9) + wide(draws.between(1, 20)) + self._streets.go

    def _stay(self, draws: Draws, age: int) -> int:
        """Days in one home: some have moved within the year, the young move more often than the old."""
        if draws.permille(self._rates["moved_within_year"]):
            return draws.below(_YEAR)
        years = max(3, min(36, age - 16))
        return _YEAR + draws.below(years) * draws.below(_YEAR) + draws.below(_YEAR)

    def _next_ward(self, draws: Draws, ward: Ward) -> Ward:
        return self._streets.wards.draw(draws) if draws.permille(self._rates["between_wards"]) else ward
