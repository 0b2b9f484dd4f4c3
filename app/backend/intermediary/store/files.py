"""Replica files as rows: how far each has come, and its rejected rows, sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from app.backend.intermediary.ports.files import FileRow, RejectedRow, ReplicaFile
from app.backend.intermediary.store.replicas import Content, ReplicaRows
from app.backend.intermediary.store.tables import file_table, rejected_table
from app.backend.intermediary.store.tools import Tools
from app.durable.cells import Cell
from app.durable.many import insert_many

_NAMES = ("municipality", "file_id", "line", "reason", "content")


class FileRows:
    """See ``FileUnit``."""

    def __init__(self, tools: Tools, replicas: ReplicaRows) -> None:
        self._tools = tools
        self._replicas = replicas

    def one(self, municipality: str, file_id: str) -> ReplicaFile | None:
        """The file; its row is locked until the unit ends."""
        columns = file_table.c
        query = select(file_table).where(columns.municipality == municipality, columns.file_id == file_id)
        row = self._tools.connection.execute(query.with_for_update()).one_or_none()
        return None if row is None else _file(row)

    def by_digest(self, municipality: str, digest: bytes) -> ReplicaFile | None:
        columns = file_table.c
        query = select(file_table).where(columns.municipality == municipality, columns.digest == digest)
        row = self._tools.connection.execute(query).one_or_none()
        return None if row is None else _file(row)

    def listed(self, municipality: str, information: Sequence[str], limit: int) -> tuple[ReplicaFile, ...]:
        columns = file_table.c
        query = select(file_table).where(columns.municipality == municipality, columns.information.in_(information))
        rows = self._tools.connection.execute(query.order_by(columns.begun_at.desc()).limit(limit))
        return tuple(_file(row) for row in rows)

    def keep(self, file: ReplicaFile) -> None:
        columns, connection = file_table.c, self._tools.connection
        values = _values(file)
        here = (columns.municipality == file.municipality, columns.file_id == file.file_id)
        change = update(file_table).where(*here).values(**values)
        if connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount:
            return
        names = {"municipality": file.municipality, "file_id": file.file_id}
        connection.execute(insert(file_table).values(**names, **values))

    def take(self, file: ReplicaFile, rows: Sequence[FileRow], at: datetime) -> int:
        made = [Content(row.addressee_number, file.information, row.kind, row.items) for row in rows]
        place = file.municipality
        return self._replicas.put_shelf((place, file.information, file.tax_year), made, at, file.file_id)

    def reject(self, file: ReplicaFile, rows: Sequence[RejectedRow]) -> None:
        if not rows:
            return
        place = file.municipality
        values = [(_cell(place, file.file_id, row.line), row.text.encode()) for row in rows]
        boxes = self._tools.cells.seal_all(self._tools.connection, values)
        made = [(place, file.file_id, row.line, row.reason, box) for row, box in zip(rows, boxes, strict=True)]
        insert_many(self._tools.connection, rejected_table, _NAMES, made)

    def rejected(self, municipality: str, file_id: str, after: int, limit: int) -> tuple[RejectedRow, ...]:
        columns = rejected_table.c
        here = (columns.municipality == municipality, columns.file_id == file_id, columns.line > after)
        query = select(rejected_table).where(*here).order_by(columns.line).limit(limit)
        rows = self._tools.connection.execute(query).all()
        boxes = [(_cell(municipality, file_id, row.line), row.content) for row in rows]
        plain = self._tools.cells.open_all(self._tools.connection, boxes)
        return tuple(RejectedRow(row.line, row.reason, text.decode()) for row, text in zip(rows, plain, strict=True))


def _cell(municipality: str, file_id: str, line: int) -> Cell:
    return Cell(municipality, "replica_rejected", "content", f"{file_id}/{line}", 1)


def _values(file: ReplicaFile) -> dict[str, Any]:
    names = ("digest", "information", "tax_year", "rows", "parts", "next_part", "chain", "changed", "unchanged")
    more = ("rejected", "state", "begun_at", "changed_at")
    return {name: getattr(file, name) for name in names + more} | {"columns": ",".join(file.columns)}


def _file(row: Row[Any]) -> ReplicaFile:
    return ReplicaFile(
        municipality=row.municipality,
        file_id=row.file_id,
        digest=row.digest,
        information=row.information,
        tax_year=row.tax_year,
        columns=tuple(row.columns.split(",")),
        rows=row.rows,
        parts=row.parts,
        chain=row.chain,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        next_part=row.next_part,
        changed=row.changed,
        unchanged=row.unchanged,
        rejected=row.rejected,
        state=row.state,
    )
