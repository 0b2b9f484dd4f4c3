"""Distribution: 10,000 approved changes from the register to eight systems, each its own items, in order, once."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from app.durable.address import StoreAddress
from bench.distributing.office import SYSTEMS, Office, office
from bench.distributing.systems import System
from bench.figures import Figure, p50, p95
from bench.floors.distribution import seconds as raw_seconds
from tests.support.postgres import cluster
from tests.support.stores import postgres_addresses, sqlcipher_addresses

GOAL_S, CHANGES, CHANGES_SMALL = 60.0, 10_000, 1_000
MOST = 500
_SINGLES, _SINGLES_SMALL = 100, 10
_PATIENCE_S = 500.0


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """All in one process but for the database server; systems keep what they take in stores of their own."""
    changes = CHANGES_SMALL if small else CHANGES
    with _stores(engine) as (folder, address), office(address) as there:
        print(f"{changes:,} changes are laid down", file=sys.stderr)
        there.lay(changes)
        there.begin()
        took = _until(there, changes)
        demand_whole(there.systems, changes)
        scale = f"{changes} changes, {len(SYSTEMS)} systems, at most {MOST} in a message"
        bytes_sent, messages = sum(one.size for one in there.systems), sum(one.messages for one in there.systems)
        print(f"{bytes_sent:,} bytes in {messages:,} messages", file=sys.stderr)
        floor = raw_seconds(folder, bytes_sent // messages, messages)
        waits = [_single(there) for _ in range(_SINGLES_SMALL if small else _SINGLES)]
    goal = None if small else GOAL_S
    given = {"scale": scale, "engine": engine}
    one = {"scale": f"one change, {len(SYSTEMS)} systems", "engine": engine}
    found = [
        Figure("distributed", took, "s", floor, goal, **given),
        Figure("distributed_rate", changes * len(SYSTEMS) / took, "1/s", **given),
        Figure("largest_message", float(max(one.largest for one in there.systems)), "changes", None, MOST, **given),
        Figure("one_change_p50", p50(waits), "s", **one),
        Figure("one_change_p95", p95(waits), "s", **one),
    ]
    return [figure.row() for figure in found]


def demand_whole(systems: tuple[System, ...], changes: int) -> None:
    """Errors: AssertionError unless each system durably has all changes, once, each person's in order."""
    for one in systems:
        assert one.kept() == one.up_to == len(one.order) == changes, one.name
        assert len(set(one.order)) == changes, f"{one.name}: twice"
        places = [place for _, place in one.order]
        assert places == sorted(places), f"{one.name}: order"
        assert one.largest <= MOST, one.name


def _until(there: Office, wanted: int) -> float:
    """Seconds until all systems have ``wanted`` changes."""
    begun = time.perf_counter()
    there.wake()
    while there.have() < wanted:
        if time.perf_counter() - begun > _PATIENCE_S:
            raise TimeoutError(f"{there.have()} of {wanted}")
        time.sleep(0.001)
    return time.perf_counter() - begun


def _single(there: Office) -> float:
    """Seconds from one approved change to the last system that has it."""
    there.lay(1)
    return _until(there, there.laid)


@contextmanager
def _stores(engine: str) -> Iterator[tuple[Path, Callable[[str], StoreAddress]]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="distribution-")))
        if engine == "sqlcipher":
            yield folder, sqlcipher_addresses(folder)
            return
        served = stack.enter_context(cluster(durable=True))
        yield folder, postgres_addresses(served.address(served.fresh()))
