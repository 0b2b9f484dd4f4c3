"""One program at a time on a folder: whoever comes second is told so instead of disturbing the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile

from app.errors import StoreBusy


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the file ``lock`` meanwhile. What a killed program left is taken over. Errors: StoreBusy."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = QLockFile(str(lock))
    held.setStaleLockTime(0)  # however long: only a program that no longer runs has left its file behind
    if not held.tryLock(0):
        raise StoreBusy
    try:
        yield
    finally:
        held.unlock()
