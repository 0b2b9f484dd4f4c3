"""Where what is judged lies: in memory where there is a file system of memory, since no disk is judged here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")
"""Linux's file system of memory. Source: shm_overview(7) (published)."""


@contextmanager
def room() -> Iterator[Path]:
    """A folder that is removed afterwards. What a power cut does to it is replayed, so that it need not be durable."""
    with TemporaryDirectory(prefix="madoguchi-soak-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)
