"""What the socialaddress slice needs kept: one row per person and tax year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act

T = TypeVar("T")
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """課税情報 of one person for one tax year, as the tax section hands it over.

    ``residence``: municipality on 1 January of that year, ``residence_name`` for people. ``kind``: value, undeclared
    (未申告), or no_data where this city did not tax. ``items`` by their names on the wire.
    """

    municipality: str
    business_number: str
    tax_year: int
    residence: str
    residence_name: str
    kind: str
    items: dict[str, Value]


PersonYear = tuple[str, int]
"""宛名番号 and tax year."""


class TaxUnit(Protocol):
    """What can be done inside one transaction."""

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]: ...
    def put(self, rows: Sequence[TaxRow], at: datetime) -> None: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Write acts into the slice's ledger, in this transaction; their receipts as text."""
        ...


class TaxBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[TaxUnit], T]) -> T: ...
    def read(self, work: Callable[[TaxUnit], T]) -> T: ...
