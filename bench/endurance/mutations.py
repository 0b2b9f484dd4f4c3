"""Mutations of logs by a program without keys, and lawful lives of logs: how many are caught, how many are blamed."""

import json
import logging
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from bench.endurance.lives import Life, TerminalLife
from bench.endurance.logs import BackendLog, TerminalLog
from bench.endurance.room import room
from bench.figures import Figure
from tests.support.postgres import cluster
from tests.support.stores import postgres_addresses, sqlcipher_addresses

CLASSES = ("edit", "drop_middle", "drop_tail", "reorder", "duplicate", "roll_back", "fork", "move_ciphertext")
PLACES = ("sqlcipher", "postgresql", "terminal")
AGAIN = 250
"""After how many mutations a log is begun anew."""
LIFE = 50
"""How many lawful events make a life: each is followed by a look at the whole log, which grows with every one."""


@dataclass
class Tally:
    """What came of a number of runs. ``missed``: class, place and what was done, of every one that nobody noticed.

    ``lived``: lawful events by their names; ``blamed``: those that were taken for a fault.
    """

    runs: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    lived: Counter[str] = field(default_factory=Counter)
    blamed: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count ``other`` in."""
        for mine, its in ((self.runs, other.runs), (self.caught, other.caught), (self.kinds, other.kinds)):
            mine.update(its)
        self.lived.update(other.lived)
        self.missed += other.missed
        self.blamed += other.blamed

    def __str__(self) -> str:
        made, lived = sum(self.runs.values()), sum(self.lived.values())
        return f"{made} mutations, {len(self.missed)} missed; {lived} lawful, {len(self.blamed)} blamed"


class Mutator:
    """The program apart, at one store."""

    def __init__(self, address: dict[str, str]) -> None:
        words = [sys.executable, "-m", "tests.mutator"]
        self._run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask(address)

    def ask(self, words: dict[str, object] | dict[str, str]) -> str:
        """One line there and back."""
        assert self._run.stdin is not None
        assert self._run.stdout is not None
        self._run.stdin.write(json.dumps(words) + "\n")
        self._run.stdin.flush()
        line = self._run.stdout.readline()
        if not line:
            raise SystemExit("the mutator ended by itself")
        return str(json.loads(line)["said"])

    def close(self) -> None:
        """End the program."""
        assert self._run.stdin is not None
        assert self._run.stdout is not None
        self._run.stdin.close()
        self._run.wait()
        self._run.stdout.close()


def mutate(make: Callable[[], BackendLog | TerminalLog], runs: int, seed: int, tally: Tally, name: str) -> None:
    """``runs`` mutations, the classes in turn, each on an intact log and looked for by one client call."""
    for start in range(0, runs, AGAIN):
        log = make()
        mutator = Mutator(log.access())
        try:
            log.write(20)
            log.client_call()
            mutator.ask({"do": "keep", "name": "older"})
            log.write(17)
            assert log.client_call() == ""
            log.remember()
            mutator.ask({"do": "keep", "name": "whole"})
            for number in range(start, min(runs, start + AGAIN)):
                _one(log, mutator, (CLASSES[number % len(CLASSES)], seed + number), tally, name)
                mutator.ask({"do": "put", "name": "whole"})
                log.recall()
                if (log.is_watched or number % len(CLASSES) == 0) and log.client_call():
                    raise SystemExit(f"{name} seed {seed + number}: the log did not come back whole")
                log.remember()
        finally:
            mutator.close()
            log.close()


def _one(log: BackendLog | TerminalLog, mutator: Mutator, which: tuple[str, int], tally: Tally, name: str) -> None:
    kind, seed = which
    did = mutator.ask({"do": "mutate", "class": kind, "seed": seed, "older": "older"})
    if kind == "fork":
        log.write(random.Random(seed).choice((3, 17, 25)))
    caught = log.client_call()
    label = f"{name}.{kind}"
    tally.runs[label] += 1
    tally.caught[label] += bool(caught)
    tally.kinds[caught] += 1
    if not caught:
        tally.missed.append(f"{label} seed {seed}: {did}")


def live(make: Callable[[int], Life | TerminalLife], runs: int, seed: int, tally: Tally) -> None:
    """``runs`` lawful events in the lives of logs, each followed by a look at the log. ``make``: from a seed."""
    life: Life | TerminalLife | None = None
    for number in range(runs):
        if life is None or number % LIFE == 0:
            if life is not None:
                life.log.close()
            life = make(seed + number)
        event = life.next()
        tally.lived[event] += 1
        blame = life.log.client_call()
        if blame:
            tally.blamed.append(f"seed {seed}, run {number}, {event}: {blame}")
            life.log.close()
            life = None
    if life is not None:
        life.log.close()


@dataclass(frozen=True, slots=True)
class Share:
    """What one process does. ``url``: its database, for those on PostgreSQL."""

    place: str
    mutations: int
    events: int
    seed: int
    url: str = ""


@contextmanager
def makers(
    place: str, url: str
) -> Iterator[tuple[Callable[[], BackendLog | TerminalLog], Callable[[int], Life | TerminalLife]]]:
    """Who makes fresh logs at ``place``, and who makes lives of such, from a seed."""
    numbers = count()
    with room() as folder:
        if place == "terminal":
            yield (
                lambda: TerminalLog(folder / str(next(numbers))),
                lambda seed: TerminalLife(TerminalLog(folder / str(next(numbers))), random.Random(seed)),
            )
            return
        addresses = sqlcipher_addresses(folder) if place == "sqlcipher" else postgres_addresses(url)
        yield (
            lambda: BackendLog(addresses, f"l{next(numbers)}"),
            lambda seed: Life(BackendLog(addresses, f"l{next(numbers)}"), random.Random(seed)),
        )


def _done(share: Share) -> Tally:
    logging.disable(logging.ERROR)  # each mutation is told in a line of its own
    tally = Tally()
    with makers(share.place, share.url) as (log, life):
        mutate(log, share.mutations, share.seed, tally, share.place)
        live(life, share.events, share.seed, tally)
    return tally


def _shares(total: int, fresh: Callable[[], str]) -> list[Share]:
    """``total`` mutations over all places; lawful events: as many in slices' lives, a tenth as many at counters."""
    number = max(len(PLACES), -(-total // AGAIN))
    places = [PLACES[turn % len(PLACES)] for turn in range(number)]
    sizes = [total // number + (turn < total % number) for turn in range(number)]
    in_slices = -(-total // sum(place != "terminal" for place in places))
    return [
        Share(place, size, size // 3, seed)
        if place == "terminal"
        else Share(place, size, in_slices, seed, fresh() if place == "postgresql" else "")
        for place, size, seed in zip(places, sizes, range(1000, 1000 * (number + 1), 1000), strict=True)
    ]


def figures(*, small: bool) -> list[Figure]:
    """10,000 mutations (200 if small) over both engines and a terminal's journal, and as many lawful events."""
    begun, tally = time.monotonic(), Tally()
    with cluster() as server, ProcessPoolExecutor(os.cpu_count()) as pool:
        shares = _shares(200 if small else 10_000, lambda: server.address(server.fresh()))
        for done in as_completed([pool.submit(_done, share) for share in shares]):
            tally.add(done.result())
            print(tally, file=sys.stderr, flush=True)
    for line in (*tally.missed, *tally.blamed):
        print(line, file=sys.stderr)
    by_class = {name: (tally.caught[name], runs) for name, runs in sorted(tally.runs.items())}
    print(f"caught as: {dict(tally.kinds.most_common())}", file=sys.stderr)
    print(f"by class: {by_class}", file=sys.stderr)
    print(f"lawful: {dict(tally.lived.most_common())}", file=sys.stderr)
    return [
        Figure("mutations_run", sum(tally.runs.values()), "runs", goal=200 if small else 10_000, sense="value>=goal"),
        Figure("mutations_missed", len(tally.missed), "runs", goal=0),
        *(
            Figure(
                f"mutations_caught_{kind}",
                _of(tally.caught, kind),
                "runs",
                goal=_of(tally.runs, kind),
                sense="value>=goal",
            )
            for kind in CLASSES
        ),
        Figure(
            "lawful_events_run", sum(tally.lived.values()), "runs", goal=200 if small else 10_000, sense="value>=goal"
        ),
        *(Figure(f"lawful_{name}", number, "runs") for name, number in sorted(tally.lived.items())),
        Figure("lawful_events_blamed", len(tally.blamed), "runs", goal=0),
        Figure("mutations_seconds", time.monotonic() - begun, "s"),
    ]


def _of(counted: Counter[str], kind: str) -> int:
    return sum(number for label, number in counted.items() if label.partition(".")[2] == kind)


if __name__ == "__main__":
    for figure in figures(small="--small" in sys.argv):
        print(json.dumps(figure.row()))
