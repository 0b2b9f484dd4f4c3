"""Training cards on a training reader: the personas of the city with the cards they bring."""

from collections.abc import Mapping
from functools import cached_property

from app.card.given import GivenReaders
from app.domain.clock import Clock
from app.shipped import read_toml, resource
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import Chip
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker, Flaws
from app.standin.city.values import City
from app.ui.training_panel import TrainingPersona

READER = "Madoguchi Training Reader"


class TrainingCards:
    """Makes a persona's card when it is first laid down; the same card, with its counters, comes again later."""

    def __init__(self, city: City, clock: Clock) -> None:
        self._city = city
        self._made: dict[str, Chip] = {}
        self.readers = GivenReaders((READER,), clock)

    @cached_property
    def _maker(self) -> CardMaker:
        """Made with the first card: reading the authority's keys takes some 0.2 s."""
        return CardMaker(TrainingAuthority.load(resource("training", "card")), Drawing())

    def personas(self) -> tuple[TrainingPersona, ...]:
        """Everybody who has a title, in the order of the titles' file."""
        titles: Mapping[str, str] = read_toml("training", "panel.toml")["personas"]
        return tuple(self._persona(key, title) for key, title in titles.items() if key in self._city.personas)

    def put(self, key: str) -> str:
        """Lay the card of a persona on the reader; the holder's name. Time: some 0.3 s the first time, blocks."""
        holder = self._city.personas[key].card
        if key not in self._made:
            self._made[key] = self._maker.make(holder, Flaws())
        self.readers.put(READER, self._made[key])
        return holder.name

    def take(self) -> None:
        """Take the card off, also in the middle of a command."""
        self.readers.take(READER)

    def _persona(self, key: str, title: str) -> TrainingPersona:
        card = self._city.personas[key].card
        code, number = card.code_b, card.my_number
        return TrainingPersona(
            key=key,
            title=title,
            name=card.name,
            code_b=f"{code[:6]} {code[6:10]} {code[10:]}",
            number=f"{number[:4]} {number[4:8]} {number[8:]}",
            pin=card.pin,
        )
