"""What is kept of codes beside their use: those given up, and how far a rotation is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A person's code, by the token that stands for the person. ``place``: where the row lies, where that is known."""

    person: bytes
    code: LinkCode = field(repr=False)
    place: int = 0


class CodeUnit(Protocol):
    """What can be done inside one transaction; everything is of one municipality."""

    def retire(self, municipality: str, addressee_number: str, correction_id: str, at: datetime) -> bool:
        """Give the code of a person up, and what waits for one; whether there was any. What it was is kept, sealed."""
        ...

    def lagging(self, municipality: str, version: int, limit: int) -> tuple[HeldCode, ...]:
        """Codes made under an older key than ``version``."""
        ...

    def rekey(self, municipality: str, version: int, codes: Sequence[tuple[HeldCode, LinkCode]], at: datetime) -> int:
        """Put new codes in the place of old ones, by which persons are still found until ``forget_former``."""
        ...

    def has_former(self, municipality: str) -> bool:
        """Whether anybody is still found by an older code."""
        ...

    def forget_former(self, municipality: str) -> int:
        """Persons are found by their present codes only; how many had an older one."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...


class CodeBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[CodeUnit], T]) -> T: ...
    def read(self, work: Callable[[CodeUnit], T]) -> T: ...
