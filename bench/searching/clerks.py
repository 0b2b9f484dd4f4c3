"""Sixteen clerks at sixteen connections: each asks at a steady pace, or as fast as answers come."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.secret import Secret, secret
from app.errors import Refused
from app.link.line import Headers
from app.standin.city.dweller import Dweller
from app.wire.register import Hits
from app.wire.staff import SignedIn, SignIn
from bench.searching.looks import Look, looks, write
from bench.searching.office import PASSWORD, Office
from bench.searching.wire import Wire

WRITES = 0.05
_SAID_NO = ("restrained", "entry_waiting")
"""A guarded person is not opened, and nobody moves twice at once; both are kept on record before they are told."""
CLOCK, RANDOM = SystemClock(), SystemRandom()
Timed = tuple[str, float]
"""The kind of a request and its seconds."""


class Pace:
    """When one clerk's requests are due: whatever the answers take, on average every ``pause_s``, by chance ± half."""

    def __init__(self, seconds: float, pause_s: float, chance: random.Random) -> None:
        self._pause_s, self._chance = pause_s, chance
        begin = time.perf_counter()
        self._end, self._due = begin + seconds, begin + chance.random() * pause_s

    def goes_on(self) -> bool:
        """Whether another request is due before the end."""
        return max(self._due, time.perf_counter()) < self._end

    def waited(self) -> float:
        """Wait until the next request is due; from when its time counts.

        A clerk who is still waiting for an answer then is late: the time counts from when the request was due.
        """
        due, now = self._due, time.perf_counter()
        self._due = due + self._pause_s * self._chance.uniform(0.5, 1.5)
        if not self._pause_s or due <= now:
            return due if self._pause_s else now
        time.sleep(due - now)
        return time.perf_counter()


class Clerk:
    """One connection with a session of its own."""

    def __init__(self, office: Office, staff_id: str, people: Sequence[Dweller]) -> None:
        self._line = Wire(office)
        self._people = people
        asked = SignIn(staff_id=staff_id, password=PASSWORD)
        self._token: Secret | None = None
        self._token = secret(self._line.ask("/staff/v1/sign-in", asked, SignedIn, self._headers()).token)

    def works(self, kinds: Sequence[str], seed: int, seconds: float, pause_s: float) -> list[Timed]:
        """Ask until ``seconds`` are over, at the pace of ``pause_s``; one in twenty is a write.

        Errors: RuntimeError when somebody who is there is not found.
        """
        chance, made = random.Random(seed), _mixed(kinds, self._people, seed)
        pace, times = Pace(seconds, pause_s, chance), list[Timed]()
        while pace.goes_on():
            is_write = chance.random() < WRITES
            look = self._written(chance.choice(self._people)) if is_write else next(made)
            begin = pace.waited()
            times.append((self._asked(look), time.perf_counter() - begin))
        return times

    def close(self) -> None:
        self._line.close()

    def _written(self, one: Dweller) -> Look:
        return write(RANDOM.token(8).hex(), one, business_date(CLOCK.now()))

    def _asked(self, look: Look) -> str:
        try:
            answer = self._line.ask(look.path, look.message, look.gives, self._headers())
        except Refused as refusal:
            if refusal.reason not in _SAID_NO:
                raise
            return look.kind
        if isinstance(answer, Hits) and not answer.more:
            found = {hit.business_number for hit in answer.hits}
            if look.expects not in found:
                raise RuntimeError(f"{look.kind}: somebody who is there was not found")
        return look.kind

    def _headers(self) -> Headers:
        return Headers(trace=RANDOM.token(8).hex(), key=RANDOM.token(16).hex(), token=self._token)


def together(clerks: Sequence[Clerk], work: Callable[[Clerk, int], list[Timed]]) -> tuple[list[Timed], float]:
    """What all clerks timed, and how long everything took."""
    with ThreadPoolExecutor(len(clerks)) as pool:
        begin = time.perf_counter()
        parts = list(pool.map(work, clerks, range(len(clerks))))
        return [one for part in parts for one in part], time.perf_counter() - begin


def _mixed(kinds: Sequence[str], people: Sequence[Dweller], seed: int) -> Iterator[Look]:
    sources = [looks(kind, people, seed) for kind in kinds]
    while True:
        for source in sources:
            yield next(source)
