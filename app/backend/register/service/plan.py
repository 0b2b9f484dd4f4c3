"""From what was typed to the steps of a search: the likeliest first, each a set of terms that a person must have."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.register.ports import Step
from app.domain.kana import DASHES, FOLDED_VA, KANA_O, KANA_U, KANA_VU, VOWELS, is_kana
from app.domain.names import is_selector
from app.domain.search_terms import (
    ANY_WARD,
    KANA,
    NAME,
    START_LENGTH,
    TermMaker,
    after_one,
    around_two,
    beginning,
    born,
    ending,
    in_ward,
    numbered,
    pairs,
    triples,
    whole,
)
from app.wire.register import SearchByFour

SLIP_SPAN = 2
"""So many neighbouring kana may be wrong in a reading where nobody has it as it was typed. Assumed."""
_FEWEST_RIGHT = 3
"""With fewer kana right too many would fit. Assumed."""
_SHORT_GIVEN = 3
"""Kana of a given name that many readings contain which end otherwise; a longer one hardly any does. Assumed."""
_LOT = 2
"""Places from coarse to fine: an address with fewer names a town, not a lot."""

Terms = tuple[str, ...]
_Groups = tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was typed for a name, folded. ``field``: whether it is looked for among writings or readings.

    ``is_inner``: no name begins with it; it is looked for behind another sound only.
    """

    field: str
    parts: tuple[str, ...]
    full: str
    is_inner: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry, folded once for the whole search. ``typed`` is as it came."""

    typed: SearchByFour
    spellings: tuple[Spelling, ...]
    places: Terms

    @property
    def is_too_wide(self) -> bool:
        """Whether nothing in it narrows a search."""
        return not self.spellings and self.typed.birth is None and len(self.places) < _LOT

    @property
    def is_name_alone(self) -> bool:
        """Whether nothing was typed but what somebody is called, and perhaps where they live now."""
        typed = self.typed
        return bool(self.spellings) and typed.birth is None and not (typed.sex or self.places)


def asked_of(typed: SearchByFour, maker: TermMaker) -> Asked:
    """Fold an entry. A name typed in kana is looked for among the readings too."""
    name, kana = _spelling(NAME, typed.name, maker), _spelling(KANA, typed.kana, maker)
    written = [(one, text) for one, text in ((name, typed.name), (kana, typed.kana)) if one.full]
    if name.full and not kana.full and is_kana(name.full):
        written.append((Spelling(KANA, name.parts, name.full), typed.name))
    both = [other for one, text in written for other in _heard(one, text)]
    return Asked(typed, tuple(both), maker.places(typed.address) if typed.address else ())


def rounds(asked: Asked) -> tuple[tuple[Step, ...], ...]:
    """What to look for, in one round or two: first those who have a name whole or begin with it.

    Who only contains it fits less well, and is not looked for where the first round fills the list. With a birth date
    there is one round: nobody is kept from the list by others born on the day.
    """
    if asked.typed.birth is not None or not asked.spellings:
        return (_steps(asked, _narrow(asked)),)
    first = [*_there(asked), *(step for one in asked.spellings for step in _fitting(one))]
    second = [step for one in asked.spellings for step in _containing(one)]
    found, behind = _steps(asked, first), _steps(asked, second)
    return tuple(one for one in (found, tuple(step for step in behind if step not in found)) if one)


def steps(asked: Asked) -> tuple[Step, ...]:
    """All rounds in one."""
    return tuple(step for some in rounds(asked) for step in some)


def slip_steps(asked: Asked) -> tuple[Step, ...]:
    """What to look for when nobody fits: the reading with a slip in it, wherever that is."""
    found = [step for one in asked.spellings if one.field == KANA for step in _around(one.full)]
    if asked.typed.birth is not None and asked.spellings:
        found.append(())
    return _steps(asked, found)


def _steps(asked: Asked, found: Sequence[_Groups]) -> tuple[Step, ...]:
    """With what every step demands."""
    typed = asked.typed
    always: list[Terms] = [] if typed.birth is None else [(born(typed.birth),)]
    if typed.ward:
        always.append((in_ward(typed.ward), ANY_WARD))
    return tuple(dict.fromkeys((*step, *always) for step in found))


def _narrow(asked: Asked) -> list[_Groups]:
    """With a birth date who has the name, and who is of the place; without a name the place, or the day alone."""
    found = []
    for one in asked.spellings:
        if len(one.full) <= START_LENGTH and one.field == KANA:
            return [()]  # so many readings contain it that all of the day are read sooner
        if "".join(one.parts) != one.full:
            found += _containing(one)
        if one.parts:
            found.append(_by_part(one))
    if where := _where(asked):
        found.append(where)
    return found or [()]


def _there(asked: Asked) -> list[_Groups]:
    """Somebody with a common name is found by the place even where the list of all of that name is cut."""
    places = numbered(asked.places)[1:2] or asked.places[:1]
    contained = [step for one in asked.spellings for step in (_containing(one) or _fitting(one))]
    return [(*step, (place,)) for step in contained for place in places]


def _where(asked: Asked) -> _Groups:
    """A building tells more only where no lot is said; past addresses are kept without."""
    lots = numbered(asked.places)
    return tuple((one,) for one in (asked.places[-1:] if len(lots) < _LOT else lots[-1:]))


def _fitting(one: Spelling) -> list[_Groups]:
    """Who is called so: a part is so, the reading begins or ends so."""
    if one.is_inner:
        return []
    if one.field == NAME:
        return [_by_part(one)] if one.parts else []
    found: list[_Groups] = [((whole(KANA, part),),) for part in one.parts if len(one.parts) == 1]
    if len(one.full) == 1:
        return [*found, (after_one(one.full),)]
    return [*found, _starting(one.full), *((_ending(one.full),) if len(one.full) <= _SHORT_GIVEN else ())]


def _containing(one: Spelling) -> list[_Groups]:
    """Who has it anywhere, and who has its parts in another order or with others between them."""
    if len(one.full) == 1:
        return []
    if one.field == NAME:
        found = [tuple(_pair(pair) for pair in pairs(one.full))]
    else:
        found = [(around_two(one.full),) if len(one.full) == START_LENGTH else _triples(one.full)]
    if len(one.parts) > 1:
        found.append(_by_part(one))
    return found


def _by_part(one: Spelling) -> _Groups:
    """Who has each of the parts, in whatever order."""
    return tuple(group for part in one.parts for group in _part(one.field, part))


def _part(field: str, part: str) -> list[Terms]:
    """What everybody has who has the part as a whole."""
    if field == NAME:
        return [(whole(NAME, part),)] if len(part) <= START_LENGTH else [_pair(pair) for pair in pairs(part)]
    if len(part) > START_LENGTH:
        return list(_triples(part))
    return [(whole(KANA, part), *((ending(part),) if len(part) > 1 else ()))]


def _pair(pair: str) -> Terms:
    """One of these has who has the two characters, wherever parts begin and end."""
    return pair, whole(NAME, pair[-START_LENGTH:])


def _triples(full: str) -> _Groups:
    return tuple((term,) for term in triples(full))


def _starting(full: str) -> _Groups:
    return ((beginning(full),), *_triples(full))


def _ending(full: str) -> _Groups:
    return (*_triples(full), (ending(full),))


def _around(full: str) -> list[_Groups]:
    """For each place where a reading may be wrong: all that the kana before it and behind it have."""
    found: list[_Groups] = []
    for wrong in range(len(full) - SLIP_SPAN + 1):
        before, behind = full[:wrong], full[wrong + SLIP_SPAN :]
        if len(before) + len(behind) >= _FEWEST_RIGHT:
            start = _starting(before) if len(before) >= START_LENGTH else ()
            found.append((*start, *(_ending(behind) if len(behind) >= START_LENGTH else ())))
    return [step for step in found if step]


def _heard(one: Spelling, text: str) -> list[Spelling]:
    """What was typed may be folded with what stands beside it: ウタ of サトウタロウ, ーラ of ローラ, ヴ of ヴァン."""
    if text.lstrip()[0] in DASHES and is_kana(one.full):
        return [Spelling(one.field, (), vowel + one.full, is_inner=True) for vowel in VOWELS]
    found = [one]
    if one.full[0] == KANA_U:
        found.append(Spelling(one.field, (), KANA_O + one.full[1:], is_inner=True))
    if text.rstrip()[-1] in KANA_VU and one.parts:
        found += [
            Spelling(one.field, (*one.parts[:-1], one.parts[-1][:-1] + kana), one.full[:-1] + kana)
            for kana in FOLDED_VA
        ]
    return found


def _spelling(field: str, text: str, maker: TermMaker) -> Spelling:
    """A selector that a piece begins with chose the shape of a character that was not taken along."""
    while text and is_selector(text[0]):
        text = text[1:]
    return Spelling(field, maker.parts(text), maker.full(text))
