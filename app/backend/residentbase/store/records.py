"""Keeps residents' records and changes, sealed and bound to their rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.backend.residentbase.ports import Held, Kept
from app.backend.residentbase.store.tables import change_table, line_table, resident_table
from app.durable.absent import insert_if_absent
from app.durable.among import among
from app.durable.cells import Cell, Cells
from app.durable.columns import written
from app.durable.many import insert_many
from app.wire.message import decode, encode
from app.wire.resident_base import ResidentItems

_RESIDENT = ("municipality", "subject", "version", "sequence", "as_of", "sealed")
_CHANGE = ("municipality", "position", "register_sequence", "at", "sealed")


class StoredResidents:
    """See ``ResidentRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def held(self, municipality: str, subjects: Collection[str]) -> dict[str, Held]:
        if not subjects:
            return {}
        columns = resident_table.c
        mine = (columns.municipality == municipality, among(self._connection, columns.subject, sorted(subjects)))
        rows: Sequence[Any] = self._connection.execute(select(resident_table).where(*mine)).all()
        sealed = [(_resident_cell(municipality, row.subject, row.version), row.sealed) for row in rows]
        return {
            row.subject: Held(row.subject, row.sequence, row.as_of, decode(plain, ResidentItems), row.version)
            for row, plain in zip(rows, self._cells.open_all(self._connection, sealed), strict=True)
        }

    def put(self, municipality: str, held: Sequence[Held]) -> None:
        if not held:
            return
        plain = [(_resident_cell(municipality, one.subject, one.version + 1), encode(one.items)) for one in held]
        boxes = self._cells.seal_all(self._connection, plain)
        new = [
            (municipality, one.subject, 1, one.sequence, one.as_of, box)
            for one, box in zip(held, boxes, strict=True)
            if not one.version
        ]
        if new:
            insert_many(self._connection, resident_table, _RESIDENT, new)
        known = [
            {"of": municipality, "who": one.subject, "was": one.version}
            | {"to_version": one.version + 1, "to_sequence": one.sequence, "to_as_of": one.as_of, "to_sealed": box}
            for one, box in zip(held, boxes, strict=True)
            if one.version
        ]
        if known:
            columns = resident_table.c
            mine = (columns.municipality == bindparam("of"), columns.subject == bindparam("who"))
            values: dict[str, Any] = {
                name: bindparam(f"to_{name}") for name in ("version", "sequence", "as_of", "sealed")
            }
            change = update(resident_table).where(*mine, columns.version == bindparam("was")).values(**values)
            self._connection.execute(change, known)


class StoredChanges:
    """See ``ChangeRows``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def known(self, municipality: str, register_sequences: Sequence[int]) -> frozenset[int]:
        columns = change_table.c
        query = select(columns.register_sequence).where(
            columns.municipality == municipality,
            among(self._connection, columns.register_sequence, register_sequences),
        )
        return frozenset(self._connection.execute(query).scalars())

    def positions(self, municipality: str, count: int) -> int:
        insert_if_absent(self._connection, line_table, {"municipality": municipality, "next": 1})
        columns = line_table.c
        taken = update(line_table).where(columns.municipality == municipality).values(next=columns.next + count)
        return int(self._connection.execute(taken.returning(columns.next)).scalar_one()) - count

    def add(self, municipality: str, changes: Sequence[Kept], at: datetime) -> None:
        if not changes:
            return
        plain = [(_change_cell(municipality, one.position), encode(one)) for one in changes]
        boxes = self._cells.seal_all(self._connection, plain)
        rows = [
            (municipality, one.position, one.register_sequence, written(at), box)
            for one, box in zip(changes, boxes, strict=True)
        ]
        insert_many(self._connection, change_table, _CHANGE, rows)

    def at(self, municipality: str, positions: Sequence[int]) -> dict[int, Kept]:
        if not positions:
            return {}
        columns = change_table.c
        query = select(columns.position, columns.sealed).where(
            columns.municipality == municipality,
            among(self._connection, columns.position, positions),
            columns.sealed.is_not(None),
        )
        rows = self._connection.execute(query).all()
        sealed = [(_change_cell(municipality, row.position), row.sealed) for row in rows]
        opened = self._cells.open_all(self._connection, sealed)
        return {row.position: decode(plain, Kept) for row, plain in zip(rows, opened, strict=True)}

    def forget(self, municipality: str, below: int | None, before: datetime) -> int:
        columns = change_table.c
        old = update(change_table).where(
            columns.municipality == municipality, columns.at < before, columns.sealed.is_not(None)
        )
        if below is not None:
            old = old.where(columns.position < below)
        return self._connection.execute(old.values(sealed=None), execution_options={"preserve_rowcount": True}).rowcount


def _resident_cell(municipality: str, subject: str, version: int) -> Cell:
    return Cell(municipality, resident_table.name, "sealed", subject, version)


def _change_cell(municipality: str, position: int) -> Cell:
    return Cell(municipality, change_table.name, "sealed", str(position), 1)
