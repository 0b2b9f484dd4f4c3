"""A screen reader on a real screen: what it calls each control of every screen, and what it is told unasked.

The window runs under X with the system's accessibility bus, the reader in this process: nothing is asked of the
window's own objects but what a seeing person sees. A sample of all pictures here, every one of them with
``--endurance``.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.accessibility_bus import Node, Said, accessibility_bus, reader
from tests.support.xvfb import screen

pytestmark = pytest.mark.timeout(1800)

SAMPLE = (
    "01-sign-in-empty-fields",
    "01-sign-in-refused",
    "12-person-several",
    "13-interview-events-none",
    "15-form-3-children",
    "16-enquiries",
)
"""One screen of each kind: fields and their errors, a banner, a table, ticks, dates and round buttons, pending work."""

JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff々]")
KEY = re.compile(r"F\d+|[0-9A-Z]")
"""Keys of the keyboard and of the resident's pad are called by what is printed on them."""
PLANES = {"panel", "filler", "layered pane", "list", "text", "label", "frame"}
"""What a plane of our own that takes keys may be called, beside its name."""


@dataclass(frozen=True)
class Seen:
    """One screen: what a seeing person has, and what a reader has."""

    name: str
    shown: dict[str, Any]
    nodes: tuple[Node, ...]
    said: tuple[Said, ...]

    def faults(self, *found: str) -> list[str]:
        return [f"{self.name}: {one}" for one in found]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> list[Seen]:
    """One walk for all that is asked below."""
    home = tmp_path_factory.mktemp("reader")
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(screen(home))
        found = stack.enter_context(accessibility_bus(home))
        ear = stack.enter_context(reader(found))
        env = {**os.environ, **found, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path.cwd())}
        child = stack.enter_context(_window(env, home / "window.log"))
        names = json.loads(child.readline())
        child.ask(SAMPLE[0])  # the bus is looked for once a first window is shown
        ear.application()
        walked = []
        for name in names if pytestconfig.getoption("--endurance") else SAMPLE:
            ear.said.clear()
            shown = child.ask(name)
            nodes = tuple(ear.tree(ear.application()).walk())
            ear.listen(*shown["told"])
            walked.append(Seen(name, shown, nodes, tuple(ear.said)))
    return walked


@dataclass
class _Child:
    process: "subprocess.Popen[str]"

    def readline(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the window's process has ended"
        return line

    def ask(self, name: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.readline())
        return answer


@contextlib.contextmanager
def _window(env: dict[str, str], log: Path) -> Iterator[_Child]:
    command = [sys.executable, "-m", "tests.support.shown_screens"]
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=out, text=True, env=env)
    try:
        yield _Child(child)
    finally:
        child.kill()
        child.wait(10)
        child.stdin.close()  # type: ignore[union-attr]
        child.stdout.close()  # type: ignore[union-attr]


def test_every_control_is_called_by_its_label_and_by_what_it_is(seen: list[Seen]):
    wrong = []
    for one in seen:
        roles: dict[str, set[str]] = {}
        for node in one.nodes:
            roles.setdefault(node.name, set()).add(node.role)
        for role, name, label in one.shown["controls"]:
            has = roles.get(name, set())
            if not has & ({role} if role else PLANES):
                wrong += one.faults(f"{role} {name!r} is {sorted(has)}")
            if label not in name:
                wrong += one.faults(f"{label!r} is called {name!r}")
    assert wrong == []
    controls = sum(len(one.shown["controls"]) for one in seen)
    assert controls > 10 * len(seen)


def test_nothing_that_takes_the_cursor_is_without_a_japanese_name(seen: list[Seen]):
    wrong, count = [], 0
    for one in seen:
        for node in one.nodes:
            if {"focusable", "showing"} <= node.states and node.role not in {"frame", "table cell"}:
                count += 1
                if not JAPANESE.search(node.name) and not KEY.fullmatch(node.name):
                    wrong += one.faults(f"{node.role} {node.name!r}")
    assert wrong == []
    assert count > 3 * len(seen)


def test_each_cell_of_a_table_is_read_with_its_column(seen: list[Seen]):
    cells = [
        (one, node) for one in seen for node in one.nodes if node.role == "table cell" and "showing" in node.states
    ]
    assert [one.faults(node.name) for one, node in cells if not JAPANESE.search(node.name)] == []
    assert cells


def test_what_is_wrong_in_a_field_is_told_with_the_field(seen: list[Seen]):
    """Qt has no states for required and invalid: both are words, in the name and in the description."""
    wrong, count = [], 0
    for one in seen:
        for name, error in one.shown["wrong"]:
            count += 1
            if not any(node.name.startswith(name) and error in node.description for node in one.nodes):
                wrong += one.faults(f"{name}: {error}")
    assert wrong == []
    assert count >= 2


def test_what_happened_is_announced_unasked_and_errors_break_in(seen: list[Seen]):
    missing = [
        fault
        for one in seen
        for text in one.shown["told"]
        for fault in one.faults(text)
        if not any(text in said.text for said in one.said)
    ]
    assert missing == []
    polite = [
        fault
        for one in seen
        for text in one.shown["urgent"]
        for fault in one.faults(text)
        if not any(text in said.text and said.urgent for said in one.said)
    ]
    assert polite == []
    assert sum(len(one.shown["urgent"]) for one in seen) >= 2
