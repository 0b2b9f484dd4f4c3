"""Journal and ledger under load: one act at a counter, lists of acts in a slice, lawful deletion."""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import MetaData

from app.domain.act import Act
from app.domain.clock import SystemClock
from app.domain.secret import Secret
from app.durable.address import PostgresSchema, SqlcipherFile, StoreAddress
from app.durable.cells import Cells
from app.durable.engine import Database, open_database
from app.durable.logbook import LogBook
from app.durable.migrate import migrate
from app.durable.pen import Pen
from app.durable.purge import Purger, purge
from app.durable.tables import SliceTables
from app.durable.worker import Worker
from app.server.retention import retention_rules
from app.services.ports.seat import Seat
from app.store.journal import TerminalJournal
from app.store.outbox import Slot, make_outbox
from app.store.tables import TERMINAL, TERMINAL_HISTORY
from app.store.terminal import Terminal
from app.trust.receipt import Receipt
from app.trust.seal import new_key
from app.trust.sign import SigningKey

HERE = "011002"
ASKING = 256
"""How many wait for their receipts at once."""
EIGHT_YEARS = timedelta(days=8 * 366)


def act(number: int) -> Act:
    """An act as the counter writes them: identifiers, and a few codes."""
    what = (("procedure", "an_application"), ("number", number), ("result", "agrees"), ("version", 3))
    return Act(
        "application.checked", datetime.now(UTC), HERE, "k0012", "kita-3", f"{number:032x}", f"{number:032x}", what=what
    )


class LaterClock:
    """Eight years on."""

    def now(self) -> datetime:
        return datetime.now(UTC) + EIGHT_YEARS

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice's ledger on one store."""

    database: Database
    pen: Pen
    book: LogBook

    def clear(self) -> int:
        """Delete everything, eight years later."""
        return purge(self.database, Purger(self.book, self.pen, retention_rules(), LaterClock()), HERE)


def open_ledger(address: StoreAddress) -> Slice:
    """A ledger on a fresh store."""
    metadata, clock = MetaData(), SystemClock()
    tables, database = SliceTables(metadata), open_database(address)
    database.write(metadata.create_all)
    cells = Cells(tables.keys, new_key(), clock)
    pen = Pen("desk", tables.leaves, cells, SigningKey.generate(), clock)
    return Slice(database, pen, LogBook("desk", tables.leaves, cells))


def address(engine: str, folder: Path, database: str) -> StoreAddress:
    """A fresh store on ``engine``."""
    return SqlcipherFile(folder / "slice.db", new_key()) if engine == "sqlcipher" else PostgresSchema(database, "slice")


def journal_seconds(folder: Path, count: int) -> list[float]:
    """Seconds of each act at a counter, until it is durable: always SQLCipher."""
    database = open_database(SqlcipherFile(folder / "terminal.db", new_key()))
    migrate(database, TERMINAL_HISTORY, TERMINAL)
    terminal = Terminal(folder, database, Secret(new_key().reveal()), SigningKey.generate())
    journal = TerminalJournal(terminal, Seat(HERE, "kita-3", "3"), Slot(make_outbox(), HERE), SystemClock())
    seconds = []
    for number in range(count):
        one = act(number)
        begin = time.perf_counter()
        journal.write(one)
        seconds.append(time.perf_counter() - begin)
    assert journal.size == count
    terminal.close()
    return seconds


def leaves_rate(ledger: Slice, count: int) -> float:
    """Acts per second that are durable and have their receipt, through the worker that drains what waits.

    A leaf: an act committed with its sealed record, its hashes in the tree and its receipt under a signed checkpoint.
    """

    def keep(acts: Sequence[Act]) -> Sequence[Receipt | BaseException]:
        return ledger.database.write(lambda connection: ledger.pen.write_all(connection, acts))

    acts = [act(number) for number in range(count)]
    worker: Worker[Act, Receipt] = Worker("leaves", keep)
    waiting, places = deque[Future[Receipt]](), list[int]()
    begin = time.perf_counter()
    for one in acts:
        waiting.append(worker.submit(one))
        if len(waiting) == ASKING:
            places.append(waiting.popleft().result().index)
    places += [receipt.result().index for receipt in waiting]
    rate = count / (time.perf_counter() - begin)
    worker.close()
    assert sorted(places) == list(range(count))
    return rate


def purge_rate(ledger: Slice) -> float:
    """Records per second that are lawfully deleted, the deletion recorded."""
    begin = time.perf_counter()
    count = ledger.clear()
    return count / (time.perf_counter() - begin)
