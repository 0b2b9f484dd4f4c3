"""Writers that are killed while they fill in a form: what each next one finds, against what had been typed."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from tests.support.draft_writer import LABEL, Told, told
from tests.support.keyring_session import keyring_session

PROMISE_S = 2.0
LIVES_S = (0.3, 5.0)
"""How long a writer types before it is killed: from its first save not yet begun to several saves."""
WAIT_S = 60.0


@dataclass
class Counted:
    """What came of it. ``oldest_s``: how old the oldest key was that a kill took along."""

    kills: int = 0
    lost: int = 0
    elsewhere: int = 0
    oldest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def kill_writers(times: int, side_by_side: int) -> Counted:
    """Kill ``times`` writers, on ``side_by_side`` counters with a keyring of their own."""
    shares = [times // side_by_side + (at < times % side_by_side) for at in range(side_by_side)]
    with TemporaryDirectory() as home, keyring_session(Path(home) / "keyring") as found:
        env = {**os.environ, **found, "QT_QPA_PLATFORM": "offscreen"}
        source, counted = _Source(env), Counted()
        try:
            with ThreadPoolExecutor(side_by_side) as pool:
                runs = [
                    pool.submit(_Counter(Path(home) / f"c{at}", source, counted).run, share)
                    for at, share in enumerate(shares)
                ]
                for run in runs:
                    run.result()
        finally:
            source.close()
        return counted


class _Source:
    """One process that has everything imported and forks writers."""

    def __init__(self, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.support.draft_writer"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        self._lock = Lock()
        assert self._ask(None) == "ready"

    def fork(self, *words: str) -> int:
        return int(self._ask(json.dumps(words)))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def _ask(self, line: str | None) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            if line is not None:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
            return self._process.stdout.readline().strip()


class _Counter:
    """One counter whose program is killed again and again."""

    def __init__(self, home: Path, source: _Source, counted: Counted) -> None:
        home.mkdir()
        self._home, self._source, self._counted = home, source, counted
        self._before: tuple[Told, float] | None = None

    def run(self, times: int) -> None:
        """One writer more than kills: the last one only looks."""
        for number in range(times + 1):
            log = self._home / f"{number}.log"
            pid = self._source.fork(str(self._home / "pc"), f"madoguchi-{self._home.name}", str(log))
            try:
                if not _has_begun(log):
                    self._counted.faults.append(f"{self._home.name} {number}: nothing was opened")
                    self._before = None
                    continue
                self._compare(told(log))
                time.sleep(random.uniform(*LIVES_S) if number < times else 0)
            finally:
                killed_s = time.monotonic()
                os.kill(pid, 9)
            self._counted.kills += number < times
            self._before = (told(log), killed_s)

    def _compare(self, now: Told) -> None:
        if self._before is None:
            return
        before, killed_s = self._before
        if now.back is None:
            if any(count for at, count in before.typed if at <= killed_s - PROMISE_S) or before.back is not None:
                self._lost("no draft at all", before, killed_s)
            return
        name, length = now.back
        if not name.startswith(LABEL):
            self._counted.elsewhere += 1
            self._counted.faults.append(f"came back in {name!r}")
        if length not in possible(before.typed, killed_s):
            self._lost(f"{length} digits", before, killed_s)
        later = [at for at, _ in before.typed[_last(before.typed, length) + 1 :]]
        if later:
            self._counted.oldest_s = max(self._counted.oldest_s, killed_s - later[0])

    def _lost(self, what: str, before: Told, killed_s: float) -> None:
        self._counted.lost += 1
        tail = [(round(at - killed_s, 2), count) for at, count in before.typed[-25:]]
        self._counted.faults.append(f"{what} came back; typed: {tail}")


def possible(typed: Sequence[tuple[float, int]], killed_s: float) -> set[int]:
    """What may stand there: any state since the last one that was older than the promise."""
    settled = [count for at, count in typed if at <= killed_s - PROMISE_S]
    return {count for at, count in typed if at > killed_s - PROMISE_S} | set(settled[-1:])


def _last(typed: Sequence[tuple[float, int]], length: int) -> int:
    """The last moment at which the field stood so; where it never did, the beginning."""
    return max((at for at, (_, count) in enumerate(typed) if count == length), default=-1)


def _has_begun(log: Path) -> bool:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if log.exists() and told(log).typed:
            return True
        time.sleep(0.05)
    return False
