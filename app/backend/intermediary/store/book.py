"""The intermediary's book: codes, replica and records in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select, tuple_, update

from app.backend.intermediary.ports import CodeState, IntermediaryUnit, ReplicaKey, ReplicaRow
from app.backend.intermediary.store.records import Records
from app.backend.intermediary.store.tables import code_table, replica_table
from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.engine import Database
from app.durable.pen import Pen
from app.trust.tokens import exact_token
from app.wire.message import decode, encode

T = TypeVar("T")


class IntermediaryStore:
    """Opens units of work."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def write(self, work: Callable[[IntermediaryUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))

    def read(self, work: Callable[[IntermediaryUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))


class _Unit(Records):
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, index_key: Secret) -> None:
        super().__init__(connection, cells)
        self._pen = pen
        self._index_key = index_key

    def codes(self, municipality: str, addressee_numbers: Sequence[str]) -> dict[str, CodeState]:
        tokens = {self._person(municipality, number): number for number in addressee_numbers}
        columns = code_table.c
        rows = self._connection.execute(
            select(code_table).where(columns.municipality == municipality, columns.person.in_(tokens))
        )
        found: dict[str, CodeState] = {}
        for row in rows:
            code = None
            if row.code is not None:
                cell = Cell(municipality, "code", "code", row.person.hex(), 1)
                code = LinkCode(self._cells.open(self._connection, cell, row.code))
            found[tokens[row.person]] = CodeState(code, row.process_number)
        return found

    def ask_codes(self, municipality: str, wanted: Sequence[tuple[str, str]], at: datetime) -> None:
        for number, process_number in wanted:
            person = self._person(municipality, number)
            cell = Cell(municipality, "code", "addressee_number", person.hex(), 1)
            row: dict[str, Any] = {
                "municipality": municipality,
                "person": person,
                "version": 1,
                "addressee_number": self._cells.seal(self._connection, cell, number.encode()),
                "process_number": process_number,
                "changed_at": at,
            }
            insert_if_absent(self._connection, code_table, row)

    def put_codes(self, municipality: str, codes: Sequence[tuple[str, LinkCode]], at: datetime) -> None:
        columns = code_table.c
        for number, code in codes:
            person = self._person(municipality, number)
            cell = Cell(municipality, "code", "code", person.hex(), 1)
            values = {
                "code": self._cells.seal(self._connection, cell, code.reveal()),
                "code_token": self._token(municipality, code),
                "version": 2,
                "changed_at": at,
            }
            here = (columns.municipality == municipality, columns.person == person, columns.code.is_(None))
            self._connection.execute(update(code_table).where(*here).values(**values))

    def persons(self, municipality: str, codes: Sequence[LinkCode]) -> list[str | None]:
        tokens = [self._token(municipality, code) for code in codes]
        columns = code_table.c
        rows = self._connection.execute(
            select(columns.code_token, columns.person, columns.addressee_number).where(
                columns.municipality == municipality, columns.code_token.in_(tokens)
            )
        )
        found: dict[bytes, str] = {}
        for row in rows:
            cell = Cell(municipality, "code", "addressee_number", row.person.hex(), 1)
            found[row.code_token] = self._cells.open(self._connection, cell, row.addressee_number).decode()
        return [found.get(token) for token in tokens]

    def replica(self, municipality: str, keys: Sequence[ReplicaKey]) -> dict[ReplicaKey, ReplicaRow]:
        places = {
            (self._person(municipality, key[0]), self._information(municipality, key[1]), key[2]): key for key in keys
        }
        columns = replica_table.c
        place = tuple_(columns.person, columns.information, columns.tax_year)
        rows = self._connection.execute(
            select(replica_table).where(columns.municipality == municipality, place.in_(list(places)))
        )
        found: dict[ReplicaKey, ReplicaRow] = {}
        for row in rows:
            cell = _replica_cell(municipality, (row.person, row.information, row.tax_year), row.version)
            content = self._cells.open(self._connection, cell, row.content)
            found[places[row.person, row.information, row.tax_year]] = decode(content, ReplicaRow)
        return found

    def put_replica(self, rows: Sequence[ReplicaRow], at: datetime) -> None:
        columns = replica_table.c
        for row in rows:
            person = self._person(row.municipality, row.addressee_number)
            information = self._information(row.municipality, row.information)
            here = (
                columns.municipality == row.municipality,
                columns.person == person,
                columns.information == information,
                columns.tax_year == row.tax_year,
            )
            before = self._connection.execute(select(columns.version).where(*here)).scalar_one_or_none()
            version = (before or 0) + 1
            if before is not None:
                self._connection.execute(delete(replica_table).where(*here))
            cell = _replica_cell(row.municipality, (person, information, row.tax_year), version)
            self._connection.execute(
                insert(replica_table).values(
                    municipality=row.municipality,
                    person=person,
                    information=information,
                    tax_year=row.tax_year,
                    version=version,
                    content=self._cells.seal(self._connection, cell, encode(row)),
                    changed_at=at,
                )
            )

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._pen.write_all(self._connection, acts))

    def _person(self, municipality: str, number: str) -> bytes:
        return exact_token(self._index_key, municipality, "addressee", number)

    def _information(self, municipality: str, information: str) -> bytes:
        return exact_token(self._index_key, municipality, "information", information)

    def _token(self, municipality: str, code: LinkCode) -> bytes:
        return exact_token(self._index_key, municipality, "code", code)


def _replica_cell(municipality: str, place: tuple[bytes, bytes, int], version: int) -> Cell:
    row = f"{place[0].hex()}/{place[1].hex()}/{place[2]}"
    return Cell(municipality, "replica", "content", row, version)
