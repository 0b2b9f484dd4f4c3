"""Whether a candidate is who was looked for, and how well: verified after decryption, best first."""

from collections.abc import Sequence

from app.backend.register.ports import Found, Resident
from app.backend.register.service.plan import SLIP_SPAN, Asked, Spelling
from app.domain.names import Agreement, NameFolder
from app.domain.search_terms import KANA, NAME, Findable, Term, TermMaker, Written
from app.domain.slips import slip

_RANKS = {agreement: rank for rank, agreement in enumerate(Agreement)}
_WHOLE_PART = len(_RANKS)
_BEGINNING, _WITHIN, _SLIP = range(_WHOLE_PART + 1, _WHOLE_PART + 4)
_OTHER_NAME = _SLIP + SLIP_SPAN + 1
"""Birth date and address agree, the name does not; it may have changed since the card was made."""
_SAME_PLACE, _SAME_LOT = _RANKS[Agreement.VARIANT], _RANKS[Agreement.DIFFERENT]
_FORMER_PLACE, _OTHER_PLACE = _SAME_LOT + 1, _SAME_LOT + 2

Rank = tuple[int, ...]


class Matcher:
    """Compares what was asked with what is registered. ``folder`` must be the one that the index was made with."""

    def __init__(self, folder: NameFolder) -> None:
        self._folder = folder
        self.fold = folder.for_search
        self.maker = TermMaker(folder)

    def terms(self, resident: Resident) -> frozenset[Term]:
        """All that the index is made of. Where a guarded person lives is in no index, so nobody can try it out."""
        guarded = any(held.act == "view" and held.level == "error" for held in resident.restraints)
        return self.maker.of(
            Findable(
                written=resident.written,
                addresses=[one.address for one in resident.residences],
                birth=resident.birth,
                ward=resident.ward,
                is_guarded=guarded,
            )
        )

    def rank(self, asked: Asked, found: Found, *, is_hidden: bool, with_slips: bool = False) -> Rank | None:
        """How well ``found`` fits, smaller is better; None when it does not. A hidden address is not compared.

        ``with_slips``: a reading fits too if all but two neighbouring kana are as registered.
        """
        resident, typed = found.resident, asked.typed
        if typed.birth is not None and typed.birth != resident.birth:
            return None
        place = _OTHER_PLACE if is_hidden else self._place(asked.places, resident)
        spelling = self._spelling(asked, resident.written, with_slips=with_slips)
        if spelling is None:
            agrees = typed.birth is not None and place in {_SAME_PLACE, _RANKS[Agreement.IDENTICAL], _FORMER_PLACE}
            if not agrees:
                return None
            spelling = _OTHER_NAME
        if not asked.spellings and asked.places and place == _OTHER_PLACE:
            return None
        return spelling, place, int(typed.sex not in {"", resident.sex}), int(not resident.is_resident)

    def _place(self, asked: Sequence[Term], resident: Resident) -> int:
        """Rank of the place asked for among those where the person is or was registered."""
        if not asked:
            return _OTHER_PLACE
        *former, present = [self.maker.places(one.address) for one in resident.residences] or [()]
        if present == asked:
            return _SAME_PLACE
        if asked[-1] in present:
            return _SAME_LOT
        return _FORMER_PLACE if any(asked[-1] in places for places in former) else _OTHER_PLACE

    def _spelling(self, asked: Asked, written: Sequence[Written], *, with_slips: bool) -> int | None:
        """Rank of the best agreement of a name or reading; None when none agrees. 0 when none was asked."""
        if not asked.spellings:
            return 0
        ranks = [
            rank
            for one in written
            for spelling in asked.spellings
            if (rank := self._agreement(asked, spelling, one, with_slips=with_slips)) is not None
        ]
        return min(ranks, default=None)

    def _agreement(self, asked: Asked, spelling: Spelling, one: Written, *, with_slips: bool) -> int | None:
        text = one.name if spelling.field == NAME else one.kana
        parts, full = self.maker.folded(text)
        if full == spelling.full:
            return self._equal(asked, spelling, one)
        if spelling.parts and set(spelling.parts).issubset(parts):
            return _WHOLE_PART
        if full.startswith(spelling.full):
            return _BEGINNING
        if spelling.full in full:
            return _WITHIN
        wrong = slip(spelling.full, full, SLIP_SPAN) if with_slips and spelling.field == KANA else None
        return None if wrong is None else _SLIP + wrong

    def _equal(self, asked: Asked, spelling: Spelling, one: Written) -> int:
        if spelling.field == KANA:
            return _RANKS[Agreement.KANA_ONLY]
        return _RANKS[self._folder.compare(asked.typed.name, one.name, asked.typed.kana, one.kana)]
