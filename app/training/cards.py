"""Training cards on a training reader: the personas of the city with the cards they bring, and cards of every kind."""

from collections.abc import Mapping
from functools import cached_property

from app.card.given import GivenReaders
from app.domain.clock import Clock
from app.shipped import read_toml, resource
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import CardMaker, Flaws
from app.standin.cards.holder import Holder
from app.standin.cards.other_profiles import PROFILES as OTHER_PROFILES
from app.standin.cards.profiles import HOLDERS, make_card
from app.standin.cards.virtual import VirtualCard
from app.standin.city.values import City
from app.ui.training_panel import TrainingPersona

READER = "Madoguchi Training Reader"
_PROFILE = "profile:"


class TrainingCards:
    """Makes a card when it is first laid down; the same card, with its counters, comes again later."""

    def __init__(self, city: City, clock: Clock) -> None:
        self._city = city
        self._made: dict[str, VirtualCard] = {}
        self.readers = GivenReaders((READER,), clock)

    @cached_property
    def _signers(self) -> tuple[TrainingAuthority, Drawing]:
        """Made with the first card: reading the authority's keys takes some 0.2 s."""
        return TrainingAuthority.load(resource("training", "card")), Drawing()

    def personas(self) -> tuple[TrainingPersona, ...]:
        """Everybody who has a title, then every card that has one, in the order of the titles' file."""
        titles: Mapping[str, Mapping[str, str]] = read_toml("training", "panel.toml")
        people = [self._persona(key, title) for key, title in titles["personas"].items() if key in self._city.personas]
        return (*people, *(_card(name, title) for name, title in titles["cards"].items()))

    def put(self, key: str) -> str:
        """Lay the card of that key on the reader; whose it is. Time: some 0.3 s the first time, blocks."""
        if key not in self._made:
            self._made[key] = self._make(key)
        self.readers.put(READER, self._made[key])
        return self._name(key)

    def take(self) -> None:
        """Take the card off, also in the middle of a command."""
        self.readers.take(READER)

    def _make(self, key: str) -> VirtualCard:
        profile = key.removeprefix(_PROFILE)
        if profile in OTHER_PROFILES and profile != key:
            return OTHER_PROFILES[profile].make()
        authority, drawing = self._signers
        if profile != key:
            return make_card(profile, authority, drawing)
        return CardMaker(authority, drawing).make(self._city.personas[key].card, Flaws())

    def _name(self, key: str) -> str:
        profile = key.removeprefix(_PROFILE)
        if profile == key:
            return self._city.personas[key].card.name
        return HOLDERS[profile].name if profile in HOLDERS else _titles()[profile]

    def _persona(self, key: str, title: str) -> TrainingPersona:
        card = self._city.personas[key].card
        return TrainingPersona(key, title, card.name, _codes(card))


def _titles() -> Mapping[str, str]:
    titles: Mapping[str, str] = read_toml("training", "panel.toml")["cards"]
    return titles


def _card(name: str, title: str) -> TrainingPersona:
    if name in HOLDERS:
        holder = HOLDERS[name]
        return TrainingPersona(f"{_PROFILE}{name}", title, holder.name, _codes(holder))
    entries = OTHER_PROFILES[name].entries
    codes = tuple((_CAPTION.get(key, key), value) for key, value in entries.items() if value)
    return TrainingPersona(f"{_PROFILE}{name}", title, "", codes)


_CAPTION = {"number": "card_number"}


def _codes(card: Holder) -> tuple[tuple[str, str], ...]:
    """What opens a My Number card, in groups as printed."""
    code, number = card.code_b, card.my_number
    return (
        ("code_b", f"{code[:6]} {code[6:10]} {code[10:]}"),
        ("number", f"{number[:4]} {number[4:8]} {number[8:]}"),
        ("pin", card.pin),
        ("sign_password", card.password),
    )
