"""Lanes: where work leaves the window's thread and its answer comes back; only here does the window start threads.

    lane = Lane("reader")                                   # on the window's thread, once, in the wiring
    ticket = lane.run(partial(identify, code), owner=self, done=self._on_person, failed=self._on_error)

``done`` and ``failed`` run on the window's thread. A flow that moves on calls ``ticket.cancel()``.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.errors import AppError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Ticket:
    """One job asked for. Cancelling drops its answer; work that runs goes on unless it looks at ``is_cancelled``."""

    __slots__ = ("_gone",)

    def __init__(self) -> None:
        self._gone = Event()

    def cancel(self) -> None:
        """Want the answer no more. May be called from any thread, also twice."""
        self._gone.set()

    def is_cancelled(self) -> bool:
        """Whether nobody waits any more; long work asks this between its steps."""
        return self._gone.is_set()


@dataclass(frozen=True, slots=True)
class _Job:
    """A call that waits for a worker. ``Any``: one queue carries results of every type; ``run`` ties the types."""

    work: Callable[[], Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[AppError], None]
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a job, on its way to the window's thread."""

    owner: QObject
    ticket: Ticket
    deliver: Callable[[Any], None]
    value: Any


@dataclass(frozen=True, slots=True)
class Held:
    """Answers that wait while nobody may see them. ``owner``: whose answers come all the same.

    ``put_away`` makes of an answer what may lie about meanwhile; ``taken_out`` gives it back.
    """

    owner: QObject
    put_away: Callable[[Any], Any]
    taken_out: Callable[[Any], Any]


class Mark:
    """A place in a lane that another thread may wait for: whatever stood before it is done."""

    def __init__(self) -> None:
        self._reached = Event()

    def reach(self) -> None:
        """It is its turn."""
        self._reached.set()

    def wait(self, seconds: float) -> bool:
        """Whether it was reached in time."""
        return self._reached.wait(seconds)


class Lane(QObject):
    """A named queue with ``threads`` workers: one lane per reader and per local store, a wider one for the backend.

    Workers are daemons: a card that never answers must not keep the program from ending.
    ``crashed`` carries an exception that is no AppError, that is a bug.

    It belongs to the application until its last worker has ended, then it goes on the window's thread. Left to
    Python, a worker that held the last of it took it apart while the window took apart what it was connected to.
    """

    crashed = Signal(object)
    _brought = Signal(object)
    _ended = Signal()

    def __init__(self, name: str, threads: int = 1) -> None:
        super().__init__(QCoreApplication.instance())
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._held: tuple[Held, list[_Answer]] | None = None
        self._unanswered = 0
        self._working = threads
        self._brought.connect(self._on_brought, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._workers = [Thread(target=self._serve, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for worker in self._workers:
            worker.start()

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        ticket: Ticket | None = None,
    ) -> Ticket:
        """Do ``work`` on a worker, then ``done(result)`` or ``failed(error)`` on the window's thread.

        Nothing comes back once ``owner`` is destroyed or the ticket cancelled. Hand in a ``ticket`` when the work
        itself looks at ``ticket.is_cancelled``.
        """
        job = _Job(work, owner, done, failed, ticket or Ticket())
        self._unanswered += 1
        self._waiting.put(job)
        return job.ticket

    def mark(self, owner: QObject) -> Mark:
        """A mark behind everything that waits now. ``owner``: as of ``run``."""
        made = Mark()
        self.run(made.reach, owner=owner, done=_nothing, failed=_nothing)
        return made

    def is_idle(self) -> bool:
        """Whether nothing runs or waits to run. On the window's thread.

        Answers that are held back do not count: what was read is read anew, and while it is locked some always come.
        """
        return self._unanswered == 0

    def hold(self, held: Held) -> None:
        """From now on answers wait, in their order, until ``release``; work goes on."""
        if self._held is None:
            self._held = (held, [])

    def release(self, *, deliver: bool) -> None:
        """Answers come again, those that waited first; without ``deliver`` these are dropped."""
        before, self._held = self._held, None
        if before is not None and deliver:
            held, answers = before
            for answer in answers:
                self._hand_on(replace(answer, value=held.taken_out(answer.value)))

    def close(self, grace_s: float = 3.0) -> bool:
        """Let the workers end after what waits; False when one still hangs after ``grace_s``."""
        for _ in self._workers:
            self._waiting.put(None)
        end = monotonic() + grace_s
        for worker in self._workers:
            worker.join(max(0.0, end - monotonic()))
        return not any(worker.is_alive() for worker in self._workers)

    def _serve(self) -> None:
        while (job := self._waiting.get()) is not None:
            home = [_outcome(job), job]
            del job  # nothing of it stays here: else the last of a window might be held, and go, on this thread
            if isValid(self):  # else the program ends, and this is the answer of a job that hung
                self._brought.emit(home)
            del home
        if isValid(self):
            self._ended.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._working -= 1
        if not self._working:
            self.deleteLater()

    @Slot(object)
    def _on_brought(self, home: list[Any]) -> None:
        outcome: _Answer | Exception = home[0]
        home.clear()
        self._unanswered -= 1
        if isinstance(outcome, _Answer):
            self._hand_on(outcome)
        else:
            self.crashed.emit(outcome)

    def _hand_on(self, answer: _Answer) -> None:
        if answer.ticket.is_cancelled() or not isValid(answer.owner):
            return
        if self._held is not None and answer.owner is not self._held[0].owner:
            self._held[1].append(replace(answer, value=self._held[0].put_away(answer.value)))
        else:
            answer.deliver(answer.value)


def _outcome(job: _Job) -> _Answer | Exception:
    """What comes of a job; an exception that is no AppError as it is."""
    if job.ticket.is_cancelled():
        return _Answer(job.owner, job.ticket, job.done, None)
    try:
        return _Answer(job.owner, job.ticket, job.done, job.work())
    except AppError as error:
        return _Answer(job.owner, job.ticket, job.failed, _without_frames(error))
    except Exception as bug:
        log.exception("job failed")
        return bug


def _without_frames(error: AppError) -> AppError:
    """The error alone. The frames it went through keep codes alive, and windows, which then die on any thread."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _nothing(_: object) -> None:
    """For marks: nobody on the window's thread waits for them."""
