"""Notices that go by post: whom they reach and where is sealed, that they went is not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from app.backend.desk.ports import Addressee, PostalNotice
from app.backend.desk.store.sealed import Sealed
from app.backend.desk.store.tables import notice_table
from app.durable.absent import insert_if_absent
from app.errors import Conflict

MOST_NOTICES = 500
"""Notices in one list; the oldest come first. Assumed."""
_ROW = (
    "municipality", "application_id", "procedure", "number", "receipt_date", "queued_at", "version", "posted_at",
    "posted_by",
)  # fmt: skip


class Notices(Sealed):
    """The part of a unit that keeps notices."""

    def queue_notice(self, notice: PostalNotice) -> bool:
        sealed = self._seal(notice_table, notice.municipality, notice.application_id, 1, notice.to)
        row = {name: getattr(notice, name) for name in _ROW}
        return insert_if_absent(self._connection, notice_table, {**row, "sealed": sealed})

    def notice(self, municipality: str, application_id: str) -> PostalNotice | None:
        columns = notice_table.c
        row = self._connection.execute(
            select(notice_table).where(columns.municipality == municipality, columns.application_id == application_id)
        ).one_or_none()
        return None if row is None else self._notice(row)

    def notices(
        self, municipality: str, procedures: Sequence[str], posted_since: datetime | None = None
    ) -> tuple[PostalNotice, ...]:
        columns = notice_table.c
        chosen = columns.posted_at.is_(None) if posted_since is None else columns.posted_at >= posted_since
        rows = self._connection.execute(
            select(notice_table)
            .where(columns.municipality == municipality, columns.procedure.in_(procedures), chosen)
            .order_by(columns.queued_at, columns.application_id)
            .limit(MOST_NOTICES)
        )
        return tuple(self._notice(row) for row in rows)

    def post_notice(self, notice: PostalNotice) -> None:
        columns = notice_table.c
        posting = (
            update(notice_table)
            .where(
                columns.municipality == notice.municipality,
                columns.application_id == notice.application_id,
                columns.version == notice.version - 1,
                columns.posted_at.is_(None),
            )
            .values(version=notice.version, posted_at=notice.posted_at, posted_by=notice.posted_by)
        )
        if self._connection.execute(posting).rowcount != 1:
            raise Conflict(version=notice.version)

    def _notice(self, row: Row[Any]) -> PostalNotice:
        """The addressee never changes: it stays sealed as of version 1."""
        to = self._open(notice_table, (row.municipality, row.application_id, 1), row.sealed, Addressee)
        return PostalNotice(**{name: getattr(row, name) for name in _ROW}, to=to)
