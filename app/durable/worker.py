"""Threads of the backend and of the outbox: pools, batch workers that drain what waits, joined work, pumps."""

import logging
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, RLock, Thread
from typing import Generic, TypeVar

from app.errors import StoreBusy

log = logging.getLogger(__name__)

M = TypeVar("M")
A = TypeVar("A")
K = TypeVar("K")
T = TypeVar("T")

Guard = Lock
"""Held for what several threads touch, by those who start none."""

BATCH_LIMIT = 64
"""Messages per transaction. Source: architecture.md section 2; 788/s against 256/s one by one, measured."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """How long a list waits for others to join it, where the last one had several; whoever is alone never waits.

    ``gap_s``: it begins once nobody joined within that time; ``most_s``: and at the latest after that.
    """

    gap_s: float = 0.0
    most_s: float = 0.0

    def wait(self, joined: Callable[[], int], enough: int) -> None:
        """Return when nobody joins any more, or ``joined()`` reaches ``enough``."""
        if not self.gap_s:
            return
        ends, before = time.monotonic() + self.most_s, -1
        while before < (now := joined()) < enough and time.monotonic() < ends:
            before = now
            time.sleep(self.gap_s)


AT_ONCE = Gathering()


class Pool:
    """Runs calls on a few threads."""

    def __init__(self, name: str, threads: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        return self._executor.submit(work)

    def close(self) -> None:
        """Wait for what runs; drop what has not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)


class Drain(Generic[M, K, A]):
    """One thread that hands everything that waits, at most ``limit``, to ``handle`` at once.

    ``handle`` gives one outcome per message, in order; an outcome that is an exception fails that message alone.
    If ``handle`` itself raises, all messages of that list fail with it. ``tell`` is told every list's outcomes, each
    with the ticket that came with its message; it is called in this thread, and no list is begun before it returns.
    """

    def __init__(
        self,
        name: str,
        handle: Callable[[Sequence[M]], Sequence[A | BaseException]],
        tell: Callable[[Sequence[tuple[K, A | BaseException]]], None],
        limit: int = BATCH_LIMIT,
        gathering: Gathering = AT_ONCE,
    ) -> None:
        self._handle, self._tell = handle, tell
        self._limit, self._gathering = limit, gathering
        self._last = 1
        self._waiting: SimpleQueue[tuple[M, K] | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def put(self, message: M, ticket: K) -> None:
        """Never blocks."""
        self._waiting.put((message, ticket))

    def close(self) -> None:
        """Finish what was put before, then end."""
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while True:
            batch, last = self._take()
            self._last = len(batch)
            if batch:
                self._answer(batch)
            if last:
                return

    def _take(self) -> tuple[list[tuple[M, K]], bool]:
        first = self._waiting.get()
        if first is None:
            return [], True
        if self._last > 1:
            self._gathering.wait(self._waiting.qsize, self._limit - 1)
        batch = [first]
        while len(batch) < self._limit:
            try:
                item = self._waiting.get_nowait()
            except Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _answer(self, batch: list[tuple[M, K]]) -> None:
        try:
            outcomes = self._handle([message for message, _ in batch])
            told = [(ticket, outcome) for (_, ticket), outcome in zip(batch, outcomes, strict=True)]
        except BaseException as error:
            log.exception("a whole list failed")
            told = [(ticket, error) for _, ticket in batch]
        try:
            self._tell(told)
        except Exception:
            log.exception("nobody could be told")


class Worker(Generic[M, A]):
    """A ``Drain`` whose outcomes are waited for by other threads."""

    def __init__(
        self, name: str, handle: Callable[[Sequence[M]], Sequence[A | BaseException]], limit: int = BATCH_LIMIT
    ) -> None:
        self._drain: Drain[M, Future[A], A] = Drain(name, handle, _resolved, limit)

    def submit(self, message: M) -> Future[A]:
        future: Future[A] = Future()
        self._drain.put(message, future)
        return future

    def close(self) -> None:
        """Finish what was submitted before, then end."""
        self._drain.close()


def _resolved(outcomes: Sequence[tuple[Future[A], A | BaseException]]) -> None:
    for future, outcome in outcomes:
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)


class Turn:
    """One thread at a time; the same one may enter again. Errors: StoreBusy after ``patience_s`` of waiting."""

    def __init__(self, patience_s: float) -> None:
        self._lock, self._patience_s = RLock(), patience_s

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._patience_s):
            raise StoreBusy

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class _Waiting(Generic[M]):
    __slots__ = ("error", "is_done", "message")

    def __init__(self, message: M) -> None:
        self.message = message
        self.is_done = False
        self.error: BaseException | None = None


class Joined(Generic[M]):
    """Whoever comes first does the work of all who wait; no thread of its own, no timer.

    ``handle`` does a whole list or nothing of it. If it fails for several together, each is tried alone, so that only
    who is at fault is told.
    """

    def __init__(self, handle: Callable[[Sequence[M]], None], limit: int = BATCH_LIMIT) -> None:
        self._handle = handle
        self._limit = limit
        self._waiting: list[_Waiting[M]] = []
        self._guard, self._turn = Lock(), Lock()

    def do(self, message: M) -> None:
        """Return when the work is done; errors are those of ``handle``."""
        mine = _Waiting(message)
        with self._guard:
            self._waiting.append(mine)
        with self._turn:
            while not mine.is_done:
                self._serve(self._taken())
        if mine.error is not None:
            raise mine.error

    def _taken(self) -> list[_Waiting[M]]:
        with self._guard:
            taken, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
        return taken

    def _serve(self, batch: Sequence[_Waiting[M]]) -> None:
        try:
            self._handle([one.message for one in batch])
        except BaseException as error:
            log.exception("joined work failed", extra={"together": len(batch)})
            if len(batch) > 1:
                for one in batch:
                    self._serve([one])
                return
            batch[0].error = error
        for one in batch:
            one.is_done = True


class Pump:
    """One thread that calls ``turn`` whenever it is woken, and every ``idle_s`` as a backstop.

    ``turn`` returns whether it found work, or how much; then it is called again at once. Where it found several things
    together the last time, it is called once those who wake it have done so, by ``gathering``.
    """

    def __init__(self, name: str, turn: Callable[[], int], idle_s: float, gathering: Gathering = AT_ONCE) -> None:
        self._turn, self._gathering = turn, gathering
        self._wakes = self._last = 0
        self._idle_s = idle_s
        self._woken = Event()
        self._ended = Event()
        self._thread = Thread(target=self._serve, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is work; never blocks."""
        self._wakes += 1  # between threads one may be lost; then what gathers begins a moment sooner
        self._woken.set()

    def close(self, grace_s: float = 5.0) -> bool:
        """End after the turn that runs; False when it did not end in time."""
        self._ended.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(grace_s)
        return not self._thread.is_alive()

    def _serve(self) -> None:
        while not self._ended.is_set():
            self._woken.clear()
            try:
                found = int(self._turn())
            except Exception:
                log.exception("a turn failed")
                found = 0
            self._last = found or self._last
            if not found and self._woken.wait(self._idle_s) and self._last > 1:
                self._gathering.wait(lambda: self._wakes, sys.maxsize)
