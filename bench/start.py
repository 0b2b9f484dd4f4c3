"""Start: from the making of the counter's process to the first frame of its sign-in screen, and its memory then."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

ROOT = Path(__file__).resolve().parent.parent
COUNTER = ["app", "--self-check"]
FLOOR = ["bench.floors.start"]
SCALE = "1366x768, files in the page cache"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """Starts the counter and a bare window by turns. The engine plays no part: nothing is opened before sign-in."""
    rounds = 5 if small else 20
    figures = _figures("offscreen", {"QT_QPA_PLATFORM": "offscreen"}, rounds)
    if which("Xvfb"):
        with _screen() as display:
            figures += _figures("xcb", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}, rounds)
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
