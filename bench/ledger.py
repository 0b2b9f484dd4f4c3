"""Ledger: acts at the counter, leaves and deletions in a slice, an outbox drained, a million entries verified."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.deliveries import outbox
from bench.figures import Figure, p95
from bench.floors import ledger as floors
from bench.ledgers import writing
from bench.ledgers.checking import Exported

MILLION = 1_000_000
APPEND_S, LEAVES, VERIFY_S, RECEIPT_S, RECEIPT_BYTES, PURGED = 0.005, 5000, 15.0, 0.001, 2048, 5000
MEMORY_MB = 256
"""What checking may take, however long the log is. Assumed."""


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The counter's journal is always SQLCipher; the slice is on ``engine``. Floors by raw drivers in the same run."""
    appends, leaves, entries = (300, 6400, 100_000) if small else (3000, 64_000, MILLION)
    with TemporaryDirectory() as place, _database(engine) as database:
        folder = Path(place)
        figures = _counter(folder, appends)
        figures += _slice(engine, folder, database, leaves)
        figures += outbox.figures(engine, folder, database, scale=outbox.SMALL if small else outbox.FULL)
        _tell("outbox drained")
        figures += _offline(folder / "export", entries)
    return [figure.row() for figure in figures]


def _counter(folder: Path, count: int) -> list[Figure]:
    seconds = writing.journal_seconds(folder, count)
    floor = p95(floors.append_seconds(folder, count))
    scale = f"{count} acts one after the other, each durable"
    return [Figure("counter_append_p95", p95(seconds), "s", floor=floor, goal=APPEND_S, scale=scale)]


def _slice(engine: str, folder: Path, database: str, count: int) -> list[Figure]:
    ledger = writing.open_ledger(writing.address(engine, folder, database))
    leaves = writing.leaves_rate(ledger, count)
    _tell(f"{count} leaves written")
    purged = writing.purge_rate(ledger)
    ledger.database.close()
    lists = floors.leaves_rate(engine, folder, database, count)
    blanked = floors.purge_rate(engine, folder, database, count)
    return [
        _rate(
            "leaves_rate",
            leaves,
            lists,
            LEAVES,
            (f"{count} leaves, at most 64 for each commit, {writing.ASKING} waiting for receipts", engine),
        ),
        _rate(
            "purge_rate",
            purged,
            blanked,
            PURGED,
            (f"{count} records, 1,000 for each commit, deletion recorded", engine),
        ),
    ]


def _offline(folder: Path, count: int) -> list[Figure]:
    exported = Exported(folder, count)
    _tell(f"{count} entries exported")
    scale = f"{count} entries"
    goal = VERIFY_S if count == MILLION else None
    receipt, size = exported.receipt_p95(2000)
    steps = len(exported.tree.edge) + count.bit_length()
    seconds, memory = exported.verified()
    floor = floors.verify_seconds(count)
    return [
        Figure("verify_million", seconds, "s", floor=floor, goal=goal, scale=scale),
        Figure("verify_memory", memory, "MB", goal=MEMORY_MB, scale=scale),
        Figure("receipt_p95", receipt, "s", floor=floors.receipt_seconds(2000, steps), goal=RECEIPT_S, scale=scale),
        Figure("receipt_bytes", size, "B", goal=RECEIPT_BYTES, scale=scale),
    ]


def _rate(name: str, value: float, floor: float, goal: float, told: tuple[str, str]) -> Figure:
    scale, engine = told
    return Figure(name, value, "1/s", floor=floor, goal=goal, sense="value>=goal", scale=scale, engine=engine)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


@contextmanager
def _database(engine: str) -> Iterator[str]:
    """A PostgreSQL database that syncs for the run; its own name where the engine needs none."""
    if engine == "sqlcipher":
        yield engine
        return
    from tests.support.postgres import cluster

    with cluster(durable=True) as server:
        yield server.address(server.fresh())
