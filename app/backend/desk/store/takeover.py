"""Who may open whose drafts, which lie there, and who took one over."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from app.backend.desk.ports import DraftCopy, TakeKey, Takeover
from app.backend.desk.store.tables import draft_table, take_key_table, takeover_table
from app.backend.desk.store.visits import Visits, draft_of
from app.durable.absent import insert_if_absent
from app.errors import Conflict

MOST_DRAFTS = 200
"""Drafts in one list; the oldest come first. Assumed."""


class Takeovers(Visits):
    """The part of a unit that keeps take-overs."""

    def put_take_key(self, key: TakeKey) -> None:
        columns = take_key_table.c
        mine = [columns[name] == getattr(key, name) for name in ("municipality", "staff_id", "terminal")]
        self._connection.execute(delete(take_key_table).where(*mine))
        values = {name: getattr(key, name) for name in TakeKey.__slots__}
        self._connection.execute(insert(take_key_table).values(**values))

    def take_keys(self, municipality: str, department: str, since: datetime) -> tuple[TakeKey, ...]:
        columns = take_key_table.c
        query = select(take_key_table).where(
            columns.municipality == municipality, columns.department == department, columns.offered_at >= since
        )
        rows = self._connection.execute(query.order_by(columns.offered_at.desc(), columns.staff_id, columns.terminal))
        return tuple(TakeKey(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def drafts_of(self, municipality: str, department: str) -> tuple[DraftCopy, ...]:
        columns = draft_table.c
        query = select(draft_table).where(columns.municipality == municipality, columns.department == department)
        rows = self._connection.execute(query.order_by(columns.saved_at, columns.draft_id).limit(MOST_DRAFTS)).all()
        return tuple(draft_of(row, b"", self._for_takers(row)) for row in rows)

    def take_draft(self, draft: DraftCopy, taken: Takeover) -> None:
        columns = draft_table.c
        mine = (columns.municipality == draft.municipality, columns.draft_id == draft.draft_id)
        version = self._connection.execute(select(columns.version).where(*mine).with_for_update()).scalar_one_or_none()
        if version != draft.version:
            raise Conflict(version=version or 0)
        values = {name: getattr(taken, name) for name in Takeover.__slots__}
        if not insert_if_absent(self._connection, takeover_table, values):
            raise Conflict(version=version)
        self.keep_draft(draft)

    def takeovers(self, municipality: str, draft_id: str) -> tuple[Takeover, ...]:
        columns = takeover_table.c
        query = select(takeover_table).where(columns.municipality == municipality, columns.draft_id == draft_id)
        rows = self._connection.execute(query.order_by(columns.position))
        return tuple(Takeover(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it

    def taken_from(self, municipality: str, staff_id: str, since: datetime) -> tuple[Takeover, ...]:
        columns = takeover_table.c
        query = select(takeover_table).where(
            columns.municipality == municipality, columns.author == staff_id, columns.taken_at >= since
        )
        rows = self._connection.execute(query.order_by(columns.taken_at.desc(), columns.draft_id))
        return tuple(Takeover(**row._mapping) for row in rows)  # noqa: SLF001 -- SQLAlchemy's public name for it
