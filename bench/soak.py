"""Endurance: the tests that kill, tear and unplug, run over and over and counted; then a million lying cards."""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from bench.endurance.clerk import clerks
from bench.endurance.kills import kills
from bench.endurance.mutations import figures as mutations
from bench.endurance.outage import outages
from bench.endurance.powercuts import powercuts
from bench.endurance.writers import writers
from bench.figures import Figure

ROOT = Path(__file__).resolve().parent.parent
SMALL_S, FULL_S = 30.0, 3600.0
COUNTS = ("tests", "failures", "errors", "skipped")
REMAINS = "marks in freed memory after the lock"
"""What tests/e2e/test_memory.py counts: what was typed and read, where the window's process no longer uses it."""


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """Whole rounds of every test marked ``fault`` until the time is up; power cuts, kills, an outage, a clerk, fuzzing.

    Each test chooses its engines itself.
    """
    until = time.monotonic() + (SMALL_S if small else FULL_S)
    rounds, totals = 0, dict.fromkeys((*COUNTS, REMAINS), 0)
    while rounds == 0 or time.monotonic() < until:
        rounds += 1
        counts = _round(rounds, () if small else ("--endurance",))
        totals = {name: totals[name] + counts[name] for name in totals}
        print(f"round {rounds}: {counts}", file=sys.stderr)
    figures = [Figure("soak_rounds", rounds, "rounds"), Figure("soak_runs", totals["tests"], "tests")]
    figures += [Figure(f"soak_{name}", totals[name], "tests", goal=0) for name in COUNTS[1:]]
    figures.append(Figure("soak_remains_in_freed_memory", totals[REMAINS], "marks"))
    killed = (*powercuts(small=small), *kills(small=small), *writers(small=small), *outages(small=small))
    more = (*killed, *clerks(small=small), *mutations(small=small), *_fuzz(small=small))
    return [figure.row() for figure in (*figures, *more)]


def _fuzz(*, small: bool) -> list[Figure]:
    """Coverage-guided, where there is a fuzzer (Linux). Inputs that failed are kept in build/fuzz."""
    if find_spec("atheris") is None:
        print("no atheris here: nothing is fuzzed", file=sys.stderr)
        return []
    from tests.fuzz.campaign import RUNS, SMALL, campaign, shares

    folder = ROOT / "build" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = SMALL if small else shares(RUNS)
    done = campaign(folder, wanted, lambda line: print(line, file=sys.stderr))
    for name, said in done.failures.items():
        print(f"{name}\n{said}", file=sys.stderr)
    return [
        Figure("soak_fuzz_runs", done.runs, "inputs", goal=sum(wanted.values()), sense="value>=goal"),
        Figure("soak_fuzz_failures", len(done.failures), "targets", goal=0),
    ]


def _round(number: int, more: tuple[str, ...]) -> dict[str, int]:
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        words = ["-m", "fault", "-q", "-p", "no:cacheprovider", "-n", "2", f"--junitxml={report}", *more]
        command = [sys.executable, "-m", "pytest", *words]
        env = {**os.environ, "PYTHONHASHSEED": str(number)}
        run = subprocess.run(command, stdout=sys.stderr, cwd=ROOT, check=False, env=env)
        if run.returncode not in {0, 1}:
            raise SystemExit(f"pytest ended with {run.returncode}: no test is marked `fault`, or none could run")
        suite = next(ElementTree.parse(report).iter("testsuite"))
        counts = {name: int(suite.get(name, "0")) for name in COUNTS}
        noted = (one for one in suite.iter("property") if one.get("name") == REMAINS)
        return counts | {REMAINS: sum(int(one.get("value", "0")) for one in noted)}
