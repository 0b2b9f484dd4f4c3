"""``python -m bench NAME``: runs bench/NAME.py and prints one JSON object; progress goes to standard error."""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NOT_BENCHES = {"__init__", "__main__", "figures"}


def names() -> list[str]:
    """The benches there are: one module each."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHES)


def commit() -> str:
    """The commit measured; with a "+" when files differ from it; "unknown" outside a checkout."""
    words = ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"]
    run = subprocess.run(words, capture_output=True, text=True, cwd=HERE, check=False)
    return run.stdout.strip() or "unknown"


def machine() -> dict[str, Any]:
    """What it was measured on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def verdict(name: str, figures: list[dict[str, Any]], *, small: bool) -> int:
    """Exit code 0 or 1; what missed its goal is told. A small run sets no goals of speed: there only soak binds."""
    lost = [str(row["name"]) for row in figures if row["ok"] is False]
    for one in lost:
        print(f"goal missed: {one}", file=sys.stderr)
    return 1 if lost and (name == "soak" or not small) else 0


def main() -> int:
    """Exit codes: 0 all goals met, 1 a goal missed (see ``verdict``), 2 wrong use."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("name", help=", ".join(names()))
    parser.add_argument("--small", action="store_true", help="50 s at most, the same names of figures")
    parser.add_argument("--engine", choices=("sqlcipher", "postgresql"), default="sqlcipher")
    words = parser.parse_args()
    if words.name not in names():
        print(f"There is no bench named {words.name!r}; say NAME= one of: {', '.join(names())}", file=sys.stderr)
        return 2
    before = machine()
    figures = importlib.import_module(f"bench.{words.name}").bench(small=words.small, engine=words.engine)
    print(json.dumps({"bench": words.name, "commit": commit(), "machine": before, "figures": figures}, indent=1))
    return verdict(words.name, figures, small=words.small)


if __name__ == "__main__":
    sys.exit(main())
