"""Keeps provisional entries with whom they are about, and holds persons against others who write."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from app.backend.register.service.changing import Concerned, Entry
from app.backend.register.store.change_tables import entry_person_table, entry_table
from app.backend.register.store.tables import person_table
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.wire.message import decode, encode

WAITING = "waiting"


class StoredEntries:
    """See ``EntryRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def put(self, entry: Entry, concerned: Sequence[Concerned]) -> None:
        key = {"municipality": entry.municipality, "entry_id": entry.entry_id}
        values = {
            "version": entry.version,
            "is_waiting": entry.state == WAITING,
            "entered_at": entry.entered_at,
            "sealed": self._cells.seal(self._connection, _cell(entry), encode(entry)),
        }
        if not insert_if_absent(self._connection, entry_table, key | values):
            self._connection.execute(update(entry_table).where(*_mine(entry)).values(**values))
        columns = entry_person_table.c
        self._connection.execute(
            delete(entry_person_table).where(
                columns.municipality == entry.municipality, columns.entry_id == entry.entry_id
            )
        )
        rows = [key | {"business_number": one.business_number, "base": one.base} for one in concerned]
        if rows:
            self._connection.execute(insert(entry_person_table), rows)

    def one(self, municipality: str, entry_id: str) -> Entry | None:
        columns = entry_table.c
        row = self._connection.execute(
            select(entry_table)
            .where(columns.municipality == municipality, columns.entry_id == entry_id)
            .with_for_update()
        ).one_or_none()
        return None if row is None else self._opened(row)

    def listed(self, municipality: str, *, waiting: bool, limit: int) -> tuple[Entry, ...]:
        columns = entry_table.c
        order = columns.entered_at if waiting else columns.entered_at.desc()
        rows = self._connection.execute(
            select(entry_table)
            .where(columns.municipality == municipality, columns.is_waiting == waiting)
            .order_by(order, columns.entry_id)
            .limit(limit)
        )
        return tuple(self._opened(row) for row in rows)

    def about(self, municipality: str, business_number: str) -> tuple[Entry, ...]:
        columns, person = entry_table.c, entry_person_table.c
        rows = self._connection.execute(
            select(entry_table)
            .join(
                entry_person_table,
                (person.municipality == columns.municipality) & (person.entry_id == columns.entry_id),
            )
            .where(
                columns.municipality == municipality,
                columns.is_waiting.is_(True),
                person.business_number == business_number,
            )
            .order_by(columns.entered_at, columns.entry_id)
        )
        return tuple(self._opened(row) for row in rows)

    def concerned(self, municipality: str, entry_id: str) -> tuple[Concerned, ...]:
        columns = entry_person_table.c
        rows = self._connection.execute(
            select(columns.business_number, columns.base)
            .where(columns.municipality == municipality, columns.entry_id == entry_id)
            .order_by(columns.business_number)
        )
        return tuple(Concerned(row.business_number, row.base) for row in rows)

    def rebase(self, municipality: str, business_number: str, before: int, after: int) -> None:
        columns = entry_person_table.c
        mine = (columns.municipality == municipality, columns.business_number == business_number)
        self._connection.execute(update(entry_person_table).where(*mine, columns.base == before).values(base=after))

    def hold(self, municipality: str, business_numbers: Sequence[str]) -> None:
        columns = person_table.c
        self._connection.execute(
            select(columns.business_number)
            .where(columns.municipality == municipality, columns.business_number.in_(sorted(business_numbers)))
            .order_by(columns.business_number)
            .with_for_update()
        ).all()

    def _opened(self, row: Row[tuple[object, ...]]) -> Entry:
        cell = Cell(row.municipality, entry_table.name, "sealed", row.entry_id, row.version)
        return decode(self._cells.open(self._connection, cell, row.sealed), Entry)


def _mine(entry: Entry) -> tuple[ColumnElement[bool], ...]:
    columns = entry_table.c
    return columns.municipality == entry.municipality, columns.entry_id == entry.entry_id


def _cell(entry: Entry) -> Cell:
    return Cell(entry.municipality, entry_table.name, "sealed", entry.entry_id, entry.version)
