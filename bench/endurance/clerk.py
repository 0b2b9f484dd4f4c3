"""Eight hours of a clerk, without the pauses: visits one after the other at one window; what they leave behind."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from bench.endurance.clerk_visits import VISITS, Hall, maker
from bench.figures import Figure

VISITS_A_DAY, SMALL = 200, 12
WARM = 20
"""Visits after which nothing may grow any more."""
GROWTH, MOST_MB = 0.05, 300.0
CLERK = "k1001"
BETWEEN_S = 0.6
"""The reader looks every 0.4 s whether a card lies there."""
COUNTED = ("handles", "threads", "widgets", "qobjects")
SCALE = "window offscreen, a process of its own; office over mutual TLS, card in a virtual reader"


@dataclass(frozen=True, slots=True)
class Left:
    """What the window's process holds after a visit. Memory in bytes: ``own`` is shared with nobody."""

    resident: int
    own: int
    handles: int
    threads: int
    widgets: int
    qobjects: int
    objects: int


def clerks(*, small: bool) -> list[Figure]:
    """A day's visits; in the small run nothing is claimed of memory."""
    count, warm = (SMALL, SMALL - len(VISITS)) if small else (VISITS_A_DAY, WARM + len(VISITS))
    begun = time.monotonic()
    with TemporaryDirectory() as folder, _hall(Path(folder)) as hall:
        lefts = [_visit(hall, number) for number in range(count)]
    early, late = lefts[warm - len(VISITS) : warm], lefts[-len(VISITS) :]
    growth = mean(one.own for one in late) / mean(one.own for one in early) - 1
    most = max(one.resident for one in lefts) / 1e6
    scale = f"{SCALE}; {len(VISITS)} kinds in turn; visits {warm - len(VISITS) + 1} to {warm} against the last"
    figures = [
        Figure("clerk_visits", len(lefts), "visits", goal=count, sense="value>=goal"),
        Figure("clerk_seconds", time.monotonic() - begun, "s"),
        Figure("clerk_memory_growth", growth, "of it", goal=None if small else GROWTH, scale=scale),
        Figure("clerk_memory_early", mean(one.own for one in early) / 1e6, "MB of its own"),
        Figure("clerk_memory_most", most, "MB resident", goal=None if small else MOST_MB, scale=SCALE),
    ]
    return [*figures, *(_grown(name, early, late, scale) for name in COUNTED)]


def _grown(name: str, early: list[Left], late: list[Left], scale: str) -> Figure:
    before, after = (max(getattr(one, name) for one in lefts) for lefts in (early, late))
    return Figure(f"clerk_{name}_grown", after - before, f"of {before}", goal=0, scale=scale)


def _visit(hall: Hall, number: int) -> Left:
    VISITS[number % len(VISITS)](hall)
    hall.reader.take()
    time.sleep(BETWEEN_S)
    left = _left(hall)
    print(f"visit {number + 1}: {left}", file=sys.stderr, flush=True)
    return left


def _left(hall: Hall) -> Left:
    place = Path("/proc", str(hall.window.process.pid))
    rows = (line.split() for line in (place / "smaps_rollup").read_text().splitlines()[1:])
    held = {row[0]: 1024 * int(row[1]) for row in rows}
    handles, threads = (sum(1 for _ in (place / name).iterdir()) for name in ("fd", "task"))
    own = held["Private_Clean:"] + held["Private_Dirty:"]
    return Left(held["Rss:"], own, handles, threads, **hall.window.ask("census"))


@contextmanager
def _hall(folder: Path) -> Iterator[Hall]:
    """A clerk signed in at a window of the city, between two visits."""
    from tests.support.cards import VirtualReader
    from tests.support.city import two_cities
    from tests.support.far_window import comes_in, far_window
    from tests.support.keyring_session import keyring_session
    from tests.support.pcscd import DOOR, private_pcscd

    with ExitStack() as stack:
        found = stack.enter_context(keyring_session(folder / "keyring"))
        os.environ.update(found)
        pcscd = stack.enter_context(private_pcscd(folder / "pcscd"))
        cities = stack.enter_context(two_cities(folder / "cities", "sqlcipher", "sqlcipher"))
        env = {**found, "PCSCLITE_CSOCK_NAME": str(DOOR)}
        stack.callback(_tell, folder / "window.log")
        window = stack.enter_context(far_window(cities.counter_place(), env, folder / "window.log"))
        name, port = next(iter(pcscd.ports.items()))
        reader = VirtualReader(port, name)
        stack.callback(reader.take)
        password = cities.password.text()
        window.type(CLERK)
        window.enter()
        window.type(password)
        window.key(Qt.Key.Key_F12)
        comes_in(window)
        yield Hall(window, cities.city, reader, maker(), password)


def _tell(log: Path) -> None:
    """What the window's process said last; it says nothing of residents."""
    if log.exists():
        print(log.read_text("utf-8")[-3000:], file=sys.stderr)


if __name__ == "__main__":
    for figure in clerks(small="--small" in sys.argv):
        print(json.dumps(figure.row()))
