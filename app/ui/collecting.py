"""When Python looks for what hangs in circles: on the window's thread alone, never while a person waits for a lock."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000
"""Between two looks. Assumed: in it a busy window makes some ten thousand things that may hang in circles."""


class Collector(QObject):
    """Takes the search for garbage over from Python, which does it on whatever thread asks for memory next.

    A window or timer that hangs in a circle would be taken apart there, while its own thread uses what it belongs to.
    How often each generation is looked through is as Python would have it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)

    def look(self) -> None:
        """Collect the oldest generation whose turn it is."""
        due = [
            at for at, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due:
            gc.collect(max(due))


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
