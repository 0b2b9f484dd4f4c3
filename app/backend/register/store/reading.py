"""Reads residents: the persons in one query, what they have several of in another, however many they are."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Table, literal, or_, select, union_all

from app.backend.register.ports import (
    FirstOfJanuary,
    Found,
    Opened,
    Residence,
    Resident,
    Restraint,
)
from app.backend.register.store.rows import DETAILS, Identity, cell_of
from app.backend.register.store.staff import StaffPeople
from app.backend.register.store.tables import (
    address_table,
    first_january_table,
    person_table,
    restraint_table,
)
from app.domain.number import MyNumber, kept_number
from app.durable.cells import Cells
from app.wire.message import decode

D = TypeVar("D", Residence, FirstOfJanuary, Restraint)
PersonRow = Row[Any]
LISTED = (address_table, restraint_table)
"""What a line of a list shows."""
_Details = dict[tuple[str, str], list[tuple[int, bytes]]]
"""By table and person: position and what is sealed."""


class Reader:
    """The reading part of a unit."""

    def __init__(self, connection: Connection, cells: Cells, staff: StaffPeople) -> None:
        self._connection = connection
        self._cells = cells
        self._staff = staff

    def listed(self, municipality: str, numbers: Sequence[str]) -> tuple[Found, ...]:
        """Those with these numbers, in that order, as far as a list needs them: without their 1 January addresses."""
        found = {one.resident.business_number: one for one in self._persons(municipality, numbers, LISTED)}
        return tuple(found[number] for number in numbers if number in found)

    def persons(self, municipality: str, numbers: Sequence[str]) -> tuple[Found, ...]:
        """Those with these numbers, in order of number."""
        return self._persons(municipality, numbers, DETAILS)

    def household(self, municipality: str, household_number: str) -> tuple[Found, ...]:
        """All who have that household number, in order of their own."""
        rows = self._rows(municipality, person_table.c.household_number == household_number)
        return self._founds(municipality, rows, DETAILS)

    def opened(self, municipality: str, business_number: str, staff_id: str, *, with_number: bool) -> Opened | None:
        """The person with household, number and who looks; None where nobody has that number."""
        known = self._staff.known(municipality, staff_id, business_number)
        columns, person = person_table.c, person_table.alias("opened").c
        number = select(person.household_number).where(
            person.municipality == municipality, person.business_number == business_number
        )
        meant: ColumnElement[bool] = columns.household_number == number.scalar_subquery()
        rows = self._rows(municipality, or_(meant, columns.business_number == known.own) if known.own else meant)
        mine = next((row for row in rows if row.business_number == business_number), None)
        if mine is None:
            return None
        founds = {one.resident.business_number: one for one in self._founds(municipality, rows, DETAILS)}
        home = founds.get(known.own)
        household = (one for one in founds.values() if one.resident.household_number == mine.household_number)
        return Opened(
            found=founds[business_number],
            household=tuple(household),
            number=self.number(mine) if with_number else None,
            known=known,
            home=None if home is None else home.resident,
        )

    def number(self, row: PersonRow) -> MyNumber | None:
        """The 個人番号 of a person's row."""
        if row.number is None:
            return None
        cell = cell_of(person_table, "number", _key(row), row.version)
        return kept_number(self._cells.open(self._connection, cell, row.number).decode())

    def _persons(self, municipality: str, numbers: Sequence[str], details: Sequence[Table]) -> tuple[Found, ...]:
        if not numbers:
            return ()
        return self._founds(
            municipality, self._rows(municipality, person_table.c.business_number.in_(numbers)), details
        )

    def _rows(self, municipality: str, meant: ColumnElement[bool]) -> Sequence[PersonRow]:
        columns = person_table.c
        wanted = (
            columns.municipality,
            columns.business_number,
            columns.version,
            columns.household_number,
            columns.is_resident,
            columns.number,
            columns.identity,
        )
        query = select(*wanted).where(columns.municipality == municipality, meant).order_by(columns.business_number)
        return list(self._connection.execute(query))

    def _founds(self, municipality: str, rows: Sequence[PersonRow], details: Sequence[Table]) -> tuple[Found, ...]:
        known = self._details(municipality, [row.business_number for row in rows], details) if rows else {}
        return tuple(Found(self._resident(row, known), row.number is not None) for row in rows)

    def _details(self, municipality: str, numbers: Sequence[str], tables: Sequence[Table]) -> _Details:
        parts = [
            select(literal(table.name).label("name"), table.c.business_number, table.c.position, table.c.sealed).where(
                table.c.municipality == municipality, table.c.business_number.in_(numbers)
            )
            for table in tables
        ]
        found: _Details = {}
        for row in self._connection.execute(union_all(*parts)):
            found.setdefault((row[0], row[1]), []).append((row[2], row[3]))
        return found

    def _resident(self, row: PersonRow, details: _Details) -> Resident:
        key = _key(row)
        cell = cell_of(person_table, "identity", key, row.version)
        identity = decode(self._cells.open(self._connection, cell, row.identity), Identity)
        return Resident(
            **key,
            household_number=row.household_number,
            residences=self._opened(row, details, address_table, Residence),
            first_january=self._opened(row, details, first_january_table, FirstOfJanuary),
            restraints=self._opened(row, details, restraint_table, Restraint),
            is_resident=row.is_resident,
            version=row.version,
            **{name: getattr(identity, name) for name in Identity.__slots__},
        )

    def _opened(self, row: PersonRow, details: _Details, table: Table, kind: type[D]) -> tuple[D, ...]:
        opened = []
        for position, sealed in sorted(details.get((table.name, row.business_number), ())):
            cell = cell_of(table, f"sealed.{position}", _key(row), row.version)
            opened.append(decode(self._cells.open(self._connection, cell, sealed), kind))
        return tuple(opened)


def _key(row: PersonRow) -> dict[str, Any]:
    return {"municipality": row.municipality, "business_number": row.business_number}
