"""Opens units of work on the ledger slice's store."""

from collections.abc import Callable
from typing import TypeVar

from app.backend.ledger.ports import CounterpartUnit
from app.backend.ledger.store.counterparts import Unit
from app.durable.engine import Database

T = TypeVar("T")


class LedgerStore:
    """The ledger slice's book."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, work: Callable[[CounterpartUnit], T]) -> T:
        return self._database.write(lambda connection: work(Unit(connection)))

    def read(self, work: Callable[[CounterpartUnit], T]) -> T:
        return self._database.read(lambda connection: work(Unit(connection)))
