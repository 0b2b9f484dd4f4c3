"""An outbox of the shipped kind: filled, claimed in portions, handed to a port, acknowledged, closed."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import MetaData

from app.domain.clock import Clock, SystemClock
from app.durable.address import PostgresSchema, SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.outbox import Outbox, OutboxItem, outbox_table
from app.trust.seal import new_key
from bench.figures import Figure, p50
from bench.floors.outbox import PORTION
from bench.floors.outbox import rate as raw_rate

RATE = {"sqlcipher": 1_000, "postgresql": 2_000}
"""Deliveries per second that are asked for."""
OFFERED = 500
LOST = 0.10
WAL_MB, READ_S = 64, 1.0
SUBJECTS, BODY, ROUNDS = 1_000, 1_024, 3
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Scale:
    """How many items are drained, and how long a transaction is held open (s)."""

    backlog: int
    held_s: float


SMALL, FULL = Scale(5_000, 6.0), Scale(20_000, 180.0)


def figures(engine: str, folder: Path, url: str, *, scale: Scale) -> list[Figure]:
    """How fast a backlog drains beside its floor, and what readers or a long transaction do to it."""
    floor = raw_rate(engine, str(folder), url, scale.backlog, BODY)
    with _queue(engine, folder, url) as queue:
        queue.fill(scale.backlog)
        told = f"{scale.backlog} items of {BODY} B, {SUBJECTS} subjects, at most {PORTION} in a transaction"
        if engine == "sqlcipher":
            found = _encrypted(queue, folder, told)
        else:
            found = [_rate(queue.drain(), told, engine), *_held(queue, scale)]
        twice = Figure("outbox_twice", float(queue.twice), "items", goal=0, scale=told, engine=engine)
        return [replace(found[0], floor=floor), twice, *found[1:]]


def _rate(value: float, told: str, engine: str) -> Figure:
    return Figure("outbox_rate", value, "1/s", None, RATE[engine], "value>=goal", told, engine)


def _encrypted(queue: "_Queue", folder: Path, told: str) -> list[Figure]:
    """Draining beside somebody who reads all the while. No read may take longer, no WAL grow larger than is said."""
    with _readers(queue, folder / "outbox.db-wal") as seen:
        rate = queue.drain()
    longest, wal = seen.longest_s, seen.wal / 2**20
    assert longest <= READ_S, f"a read took {longest:.2f} s"
    assert wal <= WAL_MB, f"the WAL grew to {wal:.0f} MB"
    return [
        _rate(rate, told, "sqlcipher"),
        Figure("outbox_read_max", longest, "s", goal=READ_S, scale=told, engine="sqlcipher"),
        Figure("outbox_wal_max", wal, "MB", goal=WAL_MB, scale=told, engine="sqlcipher"),
    ]


def _held(queue: "_Queue", scale: Scale) -> list[Figure]:
    """A transaction stays open while items come and go; then the same backlogs once more, while it is still open."""
    backlog = scale.backlog // 5
    before = queue.drained(backlog)
    with queue.snapshot():
        behind = queue.offered(OFFERED, scale.held_s)
        after = queue.drained(backlog)
    told = f"transaction open for {scale.held_s:.0f} s at {OFFERED}/s offered, then {ROUNDS} times {backlog} items"
    goal = LOST if scale is FULL else None
    return [
        Figure("outbox_held_rate", after, "1/s", before, scale=told, engine="postgresql"),
        Figure("outbox_held_loss", 1 - after / before, "share", goal=goal, scale=told, engine="postgresql"),
        Figure("outbox_held_behind", float(behind), "items", goal=OFFERED, scale=told, engine="postgresql"),
    ]


@dataclass
class _Queue:
    """One store with an outbox, and the port its items go to."""

    database: Database
    outbox: Outbox
    clock: Clock
    numbers: Iterator[int]
    arrived: set[str] = field(default_factory=set)
    twice: int = 0

    def fill(self, count: int) -> None:
        body = bytes(BODY)
        for first in range(0, count, PORTION):
            items = [next(self.numbers) for _ in range(min(PORTION, count - first))]
            now = self.clock.now()
            self.database.write(
                lambda c, items=items, now=now: [
                    self.outbox.put(c, f"i{n}", f"s{n % SUBJECTS}", "hand_in", body, now) for n in items
                ]
            )

    def turn(self) -> int:
        now = self.clock.now()
        items = self.database.write(lambda c: self.outbox.claim(c, now, LEASE, PORTION))
        if items:
            done = self._port(items)
            self.database.write(lambda c: self.outbox.done(c, *done))
        return len(items)

    def _port(self, items: Sequence[OutboxItem]) -> list[str]:
        """The receiver: acknowledges, and counts what came twice."""
        self.twice += sum(item.item_id in self.arrived for item in items)
        self.arrived.update(item.item_id for item in items)
        return [item.item_id for item in items]

    def drain(self) -> float:
        """Deliveries per second until nothing waits."""
        begun, count = time.perf_counter(), 0
        while turned := self.turn():
            count += turned
        return count / (time.perf_counter() - begun)

    def drained(self, backlog: int) -> float:
        """Deliveries per second of a backlog, the middle of a few rounds."""
        rates = []
        for _ in range(ROUNDS):
            self.fill(backlog)
            rates.append(self.drain())
        return p50(rates)

    def offered(self, rate: int, seconds: float) -> int:
        """Let items come at ``rate`` while they are delivered; how many still wait at the end."""
        begun, laid = time.perf_counter(), 0
        while (passed := time.perf_counter() - begun) < seconds:
            due = int(passed * rate) - laid
            if due > 0:
                self.fill(min(due, PORTION))
                laid += min(due, PORTION)
            if not self.turn():
                time.sleep(0.01)
        return int(self.database.read(self.outbox.count_waiting))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A transaction that has read and stays open, as a dump or a forgotten session does."""
        with self.database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as held:
            self.outbox.count_waiting(held)
            yield
            held.rollback()


@dataclass
class _Seen:
    longest_s: float = 0.0
    wal: int = 0


@contextmanager
def _readers(queue: _Queue, wal: Path) -> Iterator[_Seen]:
    """Somebody who looks at what waits all the while; his longest look, and how long the WAL grew (bytes)."""
    seen, over = _Seen(), Event()

    def look() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            queue.database.read(queue.outbox.count_waiting)
            seen.longest_s = max(seen.longest_s, time.perf_counter() - begun)
            seen.wal = max(seen.wal, wal.stat().st_size if wal.exists() else 0)
            time.sleep(0.005)

    thread = Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


@contextmanager
def _queue(engine: str, folder: Path, url: str) -> Iterator[_Queue]:
    file = SqlcipherFile(folder / "outbox.db", new_key())
    database = open_database(file if engine == "sqlcipher" else PostgresSchema(url, "outbox"))
    metadata = MetaData()
    table = outbox_table(metadata)
    try:
        database.write(metadata.create_all)
        yield _Queue(database, Outbox(table, random.Random(1)), SystemClock(), count())
    finally:
        database.close()
