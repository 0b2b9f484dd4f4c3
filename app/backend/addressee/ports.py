"""What the addressee slice needs: its book, and the gateway to the resident network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.number import MyNumber

T = TypeVar("T")

NONE, REQUESTED, PASSED_ON, ACQUIRED = "none", "requested", "passed_on", "acquired"
"""符号取得状況 (S03-2)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of one municipality.

    ``addressee_number``: 統合宛名番号, 15 digits; it leaves to relay and intermediary only.
    """

    municipality: str
    addressee_number: str
    my_number: MyNumber | None
    code_state: str
    process_number: str
    version: int


@dataclass(frozen=True, slots=True)
class PassOn:
    """A 処理通番 on its way to the resident network, for the person with this 宛名番号."""

    business_number: str
    process_number: str


class AddresseeUnit(Protocol):
    """What can be done inside one transaction. Everything is of one municipality."""

    def of_business(self, municipality: str, numbers: Sequence[str]) -> dict[str, Person]:
        """宛名番号 → person, for those that are known."""
        ...

    def of_addressee(self, municipality: str, numbers: Sequence[str]) -> dict[str, Person]: ...
    def of_my_number(self, municipality: str, number: MyNumber) -> Person | None: ...
    def business_number(self, person: Person) -> str: ...
    def next_serial(self, municipality: str) -> int: ...
    def add(self, person: Person, at: datetime) -> None: ...
    def put(self, person: Person, at: datetime) -> None:
        """Write the next version. Errors: Conflict when it is not the next one."""
        ...

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        """``source``: the system whose number it is, "" for a 宛名番号; it takes the place of a link of that source."""
        ...

    def sourced(self, municipality: str, business_number: str) -> str | None:
        """Whose number it is; None where it is not linked."""
        ...

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        """Whether there was such a link of that source."""
        ...

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Write acts into the slice's ledger, in this transaction; their receipts as text."""
        ...


class AddresseeBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[AddresseeUnit], T]) -> T: ...
    def read(self, work: Callable[[AddresseeUnit], T]) -> T: ...


class LinedUnit(AddresseeUnit, Protocol):
    """A unit that also keeps how far the changes of residents are taken."""

    def up_to(self, municipality: str) -> int:
        """The last sequence that is taken; held against others who write until the transaction ends."""
        ...

    def reached(self, municipality: str, up_to: int) -> None: ...


class LinedBook(Protocol):
    """Opens such units."""

    def write_line(self, work: Callable[[LinedUnit], T]) -> T: ...


class ResidentGateway(Protocol):
    """住基GW: takes 処理通番 to the resident network, which hands the core the 住民票コード (S15-3)."""

    def pass_on(self, municipality: str, items: Sequence[PassOn]) -> None:
        """The same item may come again. Errors: Unreachable."""
        ...
