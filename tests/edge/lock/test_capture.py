"""C-10, R-029: on a real X screen Print is the window's own while it is in front, and nothing of it is on a clipboard.

What X11 can't prevent is tried too, so that what the program says of itself stays true.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest

from tests.support.process import program, running
from tests.support.shown_window import SECRET
from tests.support.xvfb import bare_screen

pytestmark = pytest.mark.timeout(60)

KEYS = ("Print", "shift+Print", "ctrl+Print", "alt+Print")
NEIGHBOUR = """
import ctypes, sys
from app.desktop.x11 import X11PrintKey
xcb = ctypes.CDLL("libxcb.so.1")
xcb.xcb_connect.restype = ctypes.c_void_p
key = X11PrintKey(xcb.xcb_connect(None, None))
print(key.take(lambda: None).value, flush=True)
sys.stdin.readline()
"""
READER = """
from PySide6.QtGui import QClipboard, QGuiApplication
found = QGuiApplication([]).clipboard()
print([found.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)])
"""


GIVER = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QGuiApplication
giver = QGuiApplication([])
giver.clipboard().setText("1-2-3")
end = QSocketNotifier(0, QSocketNotifier.Type.Read)
end.activated.connect(giver.quit)
print("given", flush=True)
giver.exec()
"""


@dataclass
class Shown:
    """The window's process and what it says."""

    display: str
    lines: Queue[dict[str, Any]] = field(default_factory=Queue)
    at: list[int] = field(default_factory=list)

    def env(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(Path.cwd())}

    def says(self) -> dict[str, Any]:
        return self.lines.get(timeout=15)

    def is_silent(self) -> bool:
        try:
            return not self.lines.get(timeout=0.4)
        except Empty:
            return True

    def do(self, *words: str) -> None:
        subprocess.run([program("xdotool"), *words], env=self.env(), check=True, timeout=20)

    def python(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(
            command, env=self.env(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout.strip()

    @contextlib.contextmanager
    def neighbour(self, code: str = NEIGHBOUR) -> Iterator[str]:
        """Another program: one that wants Print too; yields what it says, such as how it has it."""
        command = [sys.executable, "-c", code]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=self.env(), stdin=pipe, stdout=pipe, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            yield process.stdout.readline().strip()
            process.stdin.close()
            process.wait(10)

    @contextlib.contextmanager
    def window(self) -> Iterator[None]:
        command = [sys.executable, "-m", "tests.support.shown_window"]
        process = subprocess.Popen(
            command, env=self.env(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            Thread(target=self._read, args=(process,), daemon=True).start()
            yield
        finally:
            process.terminate()
            process.wait(10)

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as words:
            for line in words:
                self.lines.put(json.loads(line))

    def opened(self) -> str:
        """How the key is held once the window is in front."""
        held: dict[str, Any] = {}
        while not ("key" in held and self.at):
            said = self.says()
            held |= said if "key" in said else {}
            self.at = said.get("at", self.at)
        assert held["pictures"] == "possible"
        return str(held["key"])


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    config = tmp_path / "rc.xml"
    config.write_text('<openbox_config xmlns="http://openbox.org/3.4/rc"/>')
    with bare_screen(tmp_path) as display:
        manager = [program("openbox"), "--config-file", str(config), "--sm-disable"]
        with running(manager, log=tmp_path / "openbox.log", env={**os.environ, "DISPLAY": display}):
            yield Shown(display)


def test_print_with_shift_control_and_alt_is_the_window_s_own_and_told_as_an_attempt(
    shown: Shown, tmp_path: Path
) -> None:
    with shown.window():
        assert shown.opened() == "taken"
        for key in KEYS:
            shown.do("key", key)
            assert shown.says() == {"tried": "capture", "screen": "__main__"}
        with shown.neighbour() as how:
            assert how == "by_others"
        picture = tmp_path / "all.png"
        subprocess.run([program("import"), "-window", "root", str(picture)], env=shown.env(), check=True, timeout=20)
        assert picture.stat().st_size > 5000, "X11 shows every window to every program: the README says so"
    with shown.neighbour() as how:
        assert how == "taken"


def test_where_the_desktop_has_the_key_already_the_program_says_so(shown: Shown) -> None:
    with shown.neighbour() as how, shown.window():
        assert how == "taken"
        assert shown.opened() == "by_others"
        shown.do("key", "Print")
        assert shown.is_silent()


def test_neither_keys_nor_marking_nor_dragging_puts_a_name_where_other_programs_find_it(shown: Shown) -> None:
    with shown.window():
        shown.opened()
        x, y, memo_x, memo_y = (str(place) for place in shown.at)
        for keys in (("ctrl+a", "ctrl+c"), ("ctrl+a", "ctrl+x"), ("ctrl+a", "ctrl+Insert"), ("ctrl+a", "shift+Delete")):
            shown.do("key", *keys)
            assert shown.says()["tried"] == "copy"
        shown.do("mousemove", x, y, "click", "--repeat", "3", "--delay", "40", "1")
        shown.do("mousemove", memo_x, memo_y, "click", "1", "key", "ctrl+a")
        shown.do("mousedown", "1", "mousemove_relative", "90", "0", "mousemove_relative", "200", "90", "mouseup", "1")
        assert shown.is_silent()
        assert shown.python(READER) == "['', '']"
        assert SECRET not in shown.python(READER)


def test_what_another_program_copied_is_pasted_into_a_field(shown: Shown) -> None:
    with shown.window():
        shown.opened()
        with shown.neighbour(GIVER) as how:
            assert how == "given"
            shown.do("key", "ctrl+a", "ctrl+v")
            assert shown.says() == {"name": "1-2-3"}
