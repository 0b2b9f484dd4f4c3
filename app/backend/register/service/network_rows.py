"""What the register keeps for the boundary to the resident network: two lines that are told in order, and its word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.backend.register.ports import Resident
from app.wire.jukirelay import CardTold, HeldMark
from app.wire.resident_base import RegisterChange


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the lines end. ``begins``: the places after which changes and restraints are kept at all."""

    changes: int
    restraints: int
    begins: tuple[int, int]


class NetworkRows(Protocol):
    """Approved changes until the boundary has them, whose restraints changed, and what was told of cards."""

    def lay(self, municipality: str, changes: Sequence[RegisterChange]) -> None:
        """Keep changes, in the transaction that makes them."""
        ...

    def note_held(self, municipality: str, business_numbers: Iterable[str]) -> None:
        """Keep that their restraints are others now, in the transaction that makes it so."""
        ...

    def ends(self, municipality: str) -> Ends: ...
    def changes(self, municipality: str, after: int, limit: int) -> tuple[RegisterChange, ...]: ...
    def held(self, municipality: str, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        """Place and 宛名番号."""
        ...

    def forget(self, municipality: str, changes: int, restraints: int) -> None:
        """The boundary has all up to there."""
        ...

    def fills(self, municipality: str) -> int:
        """How often the register was filled past its line of changes without the boundary having been told."""
        ...

    def fills_told(self, municipality: str, count: int) -> None:
        """The boundary knows of so many of them."""
        ...

    def residents(self, municipality: str, after: str, limit: int) -> tuple[Resident, ...]:
        """Records with their numbers, by 宛名番号."""
        ...

    def card(self, municipality: str, business_number: str) -> CardTold | None: ...
    def put_card(self, municipality: str, told: CardTold) -> None: ...


def marks_of(one: Resident) -> tuple[HeldMark, ...]:
    """The restraints of a record, without why."""
    found = dict.fromkeys((held.act, held.level, held.since) for held in one.restraints)
    return tuple(HeldMark(act=act, level=level, since=since) for act, level, since in sorted(found))


class Passwords(Protocol):
    """Where the register keeps its password for the boundary, so that no crash loses the only one that opens."""

    def candidates(self, municipality: str) -> tuple[str, ...]:
        """Those that may open a line, the likeliest first."""
        ...

    def propose(self, municipality: str, password: str) -> None:
        """Keep a password that may become the valid one."""
        ...

    def settle(self, municipality: str, password: str) -> None:
        """The one that is valid; the others are forgotten."""
        ...
