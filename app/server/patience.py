"""Requests that wait for news: none holds a thread, and all that are told of one change go on in one step."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any

from app.durable.news import Later
from app.durable.worker import Guard

MOST_WAITING = 1_000
"""Requests that wait at a time; one more is answered at once. Assumed: more than a city has counters."""
Waiting = asyncio.Future[None]


class Patience:
    """Those who wait, all in one event loop."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._most = most
        self._waiting: set[Waiting] = set()
        self._guard, self._rung = Guard(), list[Waiting]()
        self._is_over = False

    async def wait(self, later: Later[Any]) -> None:
        """Return when there is news, after ``later.wait_s``, or once nobody is let wait any more."""
        if self._is_over or len(self._waiting) >= self._most:
            later.ear.close()
            return
        loop = asyncio.get_running_loop()
        mine: Waiting = loop.create_future()
        self._waiting.add(mine)
        ends = loop.call_later(later.wait_s, _go_on, mine)
        try:
            later.ear.then(partial(self._ring, loop, mine))
            await mine
        finally:
            ends.cancel()
            later.ear.close()
            self._waiting.discard(mine)

    def end(self) -> None:
        """All go on, and from now on nobody waits: the process ends. In the loop's thread."""
        self._is_over = True
        for one in tuple(self._waiting):
            _go_on(one)

    def _ring(self, loop: asyncio.AbstractEventLoop, mine: Waiting) -> None:
        """Any thread: the first to ring wakes the loop for all that ring before it looks."""
        with self._guard:
            self._rung.append(mine)
            if len(self._rung) > 1:
                return
        with suppress(RuntimeError):  # the loop has ended, and with it those who waited
            loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        with self._guard:
            rung, self._rung = self._rung, []
        for one in rung:
            _go_on(one)


def _go_on(one: Waiting) -> None:
    if not one.done():
        one.set_result(None)
