"""How many things are spread: the middle, and what nine of ten stay below; too few are not told."""

from collections.abc import Mapping
from math import ceil

FEWEST = 3
"""Of fewer nothing is told: somebody could be known by them. Assumed."""


def percentile(counted: Mapping[int, int], share: int) -> int | None:
    """The smallest value that ``share`` of a hundred do not exceed (nearest rank); None for fewer than ``FEWEST``.

    ``counted``: value → how often.
    """
    every = sum(counted.values())
    if every < FEWEST:
        return None
    rank, passed = ceil(every * share / 100), 0
    for value in sorted(counted):
        passed += counted[value]
        if passed >= rank:
            return value
    return None
