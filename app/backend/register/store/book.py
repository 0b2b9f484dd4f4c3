"""Reads and writes residents: sealed columns bound to their row and version, found by the keyed index."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from app.backend.register.ports import (
    FirstOfJanuary,
    Folded,
    Found,
    RegisterUnit,
    Residence,
    Resident,
    Restraint,
    Wanted,
)
from app.backend.register.store.rows import Entry, Identity, RowMaker, cell_of
from app.backend.register.store.search import Index
from app.backend.register.store.staff import StaffPeople
from app.backend.register.store.tables import (
    address_table,
    first_january_table,
    household_table,
    person_table,
    restraint_table,
)
from app.domain.act import Act
from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.pen import Pen
from app.wire.message import decode

T = TypeVar("T")
D = TypeVar("D", Residence, FirstOfJanuary, Restraint)


class RegisterStore:
    """The register's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._key = index_key
        self._index = Index(index_key)

    def write(self, work: Callable[[RegisterUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[RegisterUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> "_Unit":
        return _Unit(connection, self._cells, self._pen, self._index, StaffPeople(connection, self._cells, self._key))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, index: Index, staff: StaffPeople) -> None:
        self._connection = connection
        self.keep_staff_person, self.staff_person, self.is_staff = staff.keep, staff.person, staff.is_staff
        self._cells = cells
        self._pen = pen
        self._index = index
        self._maker = RowMaker(cells, index)

    def record(self, act: Act) -> str:
        return self._pen.write(self._connection, act).to_bytes().decode()

    def candidates(self, wanted: Wanted) -> tuple[Found, ...]:
        return self._persons(wanted.municipality, self._index.find(self._connection, wanted))

    def by_number(self, municipality: str, number: MyNumber) -> Found | None:
        columns = person_table.c
        token = self._index.number_token(municipality, number)
        found = self._connection.execute(
            select(columns.business_number).where(columns.municipality == municipality, columns.number_token == token)
        ).scalar_one_or_none()
        return None if found is None else self.person(municipality, found)

    def person(self, municipality: str, business_number: str) -> Found | None:
        found = self._persons(municipality, [business_number])
        return found[0] if found else None

    def number(self, municipality: str, business_number: str) -> MyNumber | None:
        columns = person_table.c
        row = self._connection.execute(
            select(columns.version, columns.number).where(
                columns.municipality == municipality, columns.business_number == business_number
            )
        ).one_or_none()
        if row is None or row.number is None:
            return None
        key = {"municipality": municipality, "business_number": business_number}
        cell = cell_of(person_table, "number", key, row.version)
        return MyNumber(self._cells.open(self._connection, cell, row.number).decode())

    def household(self, municipality: str, household_number: str) -> tuple[Found, ...]:
        columns = person_table.c
        numbers = self._connection.execute(
            select(columns.business_number).where(
                columns.municipality == municipality, columns.household_number == household_number
            )
        ).scalars()
        return self._persons(municipality, tuple(numbers))

    def put(self, resident: Resident, folded: Folded) -> int:
        insert_if_absent(self._connection, household_table, self._maker.household(resident))
        columns, key = person_table.c, (resident.municipality, resident.business_number)
        mine = (columns.municipality == key[0], columns.business_number == key[1])
        known = self._connection.execute(select(columns.version).where(*mine).with_for_update()).scalar_one_or_none()
        entry = Entry(resident, folded, (known or 0) + 1)
        for table, rows in self._maker.rows(self._connection, [entry]).items():
            if table is person_table:
                self._put_person(rows[0], is_new=known is None)
            else:
                self._put_details(table, resident, rows)
        self._index.write(self._connection, resident, folded)
        return entry.version

    def _put_person(self, row: dict[str, Any], *, is_new: bool) -> None:
        columns = person_table.c
        mine = (columns.municipality == row["municipality"], columns.business_number == row["business_number"])
        made = insert(person_table) if is_new else update(person_table).where(*mine)
        self._connection.execute(made.values(**row))

    def _put_details(self, table: Table, resident: Resident, rows: Sequence[dict[str, Any]]) -> None:
        columns = table.c
        self._connection.execute(
            delete(table).where(
                columns.municipality == resident.municipality, columns.business_number == resident.business_number
            )
        )
        if rows:
            self._connection.execute(insert(table), rows)

    def _persons(self, municipality: str, numbers: Sequence[str]) -> tuple[Found, ...]:
        """The persons with these numbers, in order of number, in four queries however many they are."""
        columns = person_table.c
        rows = self._connection.execute(
            select(person_table)
            .where(columns.municipality == municipality, columns.business_number.in_(numbers))
            .order_by(columns.business_number)
        ).all()
        versions = {row.business_number: row.version for row in rows}
        addresses = self._details(address_table, municipality, versions, Residence)
        januaries = self._details(first_january_table, municipality, versions, FirstOfJanuary)
        restraints = self._details(restraint_table, municipality, versions, Restraint)
        return tuple(
            Found(
                self._resident(
                    row,
                    addresses.get(row.business_number, ()),
                    januaries.get(row.business_number, ()),
                    restraints.get(row.business_number, ()),
                ),
                row.number_token is not None,
            )
            for row in rows
        )

    def _details(
        self, table: Table, municipality: str, versions: dict[str, int], kind: type[D]
    ) -> dict[str, tuple[D, ...]]:
        columns = table.c
        rows = self._connection.execute(
            select(table)
            .where(columns.municipality == municipality, columns.business_number.in_(versions))
            .order_by(columns.business_number, columns.position)
        )
        found: dict[str, list[D]] = {}
        for row in rows:
            key = {"municipality": municipality, "business_number": row.business_number}
            cell = cell_of(table, f"sealed.{row.position}", key, versions[row.business_number])
            detail = decode(self._cells.open(self._connection, cell, row.sealed), kind)
            found.setdefault(row.business_number, []).append(detail)
        return {number: tuple(details) for number, details in found.items()}

    def _resident(
        self,
        row: Row[tuple[object, ...]],
        residences: tuple[Residence, ...],
        first_january: tuple[FirstOfJanuary, ...],
        restraints: tuple[Restraint, ...],
    ) -> Resident:
        key = {"municipality": row.municipality, "business_number": row.business_number}
        cell = cell_of(person_table, "identity", key, row.version)
        identity = decode(self._cells.open(self._connection, cell, row.identity), Identity)
        return Resident(
            **key,
            household_number=row.household_number,
            residences=residences,
            first_january=first_january,
            restraints=restraints,
            is_resident=row.is_resident,
            version=row.version,
            **{name: getattr(identity, name) for name in Identity.__slots__},
        )
