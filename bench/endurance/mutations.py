"""Mutations of logs by a program without keys, and lawful lives of logs: how many are caught, how many are blamed."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.durable.address import StoreAddress
from bench.endurance.lives import Life
from bench.endurance.logs import BackendLog, TerminalLog
from bench.figures import Figure

CLASSES = ("edit", "drop_middle", "drop_tail", "reorder", "duplicate", "roll_back", "fork", "move_ciphertext")
AGAIN = 250
"""After how many mutations a log is begun anew."""


@dataclass
class Tally:
    """What came of a number of runs. ``missed``: class, place and what was done, of every one that nobody noticed."""

    runs: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)


class Mutator:
    """The program apart, at one store."""

    def __init__(self, address: dict[str, str]) -> None:
        words = [sys.executable, "-m", "tests.mutator"]
        self._run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ask(address)

    def ask(self, words: dict[str, object] | dict[str, str]) -> str:
        """One line there and back."""
        import json

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


Maker = Callable[[], BackendLog | TerminalLog]


def mutate(make: Maker, runs: int, seed: int, tally: Tally, name: str) -> None:
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
    mutator.ask({"do": "put", "name": "whole"})
    log.recall()
    if log.client_call():
        raise SystemExit(f"{label} seed {seed}: the log did not come back whole after {did}")
    log.remember()


def live(make: Callable[[], BackendLog], runs: int, seed: int) -> tuple[int, list[str]]:
    """``runs`` lawful events in the life of a log; how many were looked at, and what was blamed wrongly."""
    blamed: list[str] = []
    life = Life(make(), random.Random(seed))
    try:
        for number in range(runs):
            event = life.next()
            blame = life.log.client_call()
            if blame:
                blamed.append(f"run {number}, {event}: {blame}")
                life.log.close()
                life = Life(make(), random.Random(seed + number))
    finally:
        life.log.close()
    return runs, blamed


@contextmanager
def stores(engine: str) -> Iterator[Callable[[str], StoreAddress]]:
    """Fresh stores on ``engine``."""
    from tests.support.postgres import cluster
    from tests.support.stores import postgres_addresses, sqlcipher_addresses

    with TemporaryDirectory() as folder:
        if engine == "sqlcipher":
            yield sqlcipher_addresses(Path(folder))
            return
        with cluster() as server:
            yield postgres_addresses(server.address(server.fresh()))


def _maker(addresses: Callable[[str], StoreAddress]) -> Callable[[], BackendLog]:
    numbers = count()
    return lambda: BackendLog(addresses, f"l{next(numbers)}")


def figures(*, small: bool, engines: Sequence[str] = ("sqlcipher", "postgresql")) -> list[Figure]:
    """10,000 mutations (200 if small) over both engines and a terminal's journal, and as many lawful events."""
    total = 200 if small else 10_000
    tally, blamed, lives = Tally(), list[str](), 0
    share = total // (len(engines) + 1)
    for engine in engines:
        with stores(engine) as addresses:
            make = _maker(addresses)
            mutate(make, share, 1000, tally, engine)
            seen, found = live(make, total // len(engines), 77)
            lives, blamed = lives + seen, blamed + found
        ended = (
            f"{sum(tally.runs.values())} mutations, {len(tally.missed)} missed; {lives} lawful, {len(blamed)} blamed"
        )
        print(f"{engine}: {ended}", file=sys.stderr)
    with TemporaryDirectory() as folder:
        places = iter(range(1_000_000))
        mutate(
            lambda: TerminalLog(Path(folder) / str(next(places))), total - share * len(engines), 5000, tally, "terminal"
        )
    for line in (*tally.missed, *blamed):
        print(line, file=sys.stderr)
    print(f"caught as: {dict(tally.kinds.most_common())}", file=sys.stderr)
    print(
        f"by class: { {name: (tally.caught[name], runs) for name, runs in sorted(tally.runs.items())} }",
        file=sys.stderr,
    )
    return [
        Figure("mutations_run", sum(tally.runs.values()), "runs"),
        Figure("mutations_missed", len(tally.missed), "runs", goal=0),
        Figure("lawful_events_run", lives, "runs"),
        Figure("lawful_events_blamed", len(blamed), "runs", goal=0),
    ]


if __name__ == "__main__":
    import json

    print(json.dumps([figure.row() for figure in figures(small="--small" in sys.argv)], indent=1))
