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

PAIR, WHOLE, START = "2", "w", "p"
NAME, KANA = "n", "k"
_STARTS = (2, 4)
"""So many kana at the beginning of a reading are one term; what is longer goes on by pairs. Assumed."""
_BORN, _AT, _BUILDING, _WARD = "b", "a", "h", "c"
ANY_WARD: Term = f"{_WARD}*"
"""Kept in place of the ward of who must not be found out by trying wards."""
FOLDED_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
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
    """All by which one person is found. ``ward``: the present one's code; ``is_guarded``: where is told to nobody."""

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
        self._pieces: dict[str, tuple[str, tuple[Term, ...]]] = {}
        self._known_places: dict[str, tuple[Term, ...]] = {}

    def parts(self, text: str) -> tuple[str, ...]:
        """The folded parts of a name; the parts stand between spaces."""
        return tuple(folded for part in text.split() if (folded := self._part(part)))

    def full(self, text: str) -> str:
        """The whole folded text. Its sounds run on over a space: ゴトウ　ウメコ is found as ゴトウウメコ."""
        if any(part[0] in _RUNNING_ON for part in text.split()[1:]):
            return self._folder.name(text)
        return "".join(self.parts(text))

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
        for address in person.addresses:
            found.update(self.places(address))
        return frozenset(found)

    def _add(self, found: set[Term], field: str, text: str) -> None:
        """Add what is kept of a name: each part as a whole, all neighbours, and the beginning of a reading."""
        written, before = text.split(), ""
        runs_on = any(part[0] in _RUNNING_ON for part in written[1:])
        for part in written:
            folded, pieces = self._piece(field, part)
            found.update(pieces)
            if before and folded and not runs_on:
                found.add(f"{field}{PAIR}{before}{folded[0]}")
            before = folded[-1:] or before
        if runs_on:
            found.update(pairs(field, self.full(text)))
        if field == KANA:
            full = self.full(text)
            found.update(KANA + START + full[:length] for length in _STARTS if length <= len(full))

    def _piece(self, field: str, part: str) -> tuple[str, tuple[Term, ...]]:
        """A part folded, with what is kept of it wherever it stands."""
        found = self._pieces.get(field + part)
        if found is None:
            folded = self._part(part)
            found = (folded, (whole(field, folded), *pairs(field, folded)) if folded else ())
            _keep(self._pieces, field + part, found)
        return found

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


def pairs(field: str, folded: str) -> list[Term]:
    """The neighbours in ``folded``: every name that contains it has them all."""
    return [field + PAIR + first + second for first, second in pairwise(folded)]


def whole(field: str, folded: str) -> Term:
    """A part of a name as a whole."""
    return field + WHOLE + folded


def starts(folded: str) -> list[Term]:
    """What every reading that begins with ``folded`` has: its first kana in one, the further ones by pairs."""
    length = max((one for one in _STARTS if one <= len(folded)), default=len(folded))
    return [KANA + START + folded[:length], *pairs(KANA, folded[length - 1 :])]


def single_start(kana: str) -> list[Term]:
    """One of these has every reading that begins with the one kana."""
    return [KANA + START + kana + after for after in FOLDED_KANA]


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
