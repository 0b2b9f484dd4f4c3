"""Whether a candidate is who was looked for, and how well: verified after decryption, best first."""

from app.backend.register.ports import Folded, Found, Resident
from app.domain.address import compare_addresses
from app.domain.names import Agreement, NameFolder
from app.wire.register import SearchByFour

_RANKS = {agreement: rank for rank, agreement in enumerate(Agreement)}
_PART = len(_RANKS)
_OTHER_NAME = _PART + 1
"""The birth date and the address agree, the name does not: a name may have changed since the card was made."""


class Matcher:
    """Compares what was asked with what is registered. ``folder`` must be the one that the index was made with."""

    def __init__(self, folder: NameFolder) -> None:
        self._folder = folder

    def fold(self, text: str) -> str:
        """The form that the index is made of and asked with."""
        return self._folder.for_search(text)

    def folded(self, resident: Resident) -> Folded:
        """All that the index is made of."""
        return Folded(tuple(self.fold(name) for name in resident.names), self.fold(resident.kana))

    def rank(self, asked: SearchByFour, found: Found, *, is_hidden: bool) -> tuple[int, ...] | None:
        """How well ``found`` fits, smaller is better; None when it does not. A hidden address is not compared."""
        resident = found.resident
        if asked.birth is not None and asked.birth != resident.birth:
            return None
        address = len(_RANKS)
        if asked.address and not is_hidden:
            address = _RANKS[compare_addresses(asked.address, resident.address, self._folder)]
        spelling = self._spelling(asked, resident)
        if spelling is None:
            agrees = asked.birth is not None and address < _RANKS[Agreement.DIFFERENT]
            if not agrees:
                return None
            spelling = _OTHER_NAME
        return spelling, address, int(asked.sex not in {"", resident.sex}), int(not resident.is_resident)

    def _spelling(self, asked: SearchByFour, resident: Resident) -> int | None:
        """Rank of the best agreement of name or reading; None when neither agrees. 0 when neither was asked."""
        if not asked.name and not asked.kana:
            return 0
        ranks = [rank for name in resident.names if (rank := self._name(asked, name, resident.kana)) is not None]
        if asked.kana and self.fold(asked.kana) in self.fold(resident.kana):
            ranks.append(_RANKS[Agreement.KANA_ONLY])
        return min(ranks, default=None)

    def _name(self, asked: SearchByFour, name: str, kana: str) -> int | None:
        if not asked.name:
            return None
        agreement = self._folder.compare(asked.name, name, asked.kana, kana)
        if agreement is not Agreement.DIFFERENT:
            return _RANKS[agreement]
        return _PART if self.fold(asked.name) in self.fold(name) else None
