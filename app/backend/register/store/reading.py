"""Reads residents: the persons in one query, what they have several of in another, however many they are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Row, Table

from app.backend.register.ports import (
    FirstOfJanuary,
    Found,
    Opened,
    Residence,
    Resident,
    Restraint,
)
from app.backend.register.store.rows import DETAILS, OWN, OWN_OF, Identity, cell_of
from app.backend.register.store.staff import StaffPeople
from app.backend.register.store.tables import (
    address_table,
    first_january_table,
    person_table,
    restraint_table,
)
from app.domain.number import MyNumber, kept_number
from app.durable.cells import Cells
from app.durable.swift import any_of, fetched_in_one
from app.wire.message import decode

D = TypeVar("D", Residence, FirstOfJanuary, Restraint)
_PERSON = (
    "SELECT municipality, business_number, version, household_number, is_resident, number, identity FROM person"
    " WHERE municipality = ?"
)
_HOUSEHOLD = "SELECT household_number FROM person WHERE municipality = ? AND business_number = ?"
_DETAIL = (
    "SELECT '{table}' AS kind, business_number, position, sealed FROM {table}"
    " WHERE municipality = ? AND business_number {among}"
)
_DETAIL_COLUMNS = {"kind": False, "business_number": False, "position": False, "sealed": True}
_Question = tuple[str, Sequence[object]]
"""A statement and its values."""
_Details = dict[tuple[str, str], list[bytes]]
"""By table and person: what is sealed, in order of position, opened."""


class PersonRow(NamedTuple):
    """A person's row as the driver has it."""

    municipality: str
    business_number: str
    version: int
    household_number: str
    is_resident: bool | int
    number: bytes | None
    identity: bytes


_PERSON_COLUMNS = {name: name in {"number", "identity"} for name in PersonRow._fields}


class Reader:
    """The reading part of a unit."""

    def __init__(self, connection: Connection, cells: Cells, staff: StaffPeople) -> None:
        self._connection = connection
        self._cells = cells
        self._staff = staff

    def listed(self, municipality: str, numbers: Sequence[str], *, whole: bool) -> tuple[Found, ...]:
        """Those with these numbers, in that order. Unless ``whole``: of all addresses the present one only.

        That takes one query and one opening for each person.
        """
        if not numbers:
            return ()
        rows = self._rows(self._numbered(municipality, numbers))
        founds = {one.resident.business_number: one for one in self._lines(municipality, rows, whole=whole)}
        return tuple(founds[number] for number in numbers if number in founds)

    def by_token(self, municipality: str, token: bytes) -> Found | None:
        """Whose 個人番号 it is, as far as a list needs; in one query."""
        rows = self._rows((f"{_PERSON} AND number_token = ?", (municipality, token)))
        return next(self._lines(municipality, rows, whole=False), None)

    def _lines(self, municipality: str, rows: Sequence[PersonRow], *, whole: bool) -> Iterator[Found]:
        lacking = []
        for row, identity in zip(rows, self._identities(rows), strict=True):
            if whole or identity.present is None:
                lacking.append(row)
            else:
                yield Found(_listed(row, identity), row.number is not None)
        yield from self._founds(municipality, lacking, DETAILS)

    def persons(self, municipality: str, numbers: Sequence[str]) -> tuple[Found, ...]:
        """Those with these numbers, in order of number."""
        rows = self._rows(self._numbered(municipality, numbers))
        return self._founds(municipality, rows, DETAILS)

    def household(self, municipality: str, household_number: str) -> tuple[Found, ...]:
        """All who have that household number, in order of their own."""
        rows = self._rows((f"{_PERSON} AND household_number = ?", (municipality, household_number)))
        return self._founds(municipality, rows, DETAILS)

    def opened(self, municipality: str, business_number: str, staff_id: str, *, with_number: bool) -> Opened | None:
        """The person with household, number and who looks; None where nobody has that number."""
        known = self._staff.known(municipality, staff_id, business_number)
        home_of = (f"{_PERSON} AND household_number = ({_HOUSEHOLD})", (municipality, municipality, business_number))
        own = (f"{_PERSON} AND business_number = ?", (municipality, known.own))
        rows = self._rows(home_of, *((own,) if known.own else ()))
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

    def number_of(self, municipality: str, business_number: str) -> MyNumber | None:
        """The 個人番号 of the person with that 宛名番号; None where there is neither."""
        rows = self._rows((f"{_PERSON} AND business_number = ?", (municipality, business_number)))
        return self.number(rows[0]) if rows else None

    def number(self, row: PersonRow | Row[Any]) -> MyNumber | None:
        """The 個人番号 of a person's row."""
        if row.number is None:
            return None
        cell = cell_of(person_table, "number", _key(row), row.version)
        return kept_number(self._cells.open(self._connection, cell, row.number).decode())

    def _numbered(self, municipality: str, numbers: Sequence[str]) -> _Question:
        among, values = any_of(self._connection, numbers)
        return f"{_PERSON} AND business_number {among}", [municipality, *values]

    def _rows(self, *asked: _Question) -> Sequence[PersonRow]:
        """What ``asked`` (statement and values) give, in order of number."""
        # neither ordered nor joined by OR in SQL: for both SQLite reads the whole municipality
        words, values = " UNION ALL ".join(one for one, _ in asked), [value for _, some in asked for value in some]
        found = fetched_in_one(self._connection, words, values, _PERSON_COLUMNS)
        rows = {row[1]: PersonRow(*row) for row in found}
        return [rows[number] for number in sorted(rows)]

    def _founds(self, municipality: str, rows: Sequence[PersonRow], tables: Sequence[Table]) -> tuple[Found, ...]:
        if not rows:
            return ()
        details = self._details(municipality, {row.business_number: row.version for row in rows}, tables)
        identities = self._identities(rows)
        return tuple(
            Found(_resident(row, identity, details), row.number is not None)
            for row, identity in zip(rows, identities, strict=True)
        )

    def _identities(self, rows: Sequence[PersonRow]) -> list[Identity]:
        sealed = [(cell_of(person_table, "identity", _key(row), row.version), row.identity) for row in rows]
        return [decode(plain, Identity) for plain in self._cells.open_all(self._connection, sealed)]

    def _details(self, municipality: str, versions: Mapping[str, int], tables: Sequence[Table]) -> _Details:
        among, numbers = any_of(self._connection, list(versions))
        parts = [_DETAIL.format(table=table.name, among=among) for table in tables]
        named = {table.name: table for table in tables}
        values = [municipality, *numbers] * len(tables)
        found_rows = fetched_in_one(self._connection, " UNION ALL ".join(parts), values, _DETAIL_COLUMNS)
        rows = sorted(found_rows, key=lambda row: row[:3])
        sealed = []
        for name, number, position, box in rows:
            key = {"municipality": municipality, "business_number": number}
            sealed.append((cell_of(named[name], f"sealed.{position}", key, versions[number]), box))
        found: _Details = {}
        for row, plain in zip(rows, self._cells.open_all(self._connection, sealed), strict=True):
            found.setdefault((row[0], row[1]), []).append(plain)
        return found


def _resident(row: PersonRow, identity: Identity, details: _Details) -> Resident:
    return Resident(
        **_common(row, identity),
        residences=_several(row, details, address_table, Residence),
        first_january=_several(row, details, first_january_table, FirstOfJanuary),
        restraints=_several(row, details, restraint_table, Restraint),
    )


def _listed(row: PersonRow, identity: Identity) -> Resident:
    residences = () if identity.present is None else (identity.present,)
    return Resident(**_common(row, identity), residences=residences, restraints=identity.held)


def _common(row: PersonRow, identity: Identity) -> dict[str, Any]:
    known: dict[str, Any] = dict(zip(OWN, OWN_OF(identity), strict=True))
    known["municipality"], known["business_number"], known["version"] = row[:3]
    known["household_number"], known["is_resident"] = row.household_number, bool(row.is_resident)
    return known


def _several(row: PersonRow, details: _Details, table: Table, kind: type[D]) -> tuple[D, ...]:
    return tuple(decode(plain, kind) for plain in details.get((table.name, row.business_number), ()))


def _key(row: PersonRow | Row[Any]) -> dict[str, Any]:
    return {"municipality": row.municipality, "business_number": row.business_number}
