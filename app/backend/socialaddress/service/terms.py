"""What a party is found by, and what two parties have in common."""

from collections.abc import Iterable, Iterator

from app.backend.socialaddress.ports.records import Party, Term
from app.domain.names import NameFolder

NAME, KANA, BIRTH, NUMBER, BUSINESS, PERSON = "name", "kana", "birth", "number", "business", "person"


def _pieces(folder: NameFolder, field: str, text: str) -> Iterator[Term]:
    """The whole folded text, and each part that stands between spaces."""
    for part in (text, *text.split()):
        if folded := folder.for_search(part):
            yield field, folded


def names_of(party: Party) -> tuple[str, ...]:
    """All names a party goes by."""
    return tuple(name for name in (party.name, *party.other_names.values()) if name)


def kana_of(party: Party) -> tuple[str, ...]:
    """All readings of a party's names."""
    return tuple(kana for kana in (party.kana, *party.other_kana.values()) if kana)


def terms_of(party: Party, folder: NameFolder) -> tuple[Term, ...]:
    """All that a party is kept under; where it lives is not among it."""
    found = {piece for name in names_of(party) for piece in _pieces(folder, NAME, name)}
    found |= {piece for kana in kana_of(party) for piece in _pieces(folder, KANA, kana)}
    numbers = (party.social_number, party.business_number, party.corporate_number)
    found |= {(NUMBER, number) for number in numbers if number}
    if party.business_number:
        found.add((BUSINESS, party.business_number))
    if party.birth is not None:
        found.add((BIRTH, party.birth.isoformat()))
    if party.number_token:
        found.add((PERSON, party.number_token))
    return tuple(sorted(found))


def asked_terms(folder: NameFolder, field: str, text: str) -> tuple[Term, ...]:
    """What must all be there for ``text``: each of its parts."""
    return tuple((field, folded) for part in text.split() if (folded := folder.for_search(part)))


def signs_of(one: Party, other: Party, folder: NameFolder) -> tuple[str, ...]:
    """What two parties have in common."""

    def share(left: Iterable[str], right: Iterable[str]) -> bool:
        folded = {folder.for_search(text) for text in left if text}
        return bool(folded & {folder.for_search(text) for text in right if text})

    found = {
        "my_number": bool(one.number_token) and one.number_token == other.number_token,
        "corporate_number": bool(one.corporate_number) and one.corporate_number == other.corporate_number,
        "name": share(names_of(one), names_of(other)),
        "kana": share(kana_of(one), kana_of(other)),
        "birth": one.birth is not None and one.birth == other.birth,
    }
    return tuple(sign for sign, holds in found.items() if holds)


def are_alike(signs: Iterable[str]) -> bool:
    """Whether somebody should look: the same number, or the same birth date with name or reading."""
    found = set(signs)
    return bool(found & {"my_number", "corporate_number"}) or ("birth" in found and bool(found & {"name", "kana"}))
