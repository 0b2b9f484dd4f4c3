"""署名: what a pen or finger drew, and whether it is long enough to be a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import hypot

LEAST_POINTS = 8
LEAST_LENGTH = 0.12
"""Of the field's width: shorter than this is a touch by mistake. Both assumed."""
MOST_STROKES, MOST_POINTS = 200, 6000
"""A signature that is longer is not taken in whole: about two minutes of a pen at 50 points a second. Assumed."""


class SignMeans(StrEnum):
    """How it was signed: pen tablet, finger, mouse, or by hand on the printed form."""

    PEN = "pen"
    FINGER = "finger"
    MOUSE = "mouse"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Point:
    """``x`` and ``y``: pixels in the field; ``pressure``: 0 to 255; ``ms``: since the first touch."""

    x: int
    y: int
    pressure: int
    ms: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Strokes in the order they were drawn, in a field of that size."""

    means: SignMeans
    width: int
    height: int
    strokes: tuple[tuple[Point, ...], ...] = field(repr=False)


def is_long_enough(strokes: Sequence[Sequence[Point]], width: int) -> bool:
    """Whether this can be a name."""
    points = sum(map(len, strokes))
    return points >= LEAST_POINTS and length_of(strokes) >= LEAST_LENGTH * width


def length_of(strokes: Sequence[Sequence[Point]]) -> float:
    """How far the pen went while it touched, pixels."""
    return sum(hypot(b.x - a.x, b.y - a.y) for stroke in strokes for a, b in pairwise(stroke))
