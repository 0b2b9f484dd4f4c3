"""Work that is split over child processes: each does every n-th piece, the results come in the order of the pieces."""

import gc
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.errors import ServerFault

_HIGHEST = "VmHWM:"
_SIZE = 8
"""Bytes that say how long a result is."""
_SELDOM = 500_000
"""Objects that may come into being before it is looked through them for garbage; what is made here leaves none."""


class Peak:
    """The most memory that this process and those it has started can have held together."""

    def __init__(self) -> None:
        self.most = 0

    def note(self, others: Sequence[int] = ()) -> None:
        """Look at this process and ``others``, which run: each counts with the most it has held."""
        self.most = max(self.most, sum(_held("self" if one == 0 else str(one)) for one in (0, *others)))


def _held(process: str) -> int:
    """The most that a process has held since its program began, in bytes; 0 where the system does not say.

    Not from ``getrusage``: there a child begins with what its parent held when it was started.
    """
    status = Path("/proc", process, "status")
    try:
        lines = status.read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    found = next((line.split()[1] for line in lines if line.startswith(_HIGHEST)), "0")
    return 1024 * int(found)


@contextmanager
def unhindered() -> Iterator[None]:
    """Meanwhile garbage is looked for seldom, and never among what is there already: a fifth of the time, measured."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def send(results: Iterable[bytes], to: IO[bytes]) -> None:
    """In the child: hand over each result. It waits when the reader is behind: a pipe holds little."""
    for result in results:
        to.write(len(result).to_bytes(_SIZE, "big") + result)
        to.flush()


def split(program: str, words: Sequence[str], processes: int, peak: Peak) -> Iterator[bytes]:
    """All results in order. ``program``: a module that is started with ``words`` and then which of how many it is.

    ``peak`` is told of the processes while they work.
    Errors: ServerFault for a process that did not do all of its pieces; it has said why on standard error.
    """
    start = [sys.executable, "-m", program, *words]
    running = [
        subprocess.Popen([*start, str(which), str(processes)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        for which in range(processes)
    ]
    try:
        for result in _in_turn([one.stdout for one in running if one.stdout is not None]):
            peak.note([one.pid for one in running])
            yield result
        if any(one.wait() for one in running):
            raise ServerFault
    finally:
        for one in running:
            one.kill()
            one.communicate()


def _in_turn(pipes: Sequence[IO[bytes]]) -> Iterator[bytes]:
    """One result from each, until the first has no more: the others then have none either."""
    while True:
        for pipe in pipes:
            size = pipe.read(_SIZE)
            if len(size) < _SIZE:
                return
            result = pipe.read(int.from_bytes(size, "big"))
            yield result
