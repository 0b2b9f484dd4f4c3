"""An outbox of the shipped kind: filled, claimed in portions, handed to a port, acknowledged, closed."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from bench.figures import Figure
from bench.floors.outbox import PORTION
from bench.floors.outbox import rate as raw_rate

RATE = {"sqlcipher": 1_000, "postgresql": 2_000}
"""Deliveries per second that are asked for."""
OFFERED = 500
LOST = 0.10
WAL_MB, READ_S = 64, 1.0
SUBJECTS, BODY = 1_000, 1_024
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Scale:
    backlog: int
    held_s: float


SMALL, FULL = _Scale(3_000, 6.0), _Scale(20_000, 180.0)


def figures(*, small: bool, engine: str) -> list[Figure]:
    """How fast a backlog drains beside its floor, and what readers or a long transaction do to it."""
    scale = SMALL if small else FULL
    with _place(engine) as (folder, database_url), _queue(engine, folder, database_url) as queue:
        floor = raw_rate(engine, folder, database_url, scale.backlog, BODY)
        queue.fill(scale.backlog)
        if engine == "sqlcipher":
            with _readers(queue, Path(folder) / "outbox.db-wal") as seen:
                rate = queue.drain()
        else:
            rate = queue.drain()
        told = f"{scale.backlog} items of {BODY} B, {SUBJECTS} subjects, {PORTION} in a transaction"
        found = [
            Figure("outbox_rate", rate, "1/s", floor, RATE[engine], "value>=goal", told, engine),
            Figure("outbox_twice", float(queue.twice), "items", goal=0, scale=told, engine=engine),
        ]
        if engine == "sqlcipher":
            found += [
                Figure("outbox_read_max", seen.longest_s, "s", goal=READ_S, scale=told, engine=engine),
                Figure("outbox_wal_max", seen.wal / 2**20, "MB", goal=WAL_MB, scale=told, engine=engine),
            ]
        else:
            found += _held(queue, scale)
    return found


def _held(queue: "_Queue", scale: _Scale) -> list[Figure]:
    """A transaction stays open while items come and go; then the same backlog once more, while it is still open."""
    backlog = max(2_000, scale.backlog // 5)
    queue.fill(backlog)
    before = queue.drain()
    with queue.snapshot():
        behind = queue.offered(OFFERED, scale.held_s)
        queue.fill(backlog)
        after = queue.drain()
    told = f"transaction open for {scale.held_s:.0f} s at {OFFERED}/s offered, then {backlog} items"
    goal = LOST if scale is FULL else None
    return [
        Figure("outbox_held_rate", after, "1/s", before, scale=told, engine="postgresql"),
        Figure("outbox_held_loss", 1 - after / before, "share", goal=goal, scale=told, engine="postgresql"),
        Figure("outbox_held_behind", float(behind), "items", scale=told, engine="postgresql"),
    ]


@dataclass
class _Queue:
    """One store with an outbox, and the port its items go to."""

    database: Any
    outbox: Any
    clock: Any
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

    def _port(self, items: Sequence[Any]) -> list[str]:
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
def _place(engine: str) -> Iterator[tuple[str, str]]:
    with TemporaryDirectory() as folder:
        if engine == "sqlcipher":
            yield folder, ""
            return
        from tests.support.postgres import cluster

        with cluster(durable=True) as server:
            yield folder, server.address(server.fresh())


@contextmanager
def _queue(engine: str, folder: str, database_url: str) -> Iterator[_Queue]:
    from itertools import count

    from sqlalchemy import MetaData

    from app.domain.clock import SystemClock, SystemRandom
    from app.domain.secret import Secret
    from app.durable.address import PostgresSchema, SqlcipherFile
    from app.durable.engine import open_database
    from app.durable.outbox import Outbox, outbox_table

    key = Secret(SystemRandom().token(32))
    file = SqlcipherFile(Path(folder) / "outbox.db", key)
    database = open_database(file if engine == "sqlcipher" else PostgresSchema(database_url, "outbox"))
    metadata = MetaData()
    table = outbox_table(metadata)
    try:
        database.write(metadata.create_all)
        yield _Queue(database, Outbox(table, random.Random(1)), SystemClock(), count())
    finally:
        database.close()


if __name__ == "__main__":
    import json
    import sys

    for one in figures(small="--small" in sys.argv, engine="postgresql" if "postgresql" in sys.argv else "sqlcipher"):
        print(json.dumps(one.row()))
