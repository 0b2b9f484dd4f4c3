"""Error notes as rows: those told to others with their state, and those that others told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from app.backend.intermediary.ports.held import ACKNOWLEDGED, ErrorNote, ReceivedNote
from app.backend.intermediary.store.tables import note_table, received_note_table
from app.backend.intermediary.store.tools import Tools
from app.durable.absent import insert_if_absent
from app.durable.among import among
from app.errors import Conflict

_LISTED = 1000


class NoteRows:
    """See ``NoteUnit``."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def add(self, notes: Sequence[ErrorNote]) -> None:
        for note in notes:
            self._tools.connection.execute(insert(note_table).values(self._values(note)))

    def of(self, municipality: str, process_numbers: Sequence[str]) -> tuple[ErrorNote, ...]:
        columns = note_table.c
        mine = among(self._tools.connection, columns.process_number, list(process_numbers))
        rows = self._tools.connection.execute(select(note_table).where(columns.municipality == municipality, mine))
        return self._opened(rows.all())

    def listed(self, municipality: str, owners: Sequence[str]) -> tuple[ErrorNote, ...]:
        columns = note_table.c
        query = select(note_table).where(columns.municipality == municipality, columns.owner.in_(owners))
        return self._opened(self._tools.connection.execute(query.order_by(columns.made_at.desc()).limit(_LISTED)).all())

    def due(self, now: datetime, lease_until: datetime, limit: int) -> tuple[ErrorNote, ...]:
        columns, connection = note_table.c, self._tools.connection
        query = select(note_table).where(columns.state != ACKNOWLEDGED, columns.next_at <= now)
        rows = connection.execute(query.order_by(columns.next_at).limit(limit).with_for_update(skip_locked=True)).all()
        mine = [one for one in rows if (one.municipality, one.receiver) == (rows[0].municipality, rows[0].receiver)]
        for row in mine:
            here = (columns.municipality == row.municipality, columns.note_id == row.note_id)
            connection.execute(update(note_table).where(*here).values(next_at=lease_until))
        return self._opened(mine)

    def keep(self, note: ErrorNote) -> None:
        columns, connection = note_table.c, self._tools.connection
        here = (columns.municipality == note.municipality, columns.note_id == note.note_id)
        change = update(note_table).where(*here, columns.version == note.version - 1).values(self._values(note))
        if connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount != 1:
            raise Conflict(version=note.version)

    def receive(self, notes: Sequence[ReceivedNote]) -> None:
        for note in notes:
            insert_if_absent(self._tools.connection, received_note_table, self._received_values(note))

    def received(self, municipality: str, process_numbers: Sequence[str]) -> tuple[ReceivedNote, ...]:
        columns = received_note_table.c
        mine = among(self._tools.connection, columns.process_number, list(process_numbers))
        query = select(received_note_table).where(columns.municipality == municipality, mine)
        return self._received_opened(self._tools.connection.execute(query).all())

    def received_for(self, municipality: str, tasks: Sequence[str]) -> tuple[ReceivedNote, ...]:
        columns = received_note_table.c
        query = select(received_note_table).where(columns.municipality == municipality, columns.task.in_(tasks))
        rows = self._tools.connection.execute(query.order_by(columns.received_at.desc()).limit(_LISTED)).all()
        return self._received_opened(rows)

    def acknowledge(self, note: ReceivedNote) -> None:
        columns, connection = received_note_table.c, self._tools.connection
        here = (columns.municipality == note.municipality, columns.note_id == note.note_id)
        values = self._received_values(note)
        change = update(received_note_table).where(*here, columns.version == note.version - 1).values(values)
        if connection.execute(change, execution_options={"preserve_rowcount": True}).rowcount != 1:
            raise Conflict(version=note.version)

    def _values(self, note: ErrorNote) -> dict[str, Any]:
        names = ("municipality", "note_id", "version", "process_number", "owner", "receiver", "state", "attempts")
        more = ("next_at", "cause", "made_at", "received_at", "acknowledged_at")
        content = self._tools.seal(note.municipality, "error_note", note.note_id, note.version, note)
        return {name: getattr(note, name) for name in names + more} | {"content": content}

    def _opened(self, rows: Sequence[Row[Any]]) -> tuple[ErrorNote, ...]:
        return tuple(
            self._tools.open(row.municipality, "error_note", (row.note_id, row.version, row.content), ErrorNote)
            for row in rows
        )

    def _received_values(self, note: ReceivedNote) -> dict[str, Any]:
        names = ("municipality", "note_id", "version", "process_number", "provider", "task")
        content = self._tools.seal(note.municipality, "received_note", note.note_id, note.version, note)
        values = {name: getattr(note, name) for name in (*names, "received_at", "acknowledged_at")}
        return values | {"content": content}

    def _received_opened(self, rows: Sequence[Row[Any]]) -> tuple[ReceivedNote, ...]:
        return tuple(
            self._tools.open(row.municipality, "received_note", (row.note_id, row.version, row.content), ReceivedNote)
            for row in rows
        )
