"""Reads a ledger: proofs, kept records, checkpoints, and deletes single records lawfully."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Row, insert, select, update

from app.domain.act import Act
from app.durable.cells import Cell
from app.durable.leaves import LeafTables, nodes_of, read_head
from app.durable.pen import record_cell
from app.errors import LedgerError, WrongKey
from app.trust.act_record import act_of_record
from app.trust.checkpoint import origin_of
from app.trust.merkle import prove_consistency, prove_inclusion
from app.trust.receipt import Receipt
from app.trust.record import SALT_SIZE, Record, decode_record, stands_for
from app.trust.restored import RESTORED

_PAGE = 1000
DELETED = "record.deleted"
"""The act that records a lawful deletion; ``places``: "first-last" of each run of records, with commas."""
_RUN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


class Opener(Protocol):
    """Opens a cell; ``Cells`` for a slice."""

    def open(self, connection: Connection, cell: Cell, box: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One place of a log. ``sealed``: as stored, None when lawfully deleted; ``entry``: what the tree was made of."""

    position: int
    entry: bytes
    sealed: bytes | None
    kind: str
    visit: str
    at: datetime


class LogBook:
    """The logs of one slice (or terminal), to be read. ``log``: its name."""

    def __init__(self, log: str, tables: LeafTables, cells: Opener) -> None:
        self.log = log
        self.tables = tables
        self._cells = cells

    def municipalities(self, connection: Connection) -> tuple[str, ...]:
        """Whose logs there are."""
        column = self.tables.head.c.municipality
        return tuple(connection.execute(select(column).order_by(column)).scalars())

    def checkpoint(self, connection: Connection, municipality: str) -> bytes:
        """The log's last signed checkpoint; empty before the first leaf."""
        return read_head(connection, self.tables, municipality).checkpoint

    def receipt(self, connection: Connection, municipality: str, position: int) -> Receipt:
        """A receipt for any leaf, at the log's present size. Errors: LedgerError ``no_such_index``."""
        head = read_head(connection, self.tables, municipality)
        read = nodes_of(connection, self.tables, municipality)
        path = prove_inclusion(position, head.tree.size, read)
        kept = next(self.kept(connection, municipality, position))
        return Receipt(kept.entry, position, path, head.checkpoint)

    def consistency(self, connection: Connection, municipality: str, first: int, second: int) -> tuple[bytes, ...]:
        """The proof that the log of size ``second`` only added to that of size ``first``."""
        size = read_head(connection, self.tables, municipality).tree.size
        if second > size:
            raise LedgerError(kind="no_such_size", place=second)
        return prove_consistency(first, second, nodes_of(connection, self.tables, municipality))

    def kept(self, connection: Connection, municipality: str, first: int = 0) -> Iterator[KeptRecord]:
        """All places from ``first`` on, in order, read in portions."""
        columns = self.tables.leaf.c
        query = select(self.tables.leaf).where(columns.municipality == municipality)
        while True:
            rows = connection.execute(
                query.where(columns.position >= first).order_by(columns.position).limit(_PAGE)
            ).all()
            yield from map(_kept, rows)
            if len(rows) < _PAGE:
                return
            first = rows[-1].position + 1

    def acts_of_visit(self, connection: Connection, municipality: str, visit: str) -> tuple[Act, ...]:
        """What is recorded of one visit, in the order it was written, without what was deleted."""
        columns = self.tables.leaf.c
        rows = connection.execute(
            select(self.tables.leaf)
            .where(columns.municipality == municipality, columns.visit == visit, columns.sealed.is_not(None))
            .order_by(columns.position)
        )
        return tuple(self.act(connection, municipality, _kept(row)) for row in rows)

    def act(self, connection: Connection, municipality: str, kept: KeptRecord) -> Act:
        """The act at a place. Errors: as ``record_at``."""
        return act_of_record(record_at(connection, self, municipality, kept))

    def opened(self, connection: Connection, municipality: str, kept: KeptRecord) -> tuple[bytes, bytes]:
        """Salt and canonical record at a place, unsealed. Errors: LedgerError ``record_deleted``, ``record_sealed``."""
        if kept.sealed is None:
            raise LedgerError(kind="record_deleted", place=place_of(self.log, municipality, kept.position))
        try:
            plain = self._cells.open(connection, record_cell(municipality, kept.position), kept.sealed)
        except WrongKey as error:
            raise LedgerError(kind="record_sealed", place=place_of(self.log, municipality, kept.position)) from error
        return plain[:SALT_SIZE], plain[SALT_SIZE:]

    def delete(self, connection: Connection, municipality: str, first: int, last: int | None = None) -> None:
        """Forget salt, record and visit of one place, or of all to ``last``; the tree and every proof stay.

        The caller records the deletion. Errors: LedgerError ``no_such_index`` where there is nothing at all.
        """
        columns = self.tables.leaf.c
        here = (columns.municipality == municipality, columns.position.between(first, first if last is None else last))
        if not connection.execute(update(self.tables.leaf).where(*here).values(sealed=None, visit="")).rowcount:
            raise LedgerError(kind="no_such_index", place=place_of(self.log, municipality, first))

    def keep_checkpoint(
        self, connection: Connection, municipality: str, size: int, cosigned: tuple[bytes, datetime]
    ) -> None:
        """Keep a checkpoint that came back cosigned at an instant; a second one of the same size replaces the first."""
        table, (note, at) = self.tables.checkpoint, cosigned
        here = (table.c.municipality == municipality, table.c.size == size)
        if not connection.execute(update(table).where(*here).values(note=note, at=at)).rowcount:
            connection.execute(insert(table).values(municipality=municipality, size=size, note=note, at=at))

    def cosigned(self, connection: Connection, municipality: str) -> tuple[bytes, ...]:
        """The kept cosigned checkpoints, oldest first."""
        table = self.tables.checkpoint
        query = select(table.c.note).where(table.c.municipality == municipality).order_by(table.c.size)
        return tuple(connection.execute(query).scalars())


def last_at(connection: Connection, book: LogBook) -> datetime | None:
    """The instant of the latest record of all municipalities' logs, each by its last place; None before any."""
    found: list[datetime] = []
    for municipality in book.municipalities(connection):
        size = read_head(connection, book.tables, municipality).tree.size
        found.extend(one.at for one in book.kept(connection, municipality, max(0, size - 1)))
    return max(found, default=None)


def places_of(act: Act) -> list[tuple[int, int]]:
    """The places of which an act says that they were deleted."""
    return [(int(run[1]), int(run[2])) for run in _RUN.finditer(str(act.detail().get("places", "")))]


def record_at(connection: Connection, book: LogBook, municipality: str, kept: KeptRecord) -> Record:
    """The record at a place. Errors: LedgerError ``record_deleted``, ``record_sealed``, ``record_differs``."""
    salt, record = book.opened(connection, municipality, kept)
    if not stands_for(kept.entry, salt, record):
        raise LedgerError(kind="record_differs", place=place_of(book.log, municipality, kept.position))
    return decode_record(record)


def restorations(connection: Connection, book: LogBook, municipality: str) -> tuple[bytes, ...]:
    """The statements of all restores that a log declares of itself."""
    acts = book.acts_of_visit(connection, municipality, RESTORED)
    return tuple(str(act.detail().get("statement", "")).encode() for act in acts if act.kind == RESTORED)


def place_of(log: str, municipality: str, position: int) -> str:
    """How a place is named in faults."""
    return f"{origin_of(log, municipality)}:{position}"


def _kept(row: Row[tuple[object, ...]]) -> KeptRecord:
    return KeptRecord(row.position, row.entry, row.sealed, row.kind, row.visit, row.at)
