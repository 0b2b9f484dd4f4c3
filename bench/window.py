"""The window's answers: a key, the next field, another screen; each until it is painted."""
# ruff: noqa: ANN401, SLF001 -- the window is looked into, and its types are imported late

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95

GOALS = {
    "key": (0.016, 0.05),
    "next_field": (0.016, 0.05),
    "screen_change": (0.1, 0.3),
}
"""Seconds at the middle and at 95 %: proposed after RAIL and Nielsen's limits."""
FLOORS = {
    "key": "a bare QLineEdit",
    "next_field": "Tab between bare lines",
    "screen_change": "two bare pages of 20 lines",
}
Times = dict[str, list[float]]


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """One window on one city. The engine plays no part: the office is on SQLCipher, with 60 residents."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        seen_by = stack.enter_context(_screen(Path(folder)))
        from bench.session import _window

        desk = stack.enter_context(_window(Path(folder)))
        times, floors = _measured(desk, 3 if small else 20, 10 if small else 100)
    rows = []
    for name, (middle, most) in GOALS.items():
        scale = f"window on {seen_by}, office on the same machine; floor: {FLOORS[name]}; {len(times[name])} times"
        found, floor = times[name], floors[name]
        rows.append(Figure(f"{name}_p50", p50(found), "s", floor=p50(floor), goal=middle, scale=scale))
        rows.append(Figure(f"{name}_p95", p95(found), "s", floor=p95(floor), goal=most, scale=scale))
    return [row.row() for row in rows]


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    """A screen with a window manager where there are such; else none at all."""
    from shutil import which

    if which("Xvfb") is None or which("openbox") is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield "no screen (offscreen)"
        return
    from tests.support.xvfb import screen

    with screen(folder) as display:
        os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        yield "xcb under Xvfb"


def _measured(desk: Any, visits: int, keys: int) -> tuple[Times, Times]:
    times: Times = {name: [] for name in GOALS}
    floors: Times = {name: [] for name in GOALS}
    desk._until(desk.window.isActiveWindow)
    desk.sign_in(who="k1001", has_card=False)
    for number in range(visits):
        print(f"visit {number + 1}", file=sys.stderr)
        _visit(desk, times, max(1, keys // visits))
    _bare(desk._application, floors, keys)
    return times, floors


def _bare(application: Any, floors: Times, keys: int) -> None:
    from bench.floors.window import Bare

    bare = Bare(application)
    for name, step in (("key", bare.key), ("next_field", bare.step), ("screen_change", bare.page)):
        step()
        floors[name] += [step() for _ in range(keys)]
    bare.close()


def _visit(desk: Any, times: Times, keys: int) -> None:
    """To the form, keys and fields in it, three other screens, and the end."""
    from bench.floors.window import until_painted

    desk.open_form()
    for _ in range(keys):
        at = desk._focus()
        times["key"].append(until_painted(desk._application, lambda at=at: desk._test.keyClick(at, "1"), at))
    for _ in range(keys):
        times["next_field"].append(_to_next(desk))
    for key, title in (("Key_F5", "情報照会"), ("Key_PageUp", "申請入力"), ("Key_F12", "提出の確認")):
        times["screen_change"].append(_changed(desk, getattr(desk._key, key), title))
    desk.close_visit()


def _to_next(desk: Any) -> float:
    """Until the cursor stands in another field and that is painted."""
    from bench.floors.window import until_painted

    before, ring = desk._focus(), desk.window._ring
    key = desk._key.Key_Tab if isinstance(before, desk._button) else desk._key.Key_Return
    taken = until_painted(desk._application, lambda: desk._test.keyClick(before, key), ring)
    if desk._focus() is before:
        raise RuntimeError("the cursor stayed where it was")
    return taken


def _changed(desk: Any, key: Any, title: str) -> float:
    """Until the screen with that title is painted."""
    from bench.session import _painted_since

    painted = _painted_since(desk.window._screens)
    begun = time.monotonic()
    desk._test.keyClick(desk._focus(), key)
    desk._until(lambda: desk._title() == title and painted() is not None)
    return time.monotonic() - begun
