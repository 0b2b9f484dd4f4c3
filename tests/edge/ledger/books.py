"""A slice's ledger on a real store, written and read by the product's own parts."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import MetaData

from app.domain.act import Act
from app.domain.clock import Clock, SystemClock
from app.durable.address import StoreAddress
from app.durable.cells import Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.pen import Pen
from app.durable.tables import SliceTables
from app.trust.receipt import Receipt
from app.trust.seal import new_key
from app.trust.sign import SigningKey

HERE, THERE = "011002", "131016"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def act(number: int, municipality: str = HERE, visit: str = "V-1") -> Act:
    return Act("visit.step", NOW, municipality, "S-1", "T-1", f"trace-{number}", visit, what=(("number", number),))


class Ledger:
    """One slice's log on one store."""

    def __init__(self, address: StoreAddress, log: str = "desk", clock: Clock | None = None) -> None:
        metadata = MetaData()
        slice_tables = SliceTables(metadata)
        self.tables = slice_tables.leaves
        self.database: Database = open_database(address)
        self.database.write(metadata.create_all)
        self.key = SigningKey.generate()
        clock = clock or SystemClock()
        self.cells = cells = Cells(slice_tables.keys, new_key(), clock)
        self.pen = Pen(log, self.tables, cells, self.key, clock)
        self.book = LogBook(log, self.tables, cells)

    def write(self, *acts: Act) -> tuple[Receipt, ...]:
        return self.database.write(lambda connection: self.pen.write_all(connection, acts))


@pytest.fixture
def ledger(store_address: StoreAddress) -> Iterator[Ledger]:
    """A ledger on a fresh store, on SQLCipher and on PostgreSQL."""
    made = Ledger(store_address)
    yield made
    made.database.close()
