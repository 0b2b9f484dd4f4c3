"""Work that is split over child processes: each does every n-th piece, the results come in the order of the pieces."""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from app.errors import ServerFault

_SIZE = 8
"""Bytes that say how long a result is."""


def send(results: Iterable[bytes], to: IO[bytes]) -> None:
    """In the child: hand over each result. It waits when the reader is behind: a pipe holds little."""
    for result in results:
        to.write(len(result).to_bytes(_SIZE, "big") + result)
        to.flush()


def split(program: str, words: Sequence[str], processes: int) -> Iterator[bytes]:
    """All results in order. ``program``: a module that is started with ``words`` and then which of how many it is.

    Errors: ServerFault for a process that did not do all of its pieces; it has said why on standard error.
    """
    start = [sys.executable, "-m", program, *words]
    running = [
        subprocess.Popen([*start, str(which), str(processes)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        for which in range(processes)
    ]
    try:
        yield from _in_turn([one.stdout for one in running if one.stdout is not None])
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
