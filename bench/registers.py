"""Registers: searching and opening over mutual TLS in a city of two million, sixteen clerks, one write in twenty."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.figures import Figure, p50, p95
from bench.floors.registers import fsync_seconds
from bench.searching.clerks import Clerk, Timed, together
from bench.searching.floor import floor_seconds
from bench.searching.looks import KINDS, people
from bench.searching.office import CLERKS, Office, kept, office, plan, residents_of
from bench.searching.quality import quality
from bench.searching.warm import read_once

GOALS = {"number": 0.010, "kana_prefix": 0.030, "substring": 0.050, "four": 0.050, "open": 0.050}
"""Seconds at the 95th percentile; they bind at two million residents and the pace of a very large city.

Without pause sixteen clerks wait for each other, at the floor too: what an answer takes is then sixteen by the rate.
"""
GOAL_RESIDENTS = 2_000_000
PAUSE_S = 0.5
"""Each clerk asks twice a second: 32 requests a second, more than three hundred counters make. Assumed."""
_GROWTH, _GROWTH_SMALL = (20_000, 200_000, 2_000_000), (2_000,)
_SECONDS, _SECONDS_SMALL = 20.0, 2.0
_FSYNCS = 200
_TURN_S = 0.0005
"""Sixteen clerks are threads of one process: with the interpreter's 5 ms they would time each other."""


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The backend runs as a process of its own; the clerks are threads of this process on the same machine."""
    seconds = _SECONDS_SMALL if small else _SECONDS
    cities = _cities(engine, small=small)
    figures = [figure for folder, residents in cities for figure in _of_city(engine, (folder, residents), seconds)]
    return [figure.row() for figure in [*figures, *quality(engine, small=small)]]


def _cities(engine: str, *, small: bool) -> list[tuple[Path, int]]:
    """``CITY``: folders of cities that are there, as in PATH; else ``RESIDENTS``: a size; else all sizes in turn."""
    given, wanted = os.environ.get("CITY"), os.environ.get("RESIDENTS")
    if given:
        return [(folder, residents_of(folder)) for folder in map(Path, given.split(os.pathsep))]
    sizes = (int(wanted),) if wanted else _GROWTH_SMALL if small else _GROWTH
    return [(kept(engine, residents), residents) for residents in sizes]


def _of_city(engine: str, city: tuple[Path, int], seconds: float) -> list[Figure]:
    sys.setswitchinterval(_TURN_S)
    folder, residents = city
    print(f"{residents:,} residents: {read_once(folder):,} bytes are read into memory", file=sys.stderr)
    asked_for = people(plan(residents))
    with office(engine, residents, folder) as there, ExitStack() as stack:
        clerks = [Clerk(there, staff_id, asked_for) for staff_id in there.clerks]
        for clerk in clerks:
            stack.callback(clerk.close)
        print(f"{residents:,} residents: warming up", file=sys.stderr)
        together(clerks, lambda clerk, seed: clerk.works(KINDS, 1000 + seed, seconds / 4, 0.0))
        steady = {kind: _steady(clerks, kind, seconds) for kind in KINDS}
        print("as fast as answers come", file=sys.stderr)
        full, took = together(clerks, lambda clerk, seed: clerk.works(KINDS, 500 + seed, seconds, 0.0))
        print("the floor", file=sys.stderr)
        floor, hurried = (floor_seconds(there, residents, seconds, pause_s) for pause_s in (PAUSE_S, 0.0))
        figures = [Figure("floor_p50", p50(floor), "s", scale=_pace(residents), engine=engine)]
        figures += _paced(steady, p95(floor), residents, engine)
        figures += _flat_out((full, took), (hurried, seconds), residents, engine)
        return [*figures, *_beside(there, residents, engine)]


def _steady(clerks: Sequence[Clerk], kind: str, seconds: float) -> list[Timed]:
    print(f"{kind} at a steady pace", file=sys.stderr)
    place = KINDS.index(kind)
    return together(clerks, lambda clerk, seed: clerk.works((kind,), 100 * place + seed, seconds, PAUSE_S))[0]


def _pace(residents: int) -> str:
    offered = f"{CLERKS / PAUSE_S:.0f} requests/s offered"
    return f"{residents} residents, {CLERKS} connections, {offered}, 5 % writes, files read once before"


def _paced(steady: dict[str, list[Timed]], floor: float, residents: int, engine: str) -> list[Figure]:
    """``floor``: seconds at the 95th percentile of the exchange that does only what can't be left out."""
    scale = _pace(residents)
    figures = []
    for kind, timed in steady.items():
        seconds = [one for name, one in timed if name == kind]
        goal = GOALS[kind] if residents == GOAL_RESIDENTS else None
        figures.append(Figure(f"{kind}_p95", p95(seconds), "s", floor=floor, goal=goal, scale=scale, engine=engine))
        figures.append(Figure(f"{kind}_p50", p50(seconds), "s", scale=scale, engine=engine))
    written = [one for timed in steady.values() for name, one in timed if name == "write"]
    if written:
        figures.append(Figure("write_p95", p95(written), "s", scale=scale, engine=engine))
    return figures


def _flat_out(
    full: tuple[list[Timed], float], hurried: tuple[list[float], float], residents: int, engine: str
) -> list[Figure]:
    """All kinds in turn without pause: what the machine gives at most, clerks and backend on the same cores.

    ``full``, ``hurried``: what each exchange took, with the time of all, of the clerks and of the floor.
    """
    (timed, took), (floor, floor_took) = full, hurried
    scale = f"{residents} residents, {CLERKS} connections without pause, all kinds in turn, 5 % writes"
    figures = [Figure("full_rate", len(timed) / took, "1/s", len(floor) / floor_took, scale=scale, engine=engine)]
    for kind in KINDS:
        seconds = [one for name, one in timed if name == kind]
        figures.append(Figure(f"full_{kind}_p95", p95(seconds), "s", p95(floor), scale=scale, engine=engine))
    return figures


def _beside(there: Office, residents: int, engine: str) -> list[Figure]:
    scale = f"{residents} residents"
    fsync = p50(fsync_seconds(there.folder, _FSYNCS))
    kept = (file for file in there.folder.rglob("*") if file.is_file() and not file.name.startswith("floor"))
    size = sum(file.stat().st_size for file in kept) / 1e6
    return [
        Figure("fsync_p50", fsync, "s", scale="600 B", engine=engine),
        Figure("stored", size, "MB", scale=scale, engine=engine),
    ]
