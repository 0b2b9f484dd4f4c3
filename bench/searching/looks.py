"""Whom sixteen clerks look for: entries of five kinds, made from the same city that the register holds."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.names import is_selector
from app.shipped import resource
from app.standin.city.dweller import Dweller
from app.standin.city.portions import CityMaker, CityPlan, CityWords
from app.wire.message import Message
from app.wire.register import Hits, OpenRecord, Record, SearchByFour, SearchByNumber
from app.wire.register_change import EntryRow, Filing, PersonPart, ProposeEntry

_PORTIONS = 12
"""Of the city's portions, spread evenly; people from all of them are looked for."""
REASON = "phone"


@dataclass(frozen=True, slots=True)
class Look:
    """One request. ``expects``: the 宛名番号 that must be in the answer where the list was not cut, "" for none."""

    kind: str
    path: str
    message: Message
    gives: type[Message]
    expects: str = ""


def people(plan: CityPlan) -> list[Dweller]:
    """Residents to look for."""
    maker = CityMaker(CityWords.below(resource("training")), plan)
    step = max(1, plan.portions // _PORTIONS)
    chosen = range(0, plan.portions, step)[:_PORTIONS]
    found = [one for index in chosen for one in maker.portion(index).dwellers if one.is_resident and not one.restraints]
    random.Random(1).shuffle(found)
    return found


def looks(kind: str, people: Sequence[Dweller], seed: int) -> Iterator[Look]:
    """Entries of one kind without end, each about another person until all were."""
    chance, made = random.Random(seed), _KINDS[kind]
    while True:
        for one in chance.sample(people, len(people)):
            yield made(kind, one, chance)


def write(entry_id: str, one: Dweller, day: date) -> Look:
    """What a clerk enters between two looks: somebody moved house within the ward; it waits for an approval."""
    home = one.stays[-1]
    message = ProposeEntry(
        entry_id=entry_id,
        filing=Filing(
            kind="change_of_address",
            reason="moved",
            filed_day=day,
            event_day=day,
            persons=(PersonPart(business_number=one.business_number),),
            address=f"{home.address}別棟",
            ward=home.ward,
        ),
    )
    return Look("write", "/register/v1/entry", message, EntryRow)


def _number(kind: str, one: Dweller, _: random.Random) -> Look:
    message = SearchByNumber(my_number=one.my_number, reason=REASON)
    return Look(kind, "/register/v1/search-by-number", message, Hits, one.business_number)


def _kana_prefix(kind: str, one: Dweller, chance: random.Random) -> Look:
    kana = "".join(one.kana.split())
    typed = kana[: chance.randint(2, min(6, len(kana)))] if len(kana) > 2 else kana
    return _search(kind, one, SearchByFour(kana=typed, reason=REASON, is_typed=True))


def _substring(kind: str, one: Dweller, chance: random.Random) -> Look:
    """Two or three characters from anywhere in the name; of the reading for one in three."""
    name = _characters("".join((one.kana if chance.random() < 1 / 3 else one.name).split()))
    length = min(len(name), chance.choice((2, 2, 3)))
    begin = chance.randint(0, len(name) - length)
    typed = "".join(name[begin : begin + length])
    return _search(kind, one, SearchByFour(name=typed, reason=REASON, is_typed=True))


def _characters(name: str) -> list[str]:
    """As they are seen: a selector belongs to the character before it."""
    seen: list[str] = []
    for code in name:
        if seen and is_selector(code):
            seen[-1] += code
        else:
            seen.append(code)
    return seen


def _four(kind: str, one: Dweller, _: random.Random) -> Look:
    message = SearchByFour(name=one.name, address=one.stays[-1].address, birth=one.birth, sex=one.sex, reason=REASON)
    return _search(kind, one, message)


def _open(kind: str, one: Dweller, _: random.Random) -> Look:
    message = OpenRecord(business_number=one.business_number, reason=REASON)
    return Look(kind, "/register/v1/open", message, Record)


def _search(kind: str, one: Dweller, message: SearchByFour) -> Look:
    return Look(kind, "/register/v1/search", message, Hits, one.business_number)


_KINDS: dict[str, Callable[[str, Dweller, random.Random], Look]] = {
    "number": _number,
    "kana_prefix": _kana_prefix,
    "substring": _substring,
    "four": _four,
    "open": _open,
}
KINDS = tuple(_KINDS)
