"""The boundary's book: units of work on one store, and linkage records found again in its ledger."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from app.backend.jukirelay.ports import LinkageQuery, Linked, NetworkUnit
from app.backend.jukirelay.store.arrivals import StoredArrivals
from app.backend.jukirelay.store.coming import StoredComing
from app.backend.jukirelay.store.lines import StoredLines
from app.backend.jukirelay.store.office import StoredOffice
from app.backend.jukirelay.store.outgoing import StoredOutgoing
from app.backend.jukirelay.store.queue import Queue, StoredPace, StoredQueue
from app.backend.jukirelay.store.replica import StoredReplica
from app.backend.jukirelay.store.tables import linkage_table
from app.backend.jukirelay.store.tools import Tools
from app.domain.act import Act
from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import KeptRecord, LogBook
from app.durable.pen import Pen
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class NetworkStore:
    """The boundary's book. ``ledger``: pen and log book of the slice; ``spread``: for waits, not for secrets."""

    def __init__(
        self,
        database: Database,
        cells: Cells,
        answers: Answers,
        ledger: tuple[Pen, LogBook],
        index_key: Secret,
        spread: Random,
    ) -> None:
        self._database = database
        self._cells = cells
        self._answers = answers
        self._ledger = ledger
        self._key = index_key
        self._queue = Queue(spread)

    def write(self, work: Callable[[NetworkUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[NetworkUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> NetworkUnit:
        return _Unit(Tools(connection, self._cells, self._key), self._answers, self._ledger, self._queue)


class _Unit:
    def __init__(self, tools: Tools, answers: Answers, ledger: tuple[Pen, LogBook], queue: Queue) -> None:
        self._tools = tools
        self._answers = answers
        self._pen, self._logbook = ledger
        self.lines, self.replica, self.coming = StoredLines(tools), StoredReplica(tools), StoredComing(tools)
        self.queue, self.pace = StoredQueue(tools, queue), StoredPace(tools)
        self.outgoing = StoredOutgoing(tools, self.queue)
        self.arrivals, self.office = StoredArrivals(tools), StoredOffice(tools)

    def record(self, act: Act, subject: str = "") -> str:
        receipt = self._pen.write(self._tools.connection, act)
        row = {
            "municipality": act.municipality,
            "place": receipt.index,
            "at": act.at,
            "kind": act.kind,
            "person": self._tools.token(act.municipality, "person", subject) if subject else None,
        }
        self._tools.connection.execute(insert(linkage_table).values(**row))
        return receipt.to_bytes().decode()

    def linked(self, query: LinkageQuery) -> tuple[Linked, ...]:
        columns, leaf = linkage_table.c, self._logbook.tables.leaf
        where = [
            columns.municipality == query.municipality,
            columns.at >= query.since,
            columns.at < query.until,
            leaf.c.sealed.is_not(None),
        ]
        if query.subject:
            where.append(columns.person == self._tools.token(query.municipality, "person", query.subject))
        if query.kind:
            where.append(columns.kind == query.kind)
        mine = (leaf.c.municipality == columns.municipality) & (leaf.c.position == columns.place)
        rows = self._tools.connection.execute(
            select(leaf).join(linkage_table, mine).where(*where).order_by(columns.at, columns.place).limit(query.limit)
        )
        kept = [KeptRecord(row.position, row.entry, row.sealed, row.kind, row.visit, row.at) for row in rows]
        read = self._logbook.act
        return tuple(Linked(one.position, read(self._tools.connection, query.municipality, one)) for one in kept)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._tools.connection, call, message, gives, work)
