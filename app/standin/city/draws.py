"""Numbers drawn by place: the same seed and place give the same draws, whatever was drawn elsewhere before."""

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_BLOCK = 64
_BITS = 32
_VALUES = struct.Struct(f">{_BLOCK * 8 // _BITS}I")


class Draws:
    """A stream for one place, such as one household: BLAKE2b of seed, place and counter; for invented data, never keys.

    Any process can draw for any place, so a city is the same however the work is split.
    """

    __slots__ = ("_count", "_place", "_values")

    def __init__(self, *place: object) -> None:
        self._place = "/".join(map(str, place)).encode()
        self._count = 0
        self._values: list[int] = []

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit`` - 1; ``limit`` far below 2**32."""
        if not self._values:
            self._values += _VALUES.unpack(blake2b(b"%b#%d" % (self._place, self._count), digest_size=_BLOCK).digest())
            self._count += 1
        return self._values.pop() * limit >> _BITS

    def between(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def permille(self, share: int) -> bool:
        """True in ``share`` of a thousand cases."""
        return self.below(1000) < share

    def percent(self, share: int) -> bool:
        return self.below(100) < share

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]


@dataclass(frozen=True, slots=True)
class Lot(Generic[T]):
    """Choices with whole weights. ``sums``: the running total of the weights."""

    choices: tuple[T, ...]
    sums: tuple[int, ...]

    def draw(self, draws: Draws) -> T:
        """One of the choices, as often as its weight says."""
        return self.choices[bisect_right(self.sums, draws.below(self.sums[-1]))]


def lot(weighted: Sequence[tuple[T, int]]) -> Lot[T]:
    """The lot of choices and their weights; at least one weight is above 0."""
    return Lot(tuple(choice for choice, _ in weighted), tuple(accumulate(weight for _, weight in weighted)))
