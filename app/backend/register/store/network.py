"""Keeps what the boundary to the resident network is still to be told, and what it told of cards."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import BigInteger, Column, Connection, Integer, LargeBinary, String, Table, delete, func, insert, select

from app.backend.register.ports import Resident
from app.backend.register.service.network_rows import Ends
from app.backend.register.store.change_tables import serial_table
from app.backend.register.store.reading import Reader
from app.backend.register.store.serials import FILLED, take
from app.backend.register.store.tables import METADATA, person_table
from app.durable.absent import insert_if_absent
from app.durable.cells import Cell, Cells
from app.wire.jukirelay import CardTold
from app.wire.message import decode, encode
from app.wire.resident_base import RegisterChange

change_line_table = Table(
    "network_change",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
held_line_table = Table(
    "network_held",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("business_number", String(15), nullable=False),
)
card_table = Table(
    "network_card",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("business_number", String(15), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
_HELD, _FILLS_TOLD = "held", "filled_told"


class StoredNetwork:
    """See ``NetworkRows``."""

    def __init__(self, connection: Connection, cells: Cells, reader: Reader) -> None:
        self._connection = connection
        self._cells = cells
        self._reader = reader

    def lay(self, municipality: str, changes: Sequence[RegisterChange]) -> None:
        if not changes:
            return
        named = [(_line_cell(municipality, one.position), encode(one)) for one in changes]
        boxes = self._cells.seal_all(self._connection, named)
        rows = [
            {"municipality": municipality, "position": one.position, "sealed": box}
            for one, box in zip(changes, boxes, strict=True)
        ]
        self._connection.execute(insert(change_line_table), rows)

    def note_held(self, municipality: str, business_numbers: Iterable[str]) -> None:
        numbers = tuple(dict.fromkeys(business_numbers))
        if not numbers:
            return
        first = take(self._connection, municipality, _HELD, len(numbers))
        rows = [
            {"municipality": municipality, "position": position, "business_number": number}
            for position, number in enumerate(numbers, first)
        ]
        self._connection.execute(insert(held_line_table), rows)

    def ends(self, municipality: str) -> Ends:
        changes, restraints = self._last(municipality, "told"), self._last(municipality, _HELD)
        begins = self._before(change_line_table, municipality), self._before(held_line_table, municipality)
        return Ends(
            changes,
            restraints,
            (changes if begins[0] is None else begins[0], restraints if begins[1] is None else begins[1]),
        )

    def changes(self, municipality: str, after: int, limit: int) -> tuple[RegisterChange, ...]:
        columns = change_line_table.c
        rows = self._connection.execute(
            select(columns.position, columns.sealed)
            .where(columns.municipality == municipality, columns.position > after)
            .order_by(columns.position)
            .limit(limit)
        )
        opened = self._cells.open
        return tuple(
            decode(opened(self._connection, _line_cell(municipality, row.position), row.sealed), RegisterChange)
            for row in rows
        )

    def held(self, municipality: str, after: int, limit: int) -> tuple[tuple[int, str], ...]:
        columns = held_line_table.c
        rows = self._connection.execute(
            select(columns.position, columns.business_number)
            .where(columns.municipality == municipality, columns.position > after)
            .order_by(columns.position)
            .limit(limit)
        )
        return tuple((row.position, row.business_number) for row in rows)

    def forget(self, municipality: str, changes: int, restraints: int) -> None:
        for table, last in ((change_line_table, changes), (held_line_table, restraints)):
            mine = (table.c.municipality == municipality, table.c.position <= last)
            self._connection.execute(delete(table).where(*mine))

    def fills(self, municipality: str) -> int:
        return self._last(municipality, FILLED) - self._last(municipality, _FILLS_TOLD)

    def fills_told(self, municipality: str, count: int) -> None:
        take(self._connection, municipality, _FILLS_TOLD, count)

    def residents(self, municipality: str, after: str, limit: int) -> tuple[Resident, ...]:
        columns = person_table.c
        mine = (columns.municipality == municipality, columns.business_number > after)
        rows = self._connection.execute(
            select(person_table).where(*mine).order_by(columns.business_number).limit(limit)
        ).all()
        if not rows:
            return ()
        numbers = {row.business_number: self._reader.number(row) for row in rows if row.number is not None}
        found = (one.resident for one in self._reader.persons(municipality, [row.business_number for row in rows]))
        return tuple(replace(one, my_number=numbers.get(one.business_number)) for one in found)

    def card(self, municipality: str, business_number: str) -> CardTold | None:
        columns = card_table.c
        row = self._connection.execute(
            select(columns.version, columns.sealed)
            .where(columns.municipality == municipality, columns.business_number == business_number)
            .with_for_update()
        ).one_or_none()
        if row is None:
            return None
        cell = _card_cell(municipality, business_number, row.version)
        return decode(self._cells.open(self._connection, cell, row.sealed), CardTold)

    def put_card(self, municipality: str, told: CardTold) -> None:
        columns, key = card_table.c, {"municipality": municipality, "business_number": told.subject}
        mine = (columns.municipality == municipality, columns.business_number == told.subject)
        version = (self._connection.execute(select(columns.version).where(*mine)).scalar() or 0) + 1
        sealed = self._cells.seal(self._connection, _card_cell(municipality, told.subject, version), encode(told))
        self._connection.execute(delete(card_table).where(*mine))
        insert_if_absent(self._connection, card_table, key | {"version": version, "sealed": sealed})

    def _before(self, table: Table, municipality: str) -> int | None:
        """The place before the first that is kept; None where none is."""
        first = select(func.min(table.c.position)).where(table.c.municipality == municipality)
        found = self._connection.execute(first).scalar()
        return None if found is None else int(found) - 1

    def _last(self, municipality: str, kind: str) -> int:
        columns = serial_table.c
        mine = (columns.municipality == municipality, columns.kind == kind)
        return (self._connection.execute(select(columns.next).where(*mine)).scalar_one_or_none() or 1) - 1


def _line_cell(municipality: str, position: int) -> Cell:
    return Cell(municipality, change_line_table.name, "sealed", str(position), 1)


def _card_cell(municipality: str, business_number: str, version: int) -> Cell:
    return Cell(municipality, card_table.name, "sealed", business_number, version)
