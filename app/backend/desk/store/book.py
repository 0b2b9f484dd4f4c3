"""The desk's book: one unit of work puts visits, cases, notices and journals together on one connection."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, select, update

from app.backend.desk.ports import DeskUnit
from app.backend.desk.store.counts import Counts
from app.backend.desk.store.fees import Fees
from app.backend.desk.store.filings import Filings
from app.backend.desk.store.holds import Holds
from app.backend.desk.store.journals import Journals
from app.backend.desk.store.notices import Notices
from app.backend.desk.store.rules import SESSION_S, Rules
from app.backend.desk.store.stages import Stages
from app.backend.desk.store.tables import colleague_table
from app.backend.desk.store.takeover import Takeovers
from app.domain.act import Act
from app.domain.call import Call
from app.domain.rights import Actor
from app.durable.absent import insert_if_absent
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import LogBook
from app.durable.pen import Pen
from app.durable.swift import glance
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class DeskStore:
    """The desk's book."""

    def __init__(self, database: Database, cells: Cells, answers: Answers, pen: Pen, logbook: LogBook) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._pen = pen
        self._logbook = logbook

    def write(self, work: Callable[[DeskUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[DeskUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def session_s(self, municipality: str) -> int | None:
        """How long a session lasts by the rules in force, seconds; None before any. Asked at every staff request."""
        row = glance(self._database, SESSION_S, (municipality,))
        return None if row is None else int(row[0])

    def _unit(self, connection: Connection) -> "_Unit":
        return _Unit(connection, self._cells, self._answers, self._pen, self._logbook)


class _Unit(Takeovers, Counts, Fees, Filings, Holds, Journals, Notices, Rules, Stages):
    def __init__(self, connection: Connection, cells: Cells, answers: Answers, pen: Pen, logbook: LogBook) -> None:
        super().__init__(connection, cells)
        self._answers = answers
        self._pen = pen
        self._logbook = logbook

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def record(self, act: Act) -> str:
        return self._pen.write(self._connection, act).to_bytes().decode()

    def grown(self, municipality: str, first: int, second: int) -> tuple[bytes, ...]:
        return self._logbook.consistency(self._connection, municipality, first, second)

    def own_acts(self, municipality: str, visit_id: str) -> tuple[Act, ...]:
        return self._logbook.acts_of_visit(self._connection, municipality, visit_id)

    def remember(self, actor: Actor) -> None:
        columns = colleague_table.c
        row = {"municipality": actor.municipality, "staff_id": actor.staff_id, "name": actor.name, "version": 1}
        if insert_if_absent(self._connection, colleague_table, row):
            return
        self._connection.execute(
            update(colleague_table)
            .where(
                columns.municipality == actor.municipality,
                columns.staff_id == actor.staff_id,
                columns.name != actor.name,
            )
            .values(name=actor.name, version=columns.version + 1)
        )

    def names(self, municipality: str) -> dict[str, str]:
        columns = colleague_table.c
        rows = self._connection.execute(
            select(columns.staff_id, columns.name).where(columns.municipality == municipality)
        )
        return {row.staff_id: row.name for row in rows}
