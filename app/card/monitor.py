"""All threads of this room: one that watches the readers, one that uses cards; who waits for a use is its watch-dog."""

import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Generic, TypeVar, cast

from app.domain.clock import Clock
from app.errors import CardBusy, CardError, CardSilent

log = logging.getLogger(__name__)

T = TypeVar("T")
SILENCE_S = 1.8
"""The watch-dog's patience with one command; the longest known: a signature 0.7 s, 256 bytes over contacts 0.3 s."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 1.0
_END_S, _WAKE_S = 3.0, 0.05


class Watching:
    """A thread that runs ``look`` over and over until closed.

    ``look`` blocks until there is something new (at most about a second). An error of it, such as a stopped service,
    goes to ``failed``; the next look follows after a pause of 0.1 s, doubled to at most 1 s.
    """

    def __init__(self, look: Callable[[], None], failed: Callable[[CardError], None], wake: Callable[[], None]) -> None:
        self._look = look
        self._failed = failed
        self._wake = wake
        self._closing = Event()
        self._looked = Event()
        self._thread = Thread(target=self._run, name="card-monitor", daemon=True)
        self._thread.start()

    def settle(self, timeout_s: float) -> bool:
        """Wait until there was a first look, also a failed one."""
        return self._looked.wait(timeout_s)

    def close(self) -> None:
        """End the thread; waits for it, at most 3 s. A wake just before the thread waits is lost: it is said again."""
        self._closing.set()
        for _ in range(round(_END_S / _WAKE_S)):
            self._wake()
            self._thread.join(_WAKE_S)
            if not self._thread.is_alive():
                return

    def _run(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._closing.is_set():
            try:
                self._look()
                pause_s = _FIRST_PAUSE_S
            except CardError as error:
                if self._closing.is_set():
                    return
                self._failed(error)
                self._closing.wait(pause_s)
                pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
            except Exception:
                log.exception("looking at the readers failed")
                self._closing.wait(_LONGEST_PAUSE_S)
            finally:
                self._looked.set()


class Life:
    """How the reader's thread and the watch-dog speak: the one beats, the other may give it up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: float | None = None
        self._connecting = True
        self._given_up = False

    def beat(self, allowed_s: float = 0.0) -> None:
        """Say that the card or reader has just answered, and that it may be silent for ``allowed_s`` more than usual.

        Errors: CardSilent if nobody waits for us any more.
        """
        if self._given_up:
            raise CardSilent
        self._last = self._clock.monotonic() + allowed_s

    def connected(self) -> None:
        """Say that the card is ours."""
        self._connecting = False

    def silent_s(self) -> float:
        """Seconds since the last beat; 0 before the first: a job that waits its turn is not silent."""
        return 0.0 if self._last is None else self._clock.monotonic() - self._last

    def give_up(self) -> CardError:
        """Nobody waits any more. The error to tell: a service that blocks before we have the card is held by others."""
        self._given_up = True
        return CardBusy() if self._connecting else CardSilent()

    @property
    def given_up(self) -> bool:
        """Whether nobody waits any more."""
        return self._given_up


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Life], T], clock: Clock) -> None:
        self.work = work
        self.life = Life(clock)
        self.done = Event()
        self.error: BaseException | None = None
        self.result: T | None = None


class ReaderThread:
    """Does one job at a time on its thread.

    A hanging card can't be interrupted (PC/SC knows no way): its thread is left behind with it and ends by itself when
    the card is taken away; a new thread does the next job.
    """

    def __init__(self, clock: Clock, *, silence_s: float) -> None:
        self._clock = clock
        self._silence_s = silence_s
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def run(self, work: Callable[[Life], T]) -> T:
        """Do ``work`` on the thread and wait. Errors: CardSilent or CardBusy by the watch-dog, those of ``work``."""
        job = _Job(work, self._clock)
        self._jobs.put(job)
        self._ensure()
        while not job.done.wait(max(self._silence_s - job.life.silent_s(), 0.01)):
            if job.life.silent_s() >= self._silence_s:
                self._leave_behind(job)
        if job.error is not None:
            raise job.error
        return cast(T, job.result)

    def close(self) -> None:
        """End the thread; a hanging one does not keep the program from ending."""
        thread = self._thread
        if thread is not None:
            self._jobs.put(None)
            thread.join(_END_S)

    def _ensure(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="card-reader", daemon=True)
                self._thread.start()

    def _leave_behind(self, job: _Job[Any]) -> None:
        """Raise the watch-dog's error, unless the job has ended in this very moment."""
        with self._lock:
            if job.done.is_set():
                return
            error = job.life.give_up()
            self._thread = None
        log.warning("card given up", extra={"silent_s": round(job.life.silent_s(), 1), "error": error.code})
        if not self._jobs.empty():
            self._ensure()
        raise error

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)
            with self._lock:
                job.done.set()
                left_behind = job.life.given_up
            del job  # or a code bound in it would live until the next job
            if left_behind:
                return

    @staticmethod
    def _do(job: _Job[Any]) -> None:
        try:
            job.result = job.work(job.life)
        except BaseException as error:
            job.error = error
