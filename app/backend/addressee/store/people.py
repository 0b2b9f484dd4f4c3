"""Persons and their numbers as rows: found by keyed tokens, sealed, each within its municipality."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from app.backend.addressee.ports import Link, PastLink, Person
from app.backend.addressee.store.tables import line_table, link_table, past_table, person_table, serial_table
from app.backend.addressee.store.tools import Tools
from app.domain.number import MyNumber, kept_number
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell
from app.errors import Conflict

_SHARED = frozenset({"", "socialaddress"})
"""Sources whose numbers are of one series: none is given twice. Every other system numbers by itself."""


class PeopleRows:
    """Persons within one transaction."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection
        self._cells = tools.cells

    def of_business(self, municipality: str, numbers: Sequence[str], source: str = "") -> dict[str, Person]:
        tokens = {self._business(municipality, number, source): number for number in numbers}
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
        columns = link_table.c
        token = self._token(person.municipality, "addressee", person.addressee_number)
        row = self._connection.execute(
            select(link_table)
            .where(columns.municipality == person.municipality, columns.person == token)
            .order_by(columns.source, columns.linked_at, columns.business)
            .limit(1)
        ).one()
        return self._link(row).business_number

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
        columns = link_table.c
        token = self._business(municipality, business_number, "")
        here = (columns.municipality == municipality, columns.business == token)
        return self._connection.execute(select(columns.source).where(*here)).scalar_one_or_none()

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        columns = link_table.c
        token = self._business(municipality, business_number, source)
        here = (columns.municipality == municipality, columns.business == token, columns.source == source)
        gone = self._connection.execute(delete(link_table).where(*here), execution_options={"preserve_rowcount": True})
        return gone.rowcount == 1

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        if source:
            self.unlink(person.municipality, business_number, source)
        business = self._business(person.municipality, business_number, source)
        cell = Cell(person.municipality, "business_link", "business_number", business.hex(), 1)
        row = {
            "municipality": person.municipality,
            "business": business,
            "person": self._token(person.municipality, "addressee", person.addressee_number),
            "business_number": self._cells.seal(self._connection, cell, business_number.encode()),
            "linked_at": at,
            "source": source,
        }
        self._connection.execute(insert(link_table).values(**row))

    def links(self, person: Person) -> tuple[Link, ...]:
        columns = link_table.c
        token = self._token(person.municipality, "addressee", person.addressee_number)
        rows = self._connection.execute(
            select(link_table)
            .where(columns.municipality == person.municipality, columns.person == token)
            .order_by(columns.source, columns.linked_at, columns.business)
        )
        return tuple(self._link(row) for row in rows)

    def move(self, link: Link, of: Person, to: Person | None, past: PastLink) -> None:
        place, business = of.municipality, self._business(of.municipality, link.business_number, link.source)
        self.unlink(place, link.business_number, link.source)
        columns = past_table.c
        mine = (columns.municipality == place, columns.business == business)
        position = int(self._connection.execute(select(func.count()).select_from(past_table).where(*mine)).scalar_one())
        row = f"{business.hex()}/{position + 1}"
        values = {
            "municipality": place,
            "business": business,
            "position": position + 1,
            "sealed": self._tools.seal((place, "past_link"), row, 1, past),
            "ended_at": past.ended_at,
        }
        self._connection.execute(insert(past_table).values(**values))
        if to is not None:
            self.link(to, link.business_number, past.ended_at, link.source)

    def past(self, municipality: str, business_number: str, source: str = "") -> tuple[PastLink, ...]:
        columns, business = past_table.c, self._business(municipality, business_number, source)
        mine = (columns.municipality == municipality, columns.business == business)
        rows = self._connection.execute(select(past_table).where(*mine).order_by(columns.position)).all()
        return tuple(
            self._tools.open((municipality, "past_link"), f"{business.hex()}/{row.position}", 1, row.sealed, PastLink)
            for row in rows
        )

    def up_to(self, municipality: str) -> int:
        insert_if_absent(self._connection, line_table, {"municipality": municipality, "up_to": 0})
        mine = line_table.c.municipality == municipality
        return int(self._connection.execute(select(line_table.c.up_to).where(mine).with_for_update()).scalar_one())

    def reached(self, municipality: str, up_to: int) -> None:
        mine = line_table.c.municipality == municipality
        self._connection.execute(update(line_table).where(mine).values(up_to=up_to))

    def _link(self, row: Row[Any]) -> Link:
        cell = Cell(row.municipality, "business_link", "business_number", row.business.hex(), 1)
        number = self._cells.open(self._connection, cell, row.business_number).decode()
        return Link(number, row.source, row.linked_at)

    def _business(self, municipality: str, number: str, source: str) -> bytes:
        return self._token(municipality, "business" if source in _SHARED else f"business/{source}", number)

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
