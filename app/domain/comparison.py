"""Why two writings of a name or address agree or not: one result with the characters concerned."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from app.domain.address import compare_addresses
from app.domain.names import Agreement, NameFolder, Why, clusters
from app.domain.substitutes import MarkedText, compare_marked_addresses


@dataclass(frozen=True, slots=True)
class CharacterPair:
    """What stands in one place of either writing, "" where a side has nothing there; selectors go with their base."""

    left: str
    right: str
    why: Why


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two writings agree, and where they differ in the order of the left one; nothing where only spaces do."""

    agreement: Agreement
    characters: tuple[CharacterPair, ...] = ()


def explain_names(left: str, right: str, folder: NameFolder, left_kana: str = "", right_kana: str = "") -> Comparison:
    """As ``NameFolder.compare``, with the characters."""
    return Comparison(folder.compare(left, right, left_kana, right_kana), _pairs(left, right, folder))


def explain_addresses(left: str, right: str, folder: NameFolder) -> Comparison:
    """As ``compare_addresses``; where the place is the same, what differs is its notation."""
    return _of_places(compare_addresses(left, right, folder), _pairs(left, right, folder))


def explain_marked_names(marked: MarkedText, other: str, folder: NameFolder) -> Comparison:
    """A certificate's name: a glyph that it could not carry agrees with whatever stands on the other side."""
    return explain_names(marked.gapped, other, folder)


def explain_marked_addresses(marked: MarkedText, other: str, folder: NameFolder) -> Comparison:
    """A certificate's address, likewise."""
    return _of_places(compare_marked_addresses(marked, other, folder), _pairs(marked.gapped, other, folder))


def _of_places(agreement: Agreement, pairs: tuple[CharacterPair, ...]) -> Comparison:
    if agreement is Agreement.DIFFERENT:
        return Comparison(agreement, pairs)
    told = (CharacterPair(one.left, one.right, Why.NOTATION) if one.why is Why.DIFFERENT else one for one in pairs)
    return Comparison(agreement, tuple(told))


def _pairs(left: str, right: str, folder: NameFolder) -> tuple[CharacterPair, ...]:
    """Where the writings differ; place by place where both are equally long, else by what they have in common."""
    ours, theirs = clusters(left), clusters(right)
    if len(ours) == len(theirs):
        return _single(ours, theirs, folder)
    found: list[CharacterPair] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == d - c:
            found += _single(ours[a:b], theirs[c:d], folder)
        elif kind != "equal":
            found.append(CharacterPair("".join(ours[a:b]), "".join(theirs[c:d]), Why.DIFFERENT))
    return tuple(found)


def _single(ours: list[str], theirs: list[str], folder: NameFolder) -> tuple[CharacterPair, ...]:
    both = zip(ours, theirs, strict=True)
    return tuple(CharacterPair(one, other, folder.why(one, other)) for one, other in both if one != other)
