"""The addressee slice's tables: numbers are sealed and found by keyed tokens only, each within its municipality."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)

from app.backend.addressee.ports import AddresseeUnit, LinedUnit, Person
from app.domain.act import Act
from app.domain.number import MyNumber, kept_number
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.errors import Conflict
from app.trust.tokens import exact_token

T = TypeVar("T")

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.addressee.migrations"

person_table = Table(
    "person",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("addressee_number", LargeBinary, nullable=False),
    Column("my_number_token", LargeBinary(16)),
    Column("my_number", LargeBinary),
    Column("code_state", String(16), nullable=False),
    Column("process_number", String(32), nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("municipality", "my_number_token", name="uq_person_my_number"),
)
link_table = Table(
    "business_link",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business", LargeBinary(16), primary_key=True),
    Column("person", LargeBinary(16), nullable=False, index=True),
    Column("business_number", LargeBinary, nullable=False),
    Column("linked_at", Instant, nullable=False),
    Column("source", String(16), nullable=False, server_default=""),
)
serial_table = Table(
    "serial",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("last", BigInteger, nullable=False),
)

line_table = Table(
    "resident_line",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("up_to", BigInteger, nullable=False),
)
"""How far the changes of residents are taken."""


class AddresseeStore:
    """The addressee slice's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def write(self, work: Callable[[AddresseeUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))

    def write_line(self, work: Callable[[LinedUnit], T]) -> T:
        return self._database.write(
            lambda connection: work(_LinedUnit(connection, self._cells, self._pen, self._index_key))
        )

    def read(self, work: Callable[[AddresseeUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def of_business(self, municipality: str, numbers: Sequence[str]) -> dict[str, Person]:
        tokens = {self._token(municipality, "business", number): number for number in numbers}
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
        cell = Cell(person.municipality, "business_link", "business_number", row.business.hex(), 1)
        return self._cells.open(self._connection, cell, row.business_number).decode()

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
        token = self._token(municipality, "business", business_number)
        here = (columns.municipality == municipality, columns.business == token)
        return self._connection.execute(select(columns.source).where(*here)).scalar_one_or_none()

    def unlink(self, municipality: str, business_number: str, source: str) -> bool:
        columns = link_table.c
        token = self._token(municipality, "business", business_number)
        here = (columns.municipality == municipality, columns.business == token, columns.source == source)
        gone = self._connection.execute(delete(link_table).where(*here), execution_options={"preserve_rowcount": True})
        return gone.rowcount == 1

    def link(self, person: Person, business_number: str, at: datetime, source: str = "") -> None:
        if source:
            self.unlink(person.municipality, business_number, source)
        business = self._token(person.municipality, "business", business_number)
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

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._pen.write_all(self._connection, acts))

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
        return Person(row.municipality, digits, number, row.code_state, row.process_number, row.version)

    def _token(self, municipality: str, field: str, value: Secret | str) -> bytes:
        return exact_token(self._index_key, municipality, field, value)


class _LinedUnit(_Unit):
    """See ``LinedUnit``."""

    def up_to(self, municipality: str) -> int:
        insert_if_absent(self._connection, line_table, {"municipality": municipality, "up_to": 0})
        mine = line_table.c.municipality == municipality
        return int(self._connection.execute(select(line_table.c.up_to).where(mine).with_for_update()).scalar_one())

    def reached(self, municipality: str, up_to: int) -> None:
        mine = line_table.c.municipality == municipality
        self._connection.execute(update(line_table).where(mine).values(up_to=up_to))
