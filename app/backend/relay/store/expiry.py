"""Runs as rows, and the deletion of what ended long ago."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, Row, String, Table, delete, insert, select, tuple_

from app.backend.relay.ports import ANSWERED, REFUSED
from app.backend.relay.service.bulk import DONE
from app.backend.relay.service.notices import CLOSED
from app.backend.relay.store.book import METADATA, enquiry_table
from app.backend.relay.store.bulk import bulk_row_table, bulk_table
from app.backend.relay.store.notices import notice_table
from app.domain.act import Act
from app.durable.columns import Instant
from app.durable.pen import Pen
from app.wire.relay_office import RunRow

run_table = Table(
    "run",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("run_id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Column("rows", Integer, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("cause", String(64), nullable=False),
)


class ExpiryRows:
    """See ``ExpiryUnit``."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self._connection = connection
        self._pen = pen

    def run(self, municipality: str, run_id: str) -> RunRow | None:
        here = (run_table.c.municipality == municipality, run_table.c.run_id == run_id)
        row = self._connection.execute(select(run_table).where(*here).with_for_update()).one_or_none()
        return None if row is None else run_row(row)

    def put_run(self, municipality: str, run: RunRow) -> None:
        here = (run_table.c.municipality == municipality, run_table.c.run_id == run.run_id)
        self._connection.execute(delete(run_table).where(*here))
        self._connection.execute(
            insert(run_table).values(
                municipality=municipality,
                run_id=run.run_id,
                kind=run.kind,
                state=run.state,
                began_at=run.began_at,
                ended_at=run.ended_at,
                rows=run.rows,
                faults=run.faults,
                cause=run.cause,
            )
        )

    def expire(self, municipality: str, before: datetime, most: int) -> int:
        enquiries, files, notices = enquiry_table.c, bulk_table.c, notice_table.c
        ended = (enquiries.state.in_([ANSWERED, REFUSED]), enquiries.changed_at < before)
        count = self._gone(enquiry_table, "enquiry_id", (enquiries.municipality == municipality, *ended), most)
        closed = (notices.state.in_(sorted(CLOSED)), notices.accepted_at < before)
        count += self._gone(notice_table, "notice_id", (notices.municipality == municipality, *closed), most)
        old = (files.municipality == municipality, files.state == DONE, files.changed_at < before)
        query = select(files.batch_id).where(*old).order_by(files.changed_at).limit(1)
        batch = self._connection.execute(query).scalar_one_or_none()
        if batch is None:
            return count
        of = bulk_row_table.c
        gone = self._gone(bulk_row_table, "number", (of.municipality == municipality, of.batch_id == batch), most)
        if gone < most:
            here = (files.municipality == municipality, files.batch_id == batch)
            self._connection.execute(delete(bulk_table).where(*here))
            gone += 1
        return count + gone

    def record(self, acts: Sequence[Act]) -> None:
        self._pen.write_all(self._connection, acts)

    def _gone(self, table: Table, key: str, which: tuple[ColumnElement[bool], ...], most: int) -> int:
        """Delete at most so many rows; how many."""
        primary = list(table.primary_key.columns)
        chosen = select(*primary).where(*which).order_by(table.c[key]).limit(most)
        return self._connection.execute(delete(table).where(tuple_(*primary).in_(chosen))).rowcount


def run_row(row: Row[Any]) -> RunRow:
    """As it is told."""
    return RunRow(
        run_id=row.run_id,
        kind=row.kind,
        state=row.state,
        began_at=row.began_at,
        ended_at=row.ended_at,
        rows=row.rows,
        done=row.rows,
        faults=row.faults,
        cause=row.cause,
    )
