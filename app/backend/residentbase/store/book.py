"""Residentbase's book: units of work on one store."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from sqlalchemy import Connection

from app.backend.residentbase.ports import BaseUnit
from app.backend.residentbase.store.households import StoredHouseholds
from app.backend.residentbase.store.linkage import StoredLinkage
from app.backend.residentbase.store.receivers import StoredReceivers
from app.backend.residentbase.store.records import StoredChanges, StoredResidents
from app.backend.residentbase.store.tables import OUTBOX, TABLES
from app.backend.residentbase.store.uses import StoredUses
from app.domain.act import Act
from app.domain.call import Call
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.logbook import LogBook
from app.durable.outbox import Outbox
from app.durable.pen import Pen
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class BaseStore:
    """See ``BaseBook``. ``spread``: for the waits between tries, not for secrets."""

    def __init__(self, database: Database, cells: Cells, pen: Pen, book: LogBook, spread: Random) -> None:
        self._database = database
        self._cells = cells
        self._pen = pen
        self._book = book
        self._outbox = Outbox(OUTBOX, spread)
        self._answers = Answers(TABLES.answers, cells)

    def write(self, work: Callable[[BaseUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[BaseUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def _unit(self, connection: Connection) -> BaseUnit:
        linkage = StoredLinkage(connection, self._pen, self._book)
        return _Unit(connection, self._cells, self._answers, self._outbox, linkage)


class _Unit:
    def __init__(
        self, connection: Connection, cells: Cells, answers: Answers, outbox: Outbox, linkage: StoredLinkage
    ) -> None:
        self._connection = connection
        self._answers = answers
        self.linkage = linkage
        self.residents, self.changes = StoredResidents(connection, cells), StoredChanges(connection, cells)
        self.uses, self.receivers = StoredUses(connection), StoredReceivers(connection)
        self.households = StoredHouseholds(connection, outbox)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._answers.once(self._connection, call, message, gives, work)

    def record(self, acts: Sequence[Act]) -> None:
        self.linkage.record(acts)
