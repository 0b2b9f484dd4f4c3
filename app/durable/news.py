"""Who waits for something to change is told after the commit that changed it; within one process, nothing is kept."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.durable.worker import Guard

A = TypeVar("A")


class News:
    """Where changes are told and listened for."""

    def __init__(self) -> None:
        self._lock = Guard()
        self._ears: dict[Hashable, set[Ear]] = {}

    def listen(self, keys: Collection[Hashable]) -> "Ear":
        """From now on; begin before reading what may change. Whoever listens closes it."""
        ear = Ear(self, keys)
        with self._lock:
            for key in keys:
                self._ears.setdefault(key, set()).add(ear)
        return ear

    def tell(self, keys: Collection[Hashable]) -> None:
        """These have changed; call it after the commit. Never blocks."""
        if not self._ears:
            return
        with self._lock:
            heard = {ear for key in keys for ear in self._ears.get(key, ())}
        for ear in heard:
            ear.ring()

    def forget(self, ear: "Ear") -> None:
        """Nobody listens with this one any more."""
        with self._lock:
            for key in ear.keys:
                mine = self._ears.get(key)
                if mine is None:
                    continue
                mine.discard(ear)
                if not mine:
                    del self._ears[key]


class Ear:
    """Hears of the first change of ``keys``, once."""

    def __init__(self, news: News, keys: Collection[Hashable]) -> None:
        self.keys = frozenset(keys)
        self._news = news
        self._lock = Guard()
        self._has_heard = False
        self._tells: Callable[[], None] | None = None

    def then(self, tells: Callable[[], None]) -> None:
        """Call ``tells``, in the thread of whoever changed something; at once where that has been already."""
        with self._lock:
            self._tells = tells
            late = self._has_heard
        if late:
            tells()

    def ring(self) -> None:
        """Something has changed."""
        with self._lock:
            tells, first = self._tells, not self._has_heard
            self._has_heard = True
        if first and tells is not None:
            tells()

    def close(self) -> None:
        """Listen no more; may be called again."""
        self._news.forget(self)


@dataclass(frozen=True, slots=True)
class Later(Generic[A]):
    """An answer in which nothing has ended yet: it may wait until ``ear`` hears something, ``wait_s`` at most.

    Who is given it closes the ear.
    """

    answer: A
    ear: Ear
    wait_s: float
