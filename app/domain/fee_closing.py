"""日締め: what a window took, summed by kind, and how far the counted cash is from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One amount of a closing. ``source``: desk or register; ``number``: the receipt's or the certificate's.

    ``yen`` below zero: a correction that takes away. ``exemption``: on what ground nothing was taken.
    """

    source: str
    number: str
    kind: str
    yen: int
    exemption: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KindSum:
    """What came together of one kind. ``free``: how many of ``count`` cost nothing."""

    kind: str
    count: int
    free: int
    yen: int


def sums(lines: Iterable[FeeLine]) -> tuple[KindSum, ...]:
    """By kind, in the order in which kinds first appear."""
    found: dict[str, KindSum] = {}
    for line in lines:
        before = found.get(line.kind, KindSum(line.kind, 0, 0, 0))
        free = before.free + (line.yen == 0)
        found[line.kind] = KindSum(line.kind, before.count + 1, free, before.yen + line.yen)
    return tuple(found.values())


def total(lines: Iterable[FeeLine]) -> int:
    """Yen that should lie in the till."""
    return sum(line.yen for line in lines)
