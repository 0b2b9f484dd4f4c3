"""The communication server's book on its own database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from sqlalchemy import Connection

from app.backend.jukinet.ports import NetworkUnit
from app.backend.jukinet.store.people import PeopleStore, Terms
from app.backend.jukinet.store.records import RecordStore
from app.backend.jukinet.store.tables import HISTORY, METADATA, OUTBOX, TABLES, record_table
from app.backend.jukinet.store.ways import WayStore
from app.domain.act import Act
from app.domain.call import Call
from app.domain.search_terms import TermMaker
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.durable.outbox import Outbox
from app.durable.pen import Pen
from app.durable.purge import scrub
from app.wire.message import Message

__all__ = ["HISTORY", "METADATA", "TABLES", "JukinetStore", "Tools"]

A = TypeVar("A", bound=Message)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What the book writes with. ``maker``: makes search terms."""

    cells: Cells
    answers: Answers
    pen: Pen
    index_key: Secret
    maker: TermMaker


class JukinetStore:
    """See ``NetworkBook``. ``spread``: for the waits between tries, not for secrets."""

    def __init__(self, database: Database, tools: Tools, spread: Random) -> None:
        self._database = database
        self._tools = tools
        self._terms = Terms(tools.maker, tools.index_key)
        self._outbox = Outbox(OUTBOX, spread)

    def write(self, work: Callable[[NetworkUnit], T]) -> T:
        return self._database.write(lambda connection: work(self._unit(connection)))

    def read(self, work: Callable[[NetworkUnit], T]) -> T:
        return self._database.read(lambda connection: work(self._unit(connection)))

    def scrub(self) -> bool:
        return scrub(self._database, (record_table.name, OUTBOX.name))

    def _unit(self, connection: Connection) -> NetworkUnit:
        return _Unit(connection, self._tools, self._terms, self._outbox)


class _Unit:
    def __init__(self, connection: Connection, tools: Tools, terms: Terms, outbox: Outbox) -> None:
        self._connection = connection
        self._tools = tools
        self.people = PeopleStore(connection, tools.cells, terms)
        self.records = RecordStore(connection, tools.cells)
        self.ways = WayStore(connection, outbox, self.records)

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        return self._tools.answers.once(self._connection, call, message, gives, work)

    def record(self, acts: Sequence[Act]) -> tuple[str, ...]:
        return tuple(receipt.to_bytes().decode() for receipt in self._tools.pen.write_all(self._connection, acts))
