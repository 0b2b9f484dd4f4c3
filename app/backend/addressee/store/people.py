"""Persons and their numbers as rows: found by keyed tokens, sealed, each within its municipality."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from app.backend.addressee.ports import Person
from app.backend.addressee.store.links import LinkRows
from app.backend.addressee.store.tables import link_table, person_table, serial_table
from app.backend.addressee.store.tools import Tools
from app.domain.number import MyNumber, kept_number
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell
from app.errors import Conflict


class PeopleRows:
    """Persons within one transaction."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._cells = tools.cells
        self.links = LinkRows(tools)

    def of_business(self, municipality: str, numbers: Sequence[str], source: str = "") -> dict[str, Person]:
        tokens = {self.links.business(municipality, number, source): number for number in numbers}
        links = link_table.c
        rows = self._connection.execute(
            select(links.business, person_table)
            .join_from(
                link_table,
                person_table,
                (links.municipality == person_table.c.municipality) & (links.person == person_table.c.person),
            )
            .where(links.municipality == municipality, links.business.in_(tokens))
        )
        return {tokens[row.business]: self._person(row) for row in rows}

    def of_addressee(self, municipality: str, numbers: Sequence[str]) -> dict[str, Person]:
        tokens = [self._token(municipality, "addressee", number) for number in numbers]
        columns = person_table.c
        rows = self._connection.execute(
            select(person_table).where(columns.municipality == municipality, columns.person.in_(tokens))
        )
        return {person.addressee_number: person for person in map(self._person, rows)}

    def of_my_number(self, municipality: str, number: MyNumber) -> Person | None:
        columns = person_table.c
        token = self._token(municipality, "my_number", number)
        row = self._connection.execute(
            select(person_table).where(columns.municipality == municipality, columns.my_number_token == token)
        ).one_or_none()
        return None if row is None else self._person(row)

    def business_number(self, person: Person) -> str:
        links = self.links.of(person)
        return links[0].business_number if links else ""

    def next_serial(self, municipality: str) -> int:
        insert_if_absent(self._connection, serial_table, {"municipality": municipality, "last": 0})
        columns = serial_table.c
        here = columns.municipality == municipality
        self._connection.execute(update(serial_table).where(here).values(last=columns.last + 1))
        return int(self._connection.execute(select(columns.last).where(here)).scalar_one())

    def add(self, person: Person, at: datetime) -> None:
        self._connection.execute(insert(person_table).values(**self._row(person, at)))

    def put(self, person: Person, at: datetime) -> None:
        columns, row = person_table.c, self._row(person, at)
        same = (columns.municipality == row["municipality"]) & (columns.person == row["person"])
        changed = self._connection.execute(
            update(person_table).where(same, columns.version == person.version - 1).values(**row)
        )
        if changed.rowcount != 1:
            raise Conflict(version=person.version)

    def sourced(self, municipality: str, business_number: str) -> str | None:
        found = self.links.present(municipality, business_number)
        return None if found is None else found.source

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        return self.links.unlink(municipality, business_number, source)

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        self.links.link(person, business_number, at, source)

    def _row(self, person: Person, at: datetime) -> dict[str, Any]:
        token = self._token(person.municipality, "addressee", person.addressee_number)
        number = person.my_number
        sealed = None if number is None else self._sealed(person, token, "my_number", number.reveal())
        return {
            "municipality": person.municipality,
            "person": token,
            "version": person.version,
            "addressee_number": self._sealed(person, token, "addressee_number", person.addressee_number.encode()),
            "my_number_token": None if number is None else self._token(person.municipality, "my_number", number),
            "my_number": sealed,
            "code_state": person.code_state,
            "process_number": person.process_number,
            "changed_at": at,
            "successor": self._sealed(person, token, "successor", person.successor.encode())
            if person.successor
            else None,
        }

    def _sealed(self, person: Person, token: bytes, column: str, plain: bytes) -> bytes:
        cell = Cell(person.municipality, "person", column, token.hex(), person.version)
        return self._cells.seal(self._connection, cell, plain)

    def _person(self, row: Row[Any]) -> Person:
        def opened(column: str, box: bytes) -> str:
            cell = Cell(row.municipality, "person", column, row.person.hex(), row.version)
            return self._cells.open(self._connection, cell, box).decode()

        number = None if row.my_number is None else kept_number(opened("my_number", row.my_number))
        digits = opened("addressee_number", row.addressee_number)
        successor = "" if row.successor is None else opened("successor", row.successor)
        return Person(row.municipality, digits, number, row.code_state, row.process_number, row.version, successor)

    def _token(self, municipality: str, field: str, value: Secret | str) -> bytes:
        return self._tools.token(municipality, field, value)
