"""Three days without the platform: a hundred thousand enquiries are carried afterwards, in order; more come in."""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.exchanging.place import database
from bench.figures import Figure
from tests.edge.backend.exchange.outage import Drained, Outage
from tests.edge.backend.exchange.world import open_world, server_settings
from tests.support.slices import MovedClock

PERSONS, ENQUIRIES, ARRIVING = 500, 100_000, 5.0
SMALL = 20, 720, 5.0
TEN_MINUTES = 600.0


def outages(*, small: bool) -> list[Figure]:
    """On each engine, with durable commits. Figures: what waited, how old, how long it took, what went wrong."""
    figures: list[Figure] = []
    for engine in ("sqlcipher", "postgresql"):
        begun = time.monotonic()
        found = _outage(engine, *(SMALL if small else (PERSONS, ENQUIRIES, ARRIVING)))
        print(f"outage on {engine}: {found}, {time.monotonic() - begun:.0f} s in all", file=sys.stderr, flush=True)
        figures.extend(_figures(engine, found, whole=not small))
    return figures


def _outage(engine: str, persons: int, enquiries: int, arriving: float) -> Drained:
    with (
        TemporaryDirectory() as folder,
        database(engine) as (address, _),
        open_world(server_settings(Path(folder), address), MovedClock()) as world,
    ):
        outage = Outage(world, persons)
        outage.last(enquiries)
        return outage.drained(arriving)


def _figures(engine: str, found: Drained, *, whole: bool) -> list[Figure]:
    scale = f"{found.waiting} waiting, {found.asked} in all"
    wrong = {"lost": found.lost, "twice": found.twice, "out_of_order": found.out_of_order}
    return [
        Figure("outage_oldest", found.oldest_s, "s", scale=scale, engine=engine),
        Figure("outage_drained", found.seconds, "s", goal=TEN_MINUTES if whole else None, scale=scale, engine=engine),
        *(Figure(f"outage_{name}", value, "enquiries", goal=0, engine=engine) for name, value in wrong.items()),
    ]
