"""What a level of the network, prefecture or national, keeps of people: in order, once, and how it compares."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from app.domain.number import MyNumber, TrainingNumber
from app.domain.resident_code import ResidentCode
from app.errors import BadFormat
from app.wire.jukinet import IdentityInfo, IdentityUpdate
from app.wire.jukinet_network import NetComparison, NetDifference, shown_items
from app.wire.message import encode

_COMPARED = ("my_number", "name", "birth", "sex", "address", "state", "legal_kana", "former_name", "alias")
"""Items in which two levels may differ."""
_COMING = ("moved_in", "entered")
"""Reasons with which somebody comes from elsewhere, also before they were removed there."""


@dataclass
class Level:
    """One level. ``name``: what its receipts begin with."""

    name: str
    people: dict[str, IdentityInfo] = field(default_factory=dict)
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)
    received: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    pages: dict[str, tuple[int, set[str]]] = field(default_factory=dict)
    count: int = 0

    def known(self, one: IdentityUpdate) -> tuple[str, str] | None:
        """Receipt and refusal for an update that came before."""
        found = self.received.get(one.update_id)
        if found is None:
            return None
        return (found[1], "") if found[0] == _digest(one) else ("", "other_content")

    def refusal(self, one: IdentityUpdate) -> str:
        """Why it is not taken; "" if it is. A municipality changes nobody who is registered elsewhere."""
        identity, code = one.identity, one.former_resident_code or one.identity.resident_code
        try:
            ResidentCode(identity.resident_code)
        except BadFormat:
            return "bad_code"
        if identity.my_number and not _is_number(identity.my_number):
            return "bad_number"
        mine = self.people.get(code)
        is_elsewhere = mine is not None and mine.municipality != identity.municipality
        if is_elsewhere and identity.state == "resident" and one.reason not in _COMING:
            return "no_such_person"
        if one.again:
            return ""
        expected = self.sequences.get((identity.municipality, code), 0) + 1
        return "" if one.sequence == expected else "gap"

    def take(self, one: IdentityUpdate) -> str:
        """Write an update that is not refused; its receipt. Who has moved in elsewhere meanwhile stays there."""
        self.count += 1
        receipt = f"{self.name}-{self.count:08}"
        self.received[one.update_id] = (_digest(one), receipt)
        identity = one.identity
        key, known = (identity.municipality, identity.resident_code), self.people.get(identity.resident_code)
        before = self.sequences.get(key, 0)
        self.sequences[key] = max(one.sequence, before) if one.again else one.sequence
        if one.former_resident_code:
            self.people.pop(one.former_resident_code, None)
        if identity.state == "removed" and known is not None and known.municipality != identity.municipality:
            return receipt
        if one.again and not identity.name and known is not None:
            identity = msgspec.structs.replace(known, state="removed")
        self.people[identity.resident_code] = identity
        return receipt

    def compare(self, asked: NetComparison) -> tuple[NetDifference, ...] | None:
        """Differences of one page; None: the pages before it are not known here."""
        page, seen = self.pages.get(asked.check_id, (0, set()))
        if asked.page != page and not (asked.page == page - 1 and seen):
            return None
        found = list(self._page(asked.rows))
        seen |= {one.resident_code for one in asked.rows}
        self.pages[asked.check_id] = (asked.page + 1, seen)
        if asked.last and asked.whole:
            found += self._only_there(asked.municipality, seen)
        return tuple(found)

    def _page(self, rows: Sequence[IdentityInfo]) -> Iterator[NetDifference]:
        for one in rows:
            mine = self.people.get(one.resident_code)
            if mine is None or mine.municipality != one.municipality:
                if one.state == "resident":
                    yield NetDifference(resident_code=one.resident_code, kind="only_here")
                continue
            items = tuple(name for name in _COMPARED if getattr(mine, name) != getattr(one, name))
            if items:
                yield NetDifference(
                    resident_code=one.resident_code, kind="differs", items=items, there=shown_items(mine)
                )

    def _only_there(self, municipality: str, seen: set[str]) -> Iterable[NetDifference]:
        for code, one in sorted(self.people.items()):
            if one.municipality == municipality and one.state == "resident" and code not in seen:
                yield NetDifference(resident_code=code, kind="only_there", there=shown_items(one))


def _digest(one: IdentityUpdate) -> bytes:
    return hashlib.sha256(encode(one)).digest()


def _is_number(digits: str) -> bool:
    for kind in (MyNumber, TrainingNumber):
        try:
            kind(digits)
        except BadFormat:
            continue
        return True
    return False
