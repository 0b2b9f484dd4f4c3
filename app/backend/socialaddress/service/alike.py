"""Duplicates: parties that may be the same one are noted for somebody to look at; nothing is merged by itself."""

from datetime import datetime

from app.backend.socialaddress.ports import SocialUnit
from app.backend.socialaddress.ports.records import ALIKE, MERGED, Merge, Party, PartyKind, Step, Term
from app.backend.socialaddress.service.terms import (
    BIRTH,
    KANA,
    NAME,
    NUMBER,
    PERSON,
    are_alike,
    kana_of,
    names_of,
    signs_of,
)
from app.domain.names import NameFolder

_MOST = 20
_RANK = {PartyKind.RESIDENT: 0, PartyKind.NON_RESIDENT: 1, PartyKind.CORPORATION: 1}


class Likeness:
    """Looks for parties that may be one."""

    def __init__(self, folder: NameFolder) -> None:
        self._folder = folder

    def note(self, unit: SocialUnit, party: Party, by: str, at: datetime) -> tuple[str, ...]:
        """Numbers of parties that may be ``party``; each pair is noted once, whatever became of it before."""
        found = self._like(unit, party)
        for other, signs in found:
            one, into = sorted((party, other), key=_rank, reverse=True)
            merge_id, known = unit.merges.of_pair(party.municipality, one.social_number, into.social_number)
            _, reverse = unit.merges.of_pair(party.municipality, into.social_number, one.social_number)
            if known is None and reverse is None:
                step = Step(ALIKE, by, at, "")
                pair = (one.social_number, into.social_number)
                unit.merges.put(Merge(party.municipality, merge_id, *pair, ALIKE, signs, (step,)), at)
        return tuple(other.social_number for other, _ in found)

    def _like(self, unit: SocialUnit, party: Party) -> list[tuple[Party, tuple[str, ...]]]:
        found: dict[str, Party] = {}
        for terms in self._looks(party):
            for one in unit.parties.find(party.municipality, terms, _MOST):
                found[one.social_number] = one
        found.pop(party.social_number, None)
        may_be = [one for one in found.values() if may_be_one(party, one)]
        signed = [(one, signs_of(party, one, self._folder)) for one in may_be]
        return [(one, signs) for one, signs in signed if are_alike(signs)]

    def _looks(self, party: Party) -> list[list[Term]]:
        looks: list[list[Term]] = []
        if party.number_token:
            looks.append([(PERSON, party.number_token)])
        if party.corporate_number:
            looks.append([(NUMBER, party.corporate_number)])
        if party.birth is not None:
            born = (BIRTH, party.birth.isoformat())
            written = [(NAME, name) for name in names_of(party)] + [(KANA, kana) for kana in kana_of(party)]
            folded = [(field, self._folder.for_search(text)) for field, text in written]
            looks.extend([born, (field, text)] for field, text in folded if text)
        return looks


def may_be_one(one: Party, other: Party) -> bool:
    """Whether two parties can be the same at all: not two residents, not a person and a corporation."""
    if MERGED in {one.state, other.state}:
        return False
    kinds = {one.kind, other.kind}
    if PartyKind.CORPORATION in kinds:
        return kinds == {PartyKind.CORPORATION}
    return (one.kind, other.kind) != (PartyKind.RESIDENT, PartyKind.RESIDENT)


def _rank(party: Party) -> tuple[int, str]:
    """A resident stays, of two others the older number."""
    return _RANK[PartyKind(party.kind)], party.social_number
