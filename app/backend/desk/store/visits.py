"""Visits and copies of drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from app.backend.desk.ports import DraftCopy, Visit
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import draft_table, visit_table
from app.durable.absent import insert_if_absent


class Visits(Sealed):
    """The part of a unit that keeps visits and drafts."""

    def open_visit(self, visit: Visit) -> bool:
        row = {name: getattr(visit, name) for name in Visit.__slots__}
        return insert_if_absent(self._connection, visit_table, {**row, "version": 1})

    def visit(self, municipality: str, visit_id: str) -> Visit | None:
        columns = visit_table.c
        row = self._connection.execute(
            select(visit_table).where(columns.municipality == municipality, columns.visit_id == visit_id)
        ).one_or_none()
        return None if row is None else Visit(**{name: getattr(row, name) for name in Visit.__slots__})

    def tickets(self, municipality: str, visit_ids: Sequence[str]) -> Mapping[str, str]:
        columns = visit_table.c
        query = select(columns.visit_id, columns.ticket).where(
            columns.municipality == municipality, columns.visit_id.in_(list(visit_ids))
        )
        return {row.visit_id: row.ticket for row in self._connection.execute(query)}

    def close_visit(self, municipality: str, visit_id: str, at: datetime) -> None:
        columns = visit_table.c
        self._connection.execute(
            update(visit_table)
            .where(columns.municipality == municipality, columns.visit_id == visit_id, columns.closed_at.is_(None))
            .values(closed_at=at, version=columns.version + 1)
        )

    def draft(self, municipality: str, draft_id: str) -> DraftCopy | None:
        columns = draft_table.c
        row = self._connection.execute(
            select(draft_table).where(columns.municipality == municipality, columns.draft_id == draft_id)
        ).one_or_none()
        if row is None:
            return None
        sealed = self._open(draft_table, (municipality, draft_id, row.version), row.sealed, bytes)
        return draft_of(row, sealed, self._for_takers(row))

    def keep_draft(self, draft: DraftCopy) -> None:
        columns = draft_table.c
        mine = (columns.municipality == draft.municipality, columns.draft_id == draft.draft_id)
        key = {"municipality": draft.municipality, "draft_id": draft.draft_id}
        known = self._connection.execute(select(columns.version).where(*mine).with_for_update()).scalar_one_or_none()
        version = (known or 0) + 1
        values = {
            "version": version,
            "visit_id": draft.visit_id,
            "staff_id": draft.staff_id,
            "saved_at": draft.saved_at,
            "sealed": self._seal(draft_table, draft.municipality, draft.draft_id, version, draft.sealed),
            "procedure": draft.procedure,
            "department": draft.department,
            "terminal": draft.terminal,
            "for_takers": self._seal(
                draft_table, draft.municipality, takers_row(draft.draft_id), version, draft.for_takers
            ),
        }
        if known is None and insert_if_absent(self._connection, draft_table, {**key, **values}):
            return
        self._connection.execute(update(draft_table).where(*mine).values(**values))

    def drop_draft(self, municipality: str, draft_id: str) -> None:
        columns = draft_table.c
        self._connection.execute(
            delete(draft_table).where(columns.municipality == municipality, columns.draft_id == draft_id)
        )

    def _for_takers(self, row: Row[Any]) -> tuple[bytes, ...]:
        if row.for_takers is None:
            return ()
        place = (row.municipality, takers_row(row.draft_id), row.version)
        return self._open(draft_table, place, row.for_takers, tuple[bytes, ...])


def takers_row(draft_id: str) -> str:
    """The place of what is sealed for takers, beside the draft's own."""
    return f"{draft_id}/takers"


def draft_of(row: Row[Any], sealed: bytes, for_takers: tuple[bytes, ...]) -> DraftCopy:
    """A row as a copy."""
    return DraftCopy(
        municipality=row.municipality,
        draft_id=row.draft_id,
        visit_id=row.visit_id,
        staff_id=row.staff_id,
        sealed=sealed,
        saved_at=row.saved_at,
        procedure=row.procedure,
        department=row.department,
        terminal=row.terminal,
        for_takers=for_takers,
        version=row.version,
    )
