"""Kept records of all kinds: sealed contents with state, day and subject in clear."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from app.backend.jukinet.ports import Kept, Kind
from app.backend.jukinet.store.tables import record_table
from app.durable.cells import Cell, Cells
from app.errors import Conflict

_PORTION = 200


class RecordStore:
    """See ``Records``."""

    def __init__(self, connection: Connection, cells: Cells) -> None:
        self._connection = connection
        self._cells = cells

    def one(self, municipality: str, kind: Kind, record_id: str) -> Kept | None:
        mine = _mine(municipality, kind, record_id)
        row = self._connection.execute(select(record_table).where(mine)).one_or_none()
        return None if row is None else self._opened(row)

    def add(self, kept: Kept, at: datetime) -> None:
        row = self._row(kept)
        names = {"municipality": kept.municipality, "kind": kept.kind.value, "record_id": kept.record_id}
        self._connection.execute(insert(record_table).values(**names, **row, created_at=at, changed_at=at))

    def put(self, kept: Kept, at: datetime) -> None:
        mine = _mine(kept.municipality, kept.kind, kept.record_id)
        before = record_table.c.version == kept.version - 1
        changed = self._connection.execute(
            update(record_table).where(mine, before).values(**self._row(kept), changed_at=at)
        )
        if changed.rowcount != 1:
            raise Conflict(version=kept.version)

    def listed(
        self, municipality: str, kind: Kind, states: Sequence[str], limit: int, subject: str = ""
    ) -> tuple[Kept, ...]:
        columns = record_table.c
        query = select(record_table).where(_states(municipality, kind, states))
        if subject:
            query = query.where(columns.subject == subject)
        rows = self._connection.execute(query.order_by(columns.created_at, columns.record_id).limit(limit)).all()
        return tuple(self._opened(row) for row in rows)

    def each(self, municipality: str, kind: Kind, states: Sequence[str]) -> Iterator[Kept]:
        columns, after = record_table.c, ""
        query = select(record_table).where(_states(municipality, kind, states)).order_by(columns.record_id)
        while True:
            rows = self._connection.execute(query.where(columns.record_id > after).limit(_PORTION)).all()
            yield from map(self._opened, rows)
            if len(rows) < _PORTION:
                return
            after = rows[-1].record_id

    def count(self, municipality: str, kind: Kind, states: Sequence[str]) -> int:
        query = select(func.count()).select_from(record_table).where(_states(municipality, kind, states))
        return self._connection.execute(query).scalar_one()

    def due(self, kind: Kind, day: date, limit: int) -> tuple[Kept, ...]:
        columns = record_table.c
        query = select(record_table).where(columns.kind == kind.value, columns.due <= day)
        rows = self._connection.execute(query.order_by(columns.due, columns.record_id).limit(limit)).all()
        return tuple(self._opened(row) for row in rows)

    def drop(self, kept: Kept) -> None:
        mine = _mine(kept.municipality, kept.kind, kept.record_id)
        self._connection.execute(delete(record_table).where(mine))

    def _row(self, kept: Kept) -> dict[str, Any]:
        return {
            "version": kept.version,
            "state": kept.state,
            "subject": kept.subject,
            "due": kept.due,
            "content": self._cells.seal(self._connection, _cell(kept), kept.content),
        }

    def _opened(self, row: Row[Any]) -> Kept:
        place = (row.municipality, Kind(row.kind), row.record_id)
        empty = Kept(*place, row.state, b"", row.version, row.subject, row.due)
        content = self._cells.open(self._connection, _cell(empty), row.content)
        return Kept(*place, row.state, content, row.version, row.subject, row.due)


def _mine(municipality: str, kind: Kind, record_id: str) -> ColumnElement[bool]:
    columns = record_table.c
    return and_(columns.municipality == municipality, columns.kind == kind.value, columns.record_id == record_id)


def _states(municipality: str, kind: Kind, states: Sequence[str]) -> ColumnElement[bool]:
    columns = record_table.c
    return and_(columns.municipality == municipality, columns.kind == kind.value, columns.state.in_(states))


def _cell(kept: Kept) -> Cell:
    return Cell(kept.municipality, "record", "content", f"{kept.kind.value}/{kept.record_id}", kept.version)
