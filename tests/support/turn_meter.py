"""What one turn of the window's loop costs: the processor time of its thread, and whether it waits for anything."""

import contextlib
import gc
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject
from PySide6.QtWidgets import QApplication

LIMIT_S = 0.05
"""What a turn may cost: the work slice of RAIL (published). On a slower machine in the measure of ``yardstick``."""
WAIT_S = 0.25
"""How long the thread may sleep inside a turn: a page of the program may have to come from a slow disk. Assumed."""
SCREEN_S, START_S = 0.3, 3.0
"""Within which another screen stands (95 %), and the program (50 %). Proposed."""
EXCEPTIONS = {
    "Window.open_screen": (SCREEN_S, "Qt lays a screen out in one piece when it is first shown"),
    "ApplicationScreen.show_part": (SCREEN_S, "a form's part is a screen of its own; Tab must find all its fields"),
    "DeferredDelete of": (SCREEN_S, "what stood on the screen before goes in one piece, once the new one stands"),
    "PolishRequest of": (
        START_S,
        "once, while the program opens: all screens get their look before the first is shown",
    ),
}
"""By what was seen running, or by the longest event: how long instead, and why."""
YARDSTICK_S = 0.0035
"""What ``yardstick`` takes where the limit holds as it stands: a desktop processor of 2023, alone. Measured."""
LOOK_S, TICK_S = 0.025, 0.01
WAKES_S = 100
"""Who waits for the interpreter's own lock wakes 200 times a second (its switch interval); others do not."""
WAITING = (
    "ssl.py",
    "socket.py",
    "subprocess.py",
    "selectors.py",
    "/httpcore/",
    "/psycopg/",
    "/jeepney/",
    "/smartcard/",
)
"""Where a thread stands that waits for another program: seen there once is once too often."""
_HERE = str(Path(__file__).resolve().parent.parent.parent) + os.sep
_Type = QEvent.Type
INPUT = {_Type.KeyPress, _Type.KeyRelease, _Type.InputMethod, _Type.Wheel}
INPUT |= {_Type.MouseButtonPress, _Type.MouseButtonRelease, _Type.MouseButtonDblClick}

Stack = tuple[str, ...]


@dataclass(slots=True)
class Turn:
    """One turn. ``counts``: the loop's own, not what somebody outside of any loop calls for by hand."""

    number: int
    counts: bool
    event: str = ""
    longest_s: float = 0.0
    spent_s: float = 0.0
    collecting_s: float = 0.0
    slept_s: float = 0.0
    waited: bool = False
    pace: float = 1.0
    stacks: list[Stack] = field(default_factory=list)

    @property
    def cost_s(self) -> float:
        """As on the counter's PC; without the search for garbage, since tests have more of that than the program."""
        return (self.spent_s - self.collecting_s) / self.pace

    def judged(self) -> bool:
        """Whether it may be so."""
        if self.cost_s > LIMIT_S:
            self.pace = max(1.0, *(yardstick() / YARDSTICK_S for _ in range(3)))
        is_short = self.cost_s <= LIMIT_S or self.cost_s <= self._limit_s()
        return is_short and self.slept_s <= WAIT_S and not self.waited

    def _limit_s(self) -> float:
        seen = {
            self.event.partition("of ")[0] + "of",
            *(line.rpartition(" ")[2] for one in self.stacks for line in one),
        }
        return max((limit_s for name, (limit_s, _) in EXCEPTIONS.items() if name in seen), default=LIMIT_S)

    def told(self) -> str:
        """For a person: how long, by which event, and what was seen running."""
        head = (
            f"{1000 * self.cost_s:.0f} ms of processor time, {1000 * self.slept_s:.0f} ms asleep, most by {self.event}"
        )
        most = Counter(self.stacks).most_common(3)
        seen = (f"  seen {times} times:\n    " + "\n    ".join(stack) for stack, times in most)
        return "\n".join((head, *seen))


class Meter:
    """Turns begin where the loop looks for what has come, and with every key. Not thread-safe but for ``look``."""

    def __init__(self) -> None:
        self.thread, self.native = threading.get_ident(), threading.get_native_id()
        self.inside = False
        self.turn = Turn(0, counts=False)
        self.long = list[Turn]()
        self.costs: list[float] | None = None
        self._mark_s, self._begun_s = 0.0, 0.0
        self._loop: tuple[int, int] = (0, 0)
        self._named: tuple[Any, Any] = (None, None)
        self._collecting_s = 0.0
        gc.callbacks.append(self._on_collecting)

    def begin(self, receiver: QObject, kind: QEvent.Type, caller: FrameType) -> None:
        """An event is about to be handled, and none is yet."""
        place = (id(caller), caller.f_lasti)
        if kind in INPUT:
            self._next(counts=True)
        elif place != self._loop and self.turn.counts:
            self._next(counts=False)
        self._named = (type(receiver).__name__, kind)
        self.inside = True
        self._mark_s = self._begun_s = time.thread_time()

    def end(self) -> None:
        """It is handled."""
        self.inside = False
        now_s = time.thread_time()
        turn, took_s = self.turn, now_s - self._begun_s
        turn.spent_s += now_s - self._mark_s
        if took_s >= turn.longest_s:
            turn.longest_s, turn.event = took_s, f"{getattr(self._named[1], 'name', '?')} of {self._named[0]}"

    def look_round(self) -> None:
        """The loop looks for what has come; be it a loop inside an event."""
        caller = sys._getframe(1)
        if self.inside:
            now_s = time.thread_time()
            self.turn.spent_s += now_s - self._mark_s
            self._mark_s = now_s
            self._next(counts=self.turn.counts)
        else:
            self._next(counts=True)
            self._loop = (id(caller), caller.f_lasti)

    def now_s(self) -> float:
        """What the turn has cost up to now, asked from any thread; 0 between events."""
        clock = time.pthread_getcpuclockid(self.thread)
        return self.turn.spent_s + time.clock_gettime(clock) - self._mark_s if self.inside else 0.0

    def taken(self) -> list[Turn]:
        """The turns that were too long since this was last asked."""
        self._next(counts=False)
        found, self.long = self.long, []
        return found

    def close(self) -> None:
        """Hear no more of garbage."""
        with contextlib.suppress(ValueError):
            gc.callbacks.remove(self._on_collecting)

    def _next(self, *, counts: bool) -> None:
        before = self.turn
        if before.counts:
            if self.costs is not None and before.spent_s:
                self.costs.append(before.cost_s)
            if not before.judged():
                self.long.append(before)
        self.turn = Turn(before.number + 1, counts)

    def _on_collecting(self, phase: str, _: dict[str, int]) -> None:
        if threading.get_ident() != self.thread:
            return
        if phase == "start":
            self._collecting_s = time.thread_time()
        elif self.inside:
            self.turn.collecting_s += time.thread_time() - self._collecting_s


class WatchedApplication(QApplication):
    """Qt's application object that hands every event of its own thread past a meter."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.meter = Meter()
        self.onlooker = Onlooker(self.meter)
        self.onlooker.start()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self.meter.look_round)
        dispatcher.aboutToBlock.connect(self.meter.look_round)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        meter = self.meter
        if meter.inside or threading.get_ident() != meter.thread:
            return QApplication.notify(self, receiver, event)
        meter.begin(receiver, event.type(), sys._getframe(1))
        try:
            return QApplication.notify(self, receiver, event)
        finally:
            meter.end()


class Onlooker(threading.Thread):
    """Looks at the window's thread from another: what it runs in a long turn, and whether it sleeps in one."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(name="onlooker", daemon=True)
        self._meter, self._over = meter, threading.Event()
        self._schedule = Path("/proc/self/task", str(meter.native), "schedstat")
        self._since: tuple[int, float, float, int] | None = None

    def run(self) -> None:
        while not self._over.wait(TICK_S):
            self.look()

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self.join(10)

    def look(self) -> None:
        """Once."""
        turn = self._meter.turn
        if not (self._meter.inside and turn.counts):
            self._since = None
            return
        slept_s = self._slept_s(turn.number)
        stack = self._stack() if slept_s > LOOK_S or self._meter.now_s() > LOOK_S else ()
        if turn is not self._meter.turn:
            return
        if stack:
            turn.stacks.append(stack)
        turn.slept_s = max(turn.slept_s, slept_s)
        turn.waited = turn.waited or (slept_s > LOOK_S and any(one in stack[-1] for one in WAITING))

    def _slept_s(self, number: int) -> float:
        """How long in this turn the thread neither ran nor waited for a processor, nor for the interpreter's lock."""
        if not self._schedule.exists():
            return 0.0
        ran, queued, slices = map(int, self._schedule.read_bytes().split())
        now_s, busy_s = time.monotonic(), (ran + queued) / 1e9
        if self._since is None or self._since[0] != number:
            self._since = (number, now_s, busy_s, slices)
        _, begun_s, busy_before_s, slices_before = self._since
        asleep_s = (now_s - begun_s) - (busy_s - busy_before_s)
        return asleep_s if slices - slices_before < WAKES_S * asleep_s else 0.0

    def _stack(self) -> Stack:
        """Where it is, from the outermost frame inside the program on."""
        frame = sys._current_frames().get(self._meter.thread)
        return tuple(reversed([*_frames(frame)][:30]))


def _frames(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield f"{frame.f_code.co_filename.removeprefix(_HERE)}:{frame.f_lineno} {frame.f_code.co_qualname}"
        frame = frame.f_back


def yardstick() -> float:
    """Processor seconds of a fixed piece of work: how fast this machine is just now."""
    begun_s, words = time.thread_time(), dict[str, int]()
    for number in range(20_000):
        word = str(number % 500)
        words[word] = words.get(word, 0) + len(word)
    return time.thread_time() - begun_s
