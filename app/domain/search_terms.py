"""What a person is found by: the pieces of names, readings, addresses and dates that an index keeps, and asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from app.domain.folding import SearchFolder
from app.domain.kana import DASHES
from app.domain.names import NameFolder

T = TypeVar("T")
Term = str
"""One piece: its kind, one character, and the folded text."""

PAIR, TRIPLE, WHOLE, START = "2", "3", "w", "p"
NAME, KANA = "n", "k"
END = "$"
"""In the place of the kana behind the last two of a reading."""
START_LENGTH = 2
"""So many kana at the beginning of a reading are one term; triples go on from there."""
_BORN, _AT, _BUILDING, _WARD = "b", "a", "h", "c"
ANY_WARD: Term = f"{_WARD}*"
"""Kept in place of the ward of who must not be found out by trying wards."""
FOLDED_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_KNOWN_KANA = frozenset(FOLDED_KANA)
_SHORT = 2
_TOWN = re.compile(r"^(?:.{2,3}?[都道府県])?(?:[^市区]{1,7}市)?(?:[^市区]{1,4}区)?")
_COUNT = re.compile(r"[0-9]+")
_TAIL_COUNT = re.compile(r"[0-9]+$")
_RUNNING_ON = DASHES | frozenset("ウうｳゥぅｩ")
"""Kana that sound otherwise after another one."""
_MOST_CACHED = 60_000


@dataclass(frozen=True, slots=True)
class Written:
    """A name with its reading as written, parts apart; either may be missing."""

    name: str
    kana: str = ""


@dataclass(frozen=True, slots=True)
class Findable:
    """All by which one person is found. ``ward``: the present one's code; ``is_guarded``: where is told to nobody.

    ``addresses``: the present one last; of those before it neither the town as a whole nor a building finds anybody.
    """

    written: Sequence[Written]
    addresses: Sequence[str]
    birth: date
    ward: str = ""
    is_guarded: bool = False


class TermMaker:
    """Makes terms with one folding; folded parts are kept, since a city has few different ones.

    The same table of variants gives the same terms: an index asked with another one must be made anew.
    """

    def __init__(self, folder: NameFolder) -> None:
        self._folder = SearchFolder(folder)
        self._parts: dict[str, str] = {}
        self._known_places: dict[str, tuple[Term, ...]] = {}

    def parts(self, text: str) -> tuple[str, ...]:
        """The folded parts of a name; the parts stand between spaces."""
        return self.folded(text)[0]

    def full(self, text: str) -> str:
        """The whole folded text. Its sounds run on over a space: ゴトウ　ウメコ is found as ゴトウウメコ."""
        return self.folded(text)[1]

    def folded(self, text: str) -> tuple[tuple[str, ...], str]:
        """The folded parts and the whole, as ``parts`` and ``full``, in one go."""
        known, parts, runs_on = self._parts, list[str](), False
        for place, part in enumerate(text.split()):
            runs_on = runs_on or (place > 0 and part[0] in _RUNNING_ON)
            folded = known.get(part)
            if folded is None:
                folded = self._part(part)
            if folded:
                parts.append(folded)
        return tuple(parts), self._folder.name(text) if runs_on else "".join(parts)

    def of(self, person: Findable) -> frozenset[Term]:
        """What the index keeps of a person."""
        found = {born(person.birth)}
        for one in person.written:
            if one.name:
                self._add(found, NAME, one.name)
            if one.kana:
                self._add(found, KANA, one.kana)
        if person.is_guarded:
            found.add(ANY_WARD)
            return frozenset(found)
        if person.ward:
            found.add(in_ward(person.ward))
        for address in person.addresses[:-1]:
            found.update(lots(self.places(address)))
        for address in person.addresses[-1:]:
            found.update(self.places(address))
        return frozenset(found)

    def _add(self, found: set[Term], field: str, text: str) -> None:
        """Add what is kept of a name: what is kept of each part, and what goes over the spaces between them."""
        parts, full = self.folded(text)
        if field == KANA:
            found.update(_of_reading(parts, full))
        else:
            found.update(_of_name(parts, full))

    def places(self, address: str) -> tuple[Term, ...]:
        """The town, the town with each further number, and the building, coarse to fine.

        Prefecture, city and ward are left out, for they are often not said.
        """
        found = self._known_places.get(address)
        if found is None:
            head, *rest = self._folder.place(address) or [""]
            found = tuple(_places(_TOWN.sub("", head) or head, rest))
            _keep(self._known_places, address, found)
        return found

    def _part(self, part: str) -> str:
        found = self._parts.get(part)
        if found is None:
            found = self._folder.name(part)
            _keep(self._parts, part, found)
        return found


def born(day: date) -> Term:
    """The term of a birth date, in whatever era it is written."""
    return _BORN + day.isoformat()


def in_ward(code: str) -> Term:
    """The term of the ward a person lives in."""
    return _WARD + code


def numbered(places: Sequence[Term]) -> tuple[Term, ...]:
    """Of ``TermMaker.places`` those without a building, coarse to fine."""
    return tuple(one for one in places if one[0] == _AT)


def lots(places: Sequence[Term]) -> tuple[Term, ...]:
    """What is kept of a past address: where there are numbers, not the town alone."""
    found = numbered(places)
    return found[1:] or found


def whole(field: str, part: str) -> Term:
    """A part of a name as a whole: of one or two characters, or any but the last of a reading."""
    return field + WHOLE + part


def pairs(folded: str) -> list[Term]:
    """Neighbours in a name. Two that are a part of their own are kept as a ``whole`` instead."""
    return [NAME + PAIR + first + second for first, second in pairwise(folded)]


def triples(folded: str) -> list[Term]:
    """Three kana in a row: every reading that contains ``folded`` has them all."""
    return [_triple(folded[at : at + 2], folded[at + 2]) for at in range(len(folded) - 2)]


def ending(folded: str) -> Term:
    """What every reading has that ends as ``folded`` does, as far as two kana go."""
    return KANA + TRIPLE + folded[-2:] + END


def beginning(folded: str) -> Term:
    """What every reading has that begins as ``folded`` does, as far as two kana go."""
    return KANA + START + folded[:START_LENGTH]


def around_two(folded: str) -> tuple[Term, ...]:
    """One of these has every reading that contains the two kana."""
    return tuple(_triple(folded, after) for after in FOLDED_KANA + END)


def after_one(kana: str) -> tuple[Term, ...]:
    """One of these has every reading that begins with the one kana."""
    return (*(beginning(kana + after) for after in FOLDED_KANA), ending(kana))


def _triple(two: str, third: str) -> Term:
    """What is no kana ends a reading, so that ``around_two`` is a list of few."""
    return KANA + TRIPLE + two + (third if third in _KNOWN_KANA else END)


def _of_name(parts: Sequence[str], full: str) -> Iterator[Term]:
    """Short parts as a whole; else all neighbours, those of two parts included."""
    at, apart = 0, "".join(parts) == full
    for part in parts:
        if len(part) <= _SHORT:
            yield whole(NAME, part)
        if apart:
            yield from pairs(full[max(0, at - 1) : at + 1])
            at += len(part)
            if len(part) > _SHORT:
                yield from pairs(part)
    if not apart:
        yield from pairs(full)


def _of_reading(parts: Sequence[str], full: str) -> Iterator[Term]:
    """How it begins, all triples and how it ends; each part but the last as a whole, the last where it is one kana."""
    for part in parts[:-1]:
        yield whole(KANA, part)
    if parts and len(parts[-1]) == 1:
        yield whole(KANA, parts[-1])
    if full:
        yield ending(full)
        yield from triples(full)
    if len(full) >= START_LENGTH:
        yield beginning(full)


def _places(town: str, rest: Sequence[str]) -> Iterator[Term]:
    said = _TAIL_COUNT.sub("", town)
    if said and said != town:
        yield _AT + said
    yield _AT + town
    for part in rest:
        count = _COUNT.match(part)
        if count:
            town = f"{town}-{count[0]}"
            yield _AT + town
        if building := part[count.end() if count else 0 :]:
            yield _BUILDING + _TAIL_COUNT.sub("", building)
            return


def _keep(known: dict[str, T], key: str, value: T) -> None:
    """Keep a folded text; all are forgotten when they become too many."""
    if len(known) >= _MOST_CACHED:
        known.clear()
    known[key] = value
