"""The relay's tables for who looks after it: announced stops, papers that were taken, runs; counts of enquiries."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, Connection, Integer, String, Table, and_, case, func, insert, or_, select, update

from app.backend.relay.ports import ANSWERED, REFUSED, STOPPED
from app.backend.relay.service.bulk import DONE, ROW_DONE, ROW_REJECTED
from app.backend.relay.service.expiring import ExpiryUnit
from app.backend.relay.service.steering import Backlog, OfficeUnit, Unused
from app.backend.relay.service.windows import Stop
from app.backend.relay.store.book import METADATA, enquiry_table
from app.backend.relay.store.bulk import bulk_row_table, bulk_table
from app.backend.relay.store.expiry import ExpiryRows, run_row, run_table
from app.domain.act import Act
from app.domain.call import Call
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.columns import Instant
from app.durable.engine import Database
from app.durable.pen import Pen
from app.errors import Conflict
from app.wire.message import Message
from app.wire.relay_office import PaperMark, RunRow

A = TypeVar("A", bound=Message)
T = TypeVar("T")

stop_table = Table(
    "stop",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("stop_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("side", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Column("reason", String(32), nullable=False),
    Column("by", String(64), nullable=False),
)

paper_table = Table(
    "paper",
    METADATA,
    Column("municipality", String(6), primary_key=True),
    Column("enquiry_id", String(64), primary_key=True),
    Column("paper", String(64), primary_key=True),
    Column("procedure", String(64), nullable=False),
    Column("enquiry", String(64), nullable=False),
    Column("noted_at", Instant, nullable=False),
)


class OfficeStore:
    """See ``OfficeBook``; also tells the windows what is announced."""

    def __init__(self, database: Database, answers: Answers, pen: Pen) -> None:
        self._database = database
        self._answers = answers
        self._pen = pen

    def write(self, work: Callable[[OfficeUnit], T]) -> T:
        return self._database.write(lambda connection: work(_Unit(connection, self._answers, self._pen)))

    def read(self, work: Callable[[OfficeUnit], T]) -> T:
        return self._database.read(lambda connection: work(_Unit(connection, self._answers, self._pen)))

    def write_expiry(self, work: Callable[[ExpiryUnit], T]) -> T:
        """See ``ExpiryBook``."""
        return self._database.write(lambda connection: work(ExpiryRows(connection, self._pen)))

    def stops(self, after: datetime) -> tuple[Stop, ...]:
        """See ``StopReader``."""
        return self.read(lambda unit: unit.stops(after))


class _Unit:
    def __init__(self, connection: Connection, answers: Answers, pen: Pen) -> None:
        self._connection = connection
        self._answers = answers
        self._pen = pen

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def stops(self, after: datetime) -> tuple[Stop, ...]:
        columns = stop_table.c
        query = select(stop_table).where(or_(columns.until.is_(None), columns.until > after)).order_by(columns.since)
        return tuple(Stop(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 -- its public name

    def stop(self, municipality: str, stop_id: str) -> Stop | None:
        columns = stop_table.c
        here = (columns.municipality == municipality, columns.stop_id == stop_id)
        row = self._connection.execute(select(stop_table).where(*here)).one_or_none()
        return None if row is None else Stop(**row._mapping)  # noqa: SLF001 -- its public name

    def put_stop(self, stop: Stop) -> None:
        columns = stop_table.c
        values = {"version": stop.version, "until": stop.until}
        if stop.version == 1:
            of = {"municipality": stop.municipality, "stop_id": stop.stop_id, "side": stop.side, "since": stop.since}
            self._connection.execute(insert(stop_table).values(**of, **values, reason=stop.reason, by=stop.by))
            return
        here = (columns.municipality == stop.municipality, columns.stop_id == stop.stop_id)
        changed = self._connection.execute(
            update(stop_table).where(*here, columns.version == stop.version - 1).values(**values)
        )
        if changed.rowcount != 1:
            raise Conflict(version=0)

    def backlog(self, municipality: str) -> Backlog:
        enquiries, files = enquiry_table.c, bulk_table.c
        is_open = (enquiries.municipality == municipality, enquiries.state.not_in([ANSWERED, REFUSED, STOPPED]))
        found = self._connection.execute(select(func.count(), func.min(enquiries.accepted_at)).where(*is_open)).one()
        dead = self._connection.execute(
            select(func.count())
            .select_from(enquiry_table)
            .where(enquiries.municipality == municipality, enquiries.state == STOPPED)
        ).scalar_one()
        running = select(func.count()).select_from(bulk_table)
        bulk = self._connection.execute(
            running.where(files.municipality == municipality, files.state != DONE)
        ).scalar_one()
        return Backlog(found[0], found[1], dead, bulk)

    def counted(self, municipality: str, bounds: Sequence[datetime]) -> list[tuple[int, str, str, int]]:
        columns = enquiry_table.c
        ends = [(columns.accepted_at < end, at) for at, end in enumerate(bounds[1:])]
        bucket = case(*ends, else_=len(ends)).label("bucket")
        within = (
            columns.municipality == municipality,
            columns.accepted_at >= bounds[0],
            columns.accepted_at < bounds[-1],
        )
        inner = select(bucket, columns.procedure, columns.state).where(*within).subquery()
        query = select(inner, func.count()).group_by(*inner.c)
        return [(row[0], row[1], row[2], row[3]) for row in self._connection.execute(query)]

    def runs(self, municipality: str, limit: int) -> tuple[RunRow, ...]:
        of = bulk_row_table.c
        ended = func.sum(case((of.state.in_([ROW_DONE, ROW_REJECTED]), 1), else_=0))
        faults = func.sum(case((of.state == ROW_REJECTED, 1), else_=0))
        files = bulk_table.c
        join = and_(of.municipality == files.municipality, of.batch_id == files.batch_id)
        query = (
            select(files.batch_id, files.state, files.laid_at, files.changed_at, func.count(of.number), ended, faults)
            .join_from(bulk_table, bulk_row_table, join, isouter=True)
            .where(files.municipality == municipality)
            .group_by(files.batch_id, files.state, files.laid_at, files.changed_at)
            .order_by(files.laid_at.desc())
            .limit(limit)
        )
        bulk = [
            RunRow(
                run_id=row[0],
                kind="bulk",
                state=row[1],
                began_at=row[2],
                ended_at=row[3] if row[1] == DONE else None,
                rows=row[4],
                done=int(row[5] or 0),
                faults=int(row[6] or 0),
            )
            for row in self._connection.execute(query)
        ]
        found = sorted((*bulk, *self._other_runs(municipality, limit)), key=lambda one: one.began_at, reverse=True)
        return tuple(found[:limit])

    def note_papers(self, municipality: str, procedure: str, papers: Sequence[PaperMark], at: datetime) -> int:
        return sum(
            insert_if_absent(
                self._connection,
                paper_table,
                {
                    "municipality": municipality,
                    "enquiry_id": one.enquiry_id,
                    "paper": one.paper,
                    "procedure": procedure,
                    "enquiry": one.enquiry,
                    "noted_at": at,
                },
            )
            for one in papers
        )

    def unused(self, municipality: str, since: datetime, before: datetime) -> tuple[Unused, ...]:
        papers, enquiries = paper_table.c, enquiry_table.c
        join = and_(enquiries.municipality == papers.municipality, enquiries.enquiry_id == papers.enquiry_id)
        query = (
            select(papers.procedure, papers.enquiry, papers.paper, func.count(), func.count(enquiries.enquiry_id))
            .join_from(paper_table, enquiry_table, join, isouter=True)
            .where(papers.municipality == municipality, papers.noted_at >= since, papers.noted_at < before)
            .group_by(papers.procedure, papers.enquiry, papers.paper)
            .order_by(papers.procedure, papers.enquiry, papers.paper)
        )
        return tuple(Unused(*row) for row in self._connection.execute(query))

    def record(self, acts: Sequence[Act]) -> None:
        self._pen.note_all(self._connection, acts)

    def _other_runs(self, municipality: str, limit: int) -> list[RunRow]:
        columns = run_table.c
        query = select(run_table).where(columns.municipality == municipality).order_by(columns.began_at.desc())
        return [run_row(row) for row in self._connection.execute(query.limit(limit))]
