"""When Python looks for what hangs in circles: never while a person waits for a lock, in full right after it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is collected meanwhile: a full look takes longer than a whole lock (0.1 s, measured)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect() -> None:
    """Let go of everything that nobody reaches any more: what hangs in circles may be of a person."""
    gc.collect()
