"""The resident's display on a real X screen with two monitors: it stands on its own one, or nowhere."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.monitors import Monitors
from tests.support.shown_display import NAME
from tests.support.xvfb import screen

pytestmark = pytest.mark.timeout(120)

CLERK, FACING, OTHER = "CLERK", "FACING", "OTHER"
State = dict[str, Any]
MOST_RETURNS = 3
"""So often it goes back to its monitor by itself."""


def stands_there(now: State) -> bool:
    """On its own monitor, all of it."""
    return (now["visible"], now["on"], now["left"]) == (True, FACING, 1366)


@dataclass
class Counter:
    """The process with the window and the display, and the monitors of its X server."""

    child: "subprocess.Popen[str]"
    monitors: Monitors

    def do(self, line: str) -> State:
        """Have it done; how everything stands then."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        found: State = json.loads(self.child.stdout.readline())
        return found

    def until(self, holds: Callable[[State], object], timeout_s: float = 30.0) -> State:
        """Look until ``holds``, for at most as long as that."""
        end = time.monotonic() + timeout_s
        while not holds(found := self.do("state")):
            assert time.monotonic() < end, found
        return found

    def plug(self, name: str) -> None:
        self.monitors.put(name, 1366, 1280, 720)
        self.until(lambda now: name in now["screens"])


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(screen(tmp_path, size="2646x768"))
        monitors = Monitors(name)
        monitors.put(CLERK, 0, 1366, 768, own=True)
        monitors.put(FACING, 1366, 1280, 720)
        env = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path.cwd())}
        log = stack.enter_context((tmp_path / "child.log").open("w"))
        child = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.shown_display"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=env, text=True,
            )
        )  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "{}\n", (tmp_path / "child.log").read_text()
            yield Counter(child, monitors)
        finally:
            child.stdin.close()
            child.wait(20)
            monitors.close()


def test_it_is_chosen_by_the_number_on_it_and_when_it_goes_nothing_falls_onto_the_clerks_screen(
    counter: Counter,
) -> None:
    counter.until(lambda now: now["screens"] == [CLERK, FACING] and now["own"] == CLERK)
    asked = counter.do("key F8")
    assert (asked["visible"], asked["title"]) == (False, "住民側画面に使う画面"), "it is off until it is chosen"
    assert asked["numbers"] == [FACING]
    counter.do("row 0")
    assert counter.do("key F12")["chosen"] == "", "the clerk's own can't be chosen"
    counter.do("row 1")
    counter.do("key F12")
    counter.until(lambda now: now["chosen"] == FACING)
    assert counter.do("key Esc")["numbers"] == []
    counter.do("key F8")
    assert counter.until(stands_there)["size"] == [1280, 720]
    assert counter.do("page")["neutral"] is False
    assert all(NAME not in title for title in counter.do("state")["names"])
    counter.monitors.take(FACING)
    gone = counter.until(lambda now: FACING not in now["screens"])
    assert (gone["visible"], gone["neutral"], gone["stood"]) == (False, True, [FACING])
    assert gone["notice"].startswith(f"住民側画面（{FACING}）がつながらなくなりました")
    missing = counter.do("key F8")
    assert (missing["visible"], missing["title"]) == (False, "住民側画面に使う画面")
    counter.do("key Esc")
    counter.plug(OTHER)
    assert counter.do("key F8")["visible"] is False, "another monitor at the same place is not the one chosen"
    counter.do("key Esc")
    counter.monitors.take(OTHER)
    counter.until(lambda now: OTHER not in now["screens"])
    counter.plug(FACING)
    counter.do("key F8")
    back = counter.until(stands_there)
    assert (back["neutral"], back["stood"]) == (True, [FACING])


def test_moved_by_anything_it_goes_back_with_nothing_of_anybody_and_moved_again_and_again_it_stays_away(
    counter: Counter,
) -> None:
    counter.until(lambda now: now["screens"] == [CLERK, FACING] and now["own"] == CLERK)
    counter.do("key F8")
    counter.do("row 1")
    counter.do("key F12")
    counter.until(lambda now: now["chosen"] == FACING)
    counter.do("key Esc")
    counter.do("key F8")
    counter.until(stands_there)
    assert counter.do("page")["neutral"] is False
    counter.do("push")
    back = counter.until(lambda now: stands_there(now) and now["neutral"])
    assert (back["stood"], back["notice"]) == ([FACING], "")
    for _ in range(MOST_RETURNS):
        counter.do("push")
        now = counter.until(lambda now: stands_there(now) or now["notice"])
    assert now["notice"].startswith(f"住民側画面（{FACING}）がつながらなくなりました")
    assert (now["visible"], now["neutral"], now["stood"]) == (False, True, [FACING])
