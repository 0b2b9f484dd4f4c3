"""A million coverage-guided runs over all targets, each target a process of its own; what failed is kept."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.codecs import TARGETS

ROOT = Path(__file__).resolve().parents[2]
RUNS = 1_000_000
FLOWS = "flows"
_FLOW_SHARE = 8
"""A flow takes thirty times as long as a parser; it gets one run of so many."""
_DONE = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Campaign:
    """How many runs were made, and what each target that failed said last."""

    runs: int
    failures: dict[str, str]


def shares(runs: int) -> dict[str, int]:
    """Runs for each target; together at least ``runs``."""
    flows = runs // _FLOW_SHARE
    each = -(-(runs - flows) // len(TARGETS))
    return dict.fromkeys(TARGETS, each) | {FLOWS: flows}


SMALL = {"objects": 1000, "face": 1000, FLOWS: 1000}
"""For a short look: starting a process takes longer than its runs."""


def campaign(folder: Path, wanted: Mapping[str, int], say: Callable[[str], None]) -> Campaign:
    """Run each target so many times. ``folder`` takes the inputs found, those that failed as ``TARGET-crash-...``."""
    total, failures = 0, {}
    for name, share in wanted.items():
        words = [sys.executable, "-m", "tests.fuzz", name, str(share), str(folder / name), str(folder)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
        told = _DONE.search(done.stderr)
        ran = int(told.group(1)) if told else 0
        total += ran
        if done.returncode:
            failures[name] = done.stderr[-2000:]
        say(f"fuzz {name}: {ran} runs, exit code {done.returncode}")
    return Campaign(total, failures)
