"""Visits and copies of drafts."""

from datetime import datetime

from sqlalchemy import delete, select, update

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
        return DraftCopy(municipality, draft_id, row.visit_id, row.staff_id, sealed, row.saved_at)

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
        }
        if known is None and insert_if_absent(self._connection, draft_table, {**key, **values}):
            return
        self._connection.execute(update(draft_table).where(*mine).values(**values))

    def drop_draft(self, municipality: str, draft_id: str) -> None:
        columns = draft_table.c
        self._connection.execute(
            delete(draft_table).where(columns.municipality == municipality, columns.draft_id == draft_id)
        )
