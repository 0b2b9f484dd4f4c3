"""Chance that repeats: the same seed and words give the same numbers on every machine and Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of numbers made from ``seed`` by SHA-256 in counter mode; for invented data, never for keys."""

    def __init__(self, *seed: object) -> None:
        self._seed = "/".join(str(part) for part in seed).encode()
        self._count = 0

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit`` - 1."""
        self._count += 1
        digest = hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def often(self, percent: int) -> bool:
        """True in ``percent`` of a hundred cases."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]
