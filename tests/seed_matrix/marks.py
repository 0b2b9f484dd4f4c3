"""Which tests show a row of the seeds, what must not happen, or a case of the law: read off collected tests."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.source import ROOT

KINDS = ("seed", "twin")
SCENARIO = "scenario"
ABOUT_MARKS = frozenset({"test_claimed.py", "test_marked.py", "test_witness.py"})
"""They speak of rows and show none."""
_OUT = "MARKS_OUT"
Marked = tuple[str, str, tuple[str, ...]]
"""Test with its parameters, kind of the mark, rows."""


def marked(items: Iterable[pytest.Item]) -> list[Marked]:
    """One for each mark of each collected test that runs everywhere."""
    return [
        (item.nodeid, mark.name, tuple(mark.args))
        for item in items
        if not {"skip", "xfail"} & {one.name for one in item.iter_markers()}
        for mark in item.iter_markers()
        if mark.name in {*KINDS, SCENARIO}
    ]


def files() -> list[Path]:
    """Those in which a test is marked."""
    found = (path for path in (ROOT / "tests").rglob("test_*.py") if path.name not in ABOUT_MARKS)
    words = tuple(f"@pytest.mark.{kind}(" for kind in (*KINDS, SCENARIO))
    return sorted(path for path in found if any(word in path.read_text("utf-8") for word in words))


def all_marked(session: pytest.Session, folder: Path) -> list[Marked]:
    """Of the present run where it has them all, else of a collection of their own."""
    here = {item.path for item in session.items}
    if here >= set(files()):
        return marked(session.items)
    out = folder / "marked.json"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-qq",
        "-p",
        "tests.seed_matrix.marks",
        *map(str, files()),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {_OUT: str(out)}, capture_output=True, text=True, check=False, timeout=150
    )
    assert out.exists(), done.stdout[-2000:]
    return [(name, kind, tuple(rows)) for name, kind, rows in json.loads(out.read_text("utf-8"))]


def pytest_collection_finish(session: pytest.Session) -> None:
    """As a plugin of that other collection."""
    if _OUT in os.environ and session.config.option.collectonly:
        Path(os.environ[_OUT]).write_text(json.dumps(marked(session.items)), "utf-8")
