"""From what was typed to the steps of a search: the likeliest first, each a set of terms that a person must have."""

from dataclasses import dataclass

from app.backend.register.ports import Step
from app.domain.kana import KANA_O, KANA_U, is_kana
from app.domain.search_terms import (
    ANY_WARD,
    KANA,
    NAME,
    TermMaker,
    born,
    in_ward,
    pairs,
    single_start,
    starts,
    whole,
)
from app.wire.register import SearchByFour

SLIP_SPAN = 2
"""So many neighbouring kana may be wrong in a reading where nobody has it as it was typed. Assumed."""
_FEWEST_RIGHT = 3
"""With fewer kana right too many would fit. Assumed."""
_LOT = 2
"""Places from coarse to fine: an address with fewer names a town, not a lot."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was typed for a name, folded. ``field``: whether it is looked for among writings or readings."""

    field: str
    parts: tuple[str, ...]
    full: str


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


def asked_of(typed: SearchByFour, maker: TermMaker) -> Asked:
    """Fold an entry. A name typed in kana is looked for among the readings too."""
    name, kana = _spelling(NAME, typed.name, maker), _spelling(KANA, typed.kana, maker)
    both = [one for one in (name, kana) if one.full]
    if name.full and not kana.full and is_kana(name.full):
        both.append(Spelling(KANA, name.parts, name.full))
    both += [_after_o(one) for one in both if one.full[0] == KANA_U]
    return Asked(typed, tuple(both), maker.places(typed.address) if typed.address else ())


def rounds(asked: Asked) -> tuple[tuple[Step, ...], ...]:
    """``steps`` in one round or two: where one name was typed, first those who have it whole or begin with it.

    Who only contains it fits less well, and is not looked for where the first round fills the list.
    """
    every = steps(asked)
    if bool(asked.typed.name) == bool(asked.typed.kana):
        return (every,)
    always = _always(asked)
    within = {(*_containing(one), *always) for one in asked.spellings if len(one.full) > 1}
    first = tuple(one for one in every if one not in within)
    second = tuple(one for one in every if one in within)
    return tuple(one for one in (first, second) if one)


def steps(asked: Asked) -> tuple[Step, ...]:
    """What to look for. Without a name those born on the day, or those of the lot."""
    always = _always(asked)
    spelled = [step for exact in (True, False) for one in asked.spellings for step in _spelled(one, exact=exact)]
    where = asked.places[-1:]
    found: list[tuple[Terms, ...]] = []
    if asked.spellings and where:
        # somebody with a common name is found by the place even where the list of all of that name is cut
        found += [(*step, (place,)) for step in spelled for place in asked.places[1:2] or where]
    found += spelled
    if asked.typed.birth is not None and where:
        found.append((where,))
    if not asked.spellings:
        found.append(() if not where else (where,))
    return tuple(dict.fromkeys((*step, *always) for step in found))


def slip_steps(asked: Asked) -> tuple[Step, ...]:
    """What to look for when nobody fits: the reading with a slip in it, wherever that is."""
    always = _always(asked)
    found = [step for one in asked.spellings if one.field == KANA for step in _around(one.full)]
    if asked.typed.birth is not None and asked.spellings:
        found.append(())
    return tuple(dict.fromkeys((*step, *always) for step in found))


def _always(asked: Asked) -> tuple[Terms, ...]:
    """What every step demands."""
    typed = asked.typed
    demanded: list[Terms] = [] if typed.birth is None else [(born(typed.birth),)]
    return (*demanded, (in_ward(typed.ward), ANY_WARD)) if typed.ward else tuple(demanded)


def _spelled(one: Spelling, *, exact: bool) -> list[tuple[Terms, ...]]:
    if exact:
        return [tuple((whole(one.field, part),) for part in one.parts)] if one.parts else []
    if len(one.full) == 1:
        return [((term,),) for term in single_start(one.full)] if one.field == KANA else []
    if one.field == KANA:
        return [tuple((term,) for term in starts(one.full)), _containing(one)]
    return [_containing(one)]


def _containing(one: Spelling) -> tuple[Terms, ...]:
    return tuple((term,) for term in pairs(one.field, one.full))


def _around(full: str) -> list[tuple[Terms, ...]]:
    """For each place where a reading may be wrong: all that the kana before it and behind it have."""
    found: list[tuple[Terms, ...]] = []
    for wrong in range(len(full) - SLIP_SPAN + 1):
        before, behind = full[:wrong], full[wrong + SLIP_SPAN :]
        if len(before) + len(behind) >= _FEWEST_RIGHT:
            terms = [*(starts(before) if len(before) > 1 else ()), *pairs(KANA, behind)]
            found.append(tuple((term,) for term in terms))
    return [step for step in found if step]


def _after_o(one: Spelling) -> Spelling:
    """A part that begins with ウ may come from behind an オ sound, where it is folded to オ: ウタ of サトウタロウ."""
    return Spelling(one.field, (), KANA_O + one.full[1:])


def _spelling(field: str, text: str, maker: TermMaker) -> Spelling:
    return Spelling(field, maker.parts(text), maker.full(text))
