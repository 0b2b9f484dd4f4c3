"""The socialaddress slice's table: sealed rows, found by a keyed token of person and year within the municipality."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, String, Table, delete, insert, select

from app.backend.socialaddress.ports import PersonYear, TaxRow, TaxUnit
from app.domain.act import Act
from app.domain.secret import Secret
from app.durable.cells import Cell, Cells
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.trust.tokens import exact_token
from app.wire.message import decode

T = TypeVar("T")

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.socialaddress.migrations"

tax_table = Table(
    "tax_year",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("person_year", LargeBinary(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)


class SocialAddressStore:
    """The socialaddress slice's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def write(self, work: Callable[[TaxUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))

    def read(self, work: Callable[[TaxUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def rows(self, municipality: str, wanted: Sequence[PersonYear]) -> dict[PersonYear, TaxRow]:
        tokens = {self._token(municipality, key): key for key in wanted}
        columns = tax_table.c
        found = self._connection.execute(
            select(tax_table).where(columns.municipality == municipality, columns.person_year.in_(tokens))
        )
        rows: dict[PersonYear, TaxRow] = {}
        for row in found:
            cell = Cell(municipality, "tax_year", "content", row.person_year.hex(), row.version)
            content = self._cells.open(self._connection, cell, row.content)
            rows[tokens[row.person_year]] = decode(content, TaxRow)
        return rows

    def put(self, rows: Sequence[TaxRow], at: datetime) -> None:
        for row in rows:
            token = self._token(row.municipality, (row.business_number, row.tax_year))
            here = (tax_table.c.municipality == row.municipality, tax_table.c.person_year == token)
            before = self._connection.execute(select(tax_table.c.version).where(*here)).scalar_one_or_none()
            version = (before or 0) + 1
            if before is not None:
                self._connection.execute(delete(tax_table).where(*here))
            cell = Cell(row.municipality, "tax_year", "content", token.hex(), version)
            content = self._cells.seal_value(self._connection, cell, row)
            values = {"municipality": row.municipality, "person_year": token, "version": version}
            self._connection.execute(insert(tax_table).values(**values, content=content, changed_at=at))

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._pen.write_all(self._connection, acts))

    def _token(self, municipality: str, key: PersonYear) -> bytes:
        return exact_token(self._index_key, municipality, "person_year", f"{key[0]}/{key[1]}")
