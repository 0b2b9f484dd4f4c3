"""The rows of residents as the register keeps them: what is personal sealed, what is looked for keyed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table

from app.backend.register.ports import NO_PARTICULARS, Particulars, PastName, Residence, Resident, Restraint
from app.backend.register.store.search import Index
from app.backend.register.store.tables import (
    TERM_RULES,
    address_table,
    first_january_table,
    person_table,
    restraint_table,
)
from app.durable.cells import Cell, Cells
from app.trust.tokens import packed
from app.wire.message import encode

Rows = list[dict[str, Any]]
Sealing = list[tuple[dict[str, Any], str, Cell, bytes]]
"""The row, the column of it that is sealed, for which cell, and what is sealed."""
_KEPT: dict[Table, Callable[[Resident], Sequence[object]]] = {
    address_table: attrgetter("residences"),
    first_january_table: attrgetter("first_january"),
    restraint_table: attrgetter("restraints"),
}
DETAILS = tuple(_KEPT)
"""Tables of what a person has several of; they are written anew with each version of the person."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is sealed in one piece because it is always read together."""

    name: str
    kana: str
    birth: date
    sex: str
    relation: str
    former_name: str
    alias: str
    latin_name: str
    moved_in_on: date | None
    moved_from: str
    planned_move_out_on: date | None
    resident_code: str = ""
    residence_status: str = ""
    more: Particulars = NO_PARTICULARS
    past_names: tuple[PastName, ...] = ()
    moved_from_code: str = ""
    present: Residence | None = None
    held: tuple[Restraint, ...] = ()
    """The present address and the restraints stand here too: a list of many persons needs no more than this."""


OWN = tuple(name for name in Identity.__slots__ if name not in {"present", "held"})
"""What a resident has from here when everything of the person is read."""
OWN_OF = attrgetter(*OWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A resident to be kept, the tokens of ``Index.tokens``, and the version its row will have."""

    resident: Resident
    tokens: Sequence[int]
    version: int


class RowMaker:
    """Makes the rows of one register. A change of one person and the load of a whole city are made by it alike."""

    def __init__(self, cells: Cells, index: Index) -> None:
        self._cells = cells
        self._index = index

    def household(self, resident: Resident) -> dict[str, Any]:
        """The row of the resident's household, as it is when it is new."""
        return {"municipality": resident.municipality, "household_number": resident.household_number, "version": 1}

    def rows(self, connection: Connection, entries: Sequence[Entry]) -> dict[Table, Rows]:
        """All rows of ``entries``, of one municipality, in the order in which they can be inserted.

        Neither households nor what ``Index.rows`` makes: those come from elsewhere.
        """
        made = {person_table: self._sealed(connection, [value for entry in entries for value in self._person(entry)])}
        for table, kept in _KEPT.items():
            made[table] = self._sealed(connection, _details(table, kept, entries))
        return made

    def _person(self, entry: Entry) -> Sealing:
        resident, number, index = entry.resident, entry.resident.my_number, self._index
        row: dict[str, Any] = {
            **_key(resident),
            "version": entry.version,
            "household_number": resident.household_number,
            "is_resident": resident.is_resident,
            "term_rules": TERM_RULES,
            "terms": packed(entry.tokens),
            "number_token": None if number is None else index.number_token(resident.municipality, number),
            "number": None,
        }
        sealing = [
            (row, "identity", cell_of(person_table, "identity", row, entry.version), encode(_identity(resident)))
        ]
        if number is not None:
            sealing.append((row, "number", cell_of(person_table, "number", row, entry.version), number.reveal()))
        return sealing

    def _sealed(self, connection: Connection, sealing: Sealing) -> Rows:
        """The rows, each once, with what is sealed in its place."""
        if not sealing:
            return []
        boxes = self._cells.seal_all(connection, [(cell, plain) for _, _, cell, plain in sealing])
        rows: dict[int, dict[str, Any]] = {}
        for (row, column, _, _), box in zip(sealing, boxes, strict=True):
            row[column] = box
            rows[id(row)] = row
        return list(rows.values())


def cell_of(table: Table, column: str, key: dict[str, Any], version: int) -> Cell:
    """Where a value of a person stands. ``key``: at least municipality and business_number."""
    return Cell(key["municipality"], table.name, column, key["business_number"], version)


def _details(table: Table, kept: Callable[[Resident], Sequence[object]], entries: Sequence[Entry]) -> Sealing:
    name = table.name
    return [
        (
            {"municipality": who, "business_number": number, "position": position},
            "sealed",
            Cell(who, name, f"sealed.{position}", number, entry.version),
            encode(detail),
        )
        for entry in entries
        for who, number in [(entry.resident.municipality, entry.resident.business_number)]
        for position, detail in enumerate(kept(entry.resident))
    ]


def _key(resident: Resident) -> dict[str, str]:
    return {"municipality": resident.municipality, "business_number": resident.business_number}


def _identity(resident: Resident) -> dict[str, object]:
    """The values of ``Identity``; encoded they are the same, and made in half the time."""
    present = resident.residences[-1] if resident.residences else None
    return {**dict(zip(OWN, OWN_OF(resident), strict=True)), "present": present, "held": resident.restraints}
