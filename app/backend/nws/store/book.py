"""The core's book: codes, acquisitions and permits in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, select, update

from app.backend.nws.ports import CoreUnit, KeptPermit, PendingCode
from app.backend.nws.store.codes import RotationRows
from app.backend.nws.store.masters import MasterRows
from app.backend.nws.store.tables import pending_table, permit_table, resident_table
from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode
from app.domain.secret import Secret
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.durable.columns import written
from app.durable.engine import Database
from app.durable.many import insert_many
from app.durable.pen import Pen
from app.durable.swift import any_of, fetched
from app.trust.tokens import exact_token
from app.wire.letter import Letter
from app.wire.message import decode, encode

T = TypeVar("T")


class CoreStore:
    """The core's book."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._index_key = index_key

    def write(self, work: Callable[[CoreUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))

    def read(self, work: Callable[[CoreUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._cells, self._pen, self._index_key)))


class _Unit:
    def __init__(self, connection: Connection, cells: Cells, pen: Pen, index_key: Secret) -> None:
        self._connection = connection
        self._cells = cells
        self._pen = pen
        self._index_key = index_key
        self.rotation = RotationRows(connection, cells, index_key)
        self.masters = MasterRows(connection)

    def subjects(self, municipality: str, codes: Sequence[LinkCode]) -> list[Secret | None]:
        return self.rotation.subjects(municipality, codes)

    def put_code(self, municipality: str, code: LinkCode, subject: Secret, at: datetime) -> None:
        self.rotation.put(municipality, code.key_version, [(code, subject)], at)

    def pending(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, PendingCode]:
        columns = pending_table.c
        rows = self._connection.execute(
            select(pending_table).where(
                columns.municipality == municipality, columns.process_number.in_(process_numbers)
            )
        )
        return {
            row.process_number: PendingCode(
                municipality,
                row.process_number,
                self._opened(_pending_cell(municipality, row.process_number), row.subject),
                row.opens_at,
            )
            for row in rows
        }

    def add_pending(self, pending: Sequence[PendingCode], at: datetime) -> int:
        count = 0
        for one in pending:
            cell = _pending_cell(one.municipality, one.process_number)
            row = {
                "municipality": one.municipality,
                "process_number": one.process_number,
                "version": 1,
                "subject": self._cells.seal(self._connection, cell, one.subject.reveal()),
                "opens_at": one.opens_at,
                "asked_at": at,
            }
            count += insert_if_absent(self._connection, pending_table, row)
        return count

    def open_pending(self, municipality: str, at: datetime) -> int:
        columns = pending_table.c
        waiting = (columns.municipality == municipality, columns.opens_at > at)
        return self._connection.execute(update(pending_table).where(*waiting).values(opens_at=at)).rowcount

    def permits(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, KeptPermit]:
        marks, asked = any_of(self._connection, process_numbers)
        words = f"SELECT process_number FROM permit WHERE municipality = ? AND process_number {marks}"  # noqa: S608 -- only marks
        known = [number for (number,) in fetched(self._connection, words, [municipality, *asked])]
        if not known:  # as it is with all that come for the first time
            return {}
        columns = permit_table.c
        rows = self._connection.execute(
            select(permit_table).where(columns.municipality == municipality, columns.process_number.in_(known))
        )
        return {
            row.process_number: KeptPermit(
                municipality,
                row.process_number,
                row.request_digest,
                row.provider,
                decode(row.letter, Letter),
                row.expires_at,
                row.version,
            )
            for row in rows
        }

    def put_permits(self, permits: Sequence[KeptPermit]) -> None:
        columns = permit_table.c
        for old in permits:
            if old.serial > 1:
                here = (columns.municipality == old.municipality, columns.process_number == old.process_number)
                self._connection.execute(delete(permit_table).where(*here))
        rows = [
            (
                one.municipality,
                one.process_number,
                one.serial,
                one.request_digest,
                one.provider,
                encode(one.letter),
                written(one.expires_at),
            )
            for one in permits
        ]
        if rows:
            insert_many(self._connection, permit_table, list(permit_table.c.keys()), rows)

    def residents(self, municipality: str, numbers: Sequence[str]) -> dict[str, Secret]:
        tokens = {self._business(municipality, number): number for number in numbers}
        columns = resident_table.c
        rows = self._connection.execute(
            select(resident_table).where(columns.municipality == municipality, columns.business.in_(tokens))
        )
        return {
            tokens[row.business]: self._opened(_resident_cell(municipality, row.business), row.resident_code)
            for row in rows
        }

    def put_residents(self, municipality: str, codes: Sequence[tuple[str, Secret]]) -> None:
        for number, code in codes:
            business = self._business(municipality, number)
            sealed = self._cells.seal(self._connection, _resident_cell(municipality, business), code.reveal())
            row = {"municipality": municipality, "business": business, "version": 1, "resident_code": sealed}
            insert_if_absent(self._connection, resident_table, row)

    def record(self, acts: Sequence[Act]) -> None:
        self._pen.note_all(self._connection, acts)

    def _opened(self, cell: Cell, box: bytes) -> Secret:
        return Secret(self._cells.open(self._connection, cell, box))

    def _business(self, municipality: str, number: str) -> bytes:
        return exact_token(self._index_key, municipality, "business", number)


def _resident_cell(municipality: str, business: bytes) -> Cell:
    return Cell(municipality, "resident", "resident_code", business.hex(), 1)


def _pending_cell(municipality: str, process_number: str) -> Cell:
    return Cell(municipality, "pending_code", "subject", process_number, 1)
