"""Small values that every kind of card has: keys with their counters, and pictures."""

from dataclasses import dataclass, field
from enum import StrEnum


class Key(StrEnum):
    """What a card compares: which code in which application. A and B have counters of their own in each application."""

    FACE_B = "face_b"
    FACE_A = "face_a"
    ATTRIBUTES_B = "attributes_b"
    ATTRIBUTES_A = "attributes_a"
    ATTRIBUTES_PIN = "attributes_pin"
    USER_PIN = "user_pin"
    SIGN_PASSWORD = "sign_password"  # noqa: S105 - the name of a key
    LICENCE_PIN_1 = "licence_pin_1"
    LICENCE_PIN_2 = "licence_pin_2"


@dataclass(frozen=True, slots=True)
class TriesLeft:
    """``left`` wrong entries until the key is blocked; at least 1."""

    left: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """The key is blocked; the municipality's counter unblocks it."""


@dataclass(frozen=True, slots=True)
class Uncounted:
    """The card does not tell: it keeps no counter, or takes the key as already given."""


Tries = TriesLeft | Blocked | Uncounted


def fewer(first: Tries, second: Tries) -> Tries:
    """Of two counters of one code the one that ends first."""
    counters = (first, second)
    if Blocked() in counters:
        return Blocked()
    left = [counter.left for counter in counters if isinstance(counter, TriesLeft)]
    return TriesLeft(min(left)) if left else Uncounted()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the card as plain 8-bit PNG."""

    png: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """What went over the line: commands, bytes to and from the card, seconds spent waiting for its signatures."""

    commands: int = 0
    sent: int = 0
    received: int = 0
    signing_s: float = 0.0
