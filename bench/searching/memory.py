"""The most memory that this process, those it starts and a database server hold together while something goes on."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_EVERY_S = 0.5
_PROCESSES = Path("/proc")


@contextmanager
def watched(folder: Path) -> Iterator[Callable[[], int]]:
    """Bytes, asked for afterwards; shared pages count once. A server of ``folder``/postgresql counts too.

    0 where the system does not say (it is not Linux).
    """
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_S):
            most.append(max(most.pop(), sum(map(_held, _family(_roots(folder))))))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        watcher.join()


def _roots(folder: Path) -> set[int]:
    mark = folder / "postgresql" / "data" / "postmaster.pid"
    return {os.getpid()} | ({int(mark.read_text().split()[0])} if mark.exists() else set())


def _family(roots: set[int]) -> set[int]:
    """The processes and all that they have started."""
    parents = {}
    for place in _PROCESSES.glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = set(roots)
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _held(process: int) -> int:
    try:
        lines = (_PROCESSES / str(process) / "smaps_rollup").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
