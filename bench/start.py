"""Start: from the making of the counter's process, or of training with its backend, to the painted sign-in screen."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

ROOT = Path(__file__).resolve().parent.parent
COUNTER = ["app", "--self-check"]
TRAINING = ["app", "--training", "--self-check"]
FLOOR = ["bench.floors.start"]
SCALE = "1366x768, files in the page cache"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """Starts the counter and a bare window by turns. The engine plays no part: nothing is opened before sign-in."""
    rounds = 5 if small else 20
    figures = _figures("offscreen", {"QT_QPA_PLATFORM": "offscreen"}, rounds)
    if which("Xvfb"):
        with _screen() as display:
            figures += _figures("xcb", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}, rounds)
            figures += _training(display, *((60, 3) if small else (1_000, 10)))
    return [figure.row() for figure in figures]


def _figures(platform: str, env: dict[str, str], rounds: int) -> list[Figure]:
    _started(COUNTER, env)  # byte code and page cache: measured below is the second start of a morning
    counter: list[dict[str, float]] = []
    floor: list[dict[str, float]] = []
    for number in range(rounds):
        print(f"{platform} {number + 1}/{rounds}", file=sys.stderr)
        counter.append(_started(COUNTER, env))
        floor.append(_started(FLOOR, env))
    seconds, bare = ([run["first_frame_s"] for run in runs] for runs in (counter, floor))
    memory, least = (statistics.median(run["peak_mb"] for run in runs) for runs in (counter, floor))
    return [
        Figure(f"start_{platform}_p50", p50(seconds), "s", floor=p50(bare), scale=SCALE),
        Figure(f"start_{platform}_p95", p95(seconds), "s", floor=p95(bare), scale=SCALE),
        Figure(f"memory_{platform}", memory, "MB", floor=least, scale=SCALE),
    ]


def _training(display: str, residents: int, rounds: int) -> list[Figure]:
    """As who has just cloned starts it: the first start makes authority, city and stores; the second finds them."""
    scale = f"2 municipalities of {residents} residents, counter and backend on one machine"
    with TemporaryDirectory() as folder:
        words = [*TRAINING, "--home", str(Path(folder) / "home"), "--residents", str(residents)]
        first = _painted(words, display)
        seconds = []
        for number in range(rounds):
            print(f"training {number + 1}/{rounds}", file=sys.stderr)
            seconds.append(_painted(words, display))
    return [
        Figure("start_training_first", first, "s", scale=scale),
        Figure("start_training_p50", p50(seconds), "s", scale=scale),
        Figure("start_training_p95", p95(seconds), "s", scale=scale),
    ]


def _painted(words: list[str], display: str) -> float:
    """Seconds from the command to its line that the sign-in screen is painted, a keyring of its own included."""
    env = {"HOME": os.environ["HOME"], "PATH": os.defpath, "LANG": "C.UTF-8", "DISPLAY": display}
    began = time.monotonic()
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=ROOT) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.monotonic() - began
    assert process.returncode == 0
    assert json.loads(line) == {"painted": "SignInScreen"}
    return seconds


def _started(words: list[str], env: dict[str, str]) -> dict[str, float]:
    """What one process said of its own start."""
    command = [sys.executable, "-m", *words]
    run = subprocess.run(command, capture_output=True, env={**os.environ, **env}, cwd=ROOT, check=True, timeout=60)
    said: dict[str, float] = json.loads(run.stdout)
    return said


@contextmanager
def _screen() -> Iterator[str]:
    from tests.support.xvfb import screen

    with TemporaryDirectory() as folder, screen(Path(folder)) as display:
        yield display
