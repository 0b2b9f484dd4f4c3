"""Print Screen: the port behind which each system gives the key, and who has it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol


class KeyHeld(StrEnum):
    """Who hears Print Screen while this program is in front."""

    TAKEN = "taken"
    PARTLY = "partly"
    BY_OTHERS = "by_others"
    OUT_OF_REACH = "out_of_reach"


class PrintKey(Protocol):
    """Print Screen with its Shift, Control and Alt forms."""

    def take(self, pressed: Callable[[], None]) -> KeyHeld:
        """Have the key for this program alone, until ``give_back``; says how far that worked.

        ``pressed`` is called where the key does not come to the focused window like any other.
        """
        ...

    def give_back(self) -> None:
        """Let other programs have it again."""
        ...


class NoPrintKey:
    """Wayland and screens without a keyboard: a program gets no key that the desktop wants (published)."""

    def take(self, pressed: Callable[[], None]) -> KeyHeld:  # noqa: ARG002 -- as its port
        """Out of reach."""
        return KeyHeld.OUT_OF_REACH

    def give_back(self) -> None:
        """There is nothing to give."""
